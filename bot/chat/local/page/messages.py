"""A list of messages that follows the store: what is drawn is what is there, each message once and in order."""

from collections.abc import Awaitable, Callable

from nicegui.element import Element

from bot.chat.local.page.elements import button, el
from bot.practice.records import LocalMessage

WINDOW = 100
"""Messages that are drawn at first, and further ones with each press of Earlier."""

Read = Callable[[int], Awaitable[list[LocalMessage]]]
"""Gives the newest messages, at most so many, oldest first."""

Draw = Callable[[LocalMessage], None]
"""Draws a message into the element that is open."""


class Messages:
    """The newest messages of one place, drawn into the element that is open at the time."""

    def __init__(self, label: str, read: Read, draw: Draw, head: LocalMessage | None = None) -> None:
        """Draw an empty list; `look` fills it. A message that is the `head` stands above all."""
        self._read = read
        self._draw = draw
        self._limit = WINDOW
        self._shown: dict[int, tuple[Element, int]] = {}
        with el(
            "div", "log-box", tabindex="0", role="region", aria_label=label, data_log=True
        ) as self._scroll:
            if head is not None:
                with el("div", "message thread-prompt"):
                    draw(head)
            self._earlier = button("Earlier messages", "quiet earlier").on("click", self._look_back, args=[])
            self._earlier.set_visibility(False)
            self.log = el("div", "log", role="log", aria_label=label, aria_live="polite")

    @property
    def oldest(self) -> int | None:
        """The number of the oldest message that is drawn."""
        return next(iter(self._shown), None)

    @property
    def newest(self) -> int | None:
        """The number of the newest message that is drawn."""
        return next(reversed(self._shown), None)

    def to_end(self) -> None:
        """Go to the newest message, and stay there while more come."""
        self._scroll.client.run_javascript(f"practice.toEnd('{self._scroll.html_id}')")

    async def look(self) -> list[LocalMessage]:
        """Draw what is there now; gives it. Raises StoreUnavailable, and nothing changes then."""
        found = await self._read(self._limit + 1)
        self._earlier.set_visibility(len(found) > self._limit)
        found = found[-self._limit :]
        kept = {message.seq for message in found}
        for seq in [seq for seq in self._shown if seq not in kept]:
            self._shown.pop(seq)[0].delete()
        for place, message in enumerate(found):
            self._show(place, message)
        if list(self._shown) != [message.seq for message in found]:
            self._shown = {message.seq: self._shown[message.seq] for message in found}
        return found

    def _show(self, place: int, message: LocalMessage) -> None:
        known, drawn = self._shown.get(message.seq), _mark(message)
        if known is not None and known[1] == drawn:
            return
        if known is not None:
            box = known[0]
            box.clear()
        else:
            with self.log:
                box = el("article", "message", data_seq=str(message.seq))
            if place < len(self._shown):
                box.move(target_index=place)
        self._shown[message.seq] = (box, drawn)
        with box:
            self._draw(message)

    async def _look_back(self) -> None:
        self._limit += WINDOW
        self._scroll.client.run_javascript(f"practice.keep('{self._scroll.html_id}')")
        await self.look()


def _mark(message: LocalMessage) -> int:
    """What is another number once a message would be drawn in another way; a card is drawn anew within an instant."""
    return hash((message.text, message.card, message.edited_at))
