"""Everything that the bot sent to SimCord, held to Discord's limits: SimCord and discord.py hold only some of them."""

import re
from collections.abc import Iterable
from typing import Any

from simcord import HttpLogEntry

from tests.platforms.discord.limits import (
    command_faults,
    completion_faults,
    mention_faults,
    message_faults,
    modal_faults,
    thread_faults,
)

MESSAGES = re.compile(r"/channels/\d+/messages(/\d+)?|/webhooks/\d+/[^/]+(/messages/.+)?")
NEW_MESSAGE, NEW_TEXT, COMPLETION, MODAL = 4, 7, 8, 9


def wire_faults(requests: Iterable[HttpLogEntry]) -> list[str]:
    """What in some requests Discord would have refused, or could have pinged somebody; empty for a good bot."""
    return [
        f"{entry.method} {entry.path}: {fault}"
        for entry in requests
        for fault in _faults(entry.method, entry.path, entry.json)
    ]


def _faults(method: str, path: str, body: Any) -> list[str]:
    if method == "PUT" and path.endswith("/commands"):
        return command_faults(body)
    if method not in ("POST", "PATCH") or not isinstance(body, dict):
        return []
    if path.endswith("/threads"):
        return thread_faults(body)
    if path.endswith("/callback"):
        return _callback_faults(body["type"], body.get("data") or {})
    if MESSAGES.fullmatch(path):
        return [*message_faults(body), *mention_faults(body)]
    return []


def _callback_faults(kind: int, data: Any) -> list[str]:
    match kind:
        case _ if kind in (NEW_MESSAGE, NEW_TEXT):
            return [*message_faults(data), *mention_faults(data)]
        case _ if kind == COMPLETION:
            return completion_faults(data.get("choices") or [])
        case _ if kind == MODAL:
            return modal_faults(data)
    return []
