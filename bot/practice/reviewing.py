"""A peer reviews an answer; its author thanks for the review or flags it, and managers look after flags."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from bot.domain.places import Member
from bot.domain.practice_days import practice_day, zone_at
from bot.domain.refusals import NoSuchAnswer
from bot.domain.reviews import (
    AnswerWithdrawn,
    Draft,
    NoRubric,
    NoSuchReview,
    NotAnAnswer,
    NotYourReview,
    OwnAnswer,
    Review,
    ReviewRemoved,
    checked,
    checked_reason,
    judge,
    words_of,
)
from bot.domain.rounds import Reply
from bot.practice import accounts, answering
from bot.practice.crediting import credit_review, settle_credit
from bot.practice.keeping import zones_of
from bot.practice.outcomes import GivenReview, Notice, Reviewing, ShownReview, Trouble, Verdict
from bot.practice.ports import Ports
from bot.practice.records import RecordLine, Transaction
from bot.practice.reminding import begin_again
from bot.practice.review_rules import rules_in
from bot.practice.showing import rubric_for, show, shown_in

log = logging.getLogger(__name__)

LOGGED = 10
"""Reviews that managers see at once."""


async def open_review(ports: Ports, answer_id: str, member: Member) -> Reviewing:
    """What a review of an answer is about.

    Refuses NoSuchAnswer, OwnAnswer, AnswerWithdrawn, AccountClosed, NoRubric and ReviewRemoved.
    """

    def work(tx: Transaction) -> Reviewing:
        return _about(ports, tx, answer_id, member)

    return await ports.store.read(work)


async def give(
    ports: Ports, answer_id: str, member: Member, draft: Draft, at: datetime, version: int | None = None
) -> GivenReview:
    """Keep a review, or amend the one that the member gave before; its card comes into the thread.

    `version` is that of the answer which was read, the present one if it is not given. Refuses what `open_review` does,
    and BadReview.
    """
    known = await ports.store.read(lambda tx: tx.answer_by_id(member.workspace, answer_id))
    if known is not None and known.member != member:
        await accounts.look(ports, known.member)

    def work(tx: Transaction) -> GivenReview:
        about = _as_read(_about(ports, tx, answer_id, member), version)
        said = checked(draft, len(about.round.question.key_points))
        if about.earlier is None:
            review, credited = _first(ports, tx, about, member, said, at)
        else:
            review, credited = _amended(ports, tx, about.earlier, about, said, at), None
        return GivenReview(shown_in(ports, tx, review), about.earlier is None, credited)

    given = await ports.store.write(work)
    log.info("review given", extra={"facts": {**_facts(given.shown.review), "first": given.first}})
    await show(ports, given.shown.review)
    return given


async def answer_at(ports: Ports, reply: Reply, member: Member) -> str:
    """The id of the answer that a message in a thread belongs to; one that is not known yet is received first.

    So a review may come before the message's own event did. Refuses OwnAnswer and NotAnAnswer.
    """
    if reply.author == member:
        raise OwnAnswer
    kept = await answering.receive(ports, reply)
    if kept.verdict not in (Verdict.KNOWN, Verdict.ELSEWHERE):
        await answering.tell_author(ports, reply, kept)  # the reviewer's form has three seconds to open

    def work(tx: Transaction) -> str:
        round_ = tx.round_in(reply.thread)
        answer = tx.answer(round_.id, reply.author) if round_ is not None else None
        if answer is None:
            raise NotAnAnswer
        return answer.id

    return await ports.store.read(work)


async def thank(ports: Ports, review_id: str, member: Member) -> ShownReview:
    """The author of the answer thanks for its review, once. Refuses NoSuchReview and NotYourReview."""
    now = ports.clock.now()
    return await _by_author(
        ports, review_id, member, lambda review: replace(review, thanked_at=review.thanked_at or now)
    )


async def unthank(ports: Ports, review_id: str, member: Member) -> ShownReview:
    """Take the thanks back. Refuses NoSuchReview and NotYourReview."""
    return await _by_author(ports, review_id, member, lambda review: replace(review, thanked_at=None))


async def flag(ports: Ports, review_id: str, member: Member, reason: str) -> ShownReview:
    """Ask managers, who are told once, to look at a review. Refuses as `thank` does, and BadReview for the reason."""
    now, is_news = ports.clock.now(), list[bool]()

    def flagged(review: Review) -> Review:
        is_news.append(review.flagged_at is None)
        return replace(review, flagged_at=now, flag_reason=checked_reason(reason))

    shown = await _by_author(ports, review_id, member, flagged)
    log.info("review flagged", extra={"facts": _facts(shown.review)})
    if is_news[-1]:
        await ports.chat.tell(shown.round.channel, Notice(Trouble.REVIEW_FLAGGED, None, ""))
    return shown


async def open_flag(ports: Ports, review_id: str, member: Member) -> None:
    """Whether a member may flag a review, before they write why. Refuses NoSuchReview and NotYourReview."""
    await ports.store.read(lambda tx: _of_author(tx, review_id, member))


async def dismiss(ports: Ports, review_id: str, by: Member) -> ShownReview:
    """A manager keeps a review that was flagged. Refuses NoSuchReview. Whoever calls has asked who may."""
    return await _by_manager(
        ports, review_id, by, "keep review", lambda review: replace(review, flagged_at=None, flag_reason=None)
    )


async def remove(ports: Ports, review_id: str, by: Member) -> ShownReview:
    """A manager removes a review; its card says so. Refuses NoSuchReview. Whoever calls has asked who may."""
    now = ports.clock.now()
    return await _by_manager(
        ports,
        review_id,
        by,
        "remove review",
        lambda review: replace(review, removed_at=now, removed_by=by.id, flagged_at=None),
    )


async def log_of(ports: Ports, member: Member) -> tuple[ShownReview, ...]:
    """For managers: the newest reviews of their workspace, those that are flagged first."""

    def work(tx: Transaction) -> tuple[ShownReview, ...]:
        return tuple(shown_in(ports, tx, each) for each in tx.newest_reviews(member.workspace, LOGGED))

    return await ports.store.read(work)


def _about(ports: Ports, tx: Transaction, answer_id: str, member: Member) -> Reviewing:
    answer = tx.answer_by_id(member.workspace, answer_id)
    if answer is None:
        raise NoSuchAnswer
    judge(answer, member, tx.is_closed(answer.member))
    round_ = tx.round(member.workspace, answer.round)
    assert round_ is not None, "an answer has its round"
    rubric = rubric_for(ports, round_)
    if rubric is None:
        raise NoRubric
    earlier = tx.review_by(member, answer_id)
    if earlier is not None and earlier.removed_at is not None:
        raise ReviewRemoved
    return Reviewing(answer, round_, rubric, earlier)


def _as_read(about: Reviewing, version: int | None) -> Reviewing:
    """The same with the version of the answer that the reviewer had before them; a later one does not exist."""
    if version is None or not 1 <= version < about.answer.version:
        return about
    return replace(about, answer=replace(about.answer, version=version))


def _first(
    ports: Ports, tx: Transaction, about: Reviewing, member: Member, said: Draft, at: datetime
) -> tuple[Review, date | None]:
    """Keep a first review; one that came in the same instant is amended. Gives the date that it is practice of."""
    zones, fallback = zones_of(ports, tx, member)
    rules, answer = rules_in(ports, tx, member.workspace), about.answer
    review = Review(
        workspace=member.workspace,
        id=ports.ids.new_id(),
        answer=answer.id,
        round=answer.round,
        author=answer.member,
        reviewer=member,
        answer_version=answer.version,
        draft=said,
        named=rules.named,
        version=1,
        at=at,
        changed_at=None,
        local_date=practice_day(at, zones, fallback),
        zone=zone_at(at, zones, fallback),
        counts=rules.practice,
        due_at=ports.clock.now(),
    )
    if rules.practice and tx.said_before(review, words_of(said)):
        review = replace(review, counts=False)
    if not tx.add_review(review):
        earlier = tx.review_by(member, answer.id)
        if earlier is None:
            raise AnswerWithdrawn
        return _amended(ports, tx, earlier, about, said, at), None
    tx.call_for_held(member, ports.clock.now())
    begin_again(ports, tx, member)
    return review, credit_review(tx, review) if review.counts else None


def _amended(
    ports: Ports, tx: Transaction, earlier: Review, about: Reviewing, said: Draft, at: datetime
) -> Review:
    """The member's review says this now; one sent twice changes nothing."""
    if earlier.draft == said and earlier.answer_version == about.answer.version:
        return earlier
    amended = replace(
        earlier,
        draft=said,
        answer_version=about.answer.version,
        version=earlier.version + 1,
        changed_at=at,
    )
    tx.change_review(amended)
    tx.call_for_card(earlier, ports.clock.now())
    return amended


