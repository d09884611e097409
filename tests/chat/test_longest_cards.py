"""Every card at its longest can be drawn, kept and pressed."""

from dataclasses import replace

import pytest
from wcwidth import wcswidth

from bot.chat.actions import ACTIONS
from bot.chat.cards import from_json, to_json
from bot.chat.commands import COMMANDS
from bot.chat.plain import plain
from bot.chat.wording import (
    answers,
    choices,
    help,
    pages,
    privacy,
    questions,
    refusals,
    schedules,
    sharing,
    streaks,
)
from bot.domain.places import Channel, Member
from bot.domain.practice_days import RestChoice
from bot.domain.questions import Kind, Level, Pack, SampleAnswer
from bot.domain.streaks import Step, StepKind
from bot.domain.suggestions import Proposal, Suggestion, SuggestionState
from bot.domain.wall_time import Shift
from bot.practice.importing import Imported
from bot.practice.outcomes import Board, Hint, Kept, NoCredit, Notice, Progress, Trouble, Verdict
from bot.practice.records import LedgerLine, OccurrenceState, Standing
from bot.practice.review_records import Giving
from bot.practice.scheduling import Planning
from tests.chat.review_samples import REVIEW_CARDS, REVIEW_FORMS
from tests.chat.samples import (
    ACCEPTED,
    OCCURRENCE,
    PLANNED,
    REPLY,
    TODAY,
    ZONE,
    answer,
    round_,
    schedule,
    streak,
)
from tests.chat.world import ADA, HERE, START, STUDY, bank, question

SUGGESTION = Suggestion(
    "s" * 21,
    ADA,
    START,
    Proposal("字" * 2000, ("p" * 200,) * 8, "t" * 64, Level.SENIOR, Kind.OPERATIONAL_DEBUGGING),
)
PACK = Pack("p" * 64, 999_999, "字" * 150, "", (), (), ())

LONGEST = question(
    1,
    title="字" * 150,
    text="word " * 600,
    why="W" * 500,
    hints=("x" * 500,) * 5,
    key_points=("é\u0301" * 250,) * 12,
    follow_ups=("y z " * 125,) * 8,
    mistakes=("👨‍👩‍👧‍👦" * 60,) * 8,
    sample_answer=SampleAnswer("s" * 3000, "long words " * 300),
    stages=("technical-screen",) * 6,
)
NAME = Member(HERE, "\u202e" + "n\u0301" * 400)
CARDS = [
    questions.question_card(
        round_(question=LONGEST, planned=replace(PLANNED, zone=ZONE), asked_by=NAME), True, "T" * 150
    ),
    pages.browsed_card(LONGEST, "T" * 150),
    questions.hint_card(Hint(1, 5, "x" * 500), "abcdefghijklmnop"),
    questions.key_points_card(round_(question=LONGEST)),
    questions.sample_answer_card(round_(question=LONGEST)),
    *(
        answers.kept_card(replace(ACCEPTED, verdict=verdict, answer=answer(late=True), no_credit=why), REPLY)
        for verdict in Verdict
        for why in (None, *NoCredit)
    ),
    answers.kept_card(replace(ACCEPTED, freezes=(TODAY, TODAY), waiting=20)),
    answers.kept_card(Kept(Verdict.REMOVED, round_(), answer(withdrawn_at=START))),
    answers.restored_card(ACCEPTED),
    streaks.streak_card(
        streak(
            length=100_000,
            repairable=(TODAY, START),
            reasons=tuple(Step(TODAY, kind, "99999", 99999, days=999) for kind in StepKind) * 2,
        ),
        ZONE,
    ),
    streaks.repaired_card(streak(), ZONE),
    streaks.given_back_card(NAME, TODAY, streak()),
    streaks.progress_card(Progress(TODAY, (TODAY,), streak(), Standing(NAME, 31, 9999, 99999))),
    streaks.board_card(Board("2026-11", (Standing(NAME, 31, 9999, 99999),) * 10, Standing(ADA, 0, 0, 0))),
    streaks.board_card(
        Board(
            "2026-11",
            (Standing(NAME, 31, 9999, 99999),) * 10,
            Standing(ADA, 0, 0, 0),
            {NAME: Giving(9999, 999), ADA: Giving(1, 0)},
        )
    ),
    streaks.board_card(Board("2026-11", (), Standing(ADA, 0, 0, 0))),
    schedules.planned_card(Planning(schedule(zone=ZONE, slot="s" * 32), OCCURRENCE, True, True)),
    schedules.resumed_card(Planning(schedule(skip=TODAY), OCCURRENCE)),
    schedules.paused_card(schedule(slot="s" * 32)),
    schedules.removed_card(schedule(zone=ZONE)),
    schedules.skipped_card(TODAY, OCCURRENCE),
    schedules.upcoming_card("s" * 32, (replace(OCCURRENCE, zone=ZONE, shift=Shift.GAP),) * 3),
    schedules.schedules_card((Planning(schedule(channel=Channel(HERE, "c" * 300)), OCCURRENCE),) * 20, STUDY),
    schedules.schedules_card((), STUDY),
    schedules.log_card((LedgerLine(OCCURRENCE, OccurrenceState.FAILED, "r" * 500, None, None),) * 10),
    schedules.log_card(()),
    *(schedules.notice_card(Notice(trouble, "s" * 32, "r" * 2000)) for trouble in Trouble),
    choices.zone_card(ZONE, True),
    choices.zone_card(ZONE, False),
    choices.zone_chosen_card(ZONE),
    choices.rest_card(RestChoice(TODAY, frozenset(range(6)))),
    choices.rest_help_card(),
    privacy.shown_card({"answer": 10**9, "something_new": 1}),
    privacy.shown_card({}),
    privacy.exported_card(),
    privacy.delete_card(NAME),
    privacy.deleted_card(10**9),
    help.overview_card(COMMANDS, True),
    help.group_card("daily", COMMANDS),
    *(help.command_card(command, bank()) for command in COMMANDS),
    sharing.own_card([replace(SUGGESTION, state=state, reason="r" * 300) for state in SuggestionState]),
    sharing.open_card([SUGGESTION] * 5, sharing.DECLINED),
    sharing.suggested_card(),
    sharing.bad_pack_card(["f" * 500] * 40),
    sharing.imported_card(Imported(PACK, 999, 999, 999, same=False)),
    sharing.removed_card(PACK),
    *REVIEW_CARDS,
    refusals.UNAVAILABLE,
    refusals.FAULT,
]


@pytest.mark.bad_input(17, 42, 46, 49)
@pytest.mark.parametrize("width", [20, 80, 133])
def test_every_card_at_its_longest_is_plain_text_within_the_width(width: int) -> None:
    for card in CARDS:
        assert all(max(0, wcswidth(line)) <= width for line in plain(card, width)), card.title


def test_every_card_comes_back_from_json_as_it_was() -> None:
    assert [from_json(to_json(card)) for card in CARDS] == CARDS


def test_every_button_on_every_card_has_its_action_and_its_label() -> None:
    shown = {(button.action, button.label) for card in CARDS for button in card.buttons}
    assert shown == {(name, action.label) for name, action in ACTIONS.items()}


@pytest.mark.bad_input(17, 42)
def test_every_form_at_its_longest_can_be_made_and_says_what_each_field_wants() -> None:
    for form in REVIEW_FORMS:
        assert all(field.hint or field.choices for field in form.fields), form.title
        assert form.action in ACTIONS and ACTIONS[form.action].submit is not None
