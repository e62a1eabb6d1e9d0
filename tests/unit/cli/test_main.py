"""How does the command end where it was given nothing, or where the system will not do what was asked?"""

from pathlib import Path

import pytest

from tests.unit.cli.process import really


@pytest.mark.parametrize("words", [(), ("evidence",)])
def test_a_command_alone_shows_its_help_as_it_is_read(words: tuple[str, ...]) -> None:
    ended = really(*words)
    assert ended.returncode == 2
    assert "\nCommands:\n" in ended.stderr


def test_what_the_system_will_not_do_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = really("evidence", "pool", "rvef-change", "--plots", str(tmp_path / "file" / "in"))
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert ended.stderr.endswith("Not a directory.\n")
