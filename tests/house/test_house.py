"""Is the house in order?"""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = sorted((ROOT / "src").rglob("*.py"))
# The offline verifier is no page of the site: it carries its own script and style, sealed by its own policy.
OFFLINE_VERIFIER = ROOT / "src/cordula/passport/verify.html"
TEMPLATES = sorted(set((ROOT / "src").rglob("*.html")) - {OFFLINE_VERIFIER})
BANNED_NAMES = frozenset(
    "utils helpers common base misc manager processor handler service data info".split()  # noqa: SIM905
)
BANNED_WORDS = ("regenerat", "cures", "life-saving", "insurance", "repairs the heart")


def committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, FileNotFoundError):
        return ""


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCE, ids=short)
def test_a_file_is_short_and_well_named(path: Path) -> None:
    assert path.stem not in BANNED_NAMES
    assert path.parent.name not in BANNED_NAMES
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", [p for p in SOURCE if p.stat().st_size], ids=short)
def test_a_module_opens_with_what_it_is_for(path: Path) -> None:
    if "migrations" not in path.parts:
        assert path.read_text().lstrip().startswith(('"""', 'r"""')), "no opening sentence"


def test_every_dependency_has_its_reason() -> None:
    for name in ("run.in", "build.in", "dev.in"):
        for line in (ROOT / "requirements" / name).read_text().splitlines():
            if line and not line.startswith("#"):
                package, hash_sign, reason = line.partition("#")
                assert hash_sign, f"{name}: {package}"
                assert len(reason.split()) > 2, f"{name}: {package}"


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_the_lock_carries_hashes_and_no_address(name: str) -> None:
    lock = (ROOT / "requirements" / name).read_text()
    pinned = re.findall(r"^[a-z0-9][^\s=]*==\S+", lock, re.MULTILINE)
    assert pinned
    assert lock.count("--hash=sha256:") >= len(pinned)
    assert not re.search(r"https?://|^--", lock, re.MULTILINE)


def test_every_direct_dependency_is_locked() -> None:
    for name, lock in (("run.in", "run.txt"), ("dev.in", "dev.txt")):
        pinned = (ROOT / "requirements" / lock).read_text().lower()
        for line in (ROOT / "requirements" / name).read_text().splitlines():
            bare = line.partition("#")[0].strip().lower()
            if bare:
                package = re.split(r"[\[<>=]", bare)[0]
                assert re.search(rf"^{re.escape(package)}==", pinned, re.MULTILINE), package


def test_fonts_are_pinned_without_an_address() -> None:
    lock = text_of(ROOT / "package-lock.json")
    assert '"integrity"' in lock
    assert '"resolved"' not in lock


def test_no_third_party_file_is_committed() -> None:
    suffixes = {".woff", ".woff2", ".ttf", ".whl", ".wasm", ".min.js"}
    found = [short(p) for p in committed() if any(p.name.endswith(s) for s in suffixes)]
    assert not found


def test_no_machine_path_is_committed() -> None:
    pattern = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|opt)/")
    found = [short(p) for p in committed() if p != Path(__file__) and pattern.search(text_of(p))]
    assert not found


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_no_page_carries_style_or_script_of_its_own(path: Path) -> None:
    page = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:", page)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", page)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_no_page_formats_a_number_or_a_date_itself(path: Path) -> None:
    assert not re.search(
        r"\|\s*(date|time|floatformat|timesince|timeuntil|intcomma)\b", path.read_text()
    )


@pytest.mark.parametrize("path", [*SOURCE, *TEMPLATES, OFFLINE_VERIFIER], ids=short)
def test_no_benefit_is_implied(path: Path) -> None:
    words = path.read_text().lower()
    assert not [word for word in BANNED_WORDS if word in words]


INSERTS = re.compile(
    r"Entry\.objects\.(?:create|bulk_create|update|get_or_create)"
    r"|insert\s+into\s+(?:records_)?(?:entry|node|head)\b",
    re.IGNORECASE,
)


def test_only_one_place_appends_to_the_ledger() -> None:
    found = {short(p) for p in SOURCE if INSERTS.search(p.read_text())}
    assert found <= {
        "src/cordula_web/records/append.py",
        "src/cordula_web/records/migrations/0001_initial.py",
    }, found


def test_every_room_has_its_floor() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    staircases = [c for c in contracts["contracts"] if c["type"] == "layers"]
    assert all(c["exhaustive"] for c in staircases)
    assert len(staircases) == 2


def test_every_command_of_the_makefile_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony
    for target in phony.group(1).split():
        assert re.search(rf"^{target}:.*## \S", makefile, re.MULTILINE), target
