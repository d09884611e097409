"""Discord's limits on what a bot sends, as its documents name them; SimCord and discord.py hold only some of them.

Each function gives the sentences of what is wrong with a body as it goes over the wire; none is a body that Discord
takes. Characters are code points, as Discord counts them.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

V2 = 1 << 15
"""The message flag that says: all is components."""

ACTION_ROW, BUTTON, STRING_SELECT, TEXT_INPUT, SECTION, TEXT_DISPLAY = 1, 2, 3, 4, 9, 10
THUMBNAIL, GALLERY, CONTAINER, LABEL = 11, 12, 17, 18
RADIO_GROUP, CHECKBOX_GROUP = 21, 22
IN_A_LABEL = frozenset({STRING_SELECT, TEXT_INPUT, RADIO_GROUP, CHECKBOX_GROUP})
"""What of it this bot may use."""
LINK, PREMIUM = 5, 6
ARCHIVE_AFTER = (60, 1440, 4320, 10080)
CHAT_INPUT = 1
NAME = re.compile(r"[-_\w']{1,32}")
"""The names of slash commands and options; letters are lower case where there is such a thing."""


def message_faults(body: Mapping[str, Any], attachments: int = 0) -> list[str]:
    """What Discord would refuse in a message that is posted, edited or given as an answer to an interaction."""
    components = list(body.get("components") or ())
    v2 = bool(int(body.get("flags") or 0) & V2)
    return [
        *_over("content", body.get("content") or "", 2000),
        *_embed_faults(list(body.get("embeds") or ())),
        *(_v2_faults(body, components) if v2 else _row_faults(components)),
        *_component_faults(components),
        *_attachment_faults(list(body.get("attachments") or ()), attachments),
        *_over("nonce", str(body.get("nonce") or ""), 25),
        *_over("poll", "x" if body.get("poll") else "", 0),
    ]


def mention_faults(body: Mapping[str, Any]) -> list[str]:
    """What in a message could ping somebody: without `allowed_mentions` Discord reads the text for mentions."""
    allowed = body.get("allowed_mentions")
    if not isinstance(allowed, Mapping):
        return ["allowed_mentions is missing: the text is read for mentions"]
    names = ("parse", "users", "roles")
    faults = [f"allowed_mentions.{name} is {allowed[name]}" for name in names if allowed.get(name)]
    return faults + (["allowed_mentions.replied_user pings"] if allowed.get("replied_user") else [])


def modal_faults(modal: Mapping[str, Any]) -> list[str]:
    """What Discord would refuse in a form."""
    parts = list(modal.get("components") or ())
    faults = [
        *_within("title of the form", modal.get("title", ""), 45),
        *_within("custom_id of the form", modal.get("custom_id", ""), 100),
        *(["a form has 1 to 5 parts"] if not 1 <= len(parts) <= 5 else []),
    ]
    for part in walk(parts):
        if part["type"] == LABEL:
            faults += _within("label", part.get("label", ""), 45)
            faults += _over("description of a label", part.get("description") or "", 100)
            kind = part["component"]["type"]
            faults += [] if kind in IN_A_LABEL else [f"type {kind} in a label"]
        if part["type"] == TEXT_INPUT:
            faults += _text_input_faults(part)
        if part["type"] == STRING_SELECT:
            faults += _select_faults(part)
        if part["type"] in (RADIO_GROUP, CHECKBOX_GROUP):
            faults += _group_faults(part)
    return faults + _doubled(part["custom_id"] for part in walk(parts) if "custom_id" in part)


def thread_faults(body: Mapping[str, Any]) -> list[str]:
    """What Discord would refuse in a thread that is opened."""
    archive = body.get("auto_archive_duration", 1440)
    return [
        *_within("name of the thread", body.get("name", ""), 100),
        *([f"auto_archive_duration {archive}"] if archive not in ARCHIVE_AFTER else []),
        *(message_faults(body["message"]) if "message" in body else ()),
    ]


def completion_faults(choices: list[Mapping[str, Any]]) -> list[str]:
    """What Discord would refuse in the completions of an option."""
    faults = [f"{len(choices)} completions"] if len(choices) > 25 else []
    for choice in choices:
        faults += _within("name of a completion", choice["name"], 100)
        faults += _within("value of a completion", str(choice["value"]), 100)
    return faults


def command_faults(commands: list[Mapping[str, Any]]) -> list[str]:
    """What Discord would refuse in the commands of an application."""
    slash = [command for command in commands if command.get("type", CHAT_INPUT) == CHAT_INPUT]
    faults = ["more than 100 slash commands"] if len(slash) > 100 else []
    for command in commands:
        if command in slash:
            faults += _slash_faults(command, str(command["name"]))
            faults += _over(f"all of /{command['name']}", "x" * _size(command), 8000)
        else:
            faults += _within("name of a context command", command["name"], 32)
            faults += _over("description of a context command", command.get("description") or "", 0)
    kinds = {command.get("type", CHAT_INPUT) for command in commands}
    for kind in kinds:
        same = [command["name"] for command in commands if command.get("type", CHAT_INPUT) == kind]
        faults += _doubled(same) + (
            [f"{len(same)} of type {kind}"] if kind != CHAT_INPUT and len(same) > 5 else []
        )
    return faults


def walk(components: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield every component, those within others too."""
    for component in components:
        yield component
        yield from walk(component.get("components") or ())
        yield from walk([component[key] for key in ("accessory", "component") if component.get(key)])


