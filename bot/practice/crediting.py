"""Inside a transaction: whether an answer counts for its practice day, judged again when earlier texts turn up."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from bot.domain.answers import creation, was_begun_by
from bot.domain.answers_text import fingerprint
from bot.domain.places import Member
from bot.domain.reviews import Review
from bot.domain.rounds import Answer, Round, StoredReply
from bot.domain.streaks import Credit
from bot.domain.wall_time import zone_of
from bot.practice.outcomes import NoCredit
from bot.practice.records import Transaction

# Each answer of a round is compared with the same text.
_print_of_question = lru_cache(maxsize=256)(fingerprint)


def no_credit(
    round_: Round, stored: StoredReply, alike: Sequence[StoredReply], day: date, zone: str
) -> NoCredit | None:
    """Why an answer of a date in a zone counts for no practice day (PROMISES, Streaks 9), if it does not.

    `alike` are the replies with the same words.
    """
    assert stored.enough_at is not None, "nothing shorter stands as an answer"
    if stored.enough_at.astimezone(zone_of(zone)).date() != day:
        return NoCredit.LENGTHENED
    if stored.fingerprint == _print_of_question(round_.question.text):
        return NoCredit.QUESTION
    is_copy = any(creation(other) < creation(stored) for other in alike)
    return NoCredit.COPY if is_copy else None


def judge_copies(tx: Transaction, stored: StoredReply, alike: Iterable[StoredReply]) -> None:
    """Judge again every answer whose words `stored` says earlier, or said until now; `alike` are all that say them."""
    for copy in alike:
        if creation(copy) > creation(stored):
            answer = tx.answer(copy.round, copy.reply.author)
            if answer is not None:
                judge(tx, answer, copy)


def judge(tx: Transaction, answer: Answer, stored: StoredReply) -> Answer:
    """The answer as it counts by what is known now of `stored`, if that is the reply it was begun by."""
    if not was_begun_by(answer, stored, tx.replies(answer.round, answer.member) if answer.chosen else ()):
        return answer
    round_ = tx.round(answer.member.workspace, answer.round)
    assert round_ is not None, "an answer has its round"
    counts = no_credit(round_, stored, tx.same_words(stored), answer.local_date, answer.zone) is None
    if counts == answer.counts:
        return answer
    judged = replace(answer, counts=counts)
    tx.change_answer(judged)
    settle_credit(tx, judged.member, judged.local_date)
    return judged


def begin_credit(tx: Transaction, answer: Answer) -> date | None:
    """Credit the date of a new answer that counts; gives the date when this answer alone carries it."""
    if tx.begin_credit(answer.member, answer.local_date, answer.at, answer.zone):
        return answer.local_date
    return settle_credit(tx, answer.member, answer.local_date)


def credit_review(tx: Transaction, review: Review) -> date | None:
    """Credit the date of a new review that counts; gives the date when this review alone carries it."""
    assert review.reviewer is not None, "a new review has its reviewer"
    if tx.begin_credit(review.reviewer, review.local_date, review.at, review.zone):
        return review.local_date
    return settle_credit(tx, review.reviewer, review.local_date)


def settle_credit(tx: Transaction, member: Member, day: date) -> date | None:
    """Make the credit of a date what its counted answers and reviews say; gives it when one alone carries it."""
    counted = _counted(tx, member, day)
    live = [one for one in counted if one.withdrawn_at is None]
    if live:
        tx.put_credit(member, day, live[0].at, live[0].zone, None)
        return day if len(live) == 1 else None
    if counted:
        withdrawn = max(one.withdrawn_at for one in counted if one.withdrawn_at)
        tx.put_credit(member, day, counted[0].at, counted[0].zone, withdrawn)
    else:
        tx.drop_credit(member, day)
    return None


def _counted(tx: Transaction, member: Member, day: date) -> list[Credit]:
    """What counts for a date, as credits, the earliest first."""
    answers = (Credit(day, each.at, each.zone, each.withdrawn_at) for each in tx.counted(member, day))
    reviews = (Credit(day, each.at, each.zone, each.removed_at) for each in tx.counted_reviews(member, day))
    return sorted((*answers, *reviews), key=lambda one: one.at)


def leave_day(tx: Transaction, former: Answer, gone_at: datetime | None) -> None:
    """An answer now has another date; the one it leaves keeps its credit for a day if its text was taken back."""
    if not former.counts:
        return
    taken_back = former.withdrawn_at or gone_at
    if taken_back is None or _counted(tx, former.member, former.local_date):
        settle_credit(tx, former.member, former.local_date)
    else:
        tx.put_credit(former.member, former.local_date, former.at, former.zone, taken_back)
