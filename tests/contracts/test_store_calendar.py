"""What every store promises about schedules, their occurrences, and the ledger."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.places import Channel
from bot.domain.questions import Filters
from bot.domain.schedules import ScheduleState
from bot.domain.wall_time import Shift
from bot.practice.ports import Store
from bot.practice.records import LedgerLine, OccurrenceState, Transaction
from tests.contracts.samples import (
    DAY,
    HOME,
    HOUR,
    NOON,
    OTHER,
    SECOND,
    STUDY,
    TODAY,
    elsewhere,
    line,
    occurrence,
    planned,
    round_,
    schedule,
)
from tests.fakes import EVERYWHERE, LONG_AGO

LOBBY = Channel(HOME, "lobby")


async def test_a_schedule_is_read_as_it_was_kept_and_replaced_whole(store: Store) -> None:
    await store.write(lambda tx: tx.put_schedule(schedule()))
    assert await store.read(lambda tx: tx.schedule(STUDY, "daily")) == schedule()
    changed = schedule(
        filters=Filters(),
        weekdays=frozenset(range(7)),
        state=ScheduleState.PAUSED,
        pause_reason="holiday",
        skip=TODAY,
        next_at=None,
        reveal_after=timedelta(0),
        zone="Asia/Tokyo",
    )
    await store.write(lambda tx: tx.put_schedule(changed))
    assert await store.read(lambda tx: tx.schedule(STUDY, "daily")) == changed


async def test_schedules_come_by_channel_and_slot_without_removed_ones(store: Store) -> None:
    removed = schedule("gone", state=ScheduleState.REMOVED)
    kept = [schedule("a", LOBBY), schedule("b", LOBBY), schedule("a")]

    def work(tx: Transaction) -> None:
        for each in (*kept[::-1], removed, schedule(channel=elsewhere(STUDY))):
            tx.put_schedule(each)

    await store.write(work)
    assert await store.read(lambda tx: tx.schedules(HOME)) == kept
    assert await store.read(lambda tx: tx.schedule(STUDY, "gone")) == removed


async def test_due_schedules_are_active_ones_the_earliest_first(store: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.put_schedule(schedule("late", next_at=NOON + SECOND))
        tx.put_schedule(schedule("now", next_at=NOON))
        tx.put_schedule(schedule("early", channel=elsewhere(STUDY), next_at=NOON - DAY))
        tx.put_schedule(schedule("paused", state=ScheduleState.PAUSED))
        tx.put_schedule(schedule("removed", state=ScheduleState.REMOVED))
        tx.put_schedule(schedule("unknown", next_at=None))

    await store.write(work)
    assert [each.slot for each in await store.write(lambda tx: tx.due_schedules(NOON, 9))] == ["early", "now"]
    assert [each.slot for each in await store.write(lambda tx: tx.due_schedules(NOON, 1))] == ["early"]


async def test_many_schedules_advance_at_once_and_nothing_else_of_them_changes(store: Store) -> None:
    def work(tx: Transaction) -> None:
        for slot in ("a", "b", "c"):
            tx.put_schedule(schedule(slot, skip=TODAY))
        moved = [schedule("a", next_at=NOON + DAY, zone="UTC"), schedule("b", next_at=None, skip=TODAY)]
        tx.advance_schedules(moved)
        tx.advance_schedules([])

    await store.write(work)
    assert await store.read(lambda tx: tx.schedules(HOME)) == [
        schedule("a", next_at=NOON + DAY),
        schedule("b", next_at=None, skip=TODAY),
        schedule("c", skip=TODAY),
    ]


@pytest.mark.bad_input(98)
async def test_there_is_one_occurrence_for_a_channel_slot_and_date(store: Store) -> None:
    def work(tx: Transaction) -> list[list[bool]]:
        first = [line(occurrence()), line(occurrence(at=NOON + HOUR))]
        others = [
            line(occurrence(slot="second")),
            line(occurrence(TODAY + DAY)),
            line(occurrence(channel=LOBBY)),
            line(occurrence(channel=elsewhere(STUDY))),
        ]
        return [tx.add_occurrences(first), tx.add_occurrences([*others, first[0]]), tx.add_occurrences([])]

    assert await store.write(work) == [[True, False], [True, True, True, True, False], []]
    found = await store.read(lambda tx: tx.occurrence(STUDY, "daily", TODAY))
    assert found == line(occurrence())


async def test_a_line_of_the_ledger_is_read_as_it_was_kept(store: Store) -> None:
    skipped = LedgerLine(
        replace(occurrence(), shift=Shift.GAP), OccurrenceState.SKIPPED, "left out by ada", None, None
    )
    await store.write(lambda tx: tx.add_occurrences([skipped]))
    assert await store.read(lambda tx: tx.occurrence(STUDY, "daily", TODAY)) == skipped


async def test_pending_occurrences_come_the_earliest_first_from_all_workspaces(store: Store) -> None:
    def work(tx: Transaction) -> None:
        lines = [
            line(occurrence(TODAY, at=NOON)),
            line(occurrence(TODAY - DAY, at=NOON - DAY), OccurrenceState.SKIPPED, reason="old"),
            line(occurrence(TODAY + DAY, at=NOON + DAY)),
            line(occurrence(channel=elsewhere(STUDY), at=NOON - HOUR)),
            line(occurrence(channel=LOBBY, at=NOON - 2 * HOUR)),
        ]
        tx.add_occurrences(lines)
        tx.take_occurrence(lines[4].occurrence, "r-1")

    await store.write(work)
    found = await store.write(lambda tx: tx.pending(EVERYWHERE, LONG_AGO, 9))
    assert [each.at for each in found] == [NOON - HOUR, NOON, NOON + DAY]
    assert [each.at for each in await store.write(lambda tx: tx.pending(EVERYWHERE, LONG_AGO, 2))] == [
        NOON - HOUR,
        NOON,
    ]


async def test_an_occurrence_is_taken_or_skipped_once(store: Store) -> None:
    one, two = occurrence(), occurrence(TODAY + DAY)

    def work(tx: Transaction) -> list[bool]:
        tx.add_occurrences([line(one), line(two)])
        return [
            tx.take_occurrence(one, "r-1"),
            tx.take_occurrence(one, "r-2"),
            tx.skip_occurrence(one, "late"),
            tx.skip_occurrence(two, "paused"),
            tx.skip_occurrence(two, "again"),
            tx.take_occurrence(two, "r-2"),
            tx.take_occurrence(occurrence(TODAY + 2 * DAY), "r-3"),
        ]

    assert await store.write(work) == [True, False, False, True, False, False, False]

    def look(tx: Transaction) -> list[tuple[str, str | None, str | None]]:
        found = [tx.occurrence(STUDY, "daily", day) for day in (TODAY, TODAY + DAY)]
        return [(each.state, each.round, each.reason) for each in found if each is not None]

    assert await store.read(look) == [("posting", "r-1", None), ("skipped", None, "paused")]


async def test_only_an_occurrence_that_failed_is_opened_again_and_only_once(store: Store) -> None:
    failed, later = round_(planned=planned(occurrence())), occurrence(at=NOON + HOUR)

    def work(tx: Transaction) -> list[bool]:
        opened = [tx.reopen_occurrence(later)]
        tx.add_occurrences([line(occurrence()), line(occurrence(TODAY + DAY))])
        opened.append(tx.reopen_occurrence(later))
        tx.take_occurrence(occurrence(), failed.id)
        tx.add_round(failed)
        opened.append(tx.reopen_occurrence(later))
        tx.fail_round(failed, "missing permission")
        opened.append(tx.reopen_occurrence(replace(later, channel=elsewhere(STUDY))))
        opened += [tx.reopen_occurrence(later), tx.reopen_occurrence(later)]
        tx.skip_occurrence(occurrence(TODAY + DAY), "paused")
        return [*opened, tx.reopen_occurrence(occurrence(TODAY + DAY))]

    assert await store.write(work) == [False, False, False, False, True, False, False]
    assert await store.read(lambda tx: tx.occurrence(STUDY, "daily", TODAY)) == line(later)
    assert await store.write(lambda tx: tx.take_occurrence(later, "r-9"))


async def test_the_ledger_of_a_channel_has_the_newest_first(store: Store) -> None:
    def work(tx: Transaction) -> None:
        for days in (2, 0, 1):
            tx.add_occurrences([line(occurrence(TODAY - days * DAY, at=NOON - days * DAY))])
        tx.add_occurrences([line(occurrence(channel=LOBBY)), line(occurrence(channel=elsewhere(STUDY)))])

    await store.write(work)
    found = await store.read(lambda tx: tx.ledger(STUDY, 2))
    assert [each.occurrence.local_date for each in found] == [TODAY, TODAY - DAY]
    assert all(each.occurrence.channel == STUDY for each in found)


async def test_overdue_counts_what_is_due_and_neither_posted_nor_explained(store: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.add_occurrences(
            [
                line(occurrence(TODAY)),
                line(occurrence(TODAY + DAY, at=NOON + SECOND)),
                line(occurrence(channel=LOBBY)),
                line(occurrence(slot="second"), OccurrenceState.SKIPPED, reason="late"),
                line(occurrence(channel=elsewhere(STUDY))),
            ]
        )
        tx.take_occurrence(occurrence(channel=LOBBY), "r-1")

    await store.write(work)
    instants = (NOON, NOON + SECOND, NOON + DAY)
    assert await store.read(lambda tx: [tx.overdue(at) for at in instants]) == [0, 3, 4]


async def test_no_other_workspace_sees_a_schedule_or_an_occurrence(store: Store) -> None:
    def work(tx: Transaction) -> None:
        tx.put_schedule(schedule())
        tx.add_occurrences([line(occurrence())])

    await store.write(work)

    def look(tx: Transaction) -> list[object]:
        place = elsewhere(STUDY)
        return [
            tx.schedules(OTHER),
            tx.schedule(place, "daily"),
            tx.occurrence(place, "daily", TODAY),
            tx.ledger(place, 9),
        ]

    assert await store.read(look) == [[], None, None, []]
    stranger = occurrence(channel=elsewhere(STUDY))
    assert await store.write(lambda tx: tx.take_occurrence(stranger, "r-1")) is False
    assert await store.write(lambda tx: tx.skip_occurrence(stranger, "no")) is False