async def _by_author(
    ports: Ports, review_id: str, member: Member, change: Callable[[Review], Review]
) -> ShownReview:
    def work(tx: Transaction) -> ShownReview:
        review = _of_author(tx, review_id, member)
        return _changed(ports, tx, review, change(review))

    shown = await ports.store.write(work)
    await show(ports, shown.review)
    return shown


async def _by_manager(
    ports: Ports, review_id: str, by: Member, action: str, change: Callable[[Review], Review]
) -> ShownReview:
    def work(tx: Transaction) -> ShownReview:
        review = _review(tx, review_id, by)
        shown = _changed(ports, tx, review, change(review))
        if review.counts and review.reviewer is not None:
            settle_credit(tx, review.reviewer, review.local_date)
        tx.record(by.workspace, RecordLine(ports.clock.now(), by.id, action, review_id))
        return shown

    shown = await ports.store.write(work)
    log.info("review looked after", extra={"facts": {**_facts(shown.review), "action": action, "by": by.id}})
    await show(ports, shown.review)
    return shown


def _changed(ports: Ports, tx: Transaction, before: Review, after: Review) -> ShownReview:
    if after != before:  # the cards of what is removed are called for no more, so that comes first
        tx.call_for_card(before, ports.clock.now())
        tx.change_review(after)
    return shown_in(ports, tx, after)


def _of_author(tx: Transaction, review_id: str, member: Member) -> Review:
    """A review of the member's own answer."""
    review = _review(tx, review_id, member)
    if review.author != member:
        raise NotYourReview
    return review


def _review(tx: Transaction, review_id: str, member: Member) -> Review:
    review = tx.review(member.workspace, review_id)
    if review is None or review.removed_at is not None:
        raise NoSuchReview
    return review


def _facts(review: Review) -> dict[str, object]:
    return {"workspace": review.workspace.key, "review": review.id, "answer": review.answer}
