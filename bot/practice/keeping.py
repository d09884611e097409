"""Inside a transaction: replies become answers; derived anew after every piece of news."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain import answers
from bot.domain.answers_text import is_blank
from bot.domain.places import Member, Workspace
from bot.domain.practice_days import zone_at
from bot.domain.rounds import Answer, Round, StoredReply
from bot.domain.streaks import ZoneChoice, practice_day
from bot.practice.crediting import begin_credit, judge, judge_copies, leave_day, no_credit, settle_credit
from bot.practice.outcomes import Kept, NoCredit, Verdict
from bot.practice.ports import Ports
from bot.practice.records import Transaction


def default_zone(ports: Ports, tx: Transaction, workspace: Workspace) -> str:
    """The zone of members who chose none: that of the workspace's first schedule, else the setting's."""
    return next((schedule.zone for schedule in tx.schedules(workspace)), ports.rules.default_zone)


def zones_of(ports: Ports, tx: Transaction, member: Member) -> tuple[tuple[ZoneChoice, ...], str]:
    """A member's choices of zone, and what serves before the first of them."""
    return tx.zones(member, ports.rules.default_zone)


def keep(ports: Ports, tx: Transaction, round_: Round, news: StoredReply) -> Kept:
    """Keep news about a reply (new, edited or deleted) and settle what follows from it, for others too."""
    kept = _begin(ports, tx, round_, news) if tx.keep_reply(news) else _go_on(ports, tx, round_, news)
    if kept.verdict is Verdict.ACCEPTED:
        tx.reopen_account(news.reply.author)  # who writes is there, whatever was found out before
    if kept.answer is not None and kept.verdict is not Verdict.KNOWN:
        tell_reviews(ports, tx, kept.answer)
    return kept


def tell_reviews(ports: Ports, tx: Transaction, answer: Answer) -> None:
    """Let the cards of an answer's reviews be drawn anew; its first version cannot have any."""
    if answer.version > 1 or answer.withdrawn_at is not None:
        tx.call_for_showing(answer.member.workspace, answer.id, ports.clock.now())


def _begin(ports: Ports, tx: Transaction, round_: Round, stored: StoredReply) -> Kept:
    """Settle what follows from a reply of which nothing was known."""
    alike = tx.same_words(stored)
    kept = None if stored.enough_at is None else _accept(ports, tx, round_, stored, alike)
    if kept is None:
        kept = settle(ports, tx, round_, stored, tx.answer(round_.id, stored.reply.author))
    judge_copies(tx, stored, alike)
    return kept


def _go_on(ports: Ports, tx: Transaction, round_: Round, news: StoredReply) -> Kept:
    """Settle what follows from news about a reply that is known."""
    before = tx.reply(news.reply.thread, news.reply.message)
    assert before is not None, "a reply that cannot be added is there"
    stored = answers.merge(before, news)
    if stored == before:
        return Kept(Verdict.KNOWN, round_, minimum=ports.rules.minimum_length)
    tx.change_reply(stored)
    kept = settle(ports, tx, round_, stored, tx.answer(round_.id, stored.reply.author))
    if before.fingerprint != stored.fingerprint:
        for version in (before, stored):
            judge_copies(tx, version, tx.same_words(version))
    return kept if kept.answer is None else replace(kept, answer=judge(tx, kept.answer, stored))


def settle(ports: Ports, tx: Transaction, round_: Round, stored: StoredReply, current: Answer | None) -> Kept:
    """Make the answer and its credit what the member's replies say, and name what became of `stored`."""
    replies = tx.replies(round_.id, stored.reply.author)
    stands = answers.standing(replies)
    if current is not None and answers.is_own_choice(current, replies):
        if stands is not None and answers.begins_anew(current, stands, replies):
            current = _begin_anew(ports, tx, round_, stored, stands, current)
        return _aside(ports, round_, stored, replies, current)
    if current is None:
        if stands is None:
            return _aside(ports, round_, stored, replies, None)
        accepted = _accept(ports, tx, round_, stands, tx.same_words(stands))
        assert accepted is not None, "there was no answer"
        return accepted
    if stands is None:
        return _withdraw_deleted(ports, tx, round_, stored, replies, current)
    return _stand(ports, tx, round_, stored, stands, replies, current)


def _accept(
    ports: Ports, tx: Transaction, round_: Round, stored: StoredReply, alike: Sequence[StoredReply]
) -> Kept | None:
    """Make a reply its author's first answer in the round; None when they have one."""
    answer, why = _answer_from(ports, tx, round_, stored, alike, ports.ids.new_id())
    if not tx.add_answer(answer):
        return None
    credited = begin_credit(tx, answer) if answer.counts else None
    return Kept(Verdict.ACCEPTED, round_, answer, why, credited, minimum=ports.rules.minimum_length)


