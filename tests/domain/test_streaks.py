"""The rules of streaks, one by one, as the people who practice meet them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from bot.domain.streaks import (
    EMPTY,
    Credit,
    Facts,
    Mend,
    MendKind,
    NeutralReason,
    NeutralSpan,
    NothingToRepair,
    RepairTooLate,
    RepairTooSoon,
    RestChoice,
    StepKind,
    Streak,
    ZoneChoice,
    advance,
    checkpoint,
    freeze_uses,
    may_repair,
    streak,
)

FIRST = date(2026, 3, 2)  # a Monday


def on(number: int) -> date:
    """The date of a history's day, from 0."""
    return FIRST + timedelta(days=number)


def noon(number: int) -> datetime:
    return datetime(2026, 3, 2, 12, tzinfo=UTC) + timedelta(days=number)


def credit(number: int) -> Credit:
    return Credit(on(number), noon(number), "UTC")


def practiced(*numbers: int) -> Facts:
    return Facts(tuple(credit(number) for number in numbers), (), "UTC")


def without(last: int, *missed: int) -> Facts:
    return practiced(*(number for number in range(last + 1) if number not in missed))


def kinds(found: Streak) -> list[tuple[date, StepKind]]:
    return [(step.local_date, step.what) for step in found.reasons]


def dates(found: Streak, what: StepKind) -> list[date]:
    return [step.local_date for step in found.reasons if step.what is what]


def test_nobody_has_a_streak_before_the_first_credit() -> None:
    found = streak(practiced(), noon(0))
    assert (found.length, found.best, found.freezes, found.today_done, found.reasons) == (0, 0, 2, False, ())
    assert not found.at_risk
    assert checkpoint(practiced(), noon(0)) == EMPTY
    assert advance(EMPTY, practiced(5), on(4), noon(6)) == EMPTY


def test_the_first_credit_starts_a_streak_of_one() -> None:
    found = streak(practiced(0), noon(0))
    assert (found.length, found.best, found.today, found.today_done, found.at_risk) == (
        1,
        1,
        FIRST,
        True,
        False,
    )
    assert kinds(found) == [(FIRST, StepKind.STARTED)]


def test_today_without_a_credit_breaks_nothing_until_it_is_over() -> None:
    facts = practiced(0)
    before = streak(facts, datetime(2026, 3, 3, 23, 59, 59, tzinfo=UTC))
    assert (before.length, before.freezes, before.today_done, before.at_risk) == (1, 2, False, True)
    after = streak(facts, datetime(2026, 3, 4, 0, 0, tzinfo=UTC))
    assert (after.length, after.freezes, dates(after, StepKind.FREEZE_SPENT)) == (1, 1, [on(1)])


def test_today_is_at_no_risk_when_it_rests_or_is_neutral() -> None:
    rest = replace(practiced(0), rests=(RestChoice(on(1), frozenset({1})),))
    assert not streak(rest, noon(1)).at_risk
    assert streak(rest, noon(2)).at_risk
    down = replace(practiced(0), neutral=(NeutralSpan(noon(0), None, NeutralReason.DOWN),))
    assert not streak(down, noon(1)).at_risk


def test_each_seventh_credit_earns_a_freeze_and_two_are_held_at_most() -> None:
    full = streak(without(13), noon(13))
    assert (full.freezes, full.earned, full.next_freeze_in, dates(full, StepKind.FREEZE_EARNED)) == (
        2,
        0,
        None,
        [],
    )
    # The count toward the next one goes on through the missed date.
    assert streak(without(13, 8), noon(13)).next_freeze_in == 1
    found = streak(without(14, 8), noon(14))
    assert (found.freezes, dates(found, StepKind.FREEZE_EARNED)) == (2, [on(14)])


def test_two_freezes_bridge_two_missed_dates_and_the_third_breaks() -> None:
    facts = without(6, 1, 3, 5)
    assert streak(practiced(0, 2, 4), noon(5)).length == 3
    found = streak(facts, noon(6))
    assert (found.length, found.best, found.freezes) == (1, 3, 0)
    assert kinds(found) == [
        (on(6), StepKind.STARTED),
        (on(5), StepKind.BROKEN),
        (on(4), StepKind.CREDITED),
        (on(3), StepKind.FREEZE_SPENT),
        (on(2), StepKind.CREDITED),
        (on(1), StepKind.FREEZE_SPENT),
        (on(0), StepKind.STARTED),
    ]
    assert found.reasons[1].detail == "3"
    assert freeze_uses(facts, noon(6)) == (on(1), on(3))


