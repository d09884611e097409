"""The cards of reviews in their threads: drawn when something changed, once each, by claim, draw, note.

A review's row says when its card is due. Whoever draws it moves that on first, by the lease, so that nobody else does
meanwhile; a first drawing of unknown outcome is looked for by its mark before it is posted again.
"""

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.questions import Rubric
from bot.domain.reviews import Review, ReviewState, changed_since, opens_at
from bot.domain.rounds import Answer, Round
from bot.practice.outcomes import ShownReview
from bot.practice.ports import LookupFailed, OutcomeUnknown, Ports, PostRefused, StoreUnavailable
from bot.practice.records import Transaction
from bot.practice.review_rules import rules_in

log = logging.getLogger(__name__)

AT_ONCE = 50
"""Cards that one ring draws."""
TRIED_AGAIN, TRIED_FOR = timedelta(hours=1), timedelta(days=7)
"""A card that a missing right forbade is tried again after so long, as long as its review is not older than that."""


async def show_due(ports: Ports) -> int:
    """Draw every card that is due; gives how many were drawn. What fails is due again. Raises StoreUnavailable."""
    now = ports.clock.now()
    due = await ports.store.read(lambda tx: tx.due_reviews(now, ports.platforms, AT_ONCE))
    drawn = 0
    for review in due:
        if ports.clock.now() - now >= ports.rules.lease:
            break  # the next ring goes on; what is left is due still
        drawn += await show(ports, review)
    return drawn


async def show(ports: Ports, review: Review) -> bool:
    """Draw one review's card, if it is due; gives whether it was drawn. What fails is due again; never raises.

    What the card is about is on disk, so its fault is neither the reviewer's nor the next card's.
    """
    try:
        return await _show(ports, review)
    except StoreUnavailable as fault:
        log.warning("review not drawn", extra={"facts": {**_facts(review), "fault": str(fault)}})
    except Exception:
        log.exception("review not drawn", extra={"facts": _facts(review)})
    return False


async def _show(ports: Ports, review: Review) -> bool:
    claimed = await _claimed(ports, review)
    if claimed is None:
        return False
    shown, lease_until, until = claimed
    try:
        async with asyncio.timeout((lease_until - ports.clock.now()).total_seconds()):
            shown = await _found(ports, shown)
            message = await _drawn(ports, shown, lease_until)
    except PostRefused as refused:
        log.warning("review refused", extra={"facts": {**_facts(review), "reason": refused.reason}})
        await _refused(ports, shown, until, refused)
        return False
    except (OutcomeUnknown, LookupFailed, TimeoutError) as unknown:
        log.warning("review not drawn", extra={"facts": {**_facts(review), "fault": str(unknown)}})
        return False
    await _noted(ports, shown, until, message)
    return True


async def _claimed(ports: Ports, due: Review) -> tuple[ShownReview, datetime, datetime] | None:
    """Take a card over as it is now; gives when its request has to have ended, and by when one can have landed.

    What was seen to be due may have been changed since, or taken by somebody else.
    """
    now = ports.clock.now()

    def work(tx: Transaction) -> tuple[ShownReview, datetime, datetime] | None:
        review = tx.review(due.workspace, due.id)
        if review is None or review.due_at is None or review.due_at > now:
            return None
        shown = shown_in(ports, tx, review)
        lease_until = now + ports.rules.lease
        until = lease_until + ports.chat.landing(shown.round.channel)
        return (shown, lease_until, until) if tx.claim_showing(review, until) else None

    return await ports.store.write(work)


async def _found(ports: Ports, shown: ShownReview) -> ShownReview:
    """With the card of an earlier attempt, if that has landed."""
    if shown.review.message is not None or shown.review.attempts == 0:
        return shown
    return replace(shown, review=replace(shown.review, message=await ports.chat.find_review(shown)))


async def _drawn(ports: Ports, shown: ShownReview, lease_until: datetime) -> str | None:
    """Draw the card; one that nobody has seen and that has nothing to show is left out.

    This process may have stood still since the claim, and then somebody else draws.
    """
    if shown.review.message is None and shown.state is ReviewState.REMOVED:
        return None
    if ports.clock.now() >= lease_until:
        raise TimeoutError("the lease is over")
    return await ports.chat.show_review(shown)


async def _noted(ports: Ports, shown: ShownReview, until: datetime, message: str | None) -> None:
    def work(tx: Transaction) -> None:
        if _is_tombstone(shown):
            tx.forget_review(shown.review)
        else:
            is_open = shown.state is ReviewState.SHOWN
            now = ports.clock.now()
            tx.end_showing(shown.review, until, message, shown.opens_at, now, opened=is_open)

    await ports.store.write(work)


async def _refused(ports: Ports, shown: ShownReview, until: datetime, refused: PostRefused) -> None:
    """Note a definite no. What a missing right forbade is tried again, and so is whatever takes words away."""
    if refused.channel_gone:
        return await _noted(ports, shown, until, shown.review.message)
    now, again = ports.clock.now(), shown.opens_at
    if _is_tombstone(shown) or (refused.forbidden and now - shown.review.at < TRIED_FOR):
        again = now + TRIED_AGAIN
    message = shown.review.message
    await ports.store.write(lambda tx: tx.end_showing(shown.review, until, message, again, now))
    return None


def _is_tombstone(shown: ShownReview) -> bool:
    """Whether nothing is left of a review but its card."""
    return shown.state is ReviewState.REMOVED and shown.review.reviewer is None


def shown_in(ports: Ports, tx: Transaction, review: Review) -> ShownReview:
    """A review as it stands now, inside a transaction."""
    round_ = tx.round(review.workspace, review.round)
    answer = tx.answer_by_id(review.workspace, review.answer)
    assert round_ is not None, "a review has its round"
    rubric = rubric_for(ports, round_) or Rubric(round_.question.kind, ())
    standing = answer if answer is not None and answer.withdrawn_at is None else None
    state, opens, to_give = _state(ports, tx, review, answer)
    return ShownReview(
        review, round_, rubric, state, standing, changed_since(review, standing), opens, to_give
    )


def _state(
    ports: Ports, tx: Transaction, review: Review, answer: Answer | None
) -> tuple[ReviewState, datetime | None, int]:
    """How a review stands, and of a held one when it opens and how many its author has still to give.

    Withdrawing an answer opens nothing: it may come back.
    """
    if review.removed_at is not None:
        return ReviewState.REMOVED, None, 0
    rules = rules_in(ports, tx, review.workspace)
    if answer is None or rules.give == 0 or review.opened_at is not None:  # what was read is not hidden again
        return ReviewState.SHOWN, None, 0
    given = tx.given_since(answer.member, answer.at - rules.fallback)
    opens = opens_at(review, rules, given)
    if opens is None or opens <= ports.clock.now():
        return ReviewState.SHOWN, None, 0
    return ReviewState.HELD, opens, rules.give - given


def rubric_for(ports: Ports, round_: Round) -> Rubric | None:
    """What answers to a round's question are judged by: of its own pack, else of any pack that has one for its kind."""
    bank = ports.bank_for(round_.channel.workspace)
    every = (rubric for pack in bank.packs for rubric in pack.rubrics)
    return bank.rubric(round_.question) or next((r for r in every if r.kind is round_.question.kind), None)


def _facts(review: Review) -> dict[str, object]:
    return {"workspace": review.workspace.key, "review": review.id}
