"""What a message or a view of ours may be: slack_sdk's own rules, Slack's limits, and the manners of the house.

Each check gives sentences; none means that all is well. The figures are those of Slack's reference of Block Kit.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

Json = dict[str, Any]

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
MESSAGE_TEXT = 40_000
ALL_BLOCKS = 13_200
ID, BUTTON_LABEL, BUTTON_VALUE, BUTTONS = 255, 75, 2000, 25
LONGEST = {
    "header": 150,
    "section": 3000,
    "fields": 2000,
    "context": 3000,
    "label": 2000,
    "hint": 2000,
    "placeholder": 150,
    "alt_text": 2000,
    "modal title": 24,
    "private_metadata": 3000,
    "input": 3000,
    "option": 75,
    "option description": 75,
    "option value": 150,
}
_LINK = re.compile(
    r"<(@[UW][A-Z0-9]+|#C[A-Z0-9]+(\|[^<>|]*)?|(https?|mailto):[^<>|\s]+(\|[^<>]*)?|!date\^[^<>]+)>"
)
_PINGS = re.compile(r"<!(channel|here|everyone|subteam)|(?<!\w)@(channel|here|everyone)\b")
OPTIONS = {"static_select": 100, "checkboxes": 10, "radio_buttons": 10}
_INPUTS = {"plain_text_input", "static_select", "datepicker", "timepicker", "checkboxes", "radio_buttons"}
_RICH = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
_RICH_PARTS = {"text", "user", "channel", "emoji", "link", "date"}


def faults_of_message(message: Json) -> list[str]:
    """What is wrong with the arguments of a post, an update or an ephemeral message."""
    found = []
    text = message.get("text")
    if not isinstance(text, str) or not text.strip():
        found.append("no top-level text: notifications and screen readers would have none")
    elif len(text) > MESSAGE_TEXT:
        found.append(f"text of {len(text)} characters")
    if _PINGS.search(_drawn_mrkdwn(text if isinstance(text, str) else "")):
        found.append("the top-level text pings a channel")
    found += faults_of_mrkdwn(text or "", "top-level text")
    return [*found, *faults_of_blocks(message.get("blocks") or [], MESSAGE_BLOCKS)]


def faults_of_view(view: Json) -> list[str]:
    """What is wrong with a modal or a home."""
    found = []
    if view.get("type") not in ("modal", "home"):
        return [f"a view of type {view.get('type')!r}"]
    if view["type"] == "modal":
        found += _text(view.get("title"), "modal title", plain=True)
        for name in ("submit", "close"):
            if view.get(name) is not None:
                found += _text(view[name], "modal title", plain=True)
        inputs = any(block.get("type") == "input" for block in view.get("blocks", []))
        if inputs and not view.get("submit"):
            found.append("a modal with inputs and no submit")
    found += _long(view.get("private_metadata") or "", "private_metadata")
    found += _over(view.get("callback_id") or "", ID, "callback_id")
    try:
        View(**view).validate_json()
    except (SlackObjectFormationError, TypeError, ValueError) as fault:
        found.append(f"slack_sdk: {fault}")
    return [*found, *faults_of_blocks(view.get("blocks") or [], VIEW_BLOCKS)]


def faults_of_blocks(blocks: list[Json], most: int) -> list[str]:
    """What is wrong with blocks that stand together."""
    found = []
    if len(blocks) > most:
        found.append(f"{len(blocks)} blocks, {most} are allowed")
    length = sum(len(text) for block in blocks for text in texts_of(block))
    if most == MESSAGE_BLOCKS and length > ALL_BLOCKS:
        found.append(f"msg_blocks_too_long: {length} characters over all blocks")
    twice = [id_ for id_, times in Counter(b.get("block_id") for b in blocks).items() if id_ and times > 1]
    found += [f"block_id twice: {id_}" for id_ in twice]
    for block in blocks:
        found += _block(block)
    return found


def faults_of_mrkdwn(text: str, where: str) -> list[str]:
    """What is not escaped in a text with markup."""
    rest = _LINK.sub("", text)
    wrong = []
    if "<" in rest or ">" in rest.replace("&gt;", ""):
        wrong.append(f"{where}: an unescaped angle bracket")
    if re.search(r"&(?!amp;|lt;|gt;)", rest):
        wrong.append(f"{where}: an unescaped ampersand")
    return wrong


def texts_of(part: Any) -> Iterator[str]:
    """Every text that is drawn of a block, an element or a list of them."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key in ("text", "alt_text", "title", "initial_value") and isinstance(value, str):
                yield value
            elif not isinstance(value, str):
                yield from texts_of(value)
    elif isinstance(part, list):
        for one in part:
            yield from texts_of(one)


def _block(block: Json) -> list[str]:
    kind = block.get("type")
    found = _over(block.get("block_id") or "", ID, "block_id")
    try:
        parsed = Block.parse(block)
        if parsed is None:
            return [f"slack_sdk knows no block {kind!r}"]
        parsed.validate_json()
    except (SlackObjectFormationError, TypeError, ValueError) as fault:
        found.append(f"{kind}: slack_sdk: {fault}")
    check = _CHECKS.get(str(kind))
    found += check(block) if check is not None else [f"a block that this bot does not use: {kind}"]
    return found


def _header(block: Json) -> list[str]:
    return _text(block.get("text"), "header", plain=True)


def _image(block: Json) -> list[str]:
    return _over(block.get("alt_text") or "", LONGEST["alt_text"], "alt_text", least=1)


