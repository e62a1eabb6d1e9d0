"""Where an installation keeps its things: the database, the keys, and what must survive a restart.

A laboratory of one's own and the practice programme have a folder each under the user's data folder,
so that practice never touches a record. DATABASE_URL names a server instead; the keys stay in the
folder, outside the database and its backups.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path


@dataclass(frozen=True, slots=True)
class Installation:
    """One record and the folder it keeps its things in."""

    folder: Path
    practice: bool

    @property
    def database(self) -> Path:
        return self.folder / "database"

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def exists(self) -> bool:
        return (self.database / "PG_VERSION").exists()

    def open(self) -> None:
        """Start or join the database, and let the site know where everything is. Before django.setup()."""
        self.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        if "DATABASE_URL" not in os.environ:
            os.environ["DATABASE_URL"] = self._embedded()
        told = {
            "DJANGO_SETTINGS_MODULE": "cordula_web.config.settings",
            "CORDULA_KEYS": str(self.keys),
            "CORDULA_SITE_KEY_FILE": str(self.keys / "site.key"),
            "CORDULA_SECRET_KEY": self._secret("session.key"),
            "CORDULA_STATIC_ROOT": str(self.folder / "static"),
            "CORDULA_ORIGIN": self._origin(),
            "CORDULA_PROTOCOLS": str(self.folder / "protocols"),
            "CORDULA_SIMULATIONS": str(self.folder / "simulations"),
        }
        if self.practice:
            told |= {"CORDULA_PRACTICE": "yes", "CORDULA_PRACTICE_WITHOUT_SECOND_FACTOR": "yes"}
        for name, value in told.items():
            os.environ.setdefault(name, value)

    def _embedded(self) -> str:
        from cordula_web.config import embedded_postgres

        return embedded_postgres.start(self.database)

    def _origin(self) -> str:
        """The ledger's name. It is drawn once, so that no two ledgers ever share one."""
        kind = "practice" if self.practice else "laboratory"
        return f"cordula.local/{kind}-{self._secret('origin', 4)}"

    def _secret(self, name: str, length: int = 50) -> str:
        """A random text that is drawn once and kept in a file only its owner may read."""
        file = self.keys / name
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_hex(length))
        return file.read_text().strip()


def home() -> Path:
    return Path(os.environ.get("CORDULA_HOME") or user_data_path("cordula"))


def practice() -> Installation:
    return Installation(home() / "practice", practice=True)


def laboratory() -> Installation:
    return Installation(home() / "laboratory", practice=False)


def present() -> Installation | None:
    """The installation a command without further words means: the laboratory, else the practice one."""
    if "DATABASE_URL" in os.environ or laboratory().exists:
        return laboratory()
    return practice() if practice().exists else None