@pytest.mark.bad_input(105)
def test_every_other_day_does_not_last() -> None:
    found = streak(practiced(*range(0, 60, 2)), noon(58))
    assert found.best < 8


def test_after_a_break_nothing_is_spent_until_the_next_credit() -> None:
    found = streak(practiced(0, 400), noon(400))
    assert (found.length, found.best) == (1, 1)
    assert freeze_uses(practiced(0, 400), noon(400)) == (on(1), on(2))
    assert dates(found, StepKind.BROKEN) == [on(3)]


@pytest.mark.bad_input(105)
def test_dates_never_run_back() -> None:
    hopped = Facts(
        (Credit(on(3), noon(2), "Pacific/Kiritimati"), Credit(on(2), noon(3), "Pacific/Niue")), (), "UTC"
    )
    assert streak(hopped, noon(3)).length == 1


@pytest.mark.bad_input(105)
def test_hopping_zones_gains_two_dates_at_most() -> None:
    zones = ("Pacific/Pago_Pago", "UTC", "Pacific/Kiritimati")
    start = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    choices: list[ZoneChoice] = []
    credits: dict[date, Credit] = {}
    for hour in range(24 * 5):
        at = start + timedelta(hours=hour)
        choices.append(ZoneChoice(at, zones[hour % 3]))
        offset = {"UTC": 0, "Pacific/Pago_Pago": -11, "Pacific/Kiritimati": 14}[zones[hour % 3]]
        day = (at + timedelta(hours=offset)).date()
        credits.setdefault(day, Credit(day, at, zones[hour % 3]))
    found = streak(Facts(tuple(credits.values()), tuple(choices), "UTC"), at)
    assert found.best <= 5 + 2


@pytest.mark.bad_input(56)
def test_an_answer_that_arrives_late_counts_for_its_own_date() -> None:
    assert streak(without(4, 2), noon(4)).freezes == 1
    late = practiced(0, 1, 3, 4, 2)
    assert streak(late, noon(4)) == streak(without(4), noon(4))


@pytest.mark.bad_input(57)
def test_a_date_that_the_zone_leaves_out_costs_nothing() -> None:
    days = [date(2011, 12, 29), date(2011, 12, 31)]
    credits = tuple(Credit(d, datetime(d.year, d.month, d.day, tzinfo=UTC), "Pacific/Apia") for d in days)
    found = streak(Facts(credits, (), "Pacific/Apia"), datetime(2011, 12, 31, 5, tzinfo=UTC))
    assert (found.length, found.freezes) == (2, 2)
    assert found.reasons[1].detail == "no-such-date"


def test_rest_and_neutral_dates_are_free_and_name_their_reason() -> None:
    pause = NeutralSpan(noon(7), noon(8), NeutralReason.PAUSED)
    facts = replace(without(9, 5, 6, 7, 8), rests=(RestChoice(on(0), frozenset({5, 6})),), neutral=(pause,))
    found = streak(facts, noon(9))
    assert (found.length, found.freezes) == (6, 2)
    assert [(s.what, s.detail, s.days, s.local_date) for s in found.reasons] == [
        (StepKind.CREDITED, "", 1, on(9)),
        (StepKind.NEUTRAL, "paused", 2, on(8)),
        (StepKind.REST, "", 2, on(6)),
        (StepKind.CREDITED, "", 4, on(4)),
        (StepKind.STARTED, "", 1, on(0)),
    ]


def test_a_credit_on_a_rest_day_counts() -> None:
    facts = replace(without(6), rests=(RestChoice(on(0), frozenset(range(7))),))
    assert streak(facts, noon(6)).length == 7


def moved(facts: Facts, *moves: tuple[float, str]) -> Facts:
    return replace(facts, zones=tuple(ZoneChoice(noon(0) + timedelta(hours=h), zone) for h, zone in moves))


