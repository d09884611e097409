"""The buttons and forms of peer review: what a press does and what a filled-in form does.

They are entries of `actions.ACTIONS`. A value proves nothing: each press and each form asks the use case again.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.chat.calls import Action, Caller, FieldError, Filled, MessageAction, NotManager, Outcome, Response
from bot.chat.cards import Card
from bot.chat.wording import buttons, calibrating, comparing, overseeing, refusals, reviewing, starring
from bot.chat.wording import reviewing_forms as forms
from bot.chat.wording.questions import track_title
from bot.domain.reviews import BadReview, NotAnAnswer
from bot.domain.rounds import Reply
from bot.practice import calibrating as gold
from bot.practice import comparing as pairs
from bot.practice import review_queue
from bot.practice import reviewing as reviews
from bot.practice import starring as stars
from bot.practice.outcomes import Task

Kept = TypeVar("Kept")


def task_card(caller: Caller, task: Task) -> Response:
    """What the caller reviews next, for their eyes only."""
    return Response(reviewing.task_card(task, track_title(caller.bank, task.question.track)))


async def _open_review(caller: Caller, value: str) -> Outcome:
    """The form is of the version that was read: the present one, or that of the form which is opened again."""
    answer_id, read = forms.reviewed_of(value)
    about = await reviews.open_review(caller.ports, answer_id, caller.member)
    earlier = about.earlier.draft if about.earlier is not None else None
    present = about.answer.version
    version = min(read, present) if read is not None else present
    return forms.review_form(answer_id, version, about.round.question, about.rubric, earlier)


async def _send_review(caller: Caller, value: str, filled: Filled) -> Outcome:
    answer_id, version = forms.reviewed_of(value)
    draft = forms.draft_of(filled.fields)
    given = reviews.give(caller.ports, answer_id, caller.member, draft, filled.at, version)
    return await _kept(given, reviewing.given_card)


async def _kept(keeping: Awaitable[Kept], card: Callable[[Kept], Card]) -> Outcome:
    """What a form gives is kept and told; or the form goes back with the sentence at the field that cannot be."""
    try:
        kept = await keeping
    except BadReview as refusal:
        return FieldError(forms.field_of(refusal), refusals.sentence(refusal))
    return Response(card(kept))


async def _next_in_round(caller: Caller, round_id: str) -> Outcome:
    return task_card(caller, await review_queue.next_in_round(caller.ports, caller.member, round_id))


async def _next(caller: Caller, _value: str) -> Outcome:
    return task_card(caller, await review_queue.next_task(caller.ports, caller.member, caller.channel))


async def _star(caller: Caller, answer_id: str) -> Outcome:
    return Response(starring.star_card(*await stars.star(caller.ports, answer_id, caller.member)))


async def _thank(caller: Caller, review_id: str) -> Outcome:
    await reviews.thank(caller.ports, review_id, caller.member)
    return Response(reviewing.thanked_card(review_id))


async def _unthank(caller: Caller, review_id: str) -> Outcome:
    await reviews.unthank(caller.ports, review_id, caller.member)
    return Response(reviewing.unthanked_card(review_id))


async def _open_flag(caller: Caller, review_id: str) -> Outcome:
    await reviews.open_flag(caller.ports, review_id, caller.member)
    return forms.flag_form(review_id)


async def _flag(caller: Caller, review_id: str, filled: Filled) -> Outcome:
    reason = filled.fields.get(forms.REASON, "")
    flagged = reviews.flag(caller.ports, review_id, caller.member, reason)
    return await _kept(flagged, lambda _shown: reviewing.flagged_card())


async def _dismiss(caller: Caller, review_id: str) -> Outcome:
    _managers_only(caller)
    await reviews.dismiss(caller.ports, review_id, caller.member)
    return await _log(caller, overseeing.KEPT)


async def _remove(caller: Caller, review_id: str) -> Outcome:
    _managers_only(caller)
    await reviews.remove(caller.ports, review_id, caller.member)
    return await _log(caller, overseeing.REMOVED)


async def _log(caller: Caller, done: str) -> Outcome:
    return Response(overseeing.log_card(await reviews.log_of(caller.ports, caller.member), done))


def _managers_only(caller: Caller) -> None:
    """Asked again at every press: a card may be older than a role."""
    if not caller.is_manager:
        raise NotManager("review log")


async def _open_gold(caller: Caller, gold_id: str) -> Outcome:
    _, question, rubric = await gold.open_gold(caller.ports, gold_id, caller.member)
    return forms.gold_form(gold_id, question, rubric)


async def _send_gold(caller: Caller, gold_id: str, filled: Filled) -> Outcome:
    draft = forms.draft_of(filled.fields)
    done = gold.give_gold(caller.ports, gold_id, caller.member, draft, filled.at)
    return await _kept(done, calibrating.calibrated_card)


async def _open_comparison(caller: Caller, value: str) -> Outcome:
    await pairs.open_pair(caller.ports, value, caller.member)
    return forms.compare_form(value)


async def _compare(caller: Caller, value: str, filled: Filled) -> Outcome:
    stronger, why = (filled.fields.get(name, "") for name in (forms.STRONGER, forms.WHY))
    voted = pairs.vote(caller.ports, value, caller.member, stronger, why, filled.at)
    return await _kept(voted, lambda found: comparing.ranking_card(found, caller.member, voted=True))


async def _review_message(caller: Caller, reply: Reply | None) -> Outcome:
    if reply is None:
        raise NotAnAnswer
    return await _open_review(caller, await reviews.answer_at(caller.ports, reply, caller.member))


REVIEW_MESSAGE = MessageAction(
    buttons.REVIEW_MESSAGE, buttons.OF_MESSAGES[buttons.REVIEW_MESSAGE], _review_message
)
"""What opens the review form for the answer of a message's author, on platforms that have a menu for messages."""

REVIEW_ACTIONS = (
    Action(buttons.REVIEW, buttons.LABELS[buttons.REVIEW], _open_review, _send_review),
    Action(buttons.REVIEW_ROUND, buttons.LABELS[buttons.REVIEW_ROUND], _next_in_round),
    Action(buttons.REVIEW_NEXT, buttons.LABELS[buttons.REVIEW_NEXT], _next),
    Action(buttons.STAR, buttons.LABELS[buttons.STAR], _star),
    Action(buttons.THANK, buttons.LABELS[buttons.THANK], _thank),
    Action(buttons.UNTHANK, buttons.LABELS[buttons.UNTHANK], _unthank),
    Action(buttons.FLAG, buttons.LABELS[buttons.FLAG], _open_flag, _flag),
    Action(buttons.DISMISS, buttons.LABELS[buttons.DISMISS], _dismiss),
    Action(buttons.REMOVE_REVIEW, buttons.LABELS[buttons.REMOVE_REVIEW], _remove),
    Action(buttons.GOLD, buttons.LABELS[buttons.GOLD], _open_gold, _send_gold),
    Action(buttons.COMPARE, buttons.LABELS[buttons.COMPARE], _open_comparison, _compare),
)
"""The actions of reviews, gold answers and comparisons."""
