"""What stands before Bolt in HTTP mode: only what Slack signed, of the right size and readable, comes through.

Bolt's own check fails with 500 on a malformed timestamp or signature, takes one from the future, and a signed body of
broken JSON raises out of it.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from bot.practice.ports import Clock

LARGEST = 1_000_000
"""Bytes of a body."""
AROUND = timedelta(seconds=300)
_DIGITS = re.compile(r"[0-9]{1,12}")
_FORMS = frozenset({"command", "ssl_check"})
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


class Turned(Exception):
    """A request that does not come through: the status that it is answered, and why in two words for the log."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


class Guard:
    """Checks requests. Its time is the given clock's."""

    def __init__(self, secret: str, clock: Clock) -> None:
        """Take the signing secret and the clock."""
        self._secret = secret.encode()
        self._clock = clock

    def check(self, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
        """What was sent. Raises Turned: 401 for what Slack did not sign just now, 413, and 400 for broken words."""
        if len(body) > LARGEST:
            raise Turned(413, "too large")
        self._check_signature(headers, body)
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            raise Turned(400, "not UTF-8") from None
        return payload_of(text)

    def _check_signature(self, headers: Mapping[str, str], body: bytes) -> None:
        timestamp = headers.get("X-Slack-Request-Timestamp", "")
        signature = headers.get("X-Slack-Signature", "")
        if not timestamp.isascii() or not _DIGITS.fullmatch(timestamp):
            raise Turned(401, "bad timestamp")
        if not signature.isascii() or not _SIGNATURE.fullmatch(signature):
            raise Turned(401, "bad signature")
        try:
            at = datetime.fromtimestamp(int(timestamp), UTC)
        except (OverflowError, ValueError, OSError):
            raise Turned(401, "bad timestamp") from None
        if abs(self._clock.now() - at) > AROUND:
            raise Turned(401, "stale")
        signed = hmac.new(self._secret, f"v0:{timestamp}:".encode() + body, hashlib.sha256)
        if not hmac.compare_digest(f"v0={signed.hexdigest()}", signature):
            raise Turned(401, "wrong signature")


def payload_of(text: str) -> dict[str, Any]:
    """A JSON object, the one in a form's `payload`, or a form with a command; raises Turned for anything else.

    Bolt's own reading takes `/question payload` for a form with a payload, and finds nothing in it.
    """
    if text.lstrip().startswith("{"):
        return _object(text)
    try:
        form = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=100))
    except ValueError:
        raise Turned(400, "not readable") from None
    if "payload" in form:
        return _object(form["payload"])
    if _FORMS.isdisjoint(form):
        raise Turned(400, "not readable")
    return dict(form)


def _object(text: str) -> dict[str, Any]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        raise Turned(400, "not readable") from None
    if not isinstance(read, dict):
        raise Turned(400, "not readable")
    return read
