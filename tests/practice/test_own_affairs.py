"""What members see and set: hints and reveals, standing, repairs, zones and rest days, privacy."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.refusals import DayNotMissed, NoPracticeDay, NoSuchMember, NoSuchRound, NotYet
from bot.domain.schedules import BadWeekdays
from bot.domain.streaks import NothingToRepair, StepKind
from bot.domain.zones import NoSuchZone
from bot.practice import answering, choosing, mending, privacy, recounting, revealing, standing
from bot.practice.outcomes import Hint
from tests.practice.group import ADA, BEN, HERE, STRANGER, Group, group, question, utc


@pytest.fixture
async def here() -> Group:
    return group()


async def test_hints_come_one_by_one_and_the_last_one_again(here: Group) -> None:
    round_ = await here.asked()
    given = [await revealing.hint(here.ports, round_.id, ADA) for _ in range(3)]
    assert given == [Hint(1, 2, "first hint"), Hint(2, 2, "second hint"), Hint(2, 2, "second hint")]
    assert (await revealing.hint(here.ports, round_.id, BEN)).number == 1
    with pytest.raises(NoSuchRound):
        await revealing.hint(here.ports, round_.id, STRANGER)


async def test_the_rest_is_shown_after_an_own_attempt_or_in_time(here: Group) -> None:
    round_ = await here.asked()
    await here.replied(round_, ADA)
    for use_case in (revealing.key_points, revealing.sample_answer):
        assert (await use_case(here.ports, round_.id, ADA)).question == round_.question
        with pytest.raises(NotYet) as refused:
            await use_case(here.ports, round_.id, BEN)
        assert refused.value.reveal_at == round_.reveal_at
        with pytest.raises(NoSuchRound):
            await use_case(here.ports, round_.id, STRANGER)
    here.clock.at = round_.reveal_at
    assert (await revealing.sample_answer(here.ports, round_.id, BEN)).id == round_.id


async def test_an_attempt_that_was_withdrawn_was_one(here: Group) -> None:
    round_ = await here.asked()
    kept = await here.replied(round_)
    assert kept.answer is not None
    await answering.withdraw(here.ports, kept.answer.id, ADA)
    assert (await revealing.key_points(here.ports, round_.id, ADA)).id == round_.id


async def test_progress_shows_twelve_weeks_and_the_board_a_month(here: Group) -> None:
    await here.practiced(ADA, 3)
    await here.practiced(BEN, 1)
    progress = await standing.progress(here.ports, ADA)
    assert progress.days == (date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4))
    assert (progress.standing.days, progress.standing.answers) == (3, 3)
    board = await standing.board(here.ports, BEN)
    assert board.month == "2026-11"
    assert [(line.member.id, line.recent_days) for line in board.lines] == [("ada", 3), ("ben", 1)]
    assert board.own == board.lines[1]
    here.clock.advance(days=90)
    assert (await standing.progress(here.ports, ADA)).days == ()
    assert (await standing.board(here.ports, BEN)).lines == ()


async def test_nobody_sees_another_workspace(here: Group) -> None:
    await here.practiced(ADA, 2)
    assert (await standing.streak_of(here.ports, STRANGER)).length == 0
    assert (await standing.board(here.ports, STRANGER)).lines == ()
    assert await privacy.show(here.ports, STRANGER) == {}
    assert await privacy.delete(here.ports, STRANGER) == 0
    assert (await standing.streak_of(here.ports, ADA)).length == 2


async def test_a_broken_streak_is_repaired(here: Group) -> None:
    await here.practiced(days=1)
    here.clock.advance(days=3)
    broken = await standing.streak_of(here.ports, ADA)
    assert broken.length == 0
    assert broken.repairable is not None
    repaired = await mending.repair(here.ports, ADA)
    assert repaired.length == 1
    assert repaired.reasons[0].what is StepKind.REPAIRED
    with pytest.raises(NothingToRepair):
        await mending.repair(here.ports, BEN)


async def test_a_manager_restores_a_missed_day_with_a_line_in_the_record(here: Group) -> None:
    await here.practiced(days=1)
    here.clock.advance(days=3)
    missed = date(2026, 11, 5)
    streak = await mending.restore_day(here.ports, ADA, missed, BEN)
    assert streak.length == 1
    (line,) = await here.ports.store.read(lambda tx: tx.records(HERE, 9))
    assert (line.by, line.action, line.detail) == ("ben", "restore", "2026-11-05 for ada")
    credited, today, before_all = date(2026, 11, 2), here.clock.now().date(), date(2026, 11, 1)
    for day in (credited, today, before_all, date(1, 1, 1), missed):
        with pytest.raises(DayNotMissed) as refused:
            await mending.restore_day(here.ports, ADA, day, BEN)
        assert refused.value.local_date == day
    assert len(await here.ports.store.read(lambda tx: tx.records(HERE, 9))) == 1


async def test_a_day_is_restored_only_to_somebody_who_has_answered_here(here: Group) -> None:
    await here.practiced(days=1)
    here.clock.advance(days=3)
    for stranger in (BEN, STRANGER):
        with pytest.raises(NoSuchMember) as refused:
            await mending.restore_day(here.ports, stranger, date(2026, 11, 5), BEN)
        assert refused.value.text == stranger.id


@pytest.mark.bad_input(33)
async def test_a_zone_is_chosen_by_its_canonical_name_and_rewrites_no_past_day(here: Group) -> None:
    here.clock.at = utc("2026-11-02 23:00")
    await here.replied(await here.asked())
    assert await choosing.zone_of(here.ports, ADA) == ("UTC", False)
    for text in ("", "EST5", "Factory", "x" * 300):
        with pytest.raises(NoSuchZone):
            await choosing.choose_zone(here.ports, ADA, text)
    assert await choosing.choose_zone(here.ports, ADA, "Asia/Tokyo") == "Asia/Tokyo"
    assert await choosing.zone_of(here.ports, ADA) == ("Asia/Tokyo", True)
    progress = await standing.progress(here.ports, ADA)
    assert (progress.today, progress.days) == (date(2026, 11, 3), (date(2026, 11, 2),))


async def test_what_was_said_before_a_zone_was_chosen_counts_by_the_zone_until_then() -> None:
    here = group(at=utc("2026-11-02 22:00"), rules=replace(group().ports.rules, default_zone="Asia/Tokyo"))
    round_ = await here.asked()
    here.clock.advance(hours=3)
    await choosing.choose_zone(here.ports, ADA, "UTC")
    kept = await here.replied(round_, at=utc("2026-11-02 22:30"))
    assert kept.answer is not None
    assert (kept.answer.zone, kept.answer.local_date) == ("Asia/Tokyo", date(2026, 11, 3))


async def test_the_schedules_zone_serves_before_the_first_choice_also_for_what_arrives_after_it() -> None:
    from bot.practice.scheduling import Wish, set_daily
    from tests.practice.group import STUDY

    here = group(at=utc("2026-11-02 22:00"))
    await set_daily(here.ports, STUDY, ADA, Wish("09:00", zone="Asia/Tokyo"))
    round_ = await here.asked()
    here.clock.advance(hours=3)
    await choosing.choose_zone(here.ports, ADA, "America/New_York")
    kept = await here.replied(round_, at=utc("2026-11-02 22:30"))
    assert kept.answer is not None
    assert (kept.answer.zone, kept.answer.local_date) == ("Asia/Tokyo", date(2026, 11, 3))


async def test_rest_days_hold_from_tomorrow_on(here: Group) -> None:
    choice = await choosing.choose_rest(here.ports, ADA, "sat,sun")
    assert (choice.from_date, choice.weekdays) == (date(2026, 11, 3), frozenset({5, 6}))
    assert (await choosing.choose_rest(here.ports, ADA, " None ")).weekdays == frozenset()
    with pytest.raises(NoPracticeDay):
        await choosing.choose_rest(here.ports, ADA, "daily")
    with pytest.raises(BadWeekdays):
        await choosing.choose_rest(here.ports, ADA, "someday")


async def test_a_member_sees_exports_and_deletes_what_is_kept_about_them(here: Group) -> None:
    round_ = await here.asked()
    await here.replied(round_, ADA, "My very own words, quite long.", "m1")
    await here.replied(round_, BEN)
    counts = await privacy.show(here.ports, ADA)
    assert counts["answer"] == counts["reply"] == counts["credit"] == 1
    exported = json.loads(await privacy.export(here.ports, ADA))
    assert exported["answer"][0]["text"] == "My very own words, quite long."
    assert {table: len(rows) for table, rows in exported.items()} == counts
    assert await privacy.delete(here.ports, ADA) == sum(counts.values())
    assert await privacy.show(here.ports, ADA) == {}
    assert (await standing.streak_of(here.ports, ADA)).length == 0
    assert (await standing.streak_of(here.ports, BEN)).length == 1
    (line,) = await here.ports.store.read(lambda tx: tx.records(HERE, 9))
    assert (line.by, line.action) == (None, "delete")
    assert "ada" not in line.detail
    kept = await here.ports.store.read(lambda tx: tx.round(HERE, round_.id))
    assert kept is not None
    assert kept.asked_by is None


async def test_a_recount_of_nothing_counts_nobody(here: Group) -> None:
    assert await recounting.recount(here.ports) == 0


async def test_the_text_of_a_round_stays_as_it_was_asked(here: Group) -> None:
    round_ = await here.asked()
    assert round_.question in [question(number) for number in range(12)]
    here.clock.advance(days=2)
    assert (await revealing.key_points(here.ports, round_.id, BEN)).question == round_.question
    assert timedelta(days=7) == round_.closes_at - round_.asked_at
