"""Fill a store with at least one row of each table, through the Transaction port, as the program of a release does."""

from datetime import timedelta

from bot.domain.comparing import Pair, Vote
from bot.domain.places import Member, Thread
from bot.domain.practice_days import NeutralReason, RestChoice, ZoneChoice
from bot.domain.questions import Kind, Level, Pack
from bot.domain.streaks import EMPTY, MendKind
from bot.domain.suggestions import Proposal, Suggestion
from bot.practice.records import OccurrenceState, RecordLine, Transaction
from bot.practice.review_records import GoldReview, Offer, Reminders
from tests.contracts import samples
from tests.contracts.samples import ADA, BEN, CY, DAY, HOME, HOUR, NOON, STUDY, TODAY, answer, message, reply

TABLES = (
    "answer",
    "answer_version",
    "checkpoint",
    "closed_account",
    "credit",
    "event",
    "fact",
    "freeze_use",
    "gold_review",
    "hint_use",
    "instance",
    "local_message",
    "local_person",
    "mend",
    "neutral_span",
    "occurrence",
    "pack",
    "question",
    "record",
    "reminder",
    "reply",
    "rest_choice",
    "review",
    "review_offer",
    "round",
    "schedule",
    "suggestion",
    "tally",
    "vote",
    "watermark",
    "zone_choice",
)


def fill(tx: Transaction) -> None:
    """A small history: a daily round, an amended answer, a streak with all that can happen to one, and a chat."""
    tx.join_person(HOME, "ada", NOON)
    tx.add_message(message("hello", marker="r-1", card="{}"))
    tx.put_schedule(samples.schedule(skip=TODAY + DAY))
    day = samples.occurrence()
    tx.add_occurrences(
        [
            samples.line(day),
            samples.line(samples.occurrence(TODAY - DAY), OccurrenceState.SKIPPED, reason="late"),
        ]
    )
    tx.take_occurrence(day, "r-1")
    samples.open_round(tx, planned=samples.planned(day))
    tx.add_round(samples.round_("r-2", asked_by=None))
    tx.take_hint("r-1", ADA, 2)
    tx.keep_reply(reply())
    tx.keep_reply(reply("m-2", BEN, NOON + HOUR, deleted_at=NOON + 2 * HOUR))
    first = answer()
    tx.add_answer(first)
    tx.change_answer(answer(version=2, text="other words, also long enough", changed_at=NOON + HOUR))
    tx.choose_zone(ADA, ZoneChoice(NOON - 90 * DAY, "Europe/Berlin"))
    tx.choose_rest(ADA, RestChoice(TODAY, frozenset({5, 6})))
    tx.open_neutral(HOME, NeutralReason.DOWN, NOON - 40 * DAY)
    tx.close_neutral(HOME, NeutralReason.DOWN, NOON - 39 * DAY)
    for days in (0, 1, 35):
        tx.put_credit(ADA, TODAY - timedelta(days), NOON - timedelta(days), "Europe/Berlin", None)
    tx.add_mend(ADA, TODAY - 2 * DAY, MendKind.RESTORE, NOON, "ben")
    tx.new_freeze_uses(ADA, [TODAY - 3 * DAY], NOON)
    tx.put_checkpoint(ADA, EMPTY.__class__(through=TODAY - 30 * DAY, length=1, best=4))
    tx.record(HOME, RecordLine(NOON, "ben", "restore day", "ada 2026-11-18"))
    tx.beat("an-instance", NOON)
    tx.put_pack(HOME, Pack("own", 1, "Own", "", (), (), (samples.question(),)), "ada", NOON)
    proposal = Proposal(
        "Why is the sky blue at noon?", ("scattering", "wavelength"), "backend", Level.MID, Kind.CODING
    )
    tx.add_suggestion(Suggestion("s-1", ADA, NOON, proposal))
    tx.take_event(HOME, "e-1", NOON, "{}")
    tx.put_watermark(Thread(STUDY, "t-1"), NOON)
    tx.remember(HOME, "commands", "abc", NOON)
    tx.choose_zone(BEN, ZoneChoice(NOON, "Asia/Tokyo", told=True))
    fill_reviews(tx)
    assert tx.round(HOME, "r-1") is not None and tx.newest_round(STUDY) is not None


def fill_reviews(tx: Transaction) -> None:
    """A review that was thanked for and flagged, what led to it, a gold review, a vote, and somebody who left."""
    tx.add_answer(answer("a-2", BEN))
    tx.add_offer(Offer(BEN, "a-1", NOON, TODAY))
    given = samples.review(message="c-1", thanked_at=NOON + HOUR)
    tx.add_review(given)
    tx.change_review(
        samples.review(version=2, flagged_at=NOON + HOUR, flag_reason="it is about another text")
    )
    tx.add_gold_review(GoldReview(BEN, "g-1", "backend", given.draft, NOON))
    tx.put_vote(Vote(CY, Pair("a-1", "a-2"), "a-2", "it says why", NOON))
    tx.close_account(Member(HOME, "dan"), NOON)
    tx.put_reminders(Reminders(BEN, 1, NOON + DAY))
