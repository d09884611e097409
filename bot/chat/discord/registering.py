"""Commands are declared once, for every platform; here they become Discord's, and are sent when they have changed."""

import hashlib
import json
import logging
from collections.abc import Iterable
from typing import Any

import discord

from bot.chat.actions import MESSAGE_ACTIONS
from bot.chat.calls import Command, Option, OptionKind, Who, no_completions
from bot.chat.commands import COMMANDS, GROUPS, subcommands
from bot.chat.discord.convert import commands_workspace
from bot.chat.discord.line import Line
from bot.practice.ports import Ports

log = logging.getLogger(__name__)

_SLASH, _MENU = 1, 3
_SUBCOMMAND, _STRING, _INTEGER, _USER, _ATTACHMENT = 1, 3, 4, 6, 11
_KINDS = {OptionKind.NUMBER: _INTEGER, OptionKind.MEMBER: _USER, OptionKind.FILE: _ATTACHMENT}
_GUILDS_ONLY = {"contexts": [0], "integration_types": [0]}
_MANAGERS = str(discord.Permissions(manage_guild=True).value)


def declaration(everywhere: bool = True) -> list[dict[str, Any]]:
    """All commands as Discord wants them; where they may be used is said only of those that are registered globally."""
    scope = _GUILDS_ONLY if everywhere else {}
    slash = [_slash(command) for command in COMMANDS if len(command.words) == 1]
    groups = [_group(name, description) for name, description in GROUPS.items()]
    menus = [{"type": _MENU, "name": action.label} for action in MESSAGE_ACTIONS]
    return [{**command, **scope} for command in (*slash, *groups, *menus)]


def _slash(command: Command) -> dict[str, Any]:
    return {
        "type": _SLASH,
        "name": command.name,
        "description": command.description,
        "options": _options(command.options),
        **_who([command]),
    }


def _group(name: str, description: str) -> dict[str, Any]:
    """A command with subcommands; it is the managers' if all of them are."""
    inner = subcommands(name)
    options = [
        {
            "type": _SUBCOMMAND,
            "name": command.words[1],
            "description": command.description,
            "options": _options(command.options),
        }
        for command in inner
    ]
    return {"type": _SLASH, "name": name, "description": description, "options": options, **_who(inner)}


def _who(commands: Iterable[Command]) -> dict[str, str]:
    """Who sees a command; a server's own settings may differ, so it is asked again whenever one is run."""
    managed = all(command.who is Who.MANAGERS for command in commands)
    return {"default_member_permissions": _MANAGERS} if managed else {}


def _options(options: tuple[Option, ...]) -> list[dict[str, Any]]:
    """Options with the required ones first, as Discord wants them."""
    return [_option(option) for option in sorted(options, key=lambda option: not option.required)]


def _option(option: Option) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "type": _KINDS.get(option.kind, _STRING),
        "name": option.name,
        "description": option.description,
        "required": option.required,
    }
    if option.known is not no_completions:
        drawn["autocomplete"] = True
    return drawn


async def register(line: Line, ports: Ports, guild: str | None, *, anew: bool = False) -> bool:
    """Send the commands if they have changed since, or `anew`; gives whether they were sent.

    They go to one guild at once, or else to everywhere. Raises StoreUnavailable, and what calls to Discord raise.
    """
    client = await line.ready()
    application = client.application_id
    assert application is not None
    wanted = declaration(everywhere=guild is None)
    mark = hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()
    place, name = commands_workspace(guild), f"commands:{application}"
    if not anew and await ports.store.read(lambda tx: tx.recalled(place, name)) == mark:
        return False
    if guild is None:
        await line.call(client.http.bulk_upsert_global_commands(application, payload=wanted))
    else:
        await line.call(client.http.bulk_upsert_guild_commands(application, int(guild), payload=wanted))
    await ports.store.write(lambda tx: tx.remember(place, name, mark, ports.clock.now()))
    log.info("commands registered", extra={"facts": {"platform": "discord", "commands": len(wanted)}})
    return True