@pytest.mark.parametrize(
    ("hour", "zone", "grace"),
    [
        (24, "Europe/Paris", True),
        (24 + 72, "Europe/Paris", True),
        (24 + 72.1, "Europe/Paris", False),
        (23.9, "Europe/Paris", False),
        (30, "UTC", False),  # the name of the zone in force already
    ],
)
def test_a_change_of_zone_up_to_72_hours_after_the_last_credit_gives_grace(
    hour: float, zone: str, grace: bool
) -> None:
    found = streak(moved(without(6, 2), (hour, zone)), noon(6))
    assert dates(found, StepKind.GRACE) == [on(2)] * grace
    assert dates(found, StepKind.FREEZE_SPENT) == [on(2)] * (not grace)


def test_grace_is_for_the_first_missed_date_only() -> None:
    found = streak(moved(without(6, 2, 3), (30, "Europe/Paris")), noon(6))
    assert (dates(found, StepKind.GRACE), dates(found, StepKind.FREEZE_SPENT)) == ([on(2)], [on(3)])


@pytest.mark.parametrize(("second", "graced"), [(8, False), (9, True)])
def test_grace_is_given_at_most_once_in_seven_dates(second: int, graced: bool) -> None:
    moves = ((30, "Europe/Paris"), (24 * second - 20, "Asia/Tokyo"))
    found = streak(moved(without(11, 2, second), *moves), noon(11))
    assert dates(found, StepKind.GRACE) == [on(second)] * graced + [on(2)]


def test_a_change_of_zone_known_later_gives_a_spent_freeze_back() -> None:
    facts = without(4, 2)
    assert freeze_uses(facts, noon(4)) == (on(2),)
    assert freeze_uses(moved(facts, (60, "Europe/Paris")), noon(4)) == ()


def test_changing_the_zone_rewrites_no_past_date() -> None:
    facts = without(6)
    assert streak(moved(facts, (144, "Pacific/Kiritimati")), noon(6)).length == 7


def test_travel_to_an_earlier_date_keeps_the_streak_and_the_day_done() -> None:
    facts = moved(without(3), (73, "Pacific/Pago_Pago"))
    found = streak(facts, noon(3) - timedelta(hours=10))
    assert (found.length, found.today_done, found.at_risk) == (4, True, False)
    west = streak(facts, datetime(2026, 3, 5, 22, tzinfo=UTC))
    assert (west.today, west.length) == (on(3), 4)
    back = Facts(
        (Credit(on(4), noon(3), "Pacific/Kiritimati"),), (ZoneChoice(noon(3), "Pacific/Pago_Pago"),), "UTC"
    )
    found = streak(back, noon(3) + timedelta(hours=1))
    assert (found.today, found.length, found.today_done, found.at_risk) == (on(3), 1, True, False)


def test_a_withdrawn_credit_counts_for_24_hours_more() -> None:
    taken = replace(credit(1), withdrawn_at=noon(1))
    facts = Facts((credit(0), taken, credit(2)), (), "UTC")
    last = noon(2) - timedelta(microseconds=1)
    assert (streak(facts, last).length, streak(facts, last).freezes) == (3, 2)
    assert (streak(facts, noon(2)).length, streak(facts, noon(2)).freezes) == (2, 1)


BROKE = without(4, 2, 3, 4)  # freezes on days 2 and 3, broken on day 4, which ends at midnight of day 5


def repaired(*mends: Mend) -> Facts:
    return replace(BROKE, mends=mends)


def test_what_broke_the_streak_may_be_repaired_for_72_hours() -> None:
    end = datetime(2026, 3, 7, tzinfo=UTC) + timedelta(hours=72)
    assert may_repair(BROKE, end) == on(4)
    assert streak(BROKE, end).repairable == (on(4), end)
    with pytest.raises(RepairTooLate) as late:
        may_repair(BROKE, end + timedelta(seconds=1))
    assert (late.value.local_date, late.value.until) == (on(4), end)
    assert streak(BROKE, end + timedelta(seconds=1)).repairable is None


def test_a_whole_streak_has_nothing_to_repair() -> None:
    with pytest.raises(NothingToRepair):
        may_repair(BROKE, noon(4))
    assert streak(BROKE, noon(4)).repairable is None


def test_a_repair_brings_the_streak_back_and_the_next_takes_30_days() -> None:
    facts = repaired(Mend(on(4), MendKind.REPAIR, noon(5)))
    found = streak(facts, noon(5))
    assert (found.length, found.freezes, found.reasons[0].what) == (2, 0, StepKind.REPAIRED)
    again = noon(5) + timedelta(days=30)
    lost = replace(facts, credits=(*facts.credits, *(credit(n) for n in range(5, 32))))
    with pytest.raises(RepairTooSoon) as soon:
        may_repair(lost, again - timedelta(seconds=1))
    assert (soon.value.local_date, soon.value.again_at) == (on(34), again)
    assert may_repair(lost, again) == on(34)


