"""What a person reads in a message of the bot: its components as lines of plain text, and the labels of its buttons.

And what stands in a form of the bot, and is given in it: as the text that a field has on every platform.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.chat.cards import joined, ticked
from tests.platforms.discord.limits import (
    BUTTON,
    CHECKBOX_GROUP,
    RADIO_GROUP,
    STRING_SELECT,
    TEXT_DISPLAY,
    walk,
)

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


def preset_of(part: Mapping[str, Any]) -> str:
    """What a part of a form begins with."""
    if "options" not in part:
        return str(part.get("value") or "")
    chosen = [str(option["value"]) for option in part["options"] if option.get("default")]
    return joined(value[1:] for value in chosen) if part["type"] == CHECKBOX_GROUP else "".join(chosen)


def given_in(part: Mapping[str, Any], text: str) -> str | list[str] | None:
    """What a person gives in a part of a form, as SimCord takes it; fails for what they cannot give."""
    kind = part["type"]
    if kind == CHECKBOX_GROUP:
        marks = {str(option["value"])[1:]: str(option["value"]) for option in part["options"]}
        return [marks[value] for value in reversed(ticked(text))]
    if kind == STRING_SELECT:
        return [text] if text else []
    return text or None if kind == RADIO_GROUP else text
