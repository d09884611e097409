"""What people do in the local chat -> commands, actions and practice; one `LocalRoom` for every door.

A door (the terminal, a page) calls `say`, `press`, `submit`, `edit` and `delete`, shows at once what comes back as a
Reaction, and draws the rest from `messages` and `news`: all that the bot says is a message, private or not.
"""

import contextlib
import logging
from collections.abc import Awaitable, Mapping
from functools import partial

from bot.chat import actions, commands
from bot.chat.calls import Caller, FieldError, Filled, Outcome, Quiet, Response
from bot.chat.cards import Card, Form
from bot.chat.guard import guarded
from bot.chat.local import sentences
from bot.chat.local.client import LocalClient
from bot.chat.local.convert import (
    HOME,
    MESSAGE_LENGTH,
    kept_text,
    member_named,
    thread_of,
    to_reply,
)
from bot.chat.local.fields import fault_of
from bot.chat.local.hearing import heard, message_at, unheard
from bot.chat.local.outgoing import UNSPOKEN, show_answered
from bot.chat.local.pressing import buttons_of, labeled, labels_in, newest_with
from bot.chat.local.reaction import NOTHING, Reaction
from bot.chat.typed import parse
from bot.chat.wording import answers, buttons, refusals
from bot.domain.places import Channel, Member, Thread
from bot.domain.refusals import Refusal
from bot.domain.rounds import Round
from bot.practice import answering, posting
from bot.practice.ports import Ports, StoreUnavailable
from bot.practice.records import LocalMessage

__all__ = ["NOTHING", "LocalRoom", "Reaction", "buttons_of"]

log = logging.getLogger(__name__)


