"""What the views of the page say around figures."""

from datetime import date, timedelta

import pytest

from bot.chat.wording import pages
from bot.practice.outcomes import Share
from tests.chat.world import bank, question

TODAY = date(2026, 11, 25)  # a Wednesday


def test_the_calendar_has_twelve_weeks_from_monday_to_sunday_and_ends_with_this_one() -> None:
    weeks = pages.calendar(TODAY, ())
    assert [len(week) for week in weeks] == [7] * 12
    assert all(week[0].on.weekday() == 0 for week in weeks)
    assert weeks[-1][0].on == TODAY - timedelta(days=2)


def test_each_day_says_its_date_and_what_became_of_it() -> None:
    done = TODAY - timedelta(days=1)
    *_, week = pages.calendar(TODAY, {done})
    assert [mark.name for mark in week[:4]] == [
        "Mon 23 Nov 2026: no answer",
        "Tue 24 Nov 2026: practiced",
        "Wed 25 Nov 2026: today, no answer yet",
        "Thu 26 Nov 2026: still to come",
    ]
    assert pages.calendar(TODAY, {TODAY})[-1][2].name == "Wed 25 Nov 2026: practiced"


def test_weeks_and_the_whole_calendar_are_told_in_words() -> None:
    weeks = pages.calendar(TODAY, {TODAY, TODAY - timedelta(days=1), TODAY - timedelta(days=8)})
    assert (pages.week_name(weeks[-1]), pages.week_text(weeks[-1])) == ("23 Nov", "2 days: Tue and Wed")
    assert (pages.practiced_in(weeks[-2]), pages.week_text(weeks[0])) == (1, "no day")
    assert pages.calendar_text(weeks) == "3 practice days in 2 weeks of these twelve."
    assert pages.calendar_text(pages.calendar(TODAY, ())) == "No practice day in these twelve weeks yet."


@pytest.mark.parametrize(
    ("titles", "text"),
    [
        ([], "You have answered something of each. Well spread."),
        (["Backend"], "Not practiced yet: Backend."),
        (list("abcdefgh"), "Not practiced yet: a, b, c, d, e, f and 2 more."),
    ],
)
def test_what_is_missing_is_named_up_to_six(titles: list[str], text: str) -> None:
    assert pages.missing_text(titles) == text


def test_values_are_shown_as_people_read_them() -> None:
    assert pages.value_title(bank(), "track", "backend") == "Backend engineer"
    assert pages.value_title(bank(), "kind", "system-design") == "System design"
    assert pages.share_text(Share("backend", 3, 12)) == "3 of 12"


def test_how_many_were_found() -> None:
    said = [pages.found_text(found, 60) for found in (60, 12, 1, 0)]
    assert said == [
        "All 60 questions.",
        "12 questions of 60.",
        "1 question of 60.",
        "No question is all of this.",
    ]


def test_a_question_that_is_only_looked_at_keeps_back_what_an_attempt_opens() -> None:
    one = question(1)
    card = pages.browsed_card(one, "Backend engineer")
    text = repr(card)
    assert one.text in text and "2 minutes for a first pass" in text and "technical screen" in text
    for secret in (
        *one.hints,
        *one.key_points,
        *one.follow_ups,
        one.sample_answer.short,
        one.sample_answer.full,
    ):
        assert secret not in text


def test_where_somebody_stands_with_a_question() -> None:
    stands = [pages.seen_text(id_, {"a"}, {"a", "b"}) for id_ in "abc"]
    assert stands == ["Answered", "Seen", ""]