def _answer_from(
    ports: Ports,
    tx: Transaction,
    round_: Round,
    stored: StoredReply,
    alike: Sequence[StoredReply],
    id_: str,
) -> tuple[Answer, NoCredit | None]:
    reply = stored.reply
    zones, fallback = zones_of(ports, tx, reply.author)
    day, zone = practice_day(reply.at, zones, fallback), zone_at(reply.at, zones, fallback)
    why = no_credit(round_, stored, alike, day, zone)
    answer = Answer(
        id=id_,
        round=round_.id,
        member=reply.author,
        message=reply.message,
        text=reply.text,
        at=reply.at,
        local_date=day,
        zone=zone,
        late=round_.is_closed(reply.at),
        counts=why is None,
        chosen=reply.by_form,
        version=1,
        changed_at=stored.edited_at,
        withdrawn_at=None,
    )
    return answer, why


def _begin_anew(
    ports: Ports, tx: Transaction, round_: Round, stored: StoredReply, first: StoredReply, current: Answer
) -> Answer:
    """Another reply is the first under an answer whose text its author chose: the text stays, the date is its."""
    fresh, _ = _answer_from(ports, tx, round_, first, tx.same_words(first), current.id)
    moved = replace(
        current,
        at=fresh.at,
        local_date=fresh.local_date,
        zone=fresh.zone,
        late=fresh.late,
        counts=fresh.counts,
    )
    tx.change_answer(moved)
    settle_credit(tx, moved.member, moved.local_date)
    if moved.local_date != current.local_date:
        leave_day(tx, current, stored.deleted_at)
    return moved


def _stand(
    ports: Ports,
    tx: Transaction,
    round_: Round,
    stored: StoredReply,
    stands: StoredReply,
    replies: Sequence[StoredReply],
    current: Answer,
) -> Kept:
    """Another reply stands, or the same with another text, or a new one after a withdrawal."""
    if stands.reply.message == current.message and current.withdrawn_at is None:
        if stands.reply.text == current.text:
            return _aside(ports, round_, stored, replies, current)
        changed = replace(
            current, text=stands.reply.text, version=current.version + 1, changed_at=stands.edited_at
        )
        tx.change_answer(changed)
        return Kept(Verdict.AMENDED, round_, changed, minimum=ports.rules.minimum_length)
    fresh, why = _answer_from(ports, tx, round_, stands, tx.same_words(stands), current.id)
    fresh = replace(fresh, version=current.version + 1)
    tx.change_answer(fresh)
    credited = settle_credit(tx, fresh.member, fresh.local_date)
    if fresh.local_date != current.local_date:
        leave_day(tx, current, stored.deleted_at)
    elif current.counts and current.withdrawn_at is None:
        credited = None  # the date had this credit already
    verdict = Verdict.ACCEPTED if stands.reply.message == stored.reply.message else _side_verdict(stored)
    return Kept(verdict, round_, fresh, why, credited, minimum=ports.rules.minimum_length)


def _withdraw_deleted(
    ports: Ports,
    tx: Transaction,
    round_: Round,
    stored: StoredReply,
    replies: Sequence[StoredReply],
    current: Answer,
) -> Kept:
    """Nothing of the member stands any more; that is news only if the answer's own message was deleted."""
    if current.withdrawn_at is not None or stored.deleted_at is None:
        return _aside(ports, round_, stored, replies, current)
    return withdraw(ports, tx, round_, current, stored.deleted_at)


def withdraw(ports: Ports, tx: Transaction, round_: Round, current: Answer, at: datetime) -> Kept:
    """Take an answer back; its credit lapses a day later unless another answer carries it."""
    gone = replace(current, withdrawn_at=at)
    tx.change_answer(gone)
    tell_reviews(ports, tx, gone)
    settle_credit(tx, gone.member, gone.local_date)
    return Kept(Verdict.REMOVED, round_, gone, minimum=ports.rules.minimum_length)


def _side_verdict(stored: StoredReply) -> Verdict:
    return Verdict.COMMENT if stored.deleted_at is None else Verdict.REMOVED


def _aside(
    ports: Ports, round_: Round, stored: StoredReply, replies: Sequence[StoredReply], current: Answer | None
) -> Kept:
    """What to say of a reply that changed no answer; about too little text only the first time in a round."""
    verdict = _side_verdict(stored)
    if current is None and verdict is Verdict.COMMENT:
        others = (r for r in replies if r.reply.message != stored.reply.message)
        if not any(other.enough_at is None for other in others):
            verdict = Verdict.BLANK if is_blank(stored.reply.text) else Verdict.TOO_SHORT
    elif current is not None and verdict is Verdict.COMMENT and _is_in(current, stored):
        verdict = Verdict.KNOWN  # the answer itself, with nothing new in it
    first = verdict is not Verdict.COMMENT or _is_first_comment(stored, replies, current)
    return Kept(verdict, round_, current, minimum=ports.rules.minimum_length, first=first)


def _is_first_comment(stored: StoredReply, replies: Sequence[StoredReply], current: Answer | None) -> bool:
    """Whether no other reply of the member was called a comment; the first short one without an answer was not."""
    others = [
        other
        for other in replies
        if other.reply.message != stored.reply.message
        and other.deleted_at is None
        and not other.reply.by_form
        and (current is None or not _is_in(current, other))
    ]
    return len(others) <= (1 if current is None else 0)


def _is_in(answer: Answer, stored: StoredReply) -> bool:
    return answer.withdrawn_at is None and stored.reply.message in answers.sources(answer)
