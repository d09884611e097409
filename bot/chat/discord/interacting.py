"""Commands, completions, presses, sent forms and message menus -> the calls that every platform makes."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import discord

from bot.chat import actions, commands
from bot.chat.calls import Call, Caller, Command, Filled, OptionKind, Outcome, Response, Who
from bot.chat.cards import Form
from bot.chat.discord import forms, sentences
from bot.chat.discord.buttons import CardButton, button_ids, read_custom_id
from bot.chat.discord.convert import (
    channel_of,
    created_at,
    is_raw_persons,
    member_of,
    raw_reply,
    thread_of,
)
from bot.chat.discord.faults import CALL_FAULTS
from bot.chat.discord.responding import Responder
from bot.chat.discord.uploads import Files, NotHad
from bot.chat.flood import Admission, Flood
from bot.chat.guard import guarded
from bot.chat.wording import buttons, refusals
from bot.domain.places import Thread
from bot.domain.refusals import Refusal
from bot.domain.rounds import Reply
from bot.practice import answering
from bot.practice.outcomes import Kept, Verdict
from bot.practice.ports import Ports, StoreUnavailable

log = logging.getLogger(__name__)

OPEN_WITHIN = 1.8
"""Seconds in which a press has to give its form; a modal must come within three, and cannot be deferred."""
FORGET_EVERY = 500
"""Calls after which the counts of those who have been quiet are dropped."""
_SUBCOMMAND = 1
_MESSAGE_MENU = 3


class Interactions:
    """What people do by Discord's own controls."""

    def __init__(self, ports: Ports, files: Files) -> None:
        """Take the ports, and what fetches files."""
        self._ports = ports
        self._files = files
        self._flood = Flood(ports.clock)
        self._calls = 0

    async def interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Anything but a press whose button is known by its template."""
        match interaction.type:
            case discord.InteractionType.application_command:
                await self._command(interaction)
            case discord.InteractionType.autocomplete:
                await self._completion(interaction)
            case discord.InteractionType.modal_submit:
                await self._form(interaction)
            case discord.InteractionType.component if not _is_card_button(interaction):
                action, value = read_custom_id(str(_data(interaction).get("custom_id", "")))
                await self.pressed(interaction, action, value)

    async def pressed(self, interaction: discord.Interaction[Any], action: str, value: str) -> None:
        """A press. One that opens a form has to give it at once; any other is deferred before it writes."""
        known = actions.ACTIONS.get(action)
        opens = known is not None and known.submit is not None
        message = interaction.message

        async def press(caller: Caller) -> Outcome:
            outcome = await actions.press(caller, action, value)
            if isinstance(outcome, Form) and message is not None and message.flags.ephemeral:
                return forms.begun_again(outcome, message.components)
            return outcome

        await self._answer(interaction, press, opens_form=opens)

    async def _command(self, interaction: discord.Interaction[Any]) -> None:
        data = _data(interaction)
        if data.get("type") == _MESSAGE_MENU:
            await self._message_menu(interaction, data)
            return
        name, options = _named(data)
        values = {option["name"]: str(option["value"]) for option in options if "value" in option}
        known = next((each for each in commands.COMMANDS if each.name == name), None)
        file = _file_option(data, known, values)

        async def called(caller: Caller) -> Outcome:
            call = Call(commands.command_named(name), values)
            refused = call.command.who is Who.MANAGERS and not caller.is_manager
            given = caller if refused else await self._with_file(caller, file)
            return await commands.run(given, call)

        async def call(caller: Caller) -> Outcome:
            return await guarded(caller, called(caller))

        await self._answer(interaction, call, public=known is not None and known.public)

    async def _with_file(self, caller: Caller, told: Mapping[str, Any] | None) -> Caller:
        """The caller with the file that came along, if one did; raises NotHad."""
        return replace(caller, upload=await self._files.fetch(told)) if told is not None else caller

    async def _message_menu(self, interaction: discord.Interaction[Any], data: Mapping[str, Any]) -> None:
        label = data.get("name")
        known = next((each for each in actions.MESSAGE_ACTIONS if each.label == label), None)
        name = known.name if known is not None else str(label)
        raw = data.get("resolved", {}).get("messages", {}).get(str(data.get("target_id")))
        if raw is None:
            return
        thread = _thread(interaction)
        reply = raw_reply(raw, thread) if thread is not None and is_raw_persons(raw) else None
        files = raw.get("attachments") if known is not None and known.takes_file else None

        async def used(caller: Caller) -> Outcome:
            file = files[0] if files and caller.is_manager else None
            return await actions.use_message(await self._with_file(caller, file), name, reply)

        await self._answer(interaction, used, opens_form=True)

    async def _form(self, interaction: discord.Interaction[Any]) -> None:
        data = _data(interaction)
        origin = str(data.get("custom_id", ""))
        action, value = read_custom_id(origin)
        filled = Filled(forms.filled_in(data), f"form-{interaction.id}", created_at(interaction.id))
        answered: list[Caller] = []

        async def send(caller: Caller) -> Outcome:
            outcome = await actions.submit(caller, action, value, filled)
            if action == buttons.ANSWER and isinstance(outcome, Response):
                answered.append(caller)
            return outcome

        await self._answer(interaction, send, typed=filled.fields, origin=origin)
        for caller in answered:  # none, if the form came back or was one too many
            await self._show_answered(caller, value, filled)

    async def _show_answered(self, caller: Caller, round_id: str, filled: Filled) -> None:
        """All see where an answer can be reviewed that has just come by this form; a fault costs that word alone."""
        try:
            round_, own = await answering.open_answer(self._ports, round_id, caller.member)
        except Refusal:
            return  # the form was refused for the same reason
        except StoreUnavailable as fault:
            facts = {"workspace": caller.member.workspace.key, "round": round_id, "fault": str(fault)}
            log.warning("answer not shown", extra={"facts": facts})
            return
        if round_.thread is None or own is None or own.message != filled.id or own.version > 1:
            return
        reply = Reply(round_.thread, filled.id, caller.member, own.text, own.at, by_form=True)
        await self._ports.chat.acknowledge(reply, Kept(Verdict.ACCEPTED, round_, own))

    async def _completion(self, interaction: discord.Interaction[Any]) -> None:
        caller = self._caller(interaction)
        if caller is None:
            return
        name, options = _named(_data(interaction))
        typed = next((option for option in options if option.get("focused")), None)
        command = next((each for each in commands.COMMANDS if each.name == name), None)
        offered: list[str] = []
        if typed is not None and command is not None:
            offered = commands.complete(caller, command, typed["name"], str(typed.get("value", "")))
        choices = [discord.app_commands.Choice(name=value[:100], value=value[:100]) for value in offered]
        try:
            await interaction.response.autocomplete(choices)
        except CALL_FAULTS as fault:  # the next letter asks again
            log.debug("not completed", extra={"facts": {"command": name, "fault": type(fault).__name__}})

    async def _answer(
        self,
        interaction: discord.Interaction[Any],
        work: Callable[[Caller], Awaitable[Outcome]],
        *,
        opens_form: bool = False,
        public: bool = False,
        typed: Mapping[str, str] | None = None,
        origin: str = "",
    ) -> None:
        responder = Responder(interaction, self._ports.clock)
        caller = self._caller(interaction)
        if caller is None:
            await responder.give(Response(sentences.only_in_servers()))
            return
        admission = self._admit(caller)
        if admission is Admission.DROP:
            return
        if admission is Admission.NOTICE:
            await responder.give(Response(refusals.SLOW_DOWN))
            return
        if opens_form:
            outcome = await self._soon(responder, _excused(work(caller), caller))
        elif await responder.defer(private=not public):
            outcome = await _excused(work(caller), caller)
        else:
            return
        if outcome is not None:
            await responder.give(outcome, typed, origin)

    def _admit(self, caller: Caller) -> Admission:
        """Whether a call is one too many; those who have been quiet are forgotten now and then."""
        self._calls += 1
        if self._calls % FORGET_EVERY == 0:
            self._flood.forget_quiet()
        return self._flood.admit(caller.member)

    async def _soon(self, responder: Responder, work: Awaitable[Outcome]) -> Outcome | None:
        """The outcome, if it comes in time for a form; what takes longer is deferred and then awaited."""
        task = asyncio.ensure_future(work)
        done, _ = await asyncio.wait({task}, timeout=OPEN_WITHIN)
        if not done and not await responder.defer():
            await task
            return None
        return await task

    def _caller(self, interaction: discord.Interaction[Any]) -> Caller | None:
        """Who acts and where; None outside of servers. A thread counts as the channel that it stands under."""
        guild, channel = interaction.guild_id, interaction.channel
        if guild is None or channel is None:
            return None
        thread = _thread(interaction)
        place = thread.channel if thread is not None else channel_of(guild, channel.id)
        rights = interaction.permissions
        manages = rights.manage_guild or rights.administrator
        return Caller(self._ports, member_of(guild, interaction.user.id), place, manages, thread)


def _thread(interaction: discord.Interaction[Any]) -> Thread | None:
    channel = interaction.channel
    if interaction.guild_id is None or not isinstance(channel, discord.Thread):
        return None
    return thread_of(interaction.guild_id, channel.parent_id, channel.id)


def _data(interaction: discord.Interaction[Any]) -> Mapping[str, Any]:
    data: Mapping[str, Any] = interaction.data or {}
    return data


def _named(data: Mapping[str, Any]) -> tuple[str, list[Mapping[str, Any]]]:
    """The full name of a command, such as `daily set`, and the options that were given to it."""
    name, options = str(data.get("name", "")), list(data.get("options") or ())
    if len(options) == 1 and options[0].get("type") == _SUBCOMMAND:
        return f"{name} {options[0]['name']}", list(options[0].get("options") or ())
    return name, options


def _file_option(
    data: Mapping[str, Any], command: Command | None, values: Mapping[str, str]
) -> Mapping[str, Any] | None:
    """What Discord tells of the file that was given to a command, if it takes one."""
    options = command.options if command is not None else ()
    ids = (values.get(option.name, "") for option in options if option.kind is OptionKind.FILE)
    files: Mapping[str, Any] = data.get("resolved", {}).get("attachments", {})
    return next((files[id_] for id_ in ids if id_ in files), None)


def _is_card_button(interaction: discord.Interaction[Any]) -> bool:
    """Whether a press comes by its template as well; discord.py drops one whose id its message does not have."""
    custom_id = str(_data(interaction).get("custom_id", ""))
    known = CardButton.__discord_ui_compiled_template__.fullmatch(custom_id) is not None
    message = interaction.message
    return known and message is not None and custom_id in button_ids(message.components)


async def _excused(work: Awaitable[Outcome], caller: Caller) -> Outcome:
    """The last resort of a door: what goes wrong is logged here, without anybody's text, and excused."""
    try:
        return await work
    except NotHad as fault:
        return Response(sentences.no_file(fault.why))
    except Exception as fault:
        log.error("fault", exc_info=fault, extra={"facts": {"workspace": caller.member.workspace.key}})
        return Response(refusals.FAULT)
