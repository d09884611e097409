"""One message as it is drawn: whose it is, when, for whom, and what can be done with it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from nicegui.element import Element

from bot.chat.cards import Card, Text, from_json
from bot.chat.literal import printable, shown, shown_name
from bot.chat.local.outgoing import ANSWERED
from bot.chat.local.page.drawing import draw_card
from bot.chat.local.page.elements import button, el
from bot.chat.plain import said
from bot.chat.wording.reviews import answered_card
from bot.domain.places import Member
from bot.practice.records import LocalMessage

BOT = "practice-bot"
HUES = 8

Act = Callable[[LocalMessage], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Acts:
    """What can be done with a message."""

    press: Callable[[LocalMessage, str], Awaitable[None]]
    open_thread: Act
    edit: Act
    delete: Act


def draw_message(
    message: LocalMessage, reader: Member, zone: str, now: datetime, acts: Acts, in_thread: bool
) -> Element | None:
    """Draw a message into the element that is open; gives the button that opens its thread, if it has one."""
    if message.card is not None and (message.marker or "").startswith(ANSWERED):
        _draw_answered(message, from_json(message.card), reader, acts)
        return None
    _avatar(message.author)
    with el("div", "message-body"):
        with el("div", "message-head"):
            el("span", "author", shown_name(message.author) if message.author is not None else BOT)
            el("time", "note", moment(message.at, zone, now), datetime=message.at.isoformat())
            if message.edited_at is not None and message.author is not None:
                el("span", "note", "edited")
            if message.only_for is not None:
                el("span", "chip private", "Only you see this")
        if message.card is not None:
            draw_card(from_json(message.card), partial(acts.press, message))
        else:
            el("p", "prose said", shown(message.text))
        if in_thread and message.author == reader.id:
            with el("div", "message-acts"):
                button("Edit", "quiet small").on("click", partial(acts.edit, message), args=[])
                button("Delete", "quiet small").on("click", partial(acts.delete, message), args=[])
        if message.marker is not None and not in_thread:
            opener = button(opener_text(0), "quiet thread-opener")
            opener.on("click", partial(acts.open_thread, message), args=[])
            return opener
    return None


def _draw_answered(message: LocalMessage, card: Card, reader: Member, acts: Acts) -> None:
    """The card under an answer as one quiet line, as there is one for every answer; nothing under the reader's own."""
    own = answered_card(reader, "")
    if (card.title, card.blocks) == (own.title, own.blocks):
        return
    lines = [said(block) for block in card.blocks if isinstance(block, Text)]
    with el("div", "message-body answered"):
        told = el("span", "note", " ".join(lines) or printable(card.title))
        for one in card.buttons:
            pressed = button(printable(one.label), "quiet small", aria_describedby=told.html_id)
            pressed.on("click", partial(acts.press, message, one.label), args=[])


def opener_text(replies: int) -> str:
    """What the button that opens a thread says."""
    if replies == 0:
        return "Open thread"
    return "Open thread · 1 reply" if replies == 1 else f"Open thread · {replies:,} replies"


def moment(at: datetime, zone: str, now: datetime) -> str:
    """A time of day, with its date unless that is today's, in a zone."""
    here, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    if here.date() == today.date():
        return f"{here:%H:%M}"
    return f"{here:%b} {here.day}, {here:%H:%M}" if here.year == today.year else f"{here:%Y-%m-%d %H:%M}"


def _avatar(author: str | None) -> None:
    """A round sign with a letter; its color is the same for a name every time."""
    if author is None:
        el("div", "avatar bot", "p", aria_hidden="true")
        return
    hue = sum(author.encode()) % HUES
    el("div", f"avatar hue{hue}", shown(author[:1]).upper(), aria_hidden="true")
