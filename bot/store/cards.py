"""Cards as they are kept, without a member who was deleted.

The chat writes a card as JSON; in it `{"member": [workspace, id]}` stands for a member's name, and `"buttons"` is a
list of `[label, action, value, style]`. Nothing else of the form counts here, so that cards of any release can be read.
"""

import json
from collections.abc import Collection
from typing import Any

FORMER = "a former member"
"""What stands in a card where the name was."""

NO_BUTTONS = '%"buttons":[]%'
"""The LIKE pattern of cards without a button; within a text a quotation mark has a backslash."""

_ESCAPE = "!"


def pattern(member: str) -> str:
    """The LIKE pattern, with `!` to escape, of every card that may name a member's id; it finds others as well."""
    written = json.dumps(member)
    for special in (_ESCAPE, "%", "_"):
        written = written.replace(special, _ESCAPE + special)
    return f"%{written}%"


def without_member(card: str, workspace: str, member: str) -> str:
    """A card with other words for a member's name; the same text when it does not name them, or is no JSON."""
    try:
        read = json.loads(card)
    except ValueError:
        return card
    unnamed = _unnamed(read, {"member": [workspace, member]})
    return card if unnamed == read else json.dumps(unnamed, ensure_ascii=True, separators=(",", ":"))


def leads_to(card: str, ids: Collection[str]) -> bool:
    """Whether a button of a card carries one of these ids, alone or in a pair `one/other`; no JSON leads nowhere."""
    try:
        read = json.loads(card)
    except ValueError:
        return False
    buttons = read.get("buttons", ()) if isinstance(read, dict) else ()
    values = (button[2] for button in buttons)
    return any(id_ in ids for value in values for id_ in value.split("/"))


def _unnamed(part: Any, name: dict[str, list[str]]) -> Any:
    if part == name:
        return FORMER
    if isinstance(part, list):
        return [_unnamed(each, name) for each in part]
    if isinstance(part, dict):
        return {key: _unnamed(each, name) for key, each in part.items()}
    return part