def test_a_repair_on_the_third_day_bridges_the_whole_gap_but_not_the_day_it_is_made() -> None:
    facts = repaired(Mend(on(4), MendKind.REPAIR, noon(6)))
    assert streak(facts, noon(6)).length == 2
    assert streak(facts, noon(6)).reasons[0].days == 2
    assert dates(streak(facts, noon(7)), StepKind.BROKEN) == [on(6)]
    practiced_on = replace(facts, credits=(*facts.credits, credit(6)))
    assert streak(practiced_on, noon(7)).length == 3


def test_a_repair_reaches_no_further_than_the_next_credit() -> None:
    facts = replace(repaired(Mend(on(4), MendKind.REPAIR, noon(7))), credits=(*BROKE.credits, credit(5)))
    assert dates(streak(facts, noon(7)), StepKind.BROKEN) == [on(6)]


def test_a_mend_inside_a_mended_gap_takes_nothing_away() -> None:
    wide, narrow = Mend(on(2), MendKind.RESTORE, noon(6), "boss"), Mend(on(3), MendKind.REPAIR, noon(4))
    for mends in ((wide, narrow), (narrow, wide)):
        found = streak(repaired(*mends), noon(6))
        assert (found.length, found.freezes, found.reasons[0].days) == (2, 2, 4)


def test_a_manager_restores_at_any_time_and_is_named() -> None:
    long_ago = repaired(Mend(on(4), MendKind.RESTORE, noon(90), "boss"))
    found = streak(long_ago, noon(90))
    assert (found.length, found.reasons[0].what, found.reasons[0].detail) == (2, StepKind.RESTORED, "boss")
    assert may_repair(replace(BROKE, mends=(Mend(on(0), MendKind.RESTORE, noon(4), "boss"),)), noon(6)) == on(
        4
    )


def test_a_mend_of_a_practiced_date_changes_nothing() -> None:
    facts = without(8, 3)
    useless = replace(facts, mends=(Mend(on(2), MendKind.REPAIR, noon(6)),))
    assert streak(useless, noon(8)) == streak(facts, noon(8))


def test_the_newest_twenty_reasons_are_kept() -> None:
    facts = replace(without(200, *range(5, 200, 2)), rests=(RestChoice(on(0), frozenset(range(7))),))
    found = streak(facts, noon(200))
    assert len(found.reasons) == 20
    assert [a.local_date > b.local_date for a, b in pairwise(found.reasons)] == [True] * 19
    assert found.reasons[0].local_date == on(200)


def test_a_checkpoint_stays_a_week_behind_and_before_a_pending_withdrawal() -> None:
    facts = without(30)
    assert checkpoint(facts, noon(30)).through == on(23)
    taken = replace(credit(20), withdrawn_at=noon(30))
    pending = replace(facts, credits=(*(c for c in facts.credits if c.local_date != on(20)), taken))
    assert checkpoint(pending, noon(30)).through == on(17)
    assert checkpoint(pending, noon(31)).through == on(24)
    assert freeze_uses(pending, noon(31)) == (on(20),)
    assert freeze_uses(pending, noon(30)) == ()


def test_a_state_never_runs_back_and_looks_at_no_earlier_fact() -> None:
    state = checkpoint(without(30), noon(30))
    assert advance(state, without(30), on(10), noon(30)) == state
    only_later = practiced(*range(24, 31))
    assert streak(only_later, noon(30), state) == streak(without(30), noon(30))
    wrong_past = practiced(1, 5, *range(24, 31))
    assert streak(wrong_past, noon(30), state) == streak(without(30), noon(30))


def test_an_idle_member_is_settled_through_yesterday_in_one_step() -> None:
    state = advance(EMPTY, practiced(0), on(5000), noon(5001))
    assert (state.through, state.length, state.broken) == (on(5000), 0, (on(3), 1))


def test_a_break_keeps_the_count_toward_the_next_freeze() -> None:
    found = streak(practiced(0, 1, 2, 3, 4, 8, 9), noon(9))
    assert (found.length, found.freezes, found.earned) == (2, 1, 0)