class LocalRoom:
    """The local chat as people use it. Only `enter` raises; elsewhere what fails is said in the Reaction's card."""

    def __init__(self, client: LocalClient, ports: Ports) -> None:
        """Take the platform, and the ports whose chat writes into it."""
        self._client = client
        self._ports = ports
        self._owed: set[int] = set()

    @property
    def client(self) -> LocalClient:
        """The platform, for a door that draws channels and threads apart and looks for news itself."""
        return self._client

    @property
    def ports(self) -> Ports:
        """What the use cases are given."""
        return self._ports

    async def enter(self, name: str) -> Member:
        """Come in under a name; the first person of a data folder is its manager. Raises BadName, StoreUnavailable."""
        member = member_named(name)
        await self._client.join(member)
        return member

    async def caller(self, member: Member, channel: Channel, thread: Thread | None = None) -> Caller:
        """A person as commands and actions know them. Whoever was deleted and goes on is a newcomer."""
        return Caller(self._ports, member, channel, await self._client.join(member), thread)

    async def say(
        self, member: Member, channel: Channel, line: str, thread: Thread | None = None
    ) -> Reaction:
        """A line with `/` is a command, any other a reply in `thread`, or in that of the channel's newest round."""
        if line.startswith("/"):
            return await self._guarded(self._command(member, channel, kept_text(line), thread))
        if thread is not None:
            return await self.say_in(member, thread, line)
        return await self._guarded(self._reply(member, channel, line))

    async def say_in(self, member: Member, thread: Thread, text: str) -> Reaction:
        """A reply in a thread; acknowledged only when it is on disk."""
        return await self._guarded(self._reply_in(member, thread, text))

    async def press(self, member: Member, message: int, label: str, thread: Thread | None = None) -> Reaction:
        """Press a button of a message that the person sees; what it does stands in the message, not in the call.

        What comes back stands in the message's thread, or in the one under it, `thread`, where it is seen there.
        """
        return await self._guarded(self._press(member, message, label, thread))

    async def submit(
        self,
        member: Member,
        channel: Channel,
        form: Form,
        values: Mapping[str, str],
        thread: Thread | None = None,
        keep: bool = True,
    ) -> Reaction:
        """Send a form that was filled in; what comes back stands in `thread`, where the form was opened.

        Without `keep` nothing stands anywhere: the card is in the Reaction, for a door that shows it itself.
        """
        return await self._guarded(self._submit(member, channel, form, values, thread, keep))

    async def edit(self, member: Member, message: int, text: str) -> Reaction:
        """Change one's own reply."""
        return await self._guarded(self._edit(member, message, text))

    async def delete(self, member: Member, message: int) -> Reaction:
        """Delete one's own reply; it never comes back."""
        return await self._guarded(self._delete(member, message))

    async def messages(
        self, member: Member, channel: Channel, before: int | None = None
    ) -> list[LocalMessage]:
        """The newest messages of a channel that the person sees, oldest first; raises StoreUnavailable."""
        return await self._client.messages(channel, member, before)

    async def news(self, member: Member, after: int) -> list[LocalMessage]:
        """What came after a message, in all channels; raises StoreUnavailable."""
        return await self._client.news(member, after)

    async def newest_round(self, channel: Channel) -> Round | None:
        """The newest posted round of a channel; raises StoreUnavailable."""
        return await self._ports.store.read(lambda tx: tx.newest_round(channel))

    async def find_button(self, member: Member, channel: Channel, label: str) -> int | None:
        """The newest message with a button of this label that is for the person to press; raises StoreUnavailable."""
        return await newest_with(self._client, self._ports.store, member, channel, label)

    async def labels(self, member: Member, channel: Channel) -> tuple[str, ...]:
        """The labels that can be pressed, those on the newest cards first."""
        return await labels_in(self._client, member, channel)

    async def catch_up(self) -> int:
        """At start: receive the replies that were kept as messages when the bot ended; gives how many."""
        missed = await self._ports.store.read(unheard)
        for message in missed:
            await self._settle(message)
        return len(missed)

    async def settle_owed(self) -> None:
        """Try again to settle what was kept while the store failed; never raises StoreUnavailable."""
        for seq in sorted(self._owed):
            try:
                message = await self._ports.store.read(partial(message_at, seq))
            except StoreUnavailable:
                return
            self._owed.discard(seq)
            if message is not None and message.author is not None and message.thread is not None:
                await self._settle(message)  # else its author had everything deleted meanwhile

    async def _command(self, member: Member, channel: Channel, line: str, thread: Thread | None) -> Reaction:
        caller = await self.caller(member, channel, thread)

        async def call() -> Outcome:
            return await commands.run(caller, parse(line, caller.bank))

        return await self._react(caller, await guarded(caller, call()))

    async def _reply(self, member: Member, channel: Channel, text: str) -> Reaction:
        round_ = await self.newest_round(channel)
        if round_ is None:
            return Reaction(card=sentences.no_question_yet(channel.id))
        if round_.thread is None:
            round_ = await posting.give_thread(self._ports, round_)
        if round_.thread is None:
            return Reaction(card=sentences.thread_missing())
        return await self._reply_in(member, round_.thread, text)

    async def _reply_in(self, member: Member, thread: Thread, text: str) -> Reaction:
        text = kept_text(text)
        if len(text) > MESSAGE_LENGTH:
            return Reaction(card=sentences.too_long(len(text)))
        await self._client.join(member)
        return await self._settle(await self._client.write_text(thread, member, text))

    async def _settle(self, message: LocalMessage) -> Reaction:
        """Make of a message that is on disk what it is to practice, and say so; what fails here is owed."""
        reply = to_reply(message)
        try:
            kept = await heard(self._ports, message)
        except StoreUnavailable:
            self._owed.add(message.seq)
            return Reaction(card=refusals.UNSETTLED, kept=True)
        try:
            await self._ports.chat.acknowledge(reply, kept)
        except StoreUnavailable:
            if kept.verdict in UNSPOKEN:
                return NOTHING
            return Reaction(card=answers.kept_card(kept, reply), kept=True)
        return NOTHING

    async def _press(self, member: Member, seq: int, label: str, thread: Thread | None) -> Reaction:
        message = await self._client.message(member, seq)
        button = labeled(message, label) if message is not None else None
        if message is None or button is None:
            return Reaction(card=sentences.no_such_message())
        caller = await self.caller(member, message.channel, thread_of(message) or thread)
        return await self._react(caller, await actions.press(caller, button.action, button.value))

    async def _submit(
        self,
        member: Member,
        channel: Channel,
        form: Form,
        values: Mapping[str, str],
        thread: Thread | None,
        keep: bool,
    ) -> Reaction:
        fields = {field.id: kept_text(values.get(field.id, "")) for field in form.fields}
        for field in form.fields:
            if fault := fault_of(field, fields[field.id]):
                return Reaction(error=FieldError(field.id, fault))
        caller = await self.caller(member, channel, thread)
        filled = Filled(fields, f"form-{self._ports.ids.new_id()}", self._ports.clock.now())
        outcome = await actions.submit(caller, form.action, form.value, filled)
        if form.action == buttons.ANSWER and isinstance(outcome, Response):
            await self._show_answered(member, form.value)
        return await self._react(caller, outcome, keep)

    async def _show_answered(self, member: Member, round_id: str) -> None:
        """All see where an answer can be reviewed that came by the form; a fault costs that card and nothing else."""
        with contextlib.suppress(StoreUnavailable, Refusal):
            round_, own = await answering.open_answer(self._ports, round_id, member)
            if own is not None and round_.thread is not None:
                await show_answered(self._client, round_.thread, member, own.id)

    async def _edit(self, member: Member, seq: int, text: str) -> Reaction:
        message, text = await self._own(member, seq), kept_text(text)
        if message is None:
            return Reaction(card=sentences.no_such_message())
        if len(text) > MESSAGE_LENGTH:
            return Reaction(card=sentences.too_long(len(text)))
        return await self._settle(await self._client.change_text(message, text))

    async def _delete(self, member: Member, seq: int) -> Reaction:
        message = await self._own(member, seq)
        if message is None:
            return Reaction(card=sentences.no_such_message())
        return await self._settle(await self._client.delete(message))

    async def _own(self, member: Member, seq: int) -> LocalMessage | None:
        message = await self._client.message(member, seq)
        own = message is not None and message.author == member.id and message.thread is not None
        return message if own else None

    async def _react(self, caller: Caller, outcome: Outcome, keep: bool = True) -> Reaction:
        """Keep a response as a message of the channel; what is not kept is shown at once."""
        match outcome:
            case Form():
                return Reaction(form=outcome)
            case FieldError():
                return Reaction(error=outcome)
            case Quiet():
                return NOTHING
            case Response(card, private, attachment):
                kept = keep and await self._keep(caller, card, private)
                return Reaction(card=None if kept else card, attachment=attachment)

    async def _keep(self, caller: Caller, card: Card, private: bool) -> bool:
        try:
            if private:
                return await self._client.whisper(caller.channel, [caller.member], card, caller.thread) > 0
            return await self._client.write_card(caller.channel, card) > 0
        except StoreUnavailable:
            return False

    async def _guarded(self, work: Awaitable[Reaction]) -> Reaction:
        """A door never falls: what goes wrong is logged here, without anybody's text, and excused."""
        try:
            await self.settle_owed()
            return await work
        except StoreUnavailable:
            return Reaction(card=refusals.UNAVAILABLE)
        except Exception as fault:
            # The last resort of a door.
            log.error("fault", exc_info=fault, extra={"facts": {"workspace": HOME.key}})
            return Reaction(card=refusals.FAULT)
