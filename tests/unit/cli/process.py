"""The core's command in a process of its own, as a person runs it."""

import os
import subprocess
import sys

# Without the site's commands, which would load the site.
PROGRAM = "from cordula.cli import commands, main; commands.of_the_site = lambda: (); main.main()"


def really(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
        env={**os.environ, **environment},
    )
