"""Schedules: reading times and weekdays, and the one instant that every local date has."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.places import Channel, Member, Platform, Workspace
from bot.domain.questions import Filters
from bot.domain.schedules import (
    EVERY_DAY,
    BadWeekdays,
    Occurrence,
    Schedule,
    ScheduleState,
    Weekdays,
    due_and_next,
    due_between,
    is_late,
    next_after,
    occurrences,
    parse_weekdays,
    settle_missed,
    weekdays_text,
)
from bot.domain.wall_time import BadTime, Shift, WallTime, instant_of, parse_time
from bot.domain.zones import canonical_zones
from tests.domain import schedule_oracle as oracle

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
GROUP = Workspace(Platform.LOCAL, "group")
STUDY = Channel(GROUP, "study")
ZONES = sorted(canonical_zones())


def a_schedule(zone: str, planned: str = "09:00", weekdays: Weekdays = EVERY_DAY) -> Schedule:
    return Schedule(
        channel=STUDY,
        slot="morning",
        time=parse_time(planned),
        weekdays=weekdays,
        zone=zone,
        filters=Filters(),
        state=ScheduleState.ACTIVE,
        pause_reason=None,
        skip=None,
        next_at=None,
        reveal_after=8 * HOUR,
        seed=1,
        created_by=Member(GROUP, "ada"),
    )


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def at(day: str, planned: str, zone: str) -> tuple[str, Shift | None] | None:
    found = instant_of(date.fromisoformat(day), parse_time(planned), zone)
    return found and (f"{found[0]:%Y-%m-%d %H:%M}", found[1])


# --- reading times and weekdays


@pytest.mark.parametrize(
    ("text", "hour", "minute"), [("09:00", 9, 0), ("9:05", 9, 5), ("00:00", 0, 0), (" 23:59 ", 23, 59)]
)
def test_a_time_is_read_with_one_digit_or_two_for_the_hour(text: str, hour: int, minute: int) -> None:
    assert parse_time(text) == WallTime(hour, minute)


@pytest.mark.bad_input(34)
@pytest.mark.parametrize(
    "text",
    ["25:00", "9", "9pm", "24:00", "", "9:5", "09:60", "-1:00", "009:00", "9:00pm", "09:00:00", "0900",
     "٠٩:٠٠", "09.00", "09:00\n10:00", "1" * 10_000],
)  # fmt: skip
def test_what_is_no_time_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(BadTime) as refusal:
        parse_time(text)
    assert refusal.value.text == text


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_time_that_is_written_is_read_as_the_same(hour: int, minute: int) -> None:
    assert parse_time(str(WallTime(hour, minute))) == WallTime(hour, minute)
    assert len(str(WallTime(hour, minute))) == 5


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("daily", [0, 1, 2, 3, 4, 5, 6]),
        ("weekdays", [0, 1, 2, 3, 4]),
        ("weekends", [5, 6]),
        ("mon-fri", [0, 1, 2, 3, 4]),
        ("mon,wed,fri", [0, 2, 4]),
        ("Mon, Wed  FRI,", [0, 2, 4]),
        ("tue - thu, sun", [1, 2, 3, 6]),
        ("tue–thu", [1, 2, 3]),
        ("sat-mon", [0, 5, 6]),
        ("sun-sun", [6]),
        ("weekends,wed", [2, 5, 6]),
        ("sun-sat", [0, 1, 2, 3, 4, 5, 6]),
    ],
)
def test_weekdays_are_read_as_lists_ranges_and_words(text: str, days: list[int]) -> None:
    assert parse_weekdays(text) == frozenset(days)


@pytest.mark.bad_input(34)
@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("", ()),
        (" , ", ()),
        ("mun", "mon"),
        ("mon-fry", "fri"),
        ("weekday", "weekdays"),
        ("dayly", "daily"),
        ("thursday", "thu"),
        ("mon,wendesday", "wed"),
        ("mon--fri", "fri"),
        ("mon-daily", "daily"),
        ("1-5", ()),
        ("mon-wed-fri", "fri"),
    ],
)
def test_what_is_no_weekday_is_refused_with_the_words_that_are_near(
    text: str, nearest: str | tuple[()]
) -> None:
    with pytest.raises(BadWeekdays) as refusal:
        parse_weekdays(text)
    assert refusal.value.text == text
    assert nearest in refusal.value.nearest or refusal.value.nearest == nearest


@given(st.frozensets(st.integers(0, 6), min_size=1))
def test_weekdays_that_are_written_are_read_as_the_same(days: Weekdays) -> None:
    assert parse_weekdays(weekdays_text(days)) == days


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("daily", "daily"),
        ("weekdays", "mon-fri"),
        ("weekends", "sat,sun"),
        ("fri,mon,wed", "mon,wed,fri"),
        ("mon-wed,sat,sun", "mon-wed,sat,sun"),
    ],
)
def test_weekdays_are_written_shortly(text: str, shown: str) -> None:
    assert weekdays_text(parse_weekdays(text)) == shown


@pytest.mark.parametrize("days", [frozenset[int](), frozenset({7}), frozenset({-1, 0})])
def test_a_schedule_without_a_true_weekday_cannot_be_made(days: Weekdays) -> None:
    with pytest.raises(ValueError, match="weekdays"):
        a_schedule("UTC", weekdays=days)


# --- the instant of a wall time


def test_an_ordinary_time_is_that_time() -> None:
    assert at("2026-01-15", "09:00", "Europe/Berlin") == ("2026-01-15 08:00", None)
    assert at("2026-07-15", "09:00", "Europe/Berlin") == ("2026-07-15 07:00", None)


def test_a_missing_hour_gives_the_first_instant_after_the_gap() -> None:
    assert at("2026-03-29", "01:59", "Europe/Berlin") == ("2026-03-29 00:59", None)
    for missing in ("02:00", "02:01", "02:30", "02:59"):
        assert at("2026-03-29", missing, "Europe/Berlin") == ("2026-03-29 01:00", Shift.GAP)
    assert at("2026-03-29", "03:00", "Europe/Berlin") == ("2026-03-29 01:00", None)


def test_a_repeated_hour_gives_the_first_of_the_two() -> None:
    assert at("2026-10-25", "02:00", "Europe/Berlin") == ("2026-10-25 00:00", Shift.FOLD)
    assert at("2026-10-25", "02:30", "Europe/Berlin") == ("2026-10-25 00:30", Shift.FOLD)
    assert at("2026-10-25", "03:00", "Europe/Berlin") == ("2026-10-25 02:00", None)


def test_half_an_hour_is_missing_and_repeated_on_lord_howe() -> None:
    assert at("2026-10-04", "02:15", "Australia/Lord_Howe") == ("2026-10-03 15:30", Shift.GAP)
    assert at("2026-04-05", "01:45", "Australia/Lord_Howe") == ("2026-04-04 14:45", Shift.FOLD)


@pytest.mark.parametrize(
    ("day", "zone", "instant"),
    [
        ("2018-11-04", "America/Sao_Paulo", "2018-11-04 03:00"),
        ("2024-04-26", "Africa/Cairo", "2024-04-25 22:00"),
        ("2026-03-29", "Asia/Beirut", "2026-03-28 22:00"),
        ("2023-10-01", "America/Asuncion", "2023-10-01 04:00"),
    ],
)
def test_a_missing_midnight_gives_the_start_of_the_day(day: str, zone: str, instant: str) -> None:
    assert at(day, "00:00", zone) == (instant, Shift.GAP)
    assert at(day, "00:30", zone) == (instant, Shift.GAP)
    assert at(day, "01:00", zone) == (instant, None)


def test_a_missing_hour_before_midnight_gives_the_next_midnight_to_the_date_that_planned_it() -> None:
    assert at("2026-03-28", "23:30", "America/Nuuk") == ("2026-03-29 01:00", Shift.GAP)
    nuuk = a_schedule("America/Nuuk", "23:30")
    due = due_between(nuuk, utc("2026-03-27T12:00"), utc("2026-03-30T12:00"))
    assert [(f"{one.at:%d %H:%M}", one.local_date.day) for one in due] == [
        ("28 01:30", 27),
        ("29 01:00", 28),
        ("30 00:30", 29),
    ]


@pytest.mark.bad_input(57)
@pytest.mark.parametrize(
    ("day", "zone"),
    [
        ("2011-12-30", "Pacific/Apia"),
        ("2011-12-30", "Pacific/Fakaofo"),
        ("1993-08-21", "Pacific/Kwajalein"),
        ("1994-12-31", "Pacific/Kiritimati"),
        ("1844-12-31", "Asia/Manila"),
    ],
)
@pytest.mark.parametrize("planned", ["00:00", "09:00", "23:59"])
def test_a_date_that_the_zone_left_out_has_no_occurrence_and_its_neighbors_have_one(
    day: str, zone: str, planned: str
) -> None:
    skipped = date.fromisoformat(day)
    around = [skipped + DAY * n for n in (-1, 0, 1)]
    found = [instant_of(one, parse_time(planned), zone) for one in around]
    assert [one is not None for one in found] == [True, False, True]
    start = datetime.combine(skipped, time(), UTC)
    due = due_between(a_schedule(zone, planned), start - 60 * HOUR, start + 60 * HOUR)
    assert skipped not in {one.local_date for one in due}
    assert {skipped - DAY, skipped + DAY} <= {one.local_date for one in due}


@pytest.mark.bad_input(57)
def test_a_weekly_schedule_goes_on_a_week_after_the_date_that_was_left_out() -> None:
    fridays = a_schedule("Pacific/Apia", weekdays=parse_weekdays("fri"))
    assert next_after(fridays, utc("2011-12-25T00:00")).local_date == date(2012, 1, 6)


@pytest.mark.parametrize(
    ("day", "zone"),
    [
        (date(1919, 3, 30), "America/Toronto"),  # 23:30 to 00:30
        (date(1919, 3, 31), "America/Toronto"),
        (date(1987, 10, 25), "America/St_Johns"),  # back at 00:01 to the date before
        (date(1987, 10, 24), "America/St_Johns"),
        (date(1969, 9, 30), "Pacific/Kwajalein"),  # 23 hours back
        (date(2011, 12, 30), "Pacific/Apia"),
        (date(1941, 6, 15), "Europe/Moscow"),
        (date(2005, 3, 27), "Antarctica/Troll"),
        (date(2016, 3, 27), "Antarctica/Troll"),  # two hours at once
        (date(2007, 12, 9), "America/Caracas"),
        (date(2018, 5, 5), "Asia/Pyongyang"),  # 23:30 to 00:00
        (date(2018, 5, 4), "Asia/Pyongyang"),
    ],
)
def test_odd_days_of_the_past_agree_with_the_clock_read_minute_by_minute(day: date, zone: str) -> None:
    clock = oracle.clock_of_days(ZoneInfo(zone), day)
    for hour in range(24):
        for minute in (0, 1, 15, 29, 30, 31, 45, 59):
            found = instant_of(day, WallTime(hour, minute), zone)
            assert (found and found[0]) == clock.first_reaching(datetime.combine(day, time(hour, minute)))


# --- all zones, all changes

FIXED = (time(0), time(0, 30), time(1, 30), time(2), time(2, 30), time(3), time(12), time(23, 30))


def _walls(change: datetime, tz: ZoneInfo) -> set[datetime]:
    """Wall times of three dates: fixed ones, and those around both readings of the clock at its change."""
    readings = [oracle.clock(change - oracle.MINUTE, tz) + oracle.MINUTE, oracle.clock(change, tz)]
    minutes = [wall + oracle.MINUTE * n for wall in readings for n in (-30, -1, 0, 1, 30)]
    around = [wall + oracle.MINUTE * n + DAY * d for wall in readings for n in (-30, 0, 30) for d in (-1, 1)]
    days = [readings[1].date() + DAY * d for d in (-1, 0, 1)]
    return {*minutes, *around, *(datetime.combine(day, fixed) for day in days for fixed in FIXED)}


def _instants_gone_wrong(zone: str, change: datetime) -> list[object]:
    """Wall times near a change whose instant or shift is not what the clock shows."""
    tz = ZoneInfo(zone)
    clock = oracle.clock_around(tz, change)
    found: list[object] = []
    for wall in _walls(change, tz):
        ours = instant_of(wall.date(), WallTime(wall.hour, wall.minute), zone)
        shift = {0: Shift.GAP, 1: None, 2: Shift.FOLD}[clock.times_shown(wall)]
        if ours != (clock.first_reaching(wall), shift):
            found.append((zone, wall, ours))
    return found


def _dates_gone_wrong(zone: str, change: datetime) -> list[object]:
    """Dates near a change that have not exactly one occurrence, planned half an hour into the change."""
    tz = ZoneInfo(zone)
    inside = oracle.clock(change - oracle.MINUTE, tz) + 31 * oracle.MINUTE
    due = due_between(a_schedule(zone, f"{inside:%H:%M}"), change - 5 * DAY, change + 5 * DAY)
    times = Counter(one.local_date for one in due)
    dates = {inside.date() + DAY * d for d in range(-3, 4)}
    return [(zone, change, day) for day in dates | set(times) if times[day] != 1]


def test_every_date_has_its_one_instant_in_all_zones_at_all_changes_from_2024_to_2030() -> None:
    changes = Counter[str]()
    wrong: list[object] = []
    for zone in ZONES:
        tz = ZoneInfo(zone)
        for change in oracle.changes(tz, utc("2024-01-01"), utc("2031-01-01")):
            changes[zone] += 1
            wrong += _instants_gone_wrong(zone, change)
            wrong += _dates_gone_wrong(zone, change)
    assert wrong == []
    assert changes["Europe/Berlin"] == changes["America/New_York"] == 14
    assert changes.total() > 1_500


# --- what is due


def test_a_preview_shows_each_date_with_its_shift_and_the_one_that_does_not_exist() -> None:
    seen = list(occurrences(parse_time("02:30"), EVERY_DAY, "Europe/Berlin", date(2026, 3, 28), 3))
    assert [(one.local_date.day, one.at and f"{one.at:%H:%M}", one.shift) for one in seen] == [
        (28, "01:30", None),
        (29, "01:00", Shift.GAP),
        (30, "00:30", None),
    ]
    left_out = next(occurrences(parse_time("09:00"), EVERY_DAY, "Pacific/Apia", date(2011, 12, 30), 1))
    assert (left_out.at, left_out.shift) == (None, None)


def test_a_preview_counts_calendar_dates_and_shows_only_the_chosen_weekdays() -> None:
    seen = occurrences(parse_time("09:00"), parse_weekdays("sat,sun"), "UTC", date(2026, 1, 1), 7)
    assert [one.local_date.day for one in seen] == [3, 4]
    assert list(occurrences(parse_time("09:00"), EVERY_DAY, "UTC", date(2026, 1, 1), 0)) == []


INSTANTS = st.datetimes(datetime(2023, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))
SCHEDULES = st.builds(
    a_schedule,
    st.sampled_from(ZONES),
    st.times().map(lambda one: f"{one:%H:%M}"),
    st.frozensets(st.integers(0, 6), min_size=1),
)


@settings(deadline=None)
@given(SCHEDULES, INSTANTS, st.timedeltas(timedelta(0), 60 * DAY))
def test_what_is_due_is_what_comes_next_again_and_again(
    schedule: Schedule, after: datetime, span: timedelta
) -> None:
    due = due_between(schedule, after, after + span)
    step, walked = after, []
    while (following := next_after(schedule, step)).at <= after + span:
        walked.append(following)
        step = following.at
    assert list(due) == walked
    assert due_and_next(schedule, after, after + span) == (due, following)
    assert all(after < one.at <= after + span for one in due)
    assert [one.at for one in due] == sorted({one.at for one in due})
    assert all(one.local_date.weekday() in schedule.weekdays for one in due)


@settings(deadline=None)
@given(SCHEDULES, INSTANTS, st.timedeltas(timedelta(0), 20 * DAY), st.timedeltas(timedelta(0), 20 * DAY))
def test_two_spans_side_by_side_give_what_the_whole_gives(
    schedule: Schedule, after: datetime, one: timedelta, two: timedelta
) -> None:
    parts = due_between(schedule, after, after + one) + due_between(schedule, after + one, after + one + two)
    assert parts == due_between(schedule, after, after + one + two)


def test_the_start_of_a_span_is_outside_it_and_its_end_inside() -> None:
    schedule = a_schedule("UTC")
    nine, next_nine = utc("2026-05-01T09:00"), utc("2026-05-02T09:00")
    assert [one.at for one in due_between(schedule, nine, next_nine)] == [next_nine]
    assert due_between(schedule, nine, next_nine - timedelta(microseconds=1)) == ()
    assert due_and_next(schedule, next_nine, nine) == ((), next_after(schedule, next_nine))
    assert next_after(schedule, nine).at == next_nine
    assert next_after(schedule, nine - timedelta(microseconds=1)).at == nine


@pytest.mark.parametrize(
    ("zone", "planned", "after", "instant"),
    [
        ("America/Los_Angeles", "20:00", "2026-05-05T01:00", "2026-05-05T03:00"),  # still the 4th there
        ("Pacific/Kiritimati", "01:00", "2026-05-04T10:30", "2026-05-04T11:00"),  # the 5th there already
    ],
)
def test_the_date_that_counts_is_the_one_in_the_zone(
    zone: str, planned: str, after: str, instant: str
) -> None:
    schedule = a_schedule(zone, planned)
    assert next_after(schedule, utc(after)).at == utc(instant)
    assert [one.at for one in due_between(schedule, utc(after), utc(after) + 3 * HOUR)] == [utc(instant)]


def test_a_newest_date_of_long_ago_brings_nothing_of_the_past_back() -> None:
    coming = next_after(a_schedule("UTC"), utc("2026-05-05T10:00"), beyond=date(2026, 1, 1))
    assert coming.local_date == date(2026, 5, 6)


def test_an_occurrence_says_where_when_and_how_it_was_planned() -> None:
    schedule = a_schedule("Europe/Berlin", "02:30")
    assert next_after(schedule, utc("2026-10-24T12:00")) == Occurrence(
        channel=STUDY,
        slot="morning",
        local_date=date(2026, 10, 25),
        at=utc("2026-10-25T00:30"),
        zone="Europe/Berlin",
        planned=WallTime(2, 30),
        shift=Shift.FOLD,
    )


def test_a_date_to_skip_and_a_pause_leave_the_occurrence_due() -> None:
    plain = a_schedule("UTC")
    resting = replace(plain, state=ScheduleState.PAUSED, skip=date(2026, 5, 1))
    span = utc("2026-04-30T12:00"), utc("2026-05-02T12:00")
    assert due_between(resting, *span) == due_between(plain, *span)


# --- after an outage


def _due(*instants: str) -> list[Occurrence]:
    return [next_after(a_schedule("UTC", one[11:]), utc(one) - oracle.MINUTE) for one in instants]


def _settled(due: Sequence[Occurrence], now: str) -> tuple[str | None, list[str]]:
    post, skipped = settle_missed(due, utc(now), 4 * HOUR)
    return f"{post.at:%d %H:%M}" if post else None, [f"{one.at:%d %H:%M}" for one in skipped]


@pytest.mark.bad_input(96)
@pytest.mark.parametrize(
    ("back", "posted", "skipped"),
    [("2026-05-01T12:00", "01 09:00", 0), ("2026-05-04T12:00", "04 09:00", 3), ("2026-05-04T13:01", None, 4),
     ("2027-05-01T12:00", "01 09:00", 365), ("2027-05-01T08:00", None, 365)],
)  # fmt: skip
def test_after_an_outage_of_any_length_at_most_the_newest_is_posted_and_the_others_are_named(
    back: str, posted: str | None, skipped: int
) -> None:
    due = due_between(a_schedule("UTC"), utc("2026-05-01T08:59"), utc(back))
    post, others = _settled(due, back)
    assert (post, len(others)) == (posted, skipped)


@pytest.mark.bad_input(96)
def test_the_late_window_closes_after_its_last_instant() -> None:
    due = _due("2026-05-01T09:00")
    assert _settled(due, "2026-05-01T13:00") == ("01 09:00", [])
    assert _settled(due, "2026-05-01T13:01") == (None, ["01 09:00"])


@pytest.mark.bad_input(96)
def test_two_slots_of_a_channel_that_were_missed_give_one_late_question_in_any_order() -> None:
    due = _due("2026-05-01T11:00", "2026-04-30T09:00", "2026-05-01T09:00")
    assert _settled(due, "2026-05-01T12:00") == ("01 11:00", ["30 09:00", "01 09:00"])
    assert _settled(due[::-1], "2026-05-01T12:00") == ("01 11:00", ["30 09:00", "01 09:00"])


def test_what_is_still_to_come_is_neither_posted_nor_skipped() -> None:
    due = _due("2026-05-01T09:00", "2026-05-02T09:00")
    assert _settled(due, "2026-05-01T09:00") == ("01 09:00", [])
    assert _settled(due, "2026-05-01T08:59") == (None, [])
    assert _settled([], "2026-05-01T08:59") == (None, [])


def test_a_post_is_late_when_more_than_five_minutes_have_passed() -> None:
    (due,) = _due("2026-05-01T09:00")
    assert not is_late(due, utc("2026-05-01T09:00"))
    assert not is_late(due, utc("2026-05-01T09:05"))
    assert is_late(due, utc("2026-05-01T09:05:01"))


# --- when the zone changes


@pytest.mark.bad_input(95)
@pytest.mark.parametrize(
    ("minutes", "zone", "following"),
    [
        (-5, "America/New_York", "2026-05-05 13:00"),  # not yet asked in Berlin: New York asks, later
        (5, "America/New_York", "2026-05-06 13:00"),  # asked in Berlin: New York's 09:00 is the same date
        (-5, "Asia/Tokyo", "2026-05-06 00:00"),  # Tokyo's 09:00 is over
        (5, "Asia/Tokyo", "2026-05-06 00:00"),
    ],
)
def test_a_new_zone_around_the_prompt_gives_no_second_question_for_a_date(
    minutes: int, zone: str, following: str
) -> None:
    now = utc("2026-05-05T07:00") + timedelta(minutes=minutes)
    asked = due_between(a_schedule("Europe/Berlin"), utc("2026-05-04T12:00"), now)
    newest = max((one.local_date for one in asked), default=None)
    coming = next_after(a_schedule(zone), now, beyond=newest)
    assert f"{coming.at:%Y-%m-%d %H:%M}" == following
    assert coming.local_date not in {one.local_date for one in asked}


@pytest.mark.bad_input(95)
def test_a_move_over_the_date_line_never_brings_an_older_date() -> None:
    apia = next_after(a_schedule("Pacific/Apia"), utc("2026-05-04T12:00"))
    assert apia.local_date == date(2026, 5, 5)
    pago_pago = a_schedule("Pacific/Pago_Pago")
    assert next_after(pago_pago, apia.at).local_date == date(2026, 5, 5)
    assert next_after(pago_pago, apia.at, beyond=apia.local_date).local_date == date(2026, 5, 6)
