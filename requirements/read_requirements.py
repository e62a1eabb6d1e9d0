"""Build hook: the wheel's dependencies are the lines of run.in, so that they are written once."""

from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class RunRequirements(MetadataHookInterface):
    """Reads the direct dependencies from requirements/run.in."""

    def update(self, metadata: dict[str, Any]) -> None:
        lines = (Path(self.root) / "requirements" / "run.in").read_text().splitlines()
        bare = (line.partition("#")[0].strip() for line in lines)
        metadata["dependencies"] = [line for line in bare if line]
