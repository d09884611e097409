"""Values for the tests of peer review: a review, how it is shown, a rubric; and every such card at its longest."""

from dataclasses import replace
from datetime import timedelta

from bot.chat.cards import Card, Form
from bot.chat.wording import (
    calibrating,
    comparing,
    overseeing,
    reviewing,
    reviewing_forms,
    reviews,
    starring,
)
from bot.domain.comparing import Pair, Rank
from bot.domain.gold import GoldAnswer
from bot.domain.places import Member
from bot.domain.questions import Criterion, Kind, Question, Rubric
from bot.domain.reviews import Draft, Review, ReviewRules, ReviewState
from bot.domain.star import PARTS, star_of
from bot.practice.outcomes import (
    Calibrated,
    Comparing,
    GivenReview,
    Mine,
    Ranking,
    ShownReview,
    Task,
)
from bot.practice.review_records import GoldReview
from tests.chat.samples import TODAY, ZONE, answer, round_
from tests.chat.world import ADA, BEN, CYD, HERE, START, gold, question, rubric

RUBRIC = rubric(Kind.SYSTEM_DESIGN)
DRAFT = Draft((4, 3), (0,), "You count the load first.", "Say which part breaks first.")
HOSTILE = (
    "\u202e"
    + "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301" * 20
    + "<!channel> @everyone *x* "
)
LONG = (HOSTILE + "word " * 120)[:600]
LONG_NAME = Member(HERE, "\u202e" + "n\u0301" * 400)
REVIEW_ID = "r" * 16


def review(**changes: object) -> Review:
    values: dict[str, object] = {
        "workspace": HERE,
        "id": REVIEW_ID,
        "answer": "ponmlkjihgfedcba",
        "round": "abcdefghijklmnop",
        "author": BEN,
        "reviewer": CYD,
        "answer_version": 1,
        "draft": DRAFT,
        "named": True,
        "version": 1,
        "at": START,
        "changed_at": None,
        "local_date": TODAY,
        "zone": "UTC",
        "counts": False,
    }
    return Review(**(values | changes))  # type: ignore[arg-type]


def shown(state: ReviewState = ReviewState.SHOWN, **changes: object) -> ShownReview:
    values: dict[str, object] = {
        "review": review(),
        "round": round_(),
        "rubric": RUBRIC,
        "state": state,
        "answer": answer(member=BEN, zone="Europe/Berlin"),
    }
    return ShownReview(**(values | changes))  # type: ignore[arg-type]


HELD = shown(ReviewState.HELD, opens_at=START + timedelta(days=3), to_give=2)
MINE = Mine((), (), (), (), None, 0, False)


def longest_question() -> Question:
    """A question with as much as a pack may give it."""
    points = tuple(f"{number} " + "key point " * 19 for number in range(12))
    return question(1, title="字" * 150, text="word " * 600, key_points=points, kind=Kind.BEHAVIORAL)


