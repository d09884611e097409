"""A schedule whose questions are nearly used up: those who look after its channel are told, once a turn of the pool."""

import logging

from bot.domain.bank import EmptyPool, NoSuchValue, Pool
from bot.domain.schedules import Occurrence
from bot.practice.outcomes import Notice, Trouble
from bot.practice.ports import Ports
from bot.practice.records import Transaction

log = logging.getLogger(__name__)

LOW = 5
"""So many questions that the channel has not had are few: a week of working days."""
_ONE_TURN = 2 * LOW
"""A pool as small as this is always low, and its manager has known that from the beginning."""


async def warn_when_low(ports: Ports, occurrence: Occurrence) -> None:
    """Tell that few questions of a schedule's pool are new to the channel, unless that was told in this turn."""
    left = await ports.store.write(lambda tx: _newly_low(ports, tx, occurrence))
    if left is not None:
        ids = {"workspace": occurrence.channel.workspace.key, "channel": occurrence.channel.id}
        log.warning("questions run low", extra={"facts": {**ids, "slot": occurrence.slot, "left": left}})
        await ports.chat.tell(occurrence.channel, Notice(Trouble.POOL_LOW, occurrence.slot, str(left)))


def _newly_low(ports: Ports, tx: Transaction, occurrence: Occurrence) -> int | None:
    """How many are left, if they have just become few."""
    channel = occurrence.channel
    schedule = tx.schedule(channel, occurrence.slot)
    if schedule is None:
        return None
    try:
        pool = ports.bank_for(channel.workspace).pool(schedule.filters)
    except (EmptyPool, NoSuchValue):
        return None
    turn, left = _left(pool, tx.times_asked(channel))
    name = f"low {channel.id} {occurrence.slot}"
    told = f"turn {turn} of {len(pool.questions)}"  # questions that were added meanwhile make it news again
    if len(pool.questions) <= _ONE_TURN or left > LOW or tx.recalled(channel.workspace, name) == told:
        return None
    tx.remember(channel.workspace, name, told, ports.clock.now())
    return left


def _left(pool: Pool, asked: dict[str, int]) -> tuple[int, int]:
    """How often the pool was used up, and how many of its questions are still to come in this turn."""
    times = [asked.get(question.id, 0) for question in pool.questions]
    turn = min(times)
    return turn, times.count(turn)
