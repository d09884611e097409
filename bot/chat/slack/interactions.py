"""A command, a press, a filled-in form or a message shortcut, read from Slack's payload."""

import json
from dataclasses import dataclass
from typing import Any

from bot.chat.fields import from_tick_marks
from bot.chat.slack.convert import Identity, Malformed, mapping, thread_in, typed_words
from bot.chat.slack.files import SharedFile, first_file
from bot.chat.slack.messages import reply_of
from bot.chat.slack.prefixing import own_name
from bot.domain.places import Channel, Member, Thread
from bot.domain.rounds import Reply

NOWHERE = "HOME"
"""The channel of a press in App Home, which stands in none."""
ACTION = "action"
FORM = "form"
VALUE = "value"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer to somebody goes. `view` is the modal that a press came from, `home` says App Home."""

    member: Member
    channel: Channel
    thread: Thread | None = None
    trigger: str = ""
    response_url: str = ""
    view: str = ""
    home: bool = False
    slash: bool = False

    @property
    def in_channel(self) -> bool:
        """Whether there is a channel to speak in."""
        return self.channel.id != NOWHERE


@dataclass(frozen=True, slots=True)
class Typed:
    """A slash command as it was typed."""

    place: Place
    line: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button."""

    place: Place
    action: str
    value: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was filled in; `view` is the id by which one sent twice is one."""

    place: Place
    action: str
    value: str
    fields: dict[str, str]
    view: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """An entry of a message's own menu; `reply` is None outside of threads and for messages of bots.

    `file` is the message's first.
    """

    place: Place
    name: str
    reply: Reply | None
    file: SharedFile | None = None


Interaction = Typed | Pressed | Sent | Chosen


def read_command(identity: Identity, body: dict[str, Any], prefix: str) -> Typed:
    """A slash command; raises Malformed."""
    place = Place(
        member=identity.member(body.get("user_id"), body.get("team_id")),
        channel=identity.channel(body.get("channel_id")),
        trigger=_text(body.get("trigger_id")),
        response_url=_text(body.get("response_url")),
        slash=True,
    )
    name = own_name(_text(body.get("command")), prefix)
    return Typed(place, f"/{name} {typed_words(body.get('text'))}".rstrip())


def asking_help(line: str) -> str:
    """`/question help` asks what `/help question` does; any other line stays as it is."""
    words = line.removeprefix("/").split()
    is_help = len(words) == 2 and words[1].casefold() == "help" != words[0].casefold()
    return f"/help {words[0]}" if is_help else line


def read_interaction(identity: Identity, body: dict[str, Any]) -> Interaction | None:
    """A press, a form or a shortcut; None for a kind that we do not take part in. Raises Malformed."""
    match body.get("type"):
        case "block_actions":
            return _pressed(identity, body)
        case "view_submission":
            return _sent(identity, body)
        case "message_action":
            return _chosen(identity, body)
    return None


def metadata(action: str, value: str, place: Place) -> str:
    """What a form carries to know where it belongs."""
    thread = place.thread.id if place.thread is not None else ""
    kept = {"action": action, "value": value, "channel": place.channel.id, "thread": thread}
    return json.dumps(kept, separators=(",", ":"))


def _pressed(identity: Identity, body: dict[str, Any]) -> Pressed | None:
    actions = body.get("actions")
    if not isinstance(actions, list) or not actions:
        raise Malformed("actions")
    pressed = mapping(actions[0], "action")
    marked = _text(pressed.get("action_id"))
    if not marked.startswith(f"{ACTION}:"):
        return None
    name = marked.removeprefix(f"{ACTION}:").partition(":")[0]
    return Pressed(_place(identity, body), name, _text(pressed.get("value")))


def _sent(identity: Identity, body: dict[str, Any]) -> Sent:
    view = mapping(body.get("view"), "view")
    kept = _kept(view)
    values = mapping(mapping(view.get("state"), "state").get("values"), "values")
    fields = {name: _value(mapping(value, "value")) for name, value in values.items()}
    place, id_ = _place(identity, body), _text(view.get("id"))
    return Sent(place, _text(kept.get("action")), _text(kept.get("value")), fields, id_)


def _value(block: dict[str, Any]) -> str:
    """What one field holds; an empty one is null."""
    state = mapping(block.get(VALUE), "field")
    chosen, marks = state.get("selected_option"), state.get("selected_options")
    if isinstance(chosen, dict):
        return _text(chosen.get("value"))
    if isinstance(marks, list):
        return from_tick_marks(_text(mapping(one, "option").get("value")) for one in marks)
    return _text(state.get("value"))


def _chosen(identity: Identity, body: dict[str, Any]) -> Chosen:
    message = mapping(body.get("message"), "message")
    channel = mapping(body.get("channel"), "channel").get("id")
    return Chosen(
        _place(identity, body),
        _text(body.get("callback_id")),
        reply_of(identity, message, channel),
        first_file(message),
    )


def _place(identity: Identity, body: dict[str, Any]) -> Place:
    user = mapping(body.get("user"), "user")
    view = body.get("view")
    kept = _kept(view) if isinstance(view, dict) else {}
    given = body.get("channel")
    id_ = given.get("id") if isinstance(given, dict) else kept.get("channel")
    channel = identity.channel(id_ or NOWHERE)
    thread = _thread_of(body) or kept.get("thread")
    is_view = isinstance(view, dict) and body.get("type") == "block_actions"
    return Place(
        member=identity.member(user.get("id"), user.get("team_id")),
        channel=channel,
        thread=thread_in(channel, thread) if thread else None,
        trigger=_text(body.get("trigger_id")),
        response_url=_text(body.get("response_url")),
        view=_text(view.get("id")) if is_view and isinstance(view, dict) else "",
        home=isinstance(view, dict) and view.get("type") == "home",
    )


def _thread_of(body: dict[str, Any]) -> object:
    """The thread that a pressed message stands in; a prompt, which only begins one, stands in the channel."""
    message, container = body.get("message"), body.get("container")
    if isinstance(container, dict) and container.get("thread_ts") not in (None, container.get("message_ts")):
        return container["thread_ts"]
    if isinstance(message, dict) and message.get("thread_ts") not in (None, message.get("ts")):
        return message["thread_ts"]
    return None


def _kept(view: dict[str, Any]) -> dict[str, Any]:
    """What we put into a view; whatever else stands there is nothing."""
    try:
        read = json.loads(view.get("private_metadata") or "{}")
    except (ValueError, TypeError):
        return {}
    return read if isinstance(read, dict) else {}


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Malformed("text")
    return value
