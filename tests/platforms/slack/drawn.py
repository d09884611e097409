"""What a person reads of a message or a view of Slack: its blocks as lines of text, and the buttons on it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from bot.chat.cards import joined

Json = dict[str, Any]
Namer = Callable[[str], str]

_MENTION = re.compile(r"<[@#]([A-Z0-9]+)(?:\|[^<>]*)?>")
_LINK = re.compile(r"<(?:https?|mailto):[^<>|]*\|([^<>]*)>")
_BARE = re.compile(r"<((?:https?|mailto):[^<>|]*)>")
_ALL = re.compile(r"<!(here|channel|everyone)(?:\|[^<>]*)?>")


def text_of(blocks: list[Json], name: Namer) -> str:
    """The blocks as lines, without the labels of buttons; `name` gives the name of a person's or a channel's id."""
    return "\n".join(line for block in blocks for line in _lines(block, name))


def buttons_of(blocks: list[Json]) -> list[Json]:
    """The buttons, in order."""
    found = []
    for block in blocks:
        elements = block.get("elements", []) if block["type"] == "actions" else [block.get("accessory") or {}]
        found += [
            {**one, "block_id": block.get("block_id")} for one in elements if one.get("type") == "button"
        ]
    return found


def inputs_of(blocks: list[Json]) -> dict[str, str]:
    """What stands in the fields of a form to begin with, by field."""
    found = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            chosen = (element.get("initial_option") or {}).get("value", "")
            marks = [option["value"] for option in element.get("initial_options", ())]
            texts = element.get("initial_value", ""), chosen, joined(mark[1:] for mark in marks)
            found[block["block_id"]] = next(filter(None, texts), "")
    return found


def read_mrkdwn(text: str, name: Namer) -> str:
    """A text with markup as it is read."""
    text = _LINK.sub(lambda found: found[1], _MENTION.sub(lambda found: name(found[1]), text))
    text = _ALL.sub(r"@\1", _BARE.sub(r"\1", text))
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _lines(block: Json, name: Namer) -> Iterator[str]:
    match block["type"]:
        case "header" | "section":
            for text in (block.get("text"), *(block.get("fields") or ())):
                if text is not None:
                    yield _text(text, name)
        case "context":
            for one in block["elements"]:
                yield one["alt_text"] if one["type"] == "image" else _text(one, name)
        case "rich_text":
            for group in block["elements"]:
                yield from _group(group, name)
        case "image":
            yield block["alt_text"]
        case "input":
            yield _text(block["label"], name)


def _text(text: Json, name: Namer) -> str:
    return text["text"] if text["type"] == "plain_text" else read_mrkdwn(text["text"], name)


def _group(group: Json, name: Namer) -> Iterator[str]:
    if group["type"] == "rich_text_list":
        for part in group["elements"]:
            yield from _group(part, name)
    else:
        yield "".join(_part(part, name) for part in group["elements"])


def _part(part: Json, name: Namer) -> str:
    match part["type"]:
        case "user":
            return name(part["user_id"])
        case "channel":
            return name(part["channel_id"])
        case "emoji":
            return f":{part['name']}:"
        case "link":
            return str(part.get("text") or part["url"])
        case _:
            return str(part["text"])
