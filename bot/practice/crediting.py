"""Inside a transaction: whether an answer counts for its practice day, judged again when earlier texts turn up."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.answers import was_begun_by
from bot.domain.answers_text import fingerprint
from bot.domain.places import Member
from bot.domain.rounds import Answer, Round, StoredReply
from bot.practice.outcomes import NoCredit
from bot.practice.records import Transaction


def no_credit(tx: Transaction, round_: Round, stored: StoredReply, day: date, zone: str) -> NoCredit | None:
    """Why an answer of a date in a zone counts for no practice day (PROMISES, Streaks 9), if it does not."""
    assert stored.enough_at is not None, "nothing shorter stands as an answer"
    if stored.enough_at.astimezone(ZoneInfo(zone)).date() != day:
        return NoCredit.LENGTHENED
    if stored.fingerprint == fingerprint(round_.question.text):
        return NoCredit.QUESTION
    return NoCredit.COPY if tx.is_copy(stored) else None


def judge_copies(tx: Transaction, stored: StoredReply, before: StoredReply | None) -> None:
    """Judge again every answer whose words `stored` says earlier, or said until now (`before`)."""
    if before is not None and before.fingerprint == stored.fingerprint:
        return
    for version in (before, stored):
        if version is None or version.fingerprint is None:
            continue
        for copy in tx.copies_after(version):
            answer = tx.answer(copy.round, copy.reply.author)
            if answer is not None:
                judge(tx, answer, copy)


def judge(tx: Transaction, answer: Answer, stored: StoredReply) -> Answer:
    """The answer as it counts by what is known now of `stored`, if that is the reply it was begun by."""
    if not was_begun_by(answer, stored, tx.replies(answer.round, answer.member) if answer.chosen else ()):
        return answer
    round_ = tx.round(answer.member.workspace, answer.round)
    assert round_ is not None, "an answer has its round"
    counts = no_credit(tx, round_, stored, answer.local_date, answer.zone) is None
    if counts == answer.counts:
        return answer
    judged = replace(answer, counts=counts)
    tx.change_answer(judged)
    settle_credit(tx, judged.member, judged.local_date)
    return judged


def settle_credit(tx: Transaction, member: Member, day: date) -> date | None:
    """Make the credit of a date what its counted answers say; gives the date when one answer alone carries it."""
    counted = tx.counted(member, day)
    live = [answer for answer in counted if answer.withdrawn_at is None]
    if live:
        tx.put_credit(member, day, live[0].at, live[0].zone, None)
        return day if len(live) == 1 else None
    if counted:
        withdrawn = max(answer.withdrawn_at for answer in counted if answer.withdrawn_at)
        tx.put_credit(member, day, counted[0].at, counted[0].zone, withdrawn)
    else:
        tx.drop_credit(member, day)
    return None


def leave_day(tx: Transaction, former: Answer, gone_at: datetime | None) -> None:
    """An answer now has another date; the one it leaves keeps its credit for a day if its text was taken back."""
    if not former.counts:
        return
    taken_back = former.withdrawn_at or gone_at
    if taken_back is None or tx.counted(former.member, former.local_date):
        settle_credit(tx, former.member, former.local_date)
    else:
        tx.put_credit(former.member, former.local_date, former.at, former.zone, taken_back)
