"""Reads a protocol from its folder, or by its name from the library of published protocols."""

import re
import tomllib
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from cordula.protocols.file.build import build
from cordula.protocols.file.site import read_site
from cordula.protocols.file.table import Faults, Table
from cordula.protocols.protocol import Protocol
from cordula.protocols.refusal import Problem, ProtocolRefused, UnknownProtocol
from cordula.vocabulary.lines import lines_of
from cordula.vocabulary.words import _

FILE, CASES = "protocol.toml", "cases.toml"


def load(folder: Path, site_file: Path | None = None) -> Protocol:
    """The protocol in this folder, with its open numbers as the site's own file fills them in.

    Its digest is the SHA-256 of the protocol file's bytes; with a site's file, of both digests one
    after the other. Raises ProtocolRefused with every fault, each with its file and line."""
    path = folder / FILE
    text, values = parse(path)
    faults = Faults(str(path), lines_of(text))
    root, digest = Table(values, (), faults), sha256(path.read_bytes()).hexdigest()
    protocol = build(root, digest)
    if site_file is None:
        return protocol
    site_text, site_values = parse(site_file)
    site = read_site(root, site_values, faults.add_file(str(site_file), lines_of(site_text)))
    both = sha256(f"{digest}\n{sha256(site_file.read_bytes()).hexdigest()}\n".encode())
    return build(site.merged, both.hexdigest(), site.name, site.filled)


def library() -> list[str]:
    """The names of the published protocols."""
    return sorted(p.name for p in folder_of_library().iterdir() if (p / FILE).is_file())


@cache
def named(name: str) -> Protocol:
    """The protocol of the library with this name; UnknownProtocol with a suggestion if there is none."""
    return load(folder_named(name))


def folder_named(name: str) -> Path:
    if name not in library():
        raise UnknownProtocol(name, library())
    return folder_of_library() / name


def folder_of_library() -> Path:
    return Path(str(files("cordula.protocols") / "library"))


def parse(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of a TOML file and its values."""
    try:
        text = path.read_text(encoding="utf-8")
        return text, tomllib.loads(text)
    except OSError as fault:
        raise _refused(
            path, 1, _("cannot be read: {fault}").format(fault=fault.strerror)
        ) from fault
    except UnicodeDecodeError as fault:
        raise _refused(path, 1, _("is not UTF-8 text")) from fault
    except tomllib.TOMLDecodeError as fault:
        line = re.search(r"line (\d+)", str(fault))
        says = _("this is not TOML: {fault}").format(fault=fault)
        raise _refused(path, int(line[1]) if line else len(text.splitlines()), says) from fault


def _refused(path: Path, line: int, says: str) -> ProtocolRefused:
    return ProtocolRefused([Problem(str(path), line, says)])
