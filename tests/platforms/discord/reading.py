"""What a person reads in a message of the bot: its components as lines of plain text, and the labels of its buttons."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tests.platforms.discord.limits import BUTTON, TEXT_DISPLAY, walk

_MARKS = re.compile(r"\\(.)|\*\*|^(?:#{1,3}|>|-#) |^```\w*$", re.MULTILINE)
_MENTION = re.compile(r"<@(\d+)>")


def text_of(components: Sequence[Mapping[str, Any]], names: Mapping[str, str] | None = None) -> str:
    """The words of a message, with what is only markup taken away; `names` are those of people by id."""
    shown = [str(part["content"]) for part in walk(components) if part["type"] == TEXT_DISPLAY]
    known = names or {}
    plain = (_MARKS.sub(lambda mark: mark[1] or "", text) for text in shown)
    return "\n".join(_MENTION.sub(lambda found: known.get(found[1], found[0]), text) for text in plain)


def raw_text(components: Sequence[Mapping[str, Any]]) -> str:
    """The words of a message as they are sent, markup and all."""
    return "\n".join(str(part["content"]) for part in walk(components) if part["type"] == TEXT_DISPLAY)


def labels_of(components: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The labels of the buttons, in order."""
    return tuple(str(part.get("label", "")) for part in walk(components) if part["type"] == BUTTON)


def pressed(components: Sequence[Mapping[str, Any]], label: str) -> str | None:
    """The custom_id of the button of a label."""
    found = (part for part in walk(components) if part["type"] == BUTTON and part.get("label") == label)
    return next((str(part["custom_id"]) for part in found), None)
