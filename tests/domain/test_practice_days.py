"""Local dates at midnights, clock changes and date lines; neutral and rest days."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from bot.domain.practice_days import (
    NO_SUCH_DATE,
    NeutralReason,
    NeutralSpan,
    RestChoice,
    ZoneChoice,
    day_bounds,
    is_rest,
    neutral_reason,
    practice_day,
    zone_at,
    zone_changed,
    zone_of_day,
)

DAY = date(2026, 3, 10)
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


@pytest.mark.bad_input(57)
def test_a_tenth_of_a_second_before_midnight_is_the_day_before() -> None:
    midnight = datetime(2026, 3, 9, 23, tzinfo=UTC)  # 00:00 in Paris
    assert practice_day(midnight - timedelta(milliseconds=100), (), "Europe/Paris") == date(2026, 3, 9)
    assert practice_day(midnight, (), "Europe/Paris") == DAY


@pytest.mark.bad_input(57)
@pytest.mark.parametrize(
    ("day", "zone", "length"),
    [
        (date(2026, 3, 29), "Europe/Paris", 23),
        (date(2026, 10, 25), "Europe/Paris", 25),
        (date(2026, 3, 8), "America/Havana", 23),  # no midnight
        (date(2026, 11, 1), "America/Havana", 25),  # two hours after midnight are one
        (date(2026, 4, 5), "Australia/Lord_Howe", 24.5),
        (date(2011, 12, 29), "Pacific/Apia", 24),
        (date(2011, 12, 30), "Pacific/Apia", 0),
        (date(2011, 12, 31), "Pacific/Apia", 24),
    ],
)
def test_a_local_day_is_as_long_as_its_clock_says(day: date, zone: str, length: float) -> None:
    start, end = day_bounds(day, zone)
    assert end - start == hours(length)
    if length:
        assert practice_day(start, (), zone) == day == practice_day(end - timedelta(seconds=1), (), zone)
        assert practice_day(start - timedelta(seconds=1), (), zone) < day < practice_day(end, (), zone)


def test_the_zone_in_force_is_the_latest_choice_until_the_instant() -> None:
    choices = (
        ZoneChoice(NOON, "Asia/Tokyo"),
        ZoneChoice(NOON + hours(1), "Europe/Paris"),
        ZoneChoice(NOON - hours(1), "UTC"),
    )
    for order in permutations(choices):
        assert zone_at(NOON - hours(2), order, "America/Nuuk") == "America/Nuuk"
        assert zone_at(NOON - timedelta(microseconds=1), order, "America/Nuuk") == "UTC"
        assert zone_at(NOON, order, "America/Nuuk") == "Asia/Tokyo"
        assert zone_at(NOON + hours(1), order, "America/Nuuk") == "Europe/Paris"
        assert zone_of_day(DAY, order, "America/Nuuk") == "Asia/Tokyo"
        assert zone_of_day(DAY + timedelta(days=1), order, "America/Nuuk") == "Europe/Paris"


def test_of_two_choices_at_one_instant_the_later_given_rules() -> None:
    choices = (ZoneChoice(NOON, "Asia/Tokyo"), ZoneChoice(NOON, "Europe/Paris"))
    assert zone_at(NOON, choices, "UTC") == "Europe/Paris"
    rests = (RestChoice(DAY, frozenset({1})), RestChoice(DAY, frozenset()))
    assert not is_rest(DAY, rests)
    assert is_rest(DAY, rests[::-1])


def test_only_another_zone_between_both_instants_is_a_change() -> None:
    one = (ZoneChoice(NOON, "Asia/Tokyo"),)
    assert zone_changed(one, "UTC", NOON, NOON)
    assert zone_changed(one, "UTC", NOON - hours(1), NOON + hours(1))
    assert not zone_changed(one, "UTC", NOON + timedelta(seconds=1), NOON + hours(1))
    assert not zone_changed(one, "UTC", NOON - hours(1), NOON - timedelta(seconds=1))
    assert not zone_changed(one, "Asia/Tokyo", NOON, NOON)
    assert not zone_changed((), "UTC", NOON, NOON)
    again = (ZoneChoice(NOON + hours(5), "Asia/Tokyo"), *one)
    assert not zone_changed(again, "UTC", NOON + hours(1), NOON + hours(9))


@pytest.mark.parametrize(("minutes", "neutral"), [(9.99, False), (10, True)])
def test_ten_minutes_of_one_span_make_a_date_neutral(minutes: float, neutral: bool) -> None:
    length = timedelta(minutes=minutes)
    start, end = day_bounds(DAY, "Asia/Tokyo")
    for first, last in (
        (start - hours(5), start + length),
        (end - length, end + hours(5)),
        (NOON, NOON + length),
        (NOON, None),
    ):
        spans = (NeutralSpan(first, last, NeutralReason.DOWN),)
        found = neutral_reason(DAY, "Asia/Tokyo", spans, NOON + length)
        assert found == (NeutralReason.DOWN if neutral else None)


def test_short_spans_are_not_added_up_and_the_first_long_one_gives_the_reason() -> None:
    short = timedelta(minutes=6)
    spans = tuple(NeutralSpan(NOON + hours(n), NOON + hours(n) + short, NeutralReason.DOWN) for n in range(5))
    assert neutral_reason(DAY, "UTC", spans, NOON) is None
    later = NeutralSpan(NOON, NOON + hours(2), NeutralReason.DOWN)
    first = NeutralSpan(NOON - hours(1), NOON + hours(1), NeutralReason.PAUSED)
    for order in permutations((*spans[:2], later, first)):
        assert neutral_reason(DAY, "UTC", order, NOON) == "paused"


@pytest.mark.bad_input(57)
def test_a_date_that_the_zone_leaves_out_is_neutral() -> None:
    assert neutral_reason(date(2011, 12, 30), "Pacific/Apia", (), NOON) == NO_SUCH_DATE
    assert neutral_reason(date(2011, 12, 30), "UTC", (), NOON) is None


def test_rest_days_hold_from_their_date_until_the_next_choice() -> None:
    weekend = RestChoice(date(2026, 3, 1), frozenset({5, 6}))
    none = RestChoice(date(2026, 3, 15), frozenset())
    for order in ((weekend, none), (none, weekend)):
        rest = [d for d in range(1, 32) if is_rest(date(2026, 3, d), order)]
        assert rest == [1, 7, 8, 14]
    assert not is_rest(date(2026, 2, 28), (weekend,))
