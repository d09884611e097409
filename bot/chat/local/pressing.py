"""Buttons by what stands on them: as they are typed at a terminal, and as they are pressed on the page."""

from bot.chat.cards import Button, from_json
from bot.chat.local.client import PAGE, LocalClient
from bot.chat.local.convert import HOME
from bot.chat.wording import buttons
from bot.domain.places import Channel, Member
from bot.practice.ports import Store
from bot.practice.records import LocalMessage

LOOK_BACK = 20
"""Pages of messages that are searched for a button."""


def buttons_of(message: LocalMessage) -> tuple[Button, ...]:
    """The buttons that a message has."""
    return from_json(message.card).buttons if message.card is not None and not message.deleted_at else ()


def labeled(message: LocalMessage, label: str) -> Button | None:
    """The button of a message that has a label, in any letter case."""
    wanted = " ".join(label.split()).casefold()
    return next((button for button in buttons_of(message) if button.label.casefold() == wanted), None)


async def newest_with(
    client: LocalClient, store: Store, member: Member, channel: Channel, label: str
) -> int | None:
    """The newest message that a person sees with a button of this label.

    One that asks for a review of their own answer is nothing for them, so it is passed over while there is another.
    Raises StoreUnavailable.
    """
    own: int | None = None
    before: int | None = None
    for _ in range(LOOK_BACK):
        page = await client.messages(channel, member, before)
        for message in reversed(page):
            button = labeled(message, label)
            if button is None:
                continue
            if not await _asks_for_own(store, member, button):
                return message.seq
            own = own or message.seq
        if len(page) < PAGE:
            return own
        before = page[0].seq
    return own


async def _asks_for_own(store: Store, member: Member, button: Button) -> bool:
    if button.action != buttons.REVIEW:
        return False
    answer = await store.read(lambda tx: tx.answer_by_id(HOME, button.value))
    return answer is not None and answer.member == member


async def labels_in(client: LocalClient, member: Member, channel: Channel) -> tuple[str, ...]:
    """The labels that a person can press, those on the newest cards first. Raises StoreUnavailable."""
    page = await client.messages(channel, member)
    return tuple(dict.fromkeys(b.label for message in reversed(page) for b in buttons_of(message)))