QUESTION = longest_question()
ROUND = round_(question=QUESTION)
STEPS = ("Nothing is in order. " * 20, "Some of it. " * 40, HOSTILE)
LONG_RUBRIC = Rubric(
    Kind.BEHAVIORAL, tuple(Criterion(id_, "T" * 150, STEPS) for id_ in ("structure", "substance"))
)
LONG_DRAFT = Draft((1, 5), (), LONG, LONG[::-1])
LONG_REVIEW = review(author=LONG_NAME, reviewer=LONG_NAME, draft=LONG_DRAFT)
LONG_SHOWN = shown(review=LONG_REVIEW, round=ROUND, rubric=LONG_RUBRIC, changed=True)
LONG_HELD = replace(
    LONG_SHOWN, state=ReviewState.HELD, opens_at=START, to_give=5, answer=answer(member=LONG_NAME, zone=ZONE)
)
THANKED = replace(LONG_SHOWN, review=replace(LONG_REVIEW, thanked_at=START))
FLAGGED = replace(LONG_SHOWN, review=replace(LONG_REVIEW, flagged_at=START, flag_reason=LONG[:300]))
LONG_ANSWER = answer(member=LONG_NAME, text=HOSTILE * 60)
STORY = "\n".join(f"{part}: {LONG}" for part in PARTS)
GOLD = GoldAnswer("g" * 64, QUESTION.id, LONG * 3, (5, 1), (0, 1, 2, 3, 4, 5), LONG, LONG, LONG)
TASK = Task(QUESTION, LONG_ANSWER, ROUND, waiting=99)
GOLD_TASK = Task(QUESTION, gold=GOLD, waiting=1)
CALIBRATED = Calibrated(
    GoldReview(ADA, GOLD.id, "backend", Draft((2, 4), (6, 7, 8, 9), LONG, LONG), START),
    GOLD,
    QUESTION,
    LONG_RUBRIC,
)
SMALL_CALIBRATED = Calibrated(
    GoldReview(ADA, "sample-1", "backend", Draft((4, 3), (1,), DRAFT.strong, DRAFT.change), START),
    gold(1),
    question(1),
    RUBRIC,
)
PAIR = Comparing(
    Pair("a" * 16, "b" * 16),
    QUESTION,
    answer(id="a" * 16, text=STORY * 3),
    answer(id="b" * 16, text=HOSTILE * 60),
)
RANKS = tuple(Rank(place, LONG_ANSWER, 999, 9999) for place in range(1, 31))
RULES = ReviewRules(named=False, give=5, gold=2, practice=True)
FULL_MINE = Mine(
    (LONG_SHOWN, LONG_HELD, THANKED) * 3,
    (LONG_SHOWN, THANKED, replace(LONG_SHOWN, review=replace(LONG_REVIEW, author=None))),
    (TASK,) * 8,
    ((LONG_ANSWER, ROUND),) * 8,
    -0.123,
    999,
    True,
)

REVIEW_CARDS: list[Card] = [
    reviews.review_card(LONG_SHOWN),
    reviews.review_card(replace(THANKED, answer=None)),
    reviews.review_card(LONG_HELD),
    reviews.review_card(replace(LONG_SHOWN, state=ReviewState.REMOVED)),
    reviews.answered_card(LONG_NAME, "a" * 16),
    reviews.reminder_card(999),
    reviewing.task_card(TASK, "T" * 150),
    reviewing.task_card(GOLD_TASK),
    reviewing.given_card(GivenReview(LONG_HELD, True, TODAY)),
    reviewing.given_card(GivenReview(LONG_SHOWN, False, None)),
    reviewing.thanked_card(REVIEW_ID),
    reviewing.unthanked_card(REVIEW_ID),
    reviewing.flagged_card(),
    reviewing.reminders_card(True),
    reviewing.reminders_card(False),
    reviewing.mine_card(FULL_MINE, ZONE),
    reviewing.mine_card(MINE, "UTC"),
    calibrating.calibrated_card(CALIBRATED),
    comparing.compare_card(PAIR),
    comparing.ranking_card(Ranking(QUESTION, RANKS, 9999, (LONG,) * 3), BEN, voted=True),
    comparing.ranking_card(Ranking(QUESTION, (), 0), ADA),
    starring.star_card(star_of(STORY), answer(member=LONG_NAME, text=STORY), ROUND),
    starring.star_card(star_of(HOSTILE), LONG_ANSWER, ROUND),
    overseeing.log_card([FLAGGED] * 10, overseeing.REMOVED),
    overseeing.log_card([]),
    overseeing.rules_card(RULES, changed=True),
    overseeing.rules_card(ReviewRules()),
]
"""Every card of peer review, as long as it can be."""

REVIEW_FORMS: list[Form] = [
    reviewing_forms.review_form(
        "a" * 16, 999_999_999, QUESTION, LONG_RUBRIC, replace(LONG_DRAFT, covered=tuple(range(12)))
    ),
    reviewing_forms.review_form("a" * 16, 1, replace(QUESTION, key_points=()), RUBRIC, None),
    reviewing_forms.gold_form("g" * 64, QUESTION, LONG_RUBRIC),
    reviewing_forms.flag_form(REVIEW_ID),
    reviewing_forms.compare_form(PAIR.pair.value),
    starring.star_form("a" * 16, dict.fromkeys(PARTS, "p" * 3000)),
    starring.star_form("a" * 16, {}),
]
"""Every form of peer review, as long as it can be."""
