"""Before a schedule is accepted and before a post is tried: may the bot post there?

Three posts in a row that the platform forbade shut a channel: then nothing is tried for an hour, because platforms
ban an address that goes on being refused (Discord: 10,000 such answers in 10 minutes).
"""

import logging
from datetime import datetime, timedelta

from bot.domain.places import Channel
from bot.domain.refusals import ChannelShut, MissingRights
from bot.domain.rounds import PostingState, Round
from bot.practice.ports import LookupFailed, Ports
from bot.practice.records import Transaction

log = logging.getLogger(__name__)

FORBIDDEN = "not allowed"
"""How the reason of a post begins that the platform forbade."""
REFUSALS = 3
SHUT_FOR = timedelta(hours=1)


async def check_rights(ports: Ports, channel: Channel) -> None:
    """Refuses MissingRights, naming what the bot lacks in a channel; what cannot be looked up is let through."""
    try:
        lacking = await ports.chat.missing(channel)
    except LookupFailed as fault:
        ids = {"workspace": channel.workspace.key, "channel": channel.id}
        log.warning("rights not looked up", extra={"facts": {**ids, "fault": str(fault)}})
        return
    if lacking:
        raise MissingRights(lacking)


def check_open(tx: Transaction, channel: Channel, now: datetime) -> None:
    """Refuses ChannelShut while posts to a channel have just been forbidden three times in a row."""
    newest = tx.newest_rounds(channel, REFUSALS)
    if is_shut(newest) and now - newest[0].asked_at < SHUT_FOR:
        raise ChannelShut(newest[0].asked_at + SHUT_FOR)


def is_shut(newest: list[Round]) -> bool:
    """Whether the newest rounds of a channel were all forbidden."""
    return len(newest) == REFUSALS and all(map(is_forbidden, newest))


def is_forbidden(round_: Round) -> bool:
    """Whether a round failed because the bot may not post there."""
    return round_.posting is PostingState.FAILED and (round_.reason or "").startswith(FORBIDDEN)
