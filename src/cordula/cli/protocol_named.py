"""Which protocol was meant: one of the library by its name, or a folder of one's own?"""

from pathlib import Path

from cordula.cli.failures import BadInput
from cordula.protocols import load
from cordula.protocols.refusal import UnknownProtocol


def folder_of(which: str) -> Path:
    """The folder of a protocol of the library, or the one that was named."""
    folder = Path(which)
    if which not in load.library() and folder.is_dir():
        if not (folder / load.FILE).is_file():
            raise BadInput(f"the folder {which} holds no {load.FILE}.")
        return folder
    try:
        return load.folder_named(which)
    except UnknownProtocol as unknown:
        raise BadInput(f"{unknown} (A folder with a {load.FILE} can be named as well.)") from None
