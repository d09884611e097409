"""Who looks: the names that a browser came in under, in a signed cookie; and the key that signs it.

The key is kept in the data folder.

Names are taken on trust, as the terminal takes them: the cookie says which ones this browser has given, so that a link
alone makes nobody known and nobody a manager.
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.requests import HTTPConnection
from starlette.responses import Response

KEY_FILE = "page.key"
KEY_BYTES = 32
MOST_NAMES = 12
A_YEAR = 365 * 24 * 3600


def key_in(folder: Path) -> bytes:
    """The key of a data folder, made at the first start; only its owner reads the file. Raises OSError."""
    file = folder / KEY_FILE
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        kept = file.read_bytes()
        if len(kept) == KEY_BYTES:
            return kept
        file.unlink()
        return key_in(folder)
    with os.fdopen(descriptor, "wb") as opened:
        made = secrets.token_bytes(KEY_BYTES)
        opened.write(made)
    return made


@dataclass(frozen=True, slots=True)
class Visits:
    """What a browser's cookie says: the names it gave, the last one first, and for which pass phrase it is let in."""

    names: tuple[str, ...] = ()
    pass_mark: str = ""

    def under(self, name: str) -> "Visits":
        """With a name that was just given."""
        others = tuple(other for other in self.names if other != name)
        return replace(self, names=(name, *others)[:MOST_NAMES])


class Cookies:
    """Reads and writes the cookie; one that was changed outside counts as none."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self.name = (
            f"practice-bot-{hashlib.sha256(key).hexdigest()[:8]}"  # two data folders, two ports, one host
        )

    def read(self, connection: HTTPConnection) -> Visits:
        """The visits of a browser."""
        packed, _, signature = connection.cookies.get(self.name, "").rpartition(".")
        if not hmac.compare_digest(self._sign(packed).encode(), signature.encode()):
            return Visits()
        try:
            read = json.loads(base64.urlsafe_b64decode(packed))
            return Visits(tuple(str(name) for name in read["names"]), str(read["pass"]))
        except (binascii.Error, ValueError, KeyError, TypeError):
            return Visits()

    def write(self, response: Response, visits: Visits) -> None:
        """Give a browser its cookie."""
        text = json.dumps({"names": visits.names, "pass": visits.pass_mark})
        packed = base64.urlsafe_b64encode(text.encode()).decode()
        value = f"{packed}.{self._sign(packed)}"
        response.set_cookie(self.name, value, max_age=A_YEAR, httponly=True, samesite="lax")

    def pass_mark(self, phrase: str) -> str:
        """What stands in the cookie of a browser that knew the pass phrase; another phrase has another mark."""
        return self._sign(f"pass phrase {phrase}") if phrase else ""

    def _sign(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()
