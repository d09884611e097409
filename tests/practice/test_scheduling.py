"""Schedules are set, changed, paused and removed; whatever was due stands in the ledger."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.domain.bank import EmptyPool, NoSuchValue
from bot.domain.places import Channel
from bot.domain.questions import Filters
from bot.domain.refusals import (
    AlreadyPaused,
    AlreadyPosted,
    AlreadySkipped,
    BadSlot,
    NoSuchSchedule,
    NotPaused,
    PostFailed,
)  # fmt: skip
from bot.domain.schedules import BadWeekdays, Schedule, ScheduleState
from bot.domain.streaks import NeutralSpan
from bot.domain.wall_time import BadTime
from bot.domain.zones import NoSuchZone
from bot.practice import asking, recovery, scheduling, standing
from bot.practice.outcomes import SkipReason, Trouble
from bot.practice.ports import PostRefused
from bot.practice.records import OccurrenceState
from bot.practice.scheduling import Wish
from tests.fakes import Outcome
from tests.practice.group import ABROAD, ADA, HERE, LOUNGE, STUDY, Group, bank, group, utc

BERLIN = "Europe/Berlin"


@pytest.fixture
async def here() -> Group:
    """08:00 UTC on Monday, 2026-11-02."""
    return group()


async def ring(here: Group, at: str = "") -> None:
    """The timer rings, at an instant if one is given."""
    if at:
        here.clock.at = utc(at)
    await asking.post_due(here.ports)
    await recovery.settle(here.ports)


async def ring_on(here: Group, minutes: int, times: int) -> None:
    """The timer rings again and again."""
    for _ in range(times):
        await ring(here)
        here.clock.advance(minutes=minutes)


async def set_daily(
    here: Group, time: str = "09:00", channel: Channel = STUDY, **wish: object
) -> scheduling.Planning:
    return await scheduling.set_daily(here.ports, channel, ADA, Wish(time, **wish))  # type: ignore[arg-type]


async def ledger(here: Group, channel: Channel = STUDY) -> list[tuple[date, str, str | None]]:
    """Date, state and reason of each line, newest first."""
    lines = await scheduling.log(here.ports, channel, 400)
    return [(line.occurrence.local_date, str(line.state), line.reason) for line in lines]


async def neutral(here: Group) -> tuple[NeutralSpan, ...]:
    facts = await here.ports.store.read(lambda tx: tx.facts(ADA, "UTC", None, here.clock.now()))
    return facts.neutral


def posted(here: Group, channel: Channel = STUDY) -> int:
    return len(here.chat.world.landed(here.clock.now(), channel))


async def test_a_schedule_brings_one_question_each_day_with_its_thread(here: Group) -> None:
    planning = await set_daily(here)
    assert planning.next is not None
    assert planning.next.at == utc("2026-11-02 09:00")
    assert (planning.replaced, planning.posted_today) == (False, False)
    await ring_on(here, 15, 4 * 24 * 3)
    assert await ledger(here) == [(date(2026, 11, day), "posted", None) for day in (4, 3, 2)]
    assert posted(here) == 3
    round_ = await here.ports.store.read(lambda tx: tx.newest_round(STUDY))
    assert round_ is not None
    assert round_.thread is not None
    assert round_.planned is not None
    assert not any(prompt.late for prompt in here.chat.world.prompts)


async def test_nothing_is_posted_before_its_time(here: Group) -> None:
    await set_daily(here)
    await ring(here, "2026-11-02 08:59:59")
    assert posted(here) == 0


@pytest.mark.bad_input(34)
async def test_what_a_manager_typed_is_read_strictly_and_changes_nothing_when_refused(here: Group) -> None:
    refused: list[tuple[type[Exception], Wish]] = [
        (BadTime, Wish("25:00")),
        (BadTime, Wish("9pm")),
        (BadWeekdays, Wish("09:00", weekdays="mon-fry")),
        (NoSuchZone, Wish("09:00", zone="Europe/Berln")),
        (NoSuchValue, Wish("09:00", filters=Filters(track="bakend"))),
        (EmptyPool, Wish("09:00", filters=Filters(level="staff"))),
        (BadSlot, Wish("09:00", slot="My Slot")),
        (BadSlot, Wish("09:00", slot="")),
    ]
    for refusal, wish in refused:
        with pytest.raises(refusal):
            await scheduling.set_daily(here.ports, STUDY, ADA, wish)
    assert await scheduling.schedules(here.ports, HERE) == ()


async def test_what_is_not_said_again_stays(here: Group) -> None:
    await set_daily(here, weekdays="mon-fri", zone=BERLIN, reveal_hours=2)
    again = await set_daily(here, "10:00")
    assert again.replaced
    assert (again.schedule.zone, again.schedule.weekdays) == (BERLIN, frozenset(range(5)))
    assert again.schedule.reveal_after == timedelta(hours=24)
    other = await set_daily(here, "11:00", LOUNGE)
    assert other.schedule.zone == BERLIN, "the workspace's first schedule gives the zone"
    assert not other.replaced


@pytest.mark.bad_input(95)
@pytest.mark.parametrize(
    ("changed_at", "zone", "expected"),
    [
        ("2026-11-02 08:55", "America/New_York", "2026-11-02 14:00"),
        ("2026-11-02 08:55", "Asia/Tokyo", "2026-11-03 00:00"),
        ("2026-11-02 09:05", "America/New_York", "2026-11-03 14:00"),
        ("2026-11-02 09:05", "Asia/Tokyo", "2026-11-03 00:00"),
    ],
)
async def test_a_change_of_zone_brings_at_most_one_question_today(
    here: Group, changed_at: str, zone: str, expected: str
) -> None:
    await set_daily(here, zone="UTC")
    await ring_on(here, 5, 1)
    await ring(here, changed_at)
    before = posted(here)
    planning = await set_daily(here, zone=zone)
    assert planning.next is not None
    assert planning.next.at == utc(expected)
    assert planning.posted_today == (before == 1 and zone == "America/New_York")
    await ring_on(here, 30, 60)
    dates = [day for day, _, _ in await ledger(here)]
    assert len(set(dates)) == len(dates)


async def test_a_question_that_was_due_is_not_forgotten_when_its_schedule_changes(here: Group) -> None:
    await set_daily(here)
    here.clock.at = utc("2026-11-02 09:00:03")
    planning = await set_daily(here, "08:30")
    assert planning.next is not None
    assert planning.next.local_date == date(2026, 11, 3)
    await ring(here)
    assert await ledger(here) == [(date(2026, 11, 2), "posted", None)]


@pytest.mark.bad_input(96)
async def test_after_three_hours_down_the_question_comes_late_and_says_so(here: Group) -> None:
    await set_daily(here)
    await ring(here, "2026-11-02 12:00")
    assert [prompt.late for prompt in here.chat.world.prompts] == [True]
    assert await ledger(here) == [(date(2026, 11, 2), "posted", None)]


@pytest.mark.bad_input(96)
@pytest.mark.parametrize(
    ("back", "late"), [("2026-11-05 10:00", 1), ("2026-11-05 20:00", 0), ("2027-11-02 10:00", 1)]
)
async def test_after_a_long_outage_one_late_question_at_most_and_the_others_are_explained(
    here: Group, back: str, late: int
) -> None:
    await set_daily(here)
    await set_daily(here, "09:30", slot="second")
    await ring(here, back)
    assert posted(here) == late
    lines = await scheduling.log(here.ports, STUDY, 900)
    days = (utc(back).date() - date(2026, 11, 1)).days
    assert len(lines) == 2 * days
    states = {line.state for line in lines}
    assert states <= {OccurrenceState.POSTED, OccurrenceState.SKIPPED}
    reasons = [line.reason for line in lines if line.state is OccurrenceState.SKIPPED]
    assert len(reasons) == 2 * days - late
    assert reasons.count(SkipReason.NEWER) == late
    assert set(reasons) <= {SkipReason.MISSED, SkipReason.NEWER}
    await ring(here)
    assert posted(here) == late


@pytest.mark.bad_input(57)
@pytest.mark.parametrize(
    ("first", "zone", "time", "expected"),
    [
        ("2026-10-24 00:00", BERLIN, "02:30", ["2026-10-24 00:30", "2026-10-25 00:30", "2026-10-26 01:30"]),
        ("2026-03-28 00:00", BERLIN, "02:30", ["2026-03-28 01:30", "2026-03-29 01:00", "2026-03-30 00:30"]),
    ],
)
async def test_a_date_with_a_change_of_the_clocks_has_one_question(
    here: Group, first: str, zone: str, time: str, expected: list[str]
) -> None:
    here.clock.at = utc(first)
    await set_daily(here, time, zone=zone)
    await ring_on(here, 10, 6 * 66)
    assert [prompt.at for prompt in here.chat.world.prompts] == [utc(at) for at in expected]


async def test_a_clock_that_jumps_back_brings_nothing_twice(here: Group) -> None:
    await set_daily(here)
    await ring(here, "2026-11-02 09:00")
    here.clock.advance(hours=-2)
    await ring_on(here, 10, 18)
    assert posted(here) == 1


@pytest.mark.bad_input(94)
async def test_a_clock_that_jumps_ahead_brings_no_mass_of_questions(here: Group) -> None:
    await set_daily(here)
    await ring(here, "2038-01-19 09:30")
    assert posted(here) == 1


async def test_a_paused_schedule_brings_nothing_and_says_so_when_it_is_resumed(here: Group) -> None:
    await set_daily(here)
    paused = await scheduling.pause(here.ports, STUDY, ADA, "daily")
    assert (paused.state, paused.pause_reason) == (ScheduleState.PAUSED, "paused by ada")
    with pytest.raises(AlreadyPaused):
        await scheduling.pause(here.ports, STUDY, ADA, "daily")
    await ring(here, "2026-11-04 12:00")
    assert posted(here) == 0
    assert [planning.next for planning in await scheduling.schedules(here.ports, HERE)] == [None]
    for use_case in (
        scheduling.upcoming(here.ports, STUDY, "daily"),
        scheduling.skip(here.ports, STUDY, ADA, "daily"),
    ):
        with pytest.raises(AlreadyPaused):
            await use_case
    resumed = await scheduling.resume(here.ports, STUDY, ADA, "daily")
    assert resumed.next is not None
    assert resumed.next.at == utc("2026-11-05 09:00")
    assert await ledger(here) == [(date(2026, 11, day), "skipped", "paused") for day in (4, 3, 2)]
    with pytest.raises(NotPaused):
        await scheduling.resume(here.ports, STUDY, ADA, "daily")


async def test_what_was_due_when_the_schedule_was_paused_is_explained(here: Group) -> None:
    await set_daily(here)
    here.clock.at = utc("2026-11-02 09:00:02")
    await scheduling.pause(here.ports, STUDY, ADA, "daily")
    await ring(here)
    assert await ledger(here) == [(date(2026, 11, 2), "skipped", "paused")]


async def test_a_pause_of_all_schedules_costs_nobody_a_streak(here: Group) -> None:
    await set_daily(here)
    await set_daily(here, channel=LOUNGE)
    await scheduling.pause(here.ports, STUDY, ADA, "daily")
    assert await neutral(here) == ()
    here.clock.advance(hours=1)
    await scheduling.pause(here.ports, LOUNGE, ADA, "daily")
    (span,) = await neutral(here)
    assert (span.start, span.end, span.reason) == (here.clock.now(), None, "paused")
    here.clock.advance(days=3)
    await scheduling.resume(here.ports, LOUNGE, ADA, "daily")
    (span,) = await neutral(here)
    assert span.end == here.clock.now()


async def test_a_schedule_that_is_set_anew_ends_the_pause(here: Group) -> None:
    await set_daily(here)
    await scheduling.pause(here.ports, STUDY, ADA, "daily")
    here.clock.advance(days=1)
    await set_daily(here, channel=LOUNGE)
    (span,) = await neutral(here)
    assert span.end == here.clock.now()
    await scheduling.pause(here.ports, LOUNGE, ADA, "daily")
    here.clock.advance(days=1)
    planning = await set_daily(here)
    assert planning.schedule.state is ScheduleState.ACTIVE
    assert {span.end is None for span in await neutral(here)} == {False}
    assert (date(2026, 11, 2), "skipped", "paused") in await ledger(here)


async def test_removing_a_schedule_ends_the_pause_only_when_none_is_left(here: Group) -> None:
    await set_daily(here)
    await set_daily(here, channel=LOUNGE)
    await scheduling.pause(here.ports, STUDY, ADA, "daily")
    here.clock.advance(hours=1)
    removed = await scheduling.remove(here.ports, LOUNGE, ADA, "daily")
    assert (removed.state, removed.next_at) == (ScheduleState.REMOVED, None)
    assert [span.end for span in await neutral(here)] == [None]
    here.clock.advance(days=1)
    await scheduling.remove(here.ports, STUDY, ADA, "daily")
    assert [span.end for span in await neutral(here)] == [here.clock.now()]
    assert await scheduling.schedules(here.ports, HERE) == ()


async def test_a_removed_schedule_keeps_its_ledger_and_posts_no_more(here: Group) -> None:
    await set_daily(here)
    await ring(here, "2026-11-02 09:00")
    here.clock.at = utc("2026-11-03 09:00:02")
    await scheduling.remove(here.ports, STUDY, ADA, "daily")
    await ring(here, "2026-11-09 09:00")
    assert await ledger(here) == [
        (date(2026, 11, 3), "skipped", "removed"),
        (date(2026, 11, 2), "posted", None),
    ]
    with pytest.raises(NoSuchSchedule):
        await scheduling.pause(here.ports, STUDY, ADA, "daily")
    assert not (await set_daily(here)).replaced


async def test_a_skipped_date_is_left_out_with_its_reason(here: Group) -> None:
    await set_daily(here)
    day, following = await scheduling.skip(here.ports, STUDY, ADA, "daily")
    assert (day, following.local_date) == (date(2026, 11, 2), date(2026, 11, 3))
    with pytest.raises(AlreadySkipped) as refused:
        await scheduling.skip(here.ports, STUDY, ADA, "daily")
    assert (refused.value.slot, refused.value.local_date) == ("daily", day)
    coming = await scheduling.upcoming(here.ports, STUDY, "daily", 2)
    assert [occurrence.local_date for occurrence in coming] == [date(2026, 11, 3), date(2026, 11, 4)]
    await ring(here, "2026-11-02 09:00")
    assert await ledger(here) == [(date(2026, 11, 2), "skipped", "asked")]
    await ring(here, "2026-11-03 09:00")
    assert posted(here) == 1
    assert len(await scheduling.upcoming(here.ports, STUDY, "daily")) == 3


async def test_today_can_be_brought_forward_once(here: Group) -> None:
    await set_daily(here)
    round_ = await scheduling.post_now(here.ports, STUDY, ADA, "daily")
    assert round_.message is not None
    with pytest.raises(AlreadyPosted) as refused:
        await scheduling.post_now(here.ports, STUDY, ADA, "daily")
    assert (refused.value.local_date, refused.value.state) == (date(2026, 11, 2), "posted")
    await ring_on(here, 30, 6)
    assert posted(here) == 1
    await ring(here, "2026-11-03 09:00")
    assert posted(here) == 2


async def test_bringing_forward_what_is_due_already_takes_that_and_explains_the_days_before(
    here: Group,
) -> None:
    await set_daily(here)
    here.clock.at = utc("2026-11-04 09:00:02")
    await scheduling.post_now(here.ports, STUDY, ADA, "daily")
    await ring(here)
    assert await ledger(here) == [
        (date(2026, 11, 4), "posted", None),
        (date(2026, 11, 3), "skipped", "missed"),
        (date(2026, 11, 2), "skipped", "missed"),
    ]


async def test_a_paused_schedule_can_be_tried_and_stays_paused(here: Group) -> None:
    await set_daily(here)
    await scheduling.pause(here.ports, STUDY, ADA, "daily")
    await scheduling.post_now(here.ports, STUDY, ADA, "daily")
    await ring(here, "2026-11-03 12:00")
    assert posted(here) == 1
    (planning,) = await scheduling.schedules(here.ports, HERE)
    assert planning.schedule.state is ScheduleState.PAUSED


async def test_bringing_forward_that_the_platform_refuses_stands_in_the_ledger(here: Group) -> None:
    await set_daily(here)
    here.chat.outcomes.append(Outcome.REFUSED)
    with pytest.raises(PostFailed):
        await scheduling.post_now(here.ports, STUDY, ADA, "daily")
    assert await ledger(here) == [(date(2026, 11, 2), "failed", "missing permission")]
    here.clock.at = utc("2026-11-02 15:00")
    again = await scheduling.post_now(here.ports, STUDY, ADA, "daily")
    assert again.planned is not None and again.planned.at == here.clock.now()
    assert [prompt.late for prompt in here.chat.world.prompts] == [False]
    assert await ledger(here) == [(date(2026, 11, 2), "posted", None)]
    with pytest.raises(AlreadyPosted):
        await scheduling.post_now(here.ports, STUDY, ADA, "daily")


async def test_a_slot_that_is_not_there_is_refused_with_those_that_are(here: Group) -> None:
    await set_daily(here, slot="morning")
    await set_daily(here, channel=LOUNGE)
    with pytest.raises(NoSuchSchedule) as refused:
        await scheduling.skip(here.ports, STUDY, ADA, "evening")
    assert (refused.value.slot, refused.value.known) == ("evening", ("morning",))


async def test_a_pool_that_ran_dry_is_explained_and_told(here: Group) -> None:
    await set_daily(here, filters=Filters(track="backend"))
    ports = group(here.store, questions=bank(3, "devops")).ports
    here.clock.at = utc("2026-11-02 09:00")
    ports.clock.at = here.clock.at  # type: ignore[attr-defined]
    await asking.post_due(ports)
    assert await ledger(here) == [(date(2026, 11, 2), "skipped", "no-question")]
    ((channel, notice),) = ports.chat.notices  # type: ignore[attr-defined]
    assert (channel, notice.trouble, notice.slot) == (STUDY, Trouble.POOL_EMPTY, "daily")


async def test_a_refused_question_is_told_and_holds_up_no_other_channel(here: Group) -> None:
    for channel in (STUDY, LOUNGE, ABROAD):
        await set_daily(here, channel=channel)
    here.chat.outcomes.append(Outcome.REFUSED)
    await ring(here, "2026-11-02 09:00")
    states = [(await ledger(here, channel))[0][1] for channel in (STUDY, LOUNGE, ABROAD)]
    assert sorted(states) == ["failed", "posted", "posted"]
    assert [notice.trouble for _, notice in here.chat.notices] == [Trouble.POST_FAILED]


async def test_a_channel_that_is_gone_pauses_its_schedules_and_costs_nobody_a_streak(here: Group) -> None:
    await set_daily(here)
    await set_daily(here, "10:00", slot="second")
    here.chat.outcomes.append(PostRefused("channel not found", channel_gone=True))
    await ring(here, "2026-11-02 09:00")
    found = await scheduling.schedules(here.ports, HERE)
    assert {(p.schedule.state, p.schedule.pause_reason) for p in found} == {("paused", "channel not found")}
    assert [(span.reason, span.end) for span in await neutral(here)] == [("channel-gone", None)]
    assert [notice.trouble for _, notice in here.chat.notices] == [Trouble.CHANNEL_GONE]
    await ring(here, "2026-11-03 12:00")
    assert here.chat.requests == 1
    assert not (await standing.streak_of(here.ports, ADA)).at_risk


async def test_a_channel_that_is_gone_leaves_those_of_others_running(here: Group) -> None:
    await set_daily(here)
    await set_daily(here, "10:00", channel=LOUNGE)
    here.chat.outcomes.append(PostRefused("channel not found", channel_gone=True))
    await ring(here, "2026-11-02 09:00")
    await ring(here, "2026-11-02 10:00")
    assert posted(here, LOUNGE) == 1
    assert await neutral(here) == ()


async def test_a_member_who_asks_in_a_channel_that_is_gone_pauses_it_as_well(here: Group) -> None:
    await set_daily(here)
    here.chat.outcomes.append(PostRefused("channel not found", channel_gone=True))
    with pytest.raises(PostFailed) as refused:
        await here.asked()
    assert refused.value.reason == "channel not found"
    assert here.chat.notices == [], "whoever asked is told"
    (planning,) = await scheduling.schedules(here.ports, HERE)
    assert planning.schedule.state is ScheduleState.PAUSED


async def test_everything_a_manager_does_stands_in_the_record(here: Group) -> None:
    await set_daily(here)
    await scheduling.skip(here.ports, STUDY, ADA, "daily")
    await scheduling.post_now(here.ports, STUDY, ADA, "daily")
    await scheduling.pause(here.ports, STUDY, ADA, "daily")
    await scheduling.resume(here.ports, STUDY, ADA, "daily")
    await scheduling.remove(here.ports, STUDY, ADA, "daily")
    lines = await here.ports.store.read(lambda tx: tx.records(HERE, 10))
    assert [line.action.removeprefix("daily ") for line in lines[::-1]] == [
        "set", "skip", "now", "pause", "resume", "remove",
    ]  # fmt: skip
    assert {line.by for line in lines} == {"ada"}


@pytest.mark.bad_input(97)
async def test_new_zone_data_moves_the_next_instant_also_to_an_earlier_one(here: Group) -> None:
    await set_daily(here, zone=BERLIN)
    (planning,) = await scheduling.schedules(here.ports, HERE)
    right = planning.schedule.next_at
    assert right is not None
    assert await recovery.replan(here.ports) == 0
    for hours in (-1, 1):
        by_old_data = here.ports.store.write(
            lambda tx, hours=hours: tx.advance_schedules(  # type: ignore[misc]
                [_at(planning.schedule, right + timedelta(hours=hours))]
            )
        )
        await by_old_data
        assert await recovery.replan(here.ports) == 1
        (found,) = await scheduling.schedules(here.ports, HERE)
        assert found.schedule.next_at == right
    await scheduling.remove(here.ports, STUDY, ADA, "daily")
    await set_daily(here, "10:00")
    await here.ports.store.write(lambda tx: tx.put_schedule(_at(planning.schedule, None)))
    assert await recovery.replan(here.ports) == 0


def _at(schedule: Schedule, at: datetime | None) -> Schedule:
    return replace(schedule, next_at=at)


async def test_a_new_zone_for_members_who_chose_none_lets_their_streaks_be_derived_anew(here: Group) -> None:
    await set_daily(here, zone="UTC")
    await here.practiced(days=40)
    assert await here.ports.store.read(lambda tx: tx.checkpoint(ADA)) is not None
    await set_daily(here, "10:00", zone="UTC")
    assert await here.ports.store.read(lambda tx: tx.checkpoint(ADA)) is not None
    await set_daily(here, zone="Pacific/Kiritimati")
    assert await here.ports.store.read(lambda tx: tx.checkpoint(ADA)) is None
