"""The local platform itself: people, channels, messages, threads and private replies, kept in the store.

It knows nothing of practice, and nothing of who looks at it: a terminal now, a page later.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from bot.chat.cards import Card, to_json
from bot.chat.local.convert import HOME
from bot.domain.places import Channel, Member, Thread
from bot.practice.ports import Clock, Store
from bot.practice.records import LocalMessage, Transaction

T = TypeVar("T")

PAGE = 100
"""Messages that are read at once."""


class LocalClient:
    """The platform, over a store. Every method may raise StoreUnavailable; nothing happened then."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Take the store that keeps it, and the clock that dates its messages."""
        self._store = store
        self._clock = clock
        self._listeners: dict[object, Callable[[], None]] = {}

    def listen(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Be told after each change that this process makes; gives what ends it. `changed` must be quick."""
        mark = object()
        self._listeners[mark] = changed
        return lambda: self._listeners.pop(mark, None) and None

    async def join(self, member: Member) -> bool:
        """Make a person known, once; gives whether they are a manager (the first of a data folder is)."""
        known = await self._read(lambda tx: tx.person_is_manager(member))
        if known is not None:
            return known
        now = self._clock.now()
        return await self._write(lambda tx: tx.join_person(HOME, member.id, now))

    async def managers(self) -> list[Member]:
        """The people who are managers, in order of joining."""

        def work(tx: Transaction) -> list[Member]:
            people = [Member(HOME, name) for name in tx.people(HOME)]
            return [person for person in people if tx.person_is_manager(person)]

        return await self._read(work)

    async def write_text(self, thread: Thread, author: Member, text: str) -> LocalMessage:
        """Keep what a person says in a thread."""
        message = self._message(thread.channel, thread.id, author=author.id, text=text)
        return replace(message, seq=await self._write(lambda tx: tx.add_message(message)))

    async def write_card(
        self, channel: Channel, card: Card, thread: Thread | None = None, marker: str | None = None
    ) -> int:
        """Keep a card of the bot for all to see; with a marker that is there already, give that message's number."""
        message = self._message(channel, thread.id if thread else None, card=card, marker=marker)
        return await self._write(lambda tx: tx.add_message(message))

    async def whisper(
        self, channel: Channel, readers: list[Member], card: Card, thread: Thread | None = None
    ) -> int:
        """Keep a card for some people, each their own; gives to how many. Who is not known gets none.

        Whoever had everything about them deleted is not known any more, and nothing is kept for them again.
        """

        def work(tx: Transaction) -> int:
            known = [reader for reader in readers if tx.person_is_manager(reader) is not None]
            for reader in known:
                own = self._message(channel, thread.id if thread else None, card=card, only_for=reader.id)
                tx.add_message(own)
            return len(known)

        return await self._write(work)

    async def message(self, reader: Member, seq: int) -> LocalMessage | None:
        """One message, if it is there, not deleted, and `reader` may see it."""
        found = await self._read(lambda tx: tx.message(HOME, seq))
        seen = found is not None and found.deleted_at is None and found.only_for in (None, reader.id)
        return found if seen else None

    async def change_text(self, message: LocalMessage, text: str) -> LocalMessage:
        """Replace what a message says."""
        changed = replace(message, text=text, edited_at=self._clock.now())
        await self._write(lambda tx: tx.change_message(changed))
        return changed

    async def change_card(self, seq: int, card: Card) -> None:
        """Draw a card of the bot anew, if it is there."""

        def work(tx: Transaction) -> None:
            message = tx.message(HOME, seq)
            if message is not None and message.author is None and message.deleted_at is None:
                tx.change_message(replace(message, card=to_json(card), edited_at=self._clock.now()))

        await self._write(work)

    async def knows(self, member: Member) -> bool:
        """Whether a person came in and did not have everything about them deleted."""
        return await self._read(lambda tx: tx.person_is_manager(member)) is not None

    async def delete(self, message: LocalMessage) -> LocalMessage:
        """Delete a message; its text goes with it."""
        gone = replace(message, text="", deleted_at=self._clock.now())
        await self._write(lambda tx: tx.change_message(gone))
        return gone

    async def marked(self, marker: str) -> int | None:
        """The number of the message that carries a marker."""
        found = await self._read(lambda tx: tx.marked_message(HOME, marker))
        return found.seq if found is not None else None

    async def messages(
        self, channel: Channel, reader: Member, before: int | None = None, limit: int = PAGE
    ) -> list[LocalMessage]:
        """The newest messages of a channel that `reader` may see, oldest first; `before` pages back."""
        return await self._read(lambda tx: tx.messages(channel, reader.id, before, limit))

    async def news(self, reader: Member, after: int) -> list[LocalMessage]:
        """All messages later than number `after`, of all channels, that `reader` may see, oldest first."""
        found: list[LocalMessage] = []
        while True:
            last = found[-1].seq if found else after
            page = await self._read(partial(_page_after, reader=reader, after=last))
            found += page
            if len(page) < PAGE:
                return found

    async def channel_messages(self, channel: Channel, reader: Member, limit: int) -> list[LocalMessage]:
        """The newest messages of a channel outside of its threads, oldest first."""
        return await self._read(lambda tx: tx.channel_messages(channel, reader.id, None, limit))

    async def thread_messages(self, thread: Thread, reader: Member, limit: int) -> list[LocalMessage]:
        """The newest messages of a thread that are not deleted, oldest first."""
        return await self._read(lambda tx: tx.thread_messages(thread, reader.id, limit))

    async def thread_sizes(self, channel: Channel, after: int) -> dict[str, int]:
        """How many messages of people stand in each thread, of those that came after a message."""
        return await self._read(lambda tx: tx.thread_sizes(channel, after))

    async def channels(self) -> list[str]:
        """The names of the channels that have messages."""
        return await self._read(lambda tx: tx.channels(HOME))

    async def _write(self, work: Callable[[Transaction], T]) -> T:
        result = await self._store.write(work)
        for changed in tuple(self._listeners.values()):
            changed()
        return result

    async def _read(self, work: Callable[[Transaction], T]) -> T:
        return await self._store.read(work)

    def _message(
        self,
        channel: Channel,
        thread: str | None,
        *,
        author: str | None = None,
        text: str = "",
        card: Card | None = None,
        only_for: str | None = None,
        marker: str | None = None,
    ) -> LocalMessage:
        return LocalMessage(
            seq=0,
            channel=channel,
            thread=thread,
            author=author,
            text=text,
            card=to_json(card) if card is not None else None,
            only_for=only_for,
            marker=marker,
            at=self._clock.now(),
            edited_at=None,
            deleted_at=None,
        )


def _page_after(tx: Transaction, reader: Member, after: int) -> list[LocalMessage]:
    return tx.messages_after(HOME, reader.id, after, PAGE)
