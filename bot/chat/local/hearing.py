"""From messages of the local chat, which are on disk, to practice, which is to hear of them."""

from bot.chat.local.client import PAGE
from bot.chat.local.convert import HOME, message_id, thread_of, to_reply
from bot.domain.places import Channel
from bot.practice import answering
from bot.practice.outcomes import Kept
from bot.practice.ports import Ports
from bot.practice.records import LocalMessage, Transaction

EVERYBODY = ""
"""A reader who sees what all may see; no person has this name."""


async def heard(ports: Ports, message: LocalMessage) -> Kept:
    """Tell practice of a reply as it stands: new, edited or deleted. Raises StoreUnavailable; then it is not told."""
    reply = to_reply(message)
    if message.deleted_at is not None:
        return await answering.deleted(
            ports, reply.thread, reply.message, reply.author, reply.at, message.deleted_at
        )
    if message.edited_at is not None:
        return await answering.edited(ports, reply, message.edited_at)
    return await answering.receive(ports, reply)


def message_at(seq: int, tx: Transaction) -> LocalMessage | None:
    """A message by its number, deleted or not."""
    return tx.message(HOME, seq)


def unheard(tx: Transaction) -> list[LocalMessage]:
    """The replies among the newest messages of each channel that practice does not know of."""
    found: list[LocalMessage] = []
    for name in tx.channels(HOME):
        for message in tx.messages(Channel(HOME, name), EVERYBODY, None, PAGE):
            thread = thread_of(message)
            if thread is None or message.author is None or message.deleted_at is not None:
                continue
            if tx.reply(thread, message_id(message.seq)) is None:
                found.append(message)
    return found
