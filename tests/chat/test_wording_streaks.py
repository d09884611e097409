"""What the bot says about streaks, progress and the board, and how it writes dates."""

from datetime import UTC, date, datetime

import pytest

from bot.chat.plain import plain
from bot.chat.wording import streaks, times
from bot.domain.streaks import Step, StepKind
from bot.practice.outcomes import Board, Progress
from bot.practice.records import Standing
from tests.chat.samples import TODAY, labels, said, streak
from tests.chat.world import ADA, BEN, START


def test_dates_and_times_name_weekday_month_and_zone() -> None:
    assert times.day(TODAY) == "Mon 23 Nov 2026"
    assert times.moment(START, "Europe/Berlin") == "Mon 23 Nov 2026, 09:00 (Europe/Berlin)"
    assert times.moment(datetime(2026, 11, 23, 23, 30, tzinfo=UTC), "Asia/Kolkata").startswith(
        "Tue 24 Nov 2026, 05:00"
    )
    assert times.month("2026-11") == "November 2026"


def test_counts_and_lists_read_like_speech() -> None:
    assert [times.count(number, "day") for number in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert times.count(2, "entry", "entries") == "2 entries"
    assert (
        times.listed(()) == ""
        and times.listed(("a",)) == "a"
        and times.listed(["a", "b", "c"], "or") == "a, b or c"
    )


def test_a_streak_tells_its_figures_and_its_reasons_newest_first() -> None:
    steps = (
        Step(TODAY, StepKind.CREDITED, "", 5, days=4),
        Step(date(2026, 11, 19), StepKind.STARTED, "", 1),
        Step(date(2026, 11, 18), StepKind.BROKEN, "12", 0),
    )
    text = said(streaks.streak_card(streak(reasons=steps), "UTC"))
    assert "Streak: 5 days" in text and "Longest: 9 days" in text
    assert "Freezes: 1 left; the next after 2 more practice days" in text
    assert text.index("4 days up to Mon 23 Nov 2026: practiced, day 5") < text.index(
        "practiced, a streak began"
    )
    assert text.endswith("Wed 18 Nov 2026: missed, and a streak of 12 days ended")


def test_every_reason_of_a_streak_has_words() -> None:
    lines = {kind: streaks.reason(Step(TODAY, kind, "3", 3)) for kind in StepKind}
    assert len(set(lines.values())) == len(StepKind)
    for detail in ("paused", "down", "channel-gone", "no-such-date"):
        line = streaks.reason(Step(TODAY, StepKind.NEUTRAL, detail, 3))
        assert not line.endswith(f": {detail}")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "Today counts already."),
        ({"today_done": False, "at_risk": True}, "Today still waits for an answer of yours."),
        ({"today_done": False}, "Nothing is asked of you today."),
        ({"today_done": False, "length": 0}, "One answer starts a streak."),
        ({"freezes": 2, "next_freeze_in": None}, "Freezes: 2 left, the most you can hold"),
        ({"freezes": 0}, "Freezes: none left; the next after"),
    ],
)
def test_a_streak_says_what_today_needs_and_what_is_held(changes: dict[str, object], says: str) -> None:
    assert says in said(streaks.streak_card(streak(**changes), "UTC"))


def test_a_broken_streak_offers_its_repair_until_when_in_the_members_zone() -> None:
    card = streaks.streak_card(streak(repairable=(date(2026, 11, 22), START)), "Europe/Berlin")
    assert "You missed Sun 22 Nov 2026. Repair it until Mon 23 Nov 2026, 09:00 (Europe/Berlin)." in said(card)
    assert labels(card) == ["Repair"]


def test_progress_marks_each_practice_day_under_its_weekday() -> None:
    days = (date(2026, 9, 1), date(2026, 9, 7), date(2026, 11, 22), TODAY)
    lines = plain(streaks.progress_card(Progress(TODAY, days, streak(), Standing(ADA, 2, 4, 5))))
    assert "Mon 7 Sep 2026     # . . . . . .  1" in lines
    assert "Mon 16 Nov 2026    . . . . . . #  1" in lines
    assert "Mon 23 Nov 2026    #              1" in lines
    assert "In these weeks: 3 practice days" in lines and "In all: 4 practice days, 5 answers" in lines


def test_the_board_names_members_and_the_asker_who_is_not_on_it() -> None:
    lines = (Standing(ADA, 3, 10, 12), Standing(BEN, 1, 1, 1))
    text = said(streaks.board_card(Board("2026-11", lines, lines[0])))
    assert "Board of November 2026 1. ada: 3 days this month, 10 in all, 12 answers 2. ben: 1 day" in text
    assert "You:" not in text
    assert "You: 3 days" in said(streaks.board_card(Board("2026-11", lines[1:], lines[0])))