def _divider(block: Json) -> list[str]:
    return []


def _section(block: Json) -> list[str]:
    found = []
    if not block.get("text") and not block.get("fields"):
        found.append("a section with neither text nor fields")
    if block.get("text"):
        found += _text(block["text"], "section")
    fields = block.get("fields") or []
    if len(fields) > 10:
        found.append(f"{len(fields)} fields in a section")
    for one in fields:
        found += _text(one, "fields")
    if block.get("accessory"):
        found += _element(block["accessory"])
    return found


def _context(block: Json) -> list[str]:
    elements = block.get("elements") or []
    found = [] if 1 <= len(elements) <= 10 else [f"{len(elements)} elements in a context"]
    for one in elements:
        if one.get("type") == "image":
            found += _image(one)
        else:
            found += _text(one, "context")
    return found


def _actions(block: Json) -> list[str]:
    elements = block.get("elements") or []
    found = [] if 1 <= len(elements) <= BUTTONS else [f"{len(elements)} buttons in a row"]
    twice = [id_ for id_, times in Counter(e.get("action_id") for e in elements).items() if times > 1]
    found += [f"action_id twice in a block: {id_}" for id_ in twice]
    for one in elements:
        found += _element(one)
    return found


def _element(element: Json) -> list[str]:
    found = _over(element.get("action_id") or "", ID, "action_id", least=1)
    if element.get("type") == "button":
        label = (element.get("text") or {}).get("text", "")
        found += _over(label, BUTTON_LABEL, "button", least=1)
        found += _over(element.get("value") or "", BUTTON_VALUE, "button value")
        if element.get("style") not in (None, "primary", "danger"):
            found.append(f"a button of style {element['style']!r}")
    elif element.get("type") not in _INPUTS | {"overflow"}:
        found.append(f"an element {element.get('type')!r}")
    if element.get("type") in OPTIONS:
        found += _options(element)
    return found


def _options(element: Json) -> list[str]:
    options, most = element.get("options") or [], OPTIONS[element["type"]]
    found = [] if 1 <= len(options) <= most else [f"{len(options)} options, {most} are allowed"]
    for option in options:
        found += _text(option.get("text"), "option", plain=True)
        found += _over(option.get("value") or "", LONGEST["option value"], "option value", least=1)
        if option.get("description") is not None:
            found += _text(option["description"], "option description", plain=True)
    twice = [
        value for value, times in Counter(option.get("value") for option in options).items() if times > 1
    ]
    found += [f"an option's value twice: {value}" for value in twice]
    chosen = (
        [element["initial_option"]] if element.get("initial_option") else element.get("initial_options", [])
    )
    if not all(one in options for one in chosen) or ("initial_options" in element and not chosen):
        found.append("what is chosen to begin with is not exactly among the options")
    return found


def _input(block: Json) -> list[str]:
    element = block.get("element") or {}
    found = [*_text(block.get("label"), "label", plain=True), *_element(element)]
    if element.get("type") not in _INPUTS:
        found.append(f"an input of {element.get('type')!r}")
    for name in ("hint",):
        if block.get(name):
            found += _text(block[name], name, plain=True)
    if element.get("placeholder"):
        found += _text(element["placeholder"], "placeholder", plain=True)
    most = element.get("max_length", LONGEST["input"])
    least = element.get("min_length", 0)
    if not 0 <= least <= most <= LONGEST["input"] or most < 1:
        found.append(f"an input of {least} to {most} characters")
    if len(element.get("initial_value") or "") > most:
        found.append("an initial value longer than the input takes")
    return found


def _rich(block: Json) -> list[str]:
    found = []
    for group in block.get("elements") or []:
        if group.get("type") not in _RICH:
            found.append(f"rich text: {group.get('type')!r}")
        parts = group.get("elements") or []
        if not parts:
            found.append(f"rich text: an empty {group.get('type')}")
        for part in parts:
            if group.get("type") == "rich_text_list":
                found += _rich({"elements": [part]})
            elif part.get("type") not in _RICH_PARTS:
                found.append(f"rich text: a part {part.get('type')!r}")
            elif part["type"] == "text" and not part.get("text"):
                found.append("rich text: an empty text")
    return found


def _text(text: Any, name: str, plain: bool = False) -> list[str]:
    if not isinstance(text, dict) or text.get("type") not in ("plain_text", "mrkdwn"):
        return [f"{name}: no text object"]
    if plain and text["type"] != "plain_text":
        return [f"{name}: must be plain text"]
    found = _over(text.get("text") or "", LONGEST[name], name, least=1)
    if text["type"] == "mrkdwn":
        found += faults_of_mrkdwn(text["text"], name)
        if _PINGS.search(_drawn_mrkdwn(text["text"])):
            found.append(f"{name}: pings a channel")
    return found


def _drawn_mrkdwn(text: str) -> str:
    """What could ping in a text with markup: only `<!here>`, for with `parse: none` bare words do not."""
    return "".join(re.findall(r"<![^<>]*>", text))


def _long(text: str, name: str) -> list[str]:
    return _over(text, LONGEST[name], name)


def _over(text: str, most: int, name: str, least: int = 0) -> list[str]:
    return (
        [] if least <= len(text) <= most else [f"{name}: {len(text)} characters, {least} to {most} allowed"]
    )


_CHECKS: dict[str, Callable[[Json], list[str]]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": _image,
    "rich_text": _rich,
    "divider": _divider,
}
