"""Values for the tests of the wording: a round, an answer, a streak, a schedule, and what became of a reply."""

from datetime import date, timedelta

from bot.chat.cards import Card
from bot.chat.plain import plain
from bot.domain.places import Thread
from bot.domain.questions import Filters
from bot.domain.rounds import Answer, Claim, Planned, PostingState, Reply, Round
from bot.domain.schedules import Occurrence, Schedule, ScheduleState
from bot.domain.streaks import Streak
from bot.domain.wall_time import WallTime
from bot.practice.outcomes import Kept, Verdict
from tests.chat.world import ADA, START, STUDY, question

TODAY = date(2026, 11, 23)
ZONE = "America/Argentina/ComodRivadavia"
PLANNED = Planned("daily", TODAY, START, "Europe/Berlin", "09:00")


def round_(**changes: object) -> Round:
    values: dict[str, object] = {
        "id": "abcdefghijklmnop",
        "channel": STUDY,
        "question": question(1),
        "asked_by": ADA,
        "asked_at": START,
        "reveal_at": START + timedelta(days=1),
        "closes_at": START + timedelta(days=7),
        "planned": None,
        "posting": PostingState.POSTED,
        "claim": Claim("here", 1, START),
        "message": "1",
        "thread": Thread(STUDY, "1"),
        "reason": None,
    }
    return Round(**(values | changes))  # type: ignore[arg-type]


def answer(**changes: object) -> Answer:
    values: dict[str, object] = {
        "id": "ponmlkjihgfedcba",
        "round": "abcdefghijklmnop",
        "member": ADA,
        "message": "m1",
        "text": "My answer",
        "at": START,
        "local_date": TODAY,
        "zone": "UTC",
        "late": False,
        "counts": True,
        "chosen": False,
        "version": 1,
        "changed_at": None,
        "withdrawn_at": None,
    }
    return Answer(**(values | changes))  # type: ignore[arg-type]


def streak(**changes: object) -> Streak:
    values: dict[str, object] = {
        "length": 5,
        "best": 9,
        "freezes": 1,
        "earned": 5,
        "today": TODAY,
        "today_done": True,
        "at_risk": False,
        "next_freeze_in": 2,
        "repairable": None,
        "reasons": (),
    }
    return Streak(**(values | changes))  # type: ignore[arg-type]


def schedule(**changes: object) -> Schedule:
    values: dict[str, object] = {
        "channel": STUDY,
        "slot": "daily",
        "time": WallTime(9, 0),
        "weekdays": frozenset(range(5)),
        "zone": "Europe/Berlin",
        "filters": Filters(track="backend", kind="system-design"),
        "state": ScheduleState.ACTIVE,
        "pause_reason": None,
        "skip": None,
        "next_at": START,
        "reveal_after": timedelta(hours=24),
        "seed": 1,
        "created_by": ADA,
    }
    return Schedule(**(values | changes))  # type: ignore[arg-type]


OCCURRENCE = Occurrence(STUDY, "daily", TODAY, START, "Europe/Berlin", WallTime(9, 0), None)
REPLY = Reply(Thread(STUDY, "1"), "m2", ADA, "More", START)
ACCEPTED = Kept(Verdict.ACCEPTED, round_(), answer(), None, TODAY, streak(), (), 15)


def said(card: Card) -> str:
    return " ".join(line for line in plain(card) if line)


def labels(card: Card) -> list[str]:
    return [button.label for button in card.buttons]
