"""The Chat port on Discord: prompts that can be found again, threads, acknowledgements, notices."""

from datetime import timedelta
from typing import Final

import discord

from bot.chat.discord import history
from bot.chat.discord.buttons import button_ids, custom_id_of
from bot.chat.discord.convert import number
from bot.chat.discord.faults import CALL_FAULTS, THREAD_EXISTS, ShutOut, as_outcome, short
from bot.chat.discord.forums import Forum
from bot.chat.discord.holding import HeldBack
from bot.chat.discord.line import Line, NotConnected
from bot.chat.discord.people import People
from bot.chat.discord.render import Page, one_page
from bot.chat.discord.reviews import Reviews
from bot.chat.discord.rights import Rights
from bot.chat.discord.saying import Speaker
from bot.chat.literal import cut
from bot.chat.wording import buttons, questions
from bot.domain.bank import Bank
from bot.domain.places import Channel, Member, Thread
from bot.domain.rounds import Reply, Round
from bot.practice.outcomes import Kept, Notice, ShownReview
from bot.practice.ports import Clock, OutcomeUnknown, Ports, PostRefused

LANDING = timedelta(seconds=60)
"""How long a request whose connection died may still take effect; nonces bridge more than that."""
THREAD_NAME = 100
SEVEN_DAYS: Final = 10080
"""Minutes without a message after which Discord archives a thread."""


class DiscordOutgoing:
    """Says on Discord what practice has to say. Nothing here pings anybody."""

    def __init__(self, line: Line, bank: Bank, clock: Clock) -> None:
        """Take the line to Discord, the bank for the titles of tracks, and the clock."""
        self._line = line
        self._bank = bank
        self._held = HeldBack(clock)
        self._speaker = Speaker(line, self._held)
        self._rights = Rights(line)
        self._people = People(line)
        self._reviews = Reviews(line, self._held, self._rights, self.open_thread)

    def attach(self, ports: Ports) -> None:
        """Learn where schedules are kept, to know whom to tell."""
        self._speaker.attach(ports)

    def landing(self, channel: Channel) -> timedelta:  # noqa: ARG002 - all alike
        """How long a request of unknown outcome may still take effect."""
        return LANDING

    async def post(self, round_: Round, late: bool) -> str:
        """Post a prompt; raises PostRefused and OutcomeUnknown.

        The nonce is the round's id: a second request for the same round within minutes is the same message to
        Discord, and one for a message that was deleted meanwhile is refused, so that it is not posted again.
        """
        track = questions.track_title(self._bank, round_.question.track)
        page = one_page(questions.question_card(round_, late, track))
        try:
            place = await self._line.channel(round_.channel)
            return str(await self._line.call(_posted(place, page, round_)))
        except (NotConnected, ShutOut) as fault:
            raise OutcomeUnknown(short(fault)) from fault
        except CALL_FAULTS as fault:
            raise as_outcome(fault, await self._rights.behind(fault, round_.channel)) from fault

    async def find(self, round_: Round) -> str | None:
        """Look through our own messages since the question was asked; raises LookupFailed.

        In a channel that is gone there is nothing; one that may not be read is tried again after an hour.
        """
        return await history.looked_up(self._held, round_.channel.id, lambda: self._found(round_))

    async def _found(self, round_: Round) -> str | None:
        place = await self._line.channel(round_.channel)
        if isinstance(place, discord.ForumChannel):
            await history.check_readable(self._line, round_.channel)
            return await Forum(self._line, place).find(round_)
        return await history.own(
            self._line, round_.channel, place.id, round_.asked_at, lambda message: _is_prompt(message, round_)
        )

    async def open_thread(self, round_: Round, message: str) -> Thread:
        """Open the thread under a prompt; it has the prompt's id. Raises PostRefused and OutcomeUnknown.

        Practice asks for a missing thread again and again; what was refused is tried once an hour.
        """
        wanted = f"thread {message}"
        if (why := self._held.why(wanted)) is not None:
            raise PostRefused(why)
        try:
            await self._open_thread(round_, message)
        except PostRefused as refused:
            self._held.hold(wanted, refused.reason)
            raise
        return Thread(round_.channel, message)

    async def _open_thread(self, round_: Round, message: str) -> None:
        try:
            place = await self._line.channel(round_.channel)
            if not isinstance(place, discord.ForumChannel):
                await self._line.call(_with_thread(place, number(message), _thread_name(round_)))
        except (NotConnected, ShutOut) as fault:
            raise OutcomeUnknown(short(fault)) from fault
        except CALL_FAULTS as fault:
            if isinstance(fault, discord.HTTPException) and fault.code == THREAD_EXISTS:
                return
            raise as_outcome(fault, await self._rights.behind(fault, round_.channel)) from fault

    async def acknowledge(self, reply: Reply, kept: Kept) -> None:
        """Tell the author in the thread, quietly, what became of a reply; what cannot be said is logged."""
        await self._speaker.acknowledge(reply, kept)

    async def missing(self, channel: Channel) -> tuple[str, ...]:
        """The rights that the bot lacks in a channel, by their names on Discord's screens; raises LookupFailed."""
        return await self._rights.missing(channel)

    async def tell(self, channel: Channel, notice: Notice) -> None:
        """Tell those who set the schedules of a channel, each in their own direct messages."""
        await self._speaker.tell(channel, notice)

    async def show_review(self, shown: ShownReview) -> str:
        """Put a review's card into its thread, or draw it anew; raises PostRefused and OutcomeUnknown."""
        return await self._reviews.show(shown)

    async def find_review(self, shown: ShownReview) -> str | None:
        """Look through our own messages of the thread since the review was given; raises LookupFailed."""
        return await self._reviews.find(shown)

    async def is_here(self, member: Member) -> bool:
        """Whether somebody is in their server; raises LookupFailed."""
        return await self._people.is_here(member)

    async def remind(self, member: Member, waiting: int) -> None:
        """Remind somebody in their own direct messages; raises PostRefused and OutcomeUnknown."""
        await self._people.remind(member, waiting)


async def _posted(place: discord.abc.GuildChannel | discord.Thread, page: Page, round_: Round) -> int:
    """Send a prompt; in a forum it begins a thread, which has its id."""
    if isinstance(place, discord.ForumChannel):
        made = await place.create_thread(
            name=_thread_name(round_),
            view=page.view,
            files=list(page.files),
            auto_archive_duration=SEVEN_DAYS,
            allowed_mentions=_NOBODY,
        )
        return made.thread.id
    if not isinstance(place, discord.abc.Messageable):
        raise PostRefused("this sort of channel takes no messages")
    sent = await place.send(view=page.view, files=list(page.files), nonce=round_.id, allowed_mentions=_NOBODY)
    return int(sent.id)


async def _with_thread(place: discord.abc.GuildChannel | discord.Thread, message: int, name: str) -> None:
    if not isinstance(place, discord.TextChannel):
        raise PostRefused("threads cannot be opened in this sort of channel")
    await place.get_partial_message(message).create_thread(name=name, auto_archive_duration=SEVEN_DAYS)


def _thread_name(round_: Round) -> str:
    return cut(" ".join(round_.question.title.split()), THREAD_NAME) or "Question"


def _is_prompt(message: discord.Message, round_: Round) -> bool:
    """Whether a message carries a round's marker."""
    return custom_id_of(buttons.ANSWER, round_.id) in button_ids(message.components)


_NOBODY = discord.AllowedMentions.none()
