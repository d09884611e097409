"""The manifest of the Slack app, made from the declarations of commands, groups and message actions."""

from typing import Any, Literal

from bot.chat.actions import MESSAGE_ACTIONS
from bot.chat.calls import Command, MessageAction, OptionKind
from bot.chat.commands import COMMANDS, GROUPS, subcommands
from bot.chat.literal import cut
from bot.chat.slack.prefixing import slack_name
from bot.chat.slack.scopes import EVENTS, SCOPES

NAME = "Practice Bot"
DESCRIPTION = "Interview practice for study groups: a question, your answers in its thread, a streak."
COLOR = "#1f4f46"
ADDRESS = "https://your-host.example/slack/events"
"""What stands in HTTP mode until whoever runs the bot puts their own host there."""
HINT = 100
SHORTCUT_DESCRIPTION = 150


def manifest(
    mode: Literal["socket", "http"] = "socket", prefix: str = "", address: str = ADDRESS
) -> dict[str, Any]:
    """The manifest as Slack takes it; `prefix` begins each command's name, `address` is asked for in HTTP mode."""
    url = {"url": address} if mode == "http" else {}
    request_url = {"request_url": address} if mode == "http" else {}
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": NAME,
            "description": DESCRIPTION,
            "background_color": COLOR,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "shortcuts": [
                {
                    "name": action.label,
                    "type": "message",
                    "callback_id": action.name,
                    "description": cut(f"{action.label}, {_place(action)}", SHORTCUT_DESCRIPTION),
                }
                for action in MESSAGE_ACTIONS
            ],
            "slash_commands": [{**command, **url} for command in slash_commands(prefix)],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**request_url, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **request_url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": mode == "socket",
            "token_rotation_enabled": False,
        },
    }


def slash_commands(prefix: str = "") -> list[dict[str, Any]]:
    """Every command once; one that has subcommands takes them as the first word."""
    found: dict[str, dict[str, Any]] = {}
    for command in COMMANDS:
        first = command.words[0]
        if first in found:
            continue
        is_group = first in GROUPS
        members = subcommands(first) if is_group else (command,)
        found[first] = {
            "command": f"/{slack_name(first, prefix)}",
            "description": GROUPS[first] if is_group else command.description,
            "usage_hint": cut(_subcommands(members) if is_group else _options(command), HINT),
            "should_escape": any(
                option.kind is OptionKind.MEMBER for one in members for option in one.options
            ),
        }
    return [{key: value for key, value in one.items() if value != ""} for one in found.values()]


def _place(action: MessageAction) -> str:
    return "from the file of a message" if action.takes_file else "in the thread of a question"


def _subcommands(commands: tuple[Command, ...]) -> str:
    return " | ".join(command.words[-1] for command in commands)


def _options(command: Command) -> str:
    named = [option.name if option.required else f"[{option.name}]" for option in command.options]
    return " ".join(named)
