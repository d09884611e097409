"""What the bot says about schedules, the ledger, and to those who look after a channel."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.wording import choices, schedules
from bot.domain.places import Channel
from bot.domain.practice_days import RestChoice
from bot.domain.schedules import ScheduleState
from bot.domain.wall_time import Shift
from bot.practice.outcomes import Notice, SkipReason, Trouble
from bot.practice.records import LedgerLine, OccurrenceState
from bot.practice.scheduling import Planning
from tests.chat.samples import (
    OCCURRENCE,
    TODAY,
    said,
    schedule,
)
from tests.chat.world import HERE, START, STUDY


@pytest.mark.parametrize(
    ("state", "reason", "says"),
    [
        (OccurrenceState.POSTED, None, "posted at 09:07"),
        (OccurrenceState.SKIPPED, SkipReason.MISSED, "skipped (I was down or late for too long)"),
        (OccurrenceState.SKIPPED, SkipReason.ASKED, "skipped (a manager left it out)"),
        (OccurrenceState.FAILED, "403", "failed (403)"),
        (OccurrenceState.PENDING, None, "waiting to be posted"),
        (OccurrenceState.POSTING, None, "being posted"),
    ],
)
def test_a_line_of_the_ledger_tells_the_date_the_zone_and_what_came_of_it(
    state: OccurrenceState, reason: str | None, says: str
) -> None:
    line = LedgerLine(OCCURRENCE, state, reason, None, START + timedelta(minutes=7))
    assert schedules.ledger_line(line) == f"Mon 23 Nov 2026, 09:00 (Europe/Berlin), daily: {says}"


def test_every_reason_to_skip_has_words() -> None:
    for reason in SkipReason:
        line = LedgerLine(OCCURRENCE, OccurrenceState.SKIPPED, reason, None, None)
        assert f"({reason})" not in schedules.ledger_line(line)


@pytest.mark.bad_input(95)
def test_a_change_after_todays_question_says_so_and_when_the_next_one_comes() -> None:
    text = said(schedules.planned_card(Planning(schedule(), OCCURRENCE, replaced=True, posted_today=True)))
    assert "no second one today" in text and "Next: Mon 23 Nov 2026, 09:00 (Europe/Berlin)." in text


@pytest.mark.parametrize(
    ("shift", "says"), [(Shift.GAP, "leave out 09:00"), (Shift.FOLD, "the first of two")]
)
def test_an_instant_that_the_clocks_shift_says_so(shift: Shift, says: str) -> None:
    assert says in said(schedules.upcoming_card("daily", (replace(OCCURRENCE, shift=shift),)))


def test_a_list_of_schedules_begins_with_this_channel_and_shows_why_one_is_paused() -> None:
    other = Channel(HERE, "other")
    gone = schedule(channel=other, state=ScheduleState.PAUSED, pause_reason="channel gone")
    by_hand = schedule(slot="evening", state=ScheduleState.PAUSED, pause_reason="paused by ada")
    text = said(schedules.schedules_card((Planning(gone, None), Planning(by_hand, None)), STUDY))
    assert text.index("#study · evening") < text.index("#other · daily")
    assert "paused (channel gone)" in text and "paused by ada" not in text


@pytest.mark.parametrize("trouble", sorted(set(Trouble) - {Trouble.REVIEW_FLAGGED}))
def test_a_notice_says_what_is_wrong_and_what_to_do(trouble: Trouble) -> None:
    text = said(schedules.notice_card(Notice(trouble, "evening", "no permission")))
    assert "/daily" in text and "evening" in text


def test_a_week_without_rest_and_one_with_it() -> None:
    assert "every day asks" in said(choices.rest_card(RestChoice(TODAY, frozenset())))
    assert "Rest days: Sat and Sun" in said(choices.rest_card(RestChoice(TODAY, frozenset({5, 6}))))
