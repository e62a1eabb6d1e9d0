"""What rate does a peer reach in this round, in a process of its own?"""

import os
import subprocess
from pathlib import Path


def rate_in_python(script: str) -> float | None:
    """What a Python script prints last, run by the peers' own interpreter; None where there is none."""
    interpreter = os.environ.get("BENCH_PYTHON", ".venv-bench/bin/python")
    if not Path(interpreter).exists():
        return None
    alone = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    ended = subprocess.run(  # noqa: S603
        [interpreter, "-c", script], capture_output=True, text=True, check=False, env=alone
    )
    return float(ended.stdout.split()[-1]) if ended.returncode == 0 else None


def per_second(times: int, seconds: float) -> float:
    return times / seconds
