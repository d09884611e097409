"""What members set for themselves: their time zone and their rest weekdays."""

import logging
from datetime import datetime, timedelta

from bot.domain.places import Member
from bot.domain.practice_days import zone_at
from bot.domain.refusals import NoPracticeDay
from bot.domain.schedules import EVERY_DAY, parse_weekdays
from bot.domain.streaks import RestChoice, ZoneChoice, practice_day
from bot.domain.zones import NoSuchZone, canonical_zones, parse_zone
from bot.practice.keeping import zones_of
from bot.practice.ports import Ports
from bot.practice.records import Transaction

log = logging.getLogger(__name__)


async def choose_zone(ports: Ports, member: Member, text: str) -> str:
    """Set the zone whose calendar the member's practice days follow from now on; refuses NoSuchZone."""
    zone = parse_zone(text, canonical_zones())
    choice = ZoneChoice(ports.clock.now(), zone)
    await ports.store.write(lambda tx: tx.choose_zone(member, choice))
    log.info("zone chosen", extra={"facts": _ids(member)})
    return zone


async def told_zone(ports: Ports, member: Member, text: str, at: datetime | None = None) -> bool:
    """Follow the zone that the platform tells of a member, unless they chose one; gives whether it is news.

    The first one is in force from `at` on (now, if not given): a message that made the bot look is dated before the
    look. A later one holds from now on, so that no past day moves. A name that is no canonical zone changes nothing.
    """
    try:
        zone = parse_zone(text, canonical_zones())
    except NoSuchZone:
        return False

    def work(tx: Transaction) -> bool:
        choices, _ = zones_of(ports, tx, member)
        if choices and (not choices[-1].told or choices[-1].zone == zone):
            return False
        since = at if at is not None and not choices else ports.clock.now()
        tx.choose_zone(member, ZoneChoice(since, zone, told=True))
        return True

    news = await ports.store.write(work)
    if news:
        log.info("zone told", extra={"facts": _ids(member)})
    return news


async def zone_of(ports: Ports, member: Member) -> tuple[str, bool]:
    """The zone in force for a member, and whether it was their choice."""

    def work(tx: Transaction) -> tuple[str, bool]:
        choices, fallback = zones_of(ports, tx, member)
        return zone_at(ports.clock.now(), choices, fallback), bool(choices)

    return await ports.store.read(work)


async def choose_rest(ports: Ports, member: Member, text: str) -> RestChoice:
    """Set the weekly rest, from tomorrow on; `none` ends it. Refuses BadWeekdays and NoPracticeDay."""
    weekdays = frozenset[int]() if text.strip().casefold() == "none" else parse_weekdays(text)
    if weekdays == EVERY_DAY:
        raise NoPracticeDay

    def work(tx: Transaction) -> RestChoice:
        choices, fallback = zones_of(ports, tx, member)
        today = practice_day(ports.clock.now(), choices, fallback)
        choice = RestChoice(today + timedelta(days=1), weekdays)
        tx.choose_rest(member, choice)
        return choice

    choice = await ports.store.write(work)
    log.info("rest chosen", extra={"facts": _ids(member)})
    return choice


def _ids(member: Member) -> dict[str, str]:
    return {"workspace": member.workspace.key, "member": member.id}
