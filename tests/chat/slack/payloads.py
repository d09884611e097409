"""Payloads as Slack sends them, for the tests of what reads them."""

from typing import Any

from bot.chat.slack.convert import Identity

ME = Identity(team="T1", user="UBOT", bot="BBOT")
PARENT = "1764000000.000100"
TS = "1764000060.000200"


def said(text: Any = "My own answer", **changes: Any) -> dict[str, Any]:
    """A person's message in a thread."""
    event = {"type": "message", "channel": "C1", "user": "U1", "text": text, "ts": TS, "thread_ts": PARENT}
    return {**event, "team": "T1", **changes}


def changed(message: dict[str, Any], before: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
    """A change of a message."""
    event = {"type": "message", "subtype": "message_changed", "channel": "C1", "message": message}
    return {**event, "previous_message": before, "event_ts": "1764000100.000300", **more}


def deleted(before: dict[str, Any] | None) -> dict[str, Any]:
    """The end of a message."""
    event = {"type": "message", "subtype": "message_deleted", "channel": "C1", "deleted_ts": TS}
    return {**event, "previous_message": before, "event_ts": "1764000200.000400"}


def edited(text: str, at: str) -> dict[str, Any]:
    """A message with its edit."""
    return said(text, edited={"user": "U1", "ts": at})


def pressed(action_id: str = "action:hint", value: str = "r1", **changes: Any) -> dict[str, Any]:
    """A press of a button on a message in a channel."""
    body = {
        "type": "block_actions",
        "user": {"id": "U1", "team_id": "T1"},
        "team": {"id": "T1"},
        "channel": {"id": "C1", "name": "study"},
        "container": {"type": "message", "message_ts": PARENT, "channel_id": "C1"},
        "message": {"ts": PARENT, "bot_id": "BBOT"},
        "trigger_id": "1.2.3",
        "response_url": "https://hooks.slack.com/actions/1",
        "actions": [{"type": "button", "action_id": action_id, "value": value, "block_id": "b"}],
    }
    return {**body, **changes}


def submitted(values: dict[str, Any], kept: str) -> dict[str, Any]:
    """A form that was sent."""
    view = {"id": "V1", "type": "modal", "private_metadata": kept, "state": {"values": values}}
    return {"type": "view_submission", "user": {"id": "U1", "team_id": "T1"}, "view": view}


def typed(command: str, text: str = "") -> dict[str, Any]:
    """A slash command."""
    return {
        "command": command,
        "text": text,
        "user_id": "U1",
        "channel_id": "C1",
        "team_id": "T1",
        "trigger_id": "1.2.3",
        "response_url": "https://hooks.slack.com/commands/1",
    }