def buttons(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The buttons of a message, in order."""
    return [part for part in walk(body.get("components") or ()) if part["type"] == BUTTON]


def _slash_faults(command: Mapping[str, Any], path: str) -> list[str]:
    options = list(command.get("options") or ())
    faults = [
        *([f"/{path}: bad name"] if not _is_name(command["name"]) else []),
        *_within(f"description of /{path}", command.get("description", ""), 100),
        *([f"/{path}: {len(options)} options"] if len(options) > 25 else []),
        *(f"/{path}: {fault}" for fault in _doubled(option["name"] for option in options)),
    ]
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        faults.append(f"/{path}: required options stand first")
    for option in options:
        faults += _slash_faults(option, f"{path} {option['name']}")
        choices = list(option.get("choices") or ())
        faults += completion_faults(choices)
        if choices and option.get("autocomplete"):
            faults.append(f"/{path} {option['name']}: choices and completion exclude one another")
    return faults


def _is_name(name: str) -> bool:
    return bool(NAME.fullmatch(name)) and name == name.lower()


def _size(command: Mapping[str, Any]) -> int:
    """Characters of the names, descriptions and values of a command and all in it."""
    own = len(command["name"]) + len(command.get("description") or "")
    chosen = sum(len(choice["name"]) + len(str(choice["value"])) for choice in command.get("choices") or ())
    return own + chosen + sum(_size(option) for option in command.get("options") or ())


def _v2_faults(body: Mapping[str, Any], components: list[Mapping[str, Any]]) -> list[str]:
    parts = list(walk(components))
    shown = sum(len(part.get("content", "")) for part in parts if part["type"] == TEXT_DISPLAY)
    old = [key for key in ("content", "embeds", "poll", "sticker_ids") if body.get(key)]
    return [
        *([f"{len(parts)} components"] if len(parts) > 40 else []),
        *([f"{shown} characters of text displays"] if shown > 4000 else []),
        *([f"{old} beside components of the second version"] if old else []),
        *(["no components"] if not parts and not body.get("attachments") else []),
    ]


def _row_faults(components: list[Mapping[str, Any]]) -> list[str]:
    faults = [f"{len(components)} rows"] if len(components) > 5 else []
    return faults + [f"type {row['type']} at the top" for row in components if row["type"] != ACTION_ROW]


def _component_faults(components: list[Mapping[str, Any]]) -> list[str]:
    faults: list[str] = []
    for part in walk(components):
        kind = part["type"]
        if kind == ACTION_ROW and not 1 <= len(part.get("components") or ()) <= 5:
            faults.append(f"{len(part.get('components') or ())} parts in a row")
        if kind == BUTTON:
            faults += _button_faults(part)
        if kind == STRING_SELECT:
            faults += _select_faults(part)
        if kind == TEXT_DISPLAY:
            faults += _within("text display", part.get("content", ""), 4000)
        if kind == SECTION and not (1 <= len(part["components"]) <= 3 and part.get("accessory")):
            faults.append("a section has 1 to 3 texts and an accessory")
        if kind == GALLERY:
            faults += _gallery_faults(part)
        if kind == THUMBNAIL:
            faults += _over("description of a thumbnail", part.get("description") or "", 1024)
    ids = [part["id"] for part in walk(components) if part.get("id")]
    faults += [
        f"{id_!r} as the id of a part" for id_ in ids if not isinstance(id_, int) or not 0 < id_ < 1 << 31
    ]
    faults += _doubled(str(id_) for id_ in ids)
    return faults + _doubled(part["custom_id"] for part in walk(components) if "custom_id" in part)


def _gallery_faults(part: Mapping[str, Any]) -> list[str]:
    items = list(part.get("items") or ())
    faults = [] if 1 <= len(items) <= 10 else [f"{len(items)} pictures in a gallery"]
    for item in items:
        faults += _within("description of a picture", item.get("description") or "", 1024)
    return faults


def _button_faults(part: Mapping[str, Any]) -> list[str]:
    faults = _over("label of a button", part.get("label") or "", 80)
    if not part.get("label") and not part.get("emoji"):
        faults.append("a button with neither label nor emoji")
    if part.get("style") not in (LINK, PREMIUM):
        faults += _within("custom_id", part.get("custom_id", ""), 100)
    return faults


def _select_faults(part: Mapping[str, Any]) -> list[str]:
    options = list(part.get("options") or ())
    faults = _within("custom_id", part.get("custom_id", ""), 100)
    faults += _over("placeholder", part.get("placeholder") or "", 150)
    faults += [] if 1 <= len(options) <= 25 else [f"{len(options)} options in a menu"]
    return faults + _option_faults(options)


def _group_faults(part: Mapping[str, Any]) -> list[str]:
    options = list(part.get("options") or ())
    faults = _within("custom_id", part.get("custom_id", ""), 100)
    least = 2 if part["type"] == RADIO_GROUP else 1
    faults += [] if least <= len(options) <= 10 else [f"{len(options)} options in a group"]
    if part["type"] == RADIO_GROUP:
        chosen = [option for option in options if option.get("default")]
        return faults + _option_faults(options) + (["two defaults"] if len(chosen) > 1 else [])
    fewest, most = part.get("min_values", 1), part.get("max_values", len(options))
    if not (0 <= fewest <= most <= len(options) and most >= 1):
        faults.append(f"{fewest} to {most} values")
    if fewest == 0 and part.get("required", True):
        faults.append("a required group of which nothing has to be ticked")
    return faults + _option_faults(options)


def _option_faults(options: list[Mapping[str, Any]]) -> list[str]:
    faults = _doubled(option["value"] for option in options)
    for option in options:
        faults += _within("label of an option", option["label"], 100)
        faults += _within("value of an option", option["value"], 100)
        faults += _over("description of an option", option.get("description") or "", 100)
    return faults


def _text_input_faults(part: Mapping[str, Any]) -> list[str]:
    least, most = part.get("min_length") or 0, part.get("max_length") or 4000
    faults = _within("custom_id", part.get("custom_id", ""), 100)
    faults += _over("placeholder", part.get("placeholder") or "", 100)
    faults += _over("value of a field", part.get("value") or "", most)
    return faults + ([] if 0 <= least <= most and 1 <= most <= 4000 else [f"lengths {least} to {most}"])


def _embed_faults(embeds: list[Mapping[str, Any]]) -> list[str]:
    faults = [f"{len(embeds)} embeds"] if len(embeds) > 10 else []
    total = 0
    for embed in embeds:
        fields = list(embed.get("fields") or ())
        texts = {
            "title": (embed.get("title") or "", 256),
            "description": (embed.get("description") or "", 4096),
            "footer": ((embed.get("footer") or {}).get("text") or "", 2048),
            "author": ((embed.get("author") or {}).get("name") or "", 256),
        }
        faults += [
            fault for name, (text, limit) in texts.items() for fault in _over(f"embed {name}", text, limit)
        ]
        faults += [f"{len(fields)} fields"] if len(fields) > 25 else []
        for field in fields:
            faults += _within("name of a field", field["name"], 256) + _within("field", field["value"], 1024)
        total += sum(len(text) for text, _ in texts.values())
        total += sum(len(field["name"]) + len(field["value"]) for field in fields)
    return faults + ([f"{total} characters in embeds"] if total > 6000 else [])


def _attachment_faults(described: list[Mapping[str, Any]], count: int) -> list[str]:
    faults = [f"{max(count, len(described))} files"] if max(count, len(described)) > 10 else []
    for one in described:
        faults += _over("description of a file", one.get("description") or "", 1024)
    return faults


def _doubled(names: Iterable[str]) -> list[str]:
    found = list(names)
    return [f"{name!r} stands twice" for name in sorted({name for name in found if found.count(name) > 1})]


def _over(what: str, text: str, limit: int) -> list[str]:
    return [f"{what}: {len(text)} characters, {limit} at most"] if len(text) > limit else []


def _within(what: str, text: str, limit: int) -> list[str]:
    """As `_over`; and Discord trims what is blank, so a text must have something to see."""
    seen = any(not char.isspace() and unicodedata.category(char) != "Cc" for char in text)
    return _over(what, text, limit) + ([] if seen else [f"{what}: empty"])
