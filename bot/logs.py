"""Logging set-up, called once: one line a happening, with its facts, and no secret in any of it.

Every room logs by the standard library, with its facts beside the message and never inside it:
`log.info("answer kept", extra={"facts": {"round": 12}})`. `happened` is the short way for those who may
import this module. What members write is no fact: give its length or its id instead.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Literal, TextIO
from urllib.parse import quote

Form = Literal["text", "json"]

HIDDEN = "[hidden]"
SHORTEST_SECRET = 4  # characters; hiding every occurrence of a shorter text would only garble the log
SECRET_NAMES = re.compile(r"token|secret|password|passwd|authorization|cookie|api_?key", re.IGNORECASE)

# Each pattern keeps its group 1 and hides the rest. All are linear: no nested or adjoining repeats.
KINDS_OF_SECRET = tuple(
    re.compile(pattern)
    for pattern in (
        r"()\bx(?:ox[a-z]|app)(?:\.xox[a-z])?-[\w-]+",  # Slack: bot, user, app-level, refresh tokens
        r"()\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}",  # Discord bot token
        r"(\b[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s:/@]{0,256}:)\S{1,512}(?=@)",  # password in a URL
        r"((?i:(?:ticket|token|signature|secret|password|passwd|pwd)=))[^\s&;,\"']+",  # query, DSN
        r"((?i:(?:ticket|token|signature|secret|password)[\"']\s{0,3}:\s{0,3}[\"']))[^\"']+",  # JSON, dict
        r"((?i:\b(?:bearer|bot|basic) ))[\w.~+/=-]{20,}",  # an Authorization header's value
        r"(/(?:webhooks|interactions)/\d{1,20}/)[\w-]+",  # Discord's capability URLs
        r"(\bhooks\.slack\.com/)\S+",  # Slack's capability URLs
    )
)


def set_up(
    form: Form = "text",
    level: str = "INFO",
    *,
    stream: TextIO | None = None,
    secrets: Collection[str] = (),
) -> None:
    """Send the log to `stream` (standard error by default), one line a happening.

    `level` (DEBUG, INFO, WARNING, ERROR) is that of our own lines. Other people's libraries are heard from
    WARNING on only, whatever they set for themselves: at DEBUG some of them write tickets and message texts.
    Each text in `secrets` is hidden wherever it appears, and so is whatever looks like a known kind of token.

    A second call replaces the first. Raises ValueError for an unknown level.
    """
    handler = LogLines(stream or sys.stderr)
    handler.setFormatter(LINES[form](secrets))
    root = logging.getLogger()
    for earlier in [each for each in root.handlers if isinstance(each, LogLines)]:
        root.removeHandler(earlier)
    logging.getLogger("bot").setLevel(level)
    root.setLevel(logging.WARNING)
    root.addHandler(handler)


class LogLines(logging.StreamHandler[TextIO]):
    """Writes our own lines, and other people's warnings."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Drop what a library says below WARNING, even if it has set its own level lower."""
        ours = record.name == "bot" or record.name.startswith("bot.")
        return (ours or record.levelno >= logging.WARNING) and bool(super().filter(record))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        """Lose a line that cannot be written.

        The bot goes on when the log's disk is full, and the standard library's report of such a line
        would print its arguments unredacted.
        """


class Redaction:
    """Hides secrets in a text."""

    def __init__(self, secrets: Collection[str]) -> None:
        """Take the secrets to hide besides the known kinds."""
        told = [secret for secret in secrets if len(secret) >= SHORTEST_SECRET]
        forms = {form for secret in told for form in (secret, quote(secret, safe=""), repr(secret)[1:-1])}
        # The longest first, so that a secret which contains another one is hidden whole.
        longest_first = sorted(forms, key=len, reverse=True)
        self._told = re.compile("|".join(map(re.escape, longest_first))) if forms else None

    def hide(self, text: str) -> str:
        """Give the text with every secret replaced."""
        if self._told:
            text = self._told.sub(HIDDEN, text)
        for kind in KINDS_OF_SECRET:
            text = kind.sub(rf"\g<1>{HIDDEN}", text)
        return text


class Facts(logging.Formatter):
    """Reads a record as named texts, redacted; its children draw them."""

    def __init__(self, secrets: Collection[str]) -> None:
        """Take the secrets to hide."""
        super().__init__()
        self._redaction = Redaction(secrets)

    def named(self, record: logging.LogRecord) -> Iterator[tuple[str, str]]:
        """Yield time, level, place and message, then the facts, then the error if there is one."""
        hide = self._redaction.hide
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        yield "time", at.replace("+00:00", "Z")
        yield "level", record.levelname.lower()
        yield "at", record.name
        yield "what", hide(message_of(record))
        facts = getattr(record, "facts", None)
        if isinstance(facts, Mapping):
            for name, value in facts.items():
                yield str(name), HIDDEN if SECRET_NAMES.search(str(name)) else hide(str(value))
        if record.exc_info and record.exc_info[1]:
            yield "error", hide("".join(traceback.format_exception(record.exc_info[1])).rstrip())


class TextLines(Facts):
    """Draws a record as `key=value` pairs."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line, without its end."""
        return " ".join(f"{name}={bare_or_quoted(value)}" for name, value in self.named(record))


class JsonLines(Facts):
    """Draws a record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line, without its end; a fact never displaces the time, level, place or message."""
        line: dict[str, str] = {}
        for name, value in self.named(record):
            line.setdefault(name, value)
        return json.dumps(line)


LINES: Mapping[Form, type[Facts]] = {"text": TextLines, "json": JsonLines}


def message_of(record: logging.LogRecord) -> str:
    """Give the message with its arguments, or as it stands when they do not fit it."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return f"{record.msg} (its arguments do not fit)"


def bare_or_quoted(value: str) -> str:
    r"""Give a value for a `key=value` line: `plain`, or `"quoted, with \" and \n escaped"`.

    What is not printable is escaped as well, so that no text starts a line of its own or turns its direction.
    """
    shown = "".join(escaped(character) for character in value)
    plain = shown and shown == value and not any(character in value for character in ' "=')
    return shown if plain else f'"{shown}"'


def escaped(character: str) -> str:
    """Give one character as it may stand between the quotes of a `key=value` line."""
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
