"""Reviews where all see them: the card in the thread, and what asks for one."""

from bot.chat.cards import Block, Bullets, Button, Card, Facts, Heading, Note, Part, Quote, Text
from bot.chat.wording import buttons, scores
from bot.chat.wording.times import count, moment
from bot.domain.places import Member
from bot.domain.reviews import Review, ReviewState, missed
from bot.practice.outcomes import ShownReview

_POINT = 110
"""Characters of a missed key point, as the card stands among what people say."""


def review_card(shown: ShownReview) -> Card:
    """A review as it stands in its thread."""
    match shown.state:
        case ReviewState.SHOWN:
            return _whole(shown)
        case ReviewState.HELD:
            return _held(shown)
        case ReviewState.REMOVED:
            return _removed(shown.review)


def reviewer(review: Review) -> Part:
    """Who reviewed, as the group may know it; begins a sentence."""
    return review.reviewer if review.named and review.reviewer is not None else "A peer"


def whose(review: Review) -> tuple[Part, ...]:
    """`ben’s answer`, or `an answer` once its author is forgotten."""
    return (review.author, "’s answer") if review.author is not None else ("an answer",)


def _whole(shown: ShownReview) -> Card:
    review, draft = shown.review, shown.review.draft
    blocks: list[Block] = [
        Text((reviewer(review), " reviewed ", *whose(review), ".")),
        Facts((*scores.pairs(draft, shown.rubric), *_covered(shown))),
    ]
    left_out = _missed(shown)
    if left_out:
        blocks += [Heading("Key points to add"), Bullets(left_out)]
    blocks += texts(draft.strong, draft.change)
    if shown.answer is None:
        blocks.append(Note("The answer was removed. What you read here is its reviewer’s own."))
    elif shown.changed:
        blocks.append(Note("The answer was changed after this review."))
    if review.thanked_at is not None:
        blocks.append(Text((review.author or "The author", " says thanks.")))
    return Card("Peer review", tuple(blocks), _pressable(review))


def texts(strong: str, change: str) -> list[Block]:
    """The two texts of a review, as they were written."""
    return [Heading("What was strong"), Quote(strong), Heading("What to change"), Quote(change)]


def _covered(shown: ShownReview) -> tuple[tuple[str, str], ...]:
    of = len(scores.points(shown.round.question))
    if not of:
        return ()
    covered = sum(point < of for point in shown.review.draft.covered)
    return (("Key points covered", f"{covered} of {of}"),)


def _missed(shown: ShownReview) -> tuple[Text, ...]:
    known = scores.points(shown.round.question)
    return tuple(
        Text((scores.point(known[at], _POINT),))
        for at in missed(shown.review, shown.round.question)
        if at < len(known)
    )


def _pressable(review: Review) -> tuple[Button, ...]:
    """What the author may do with it; nobody, once the author is forgotten."""
    if review.author is None:
        return ()
    names = (buttons.FLAG,) if review.thanked_at is not None else (buttons.THANK, buttons.FLAG)
    return tuple(buttons.button(name, review.id) for name in names)


def _held(shown: ShownReview) -> Card:
    review = shown.review
    return Card(
        "A review waits",
        (
            Text((reviewer(review), " reviewed ", *whose(review), ".")),
            Text((review.author or "Its author", " can read it ", until_given(shown, zone_of(shown)))),
        ),
        (buttons.button(buttons.REVIEW_NEXT, ""),),
    )


def until_given(shown: ShownReview, zone: str, who: str = "they have") -> str:
    """`once they have given 2 more reviews, or on Thu 26 Nov 2026, 09:00 (UTC) whatever happens.`"""
    latest = f", or on {moment(shown.opens_at, zone)} whatever happens" if shown.opens_at is not None else ""
    return f"once {who} given {count(shown.to_give, 'more review')}{latest}."


def zone_of(shown: ShownReview) -> str:
    """The zone that a card which all read tells times in: the answer's; never the reviewer's, who may have no name."""
    return shown.answer.zone if shown.answer is not None else "UTC"


def _removed(review: Review) -> Card:
    if review.reviewer is not None:
        told = "A manager removed it."
    else:
        told = "Its reviewer had their data deleted, and their words went with it."
    return Card("A review was removed", (Text((told,)),))


def waiting_text(waiting: int) -> str:
    """`2 answers wait for a review.`"""
    return f"{count(waiting, 'answer')} {'waits' if waiting == 1 else 'wait'} for a review."


def answered_card(member: Member, answer_id: str) -> Card:
    """Under an answer, for all; the name is a part of its own, so that it goes when the member's data is deleted."""
    told = Text((member, " answered."))
    return Card("An answer to review", (told,), (buttons.button(buttons.REVIEW, answer_id),))


def reminder_card(waiting: int) -> Card:
    """The reminder that a member asked for."""
    return Card(
        waiting_text(waiting),
        (
            Text(("A few minutes of yours help somebody forward.",)),
            Note("You asked to be reminded. /review remind off ends it."),
        ),
        (buttons.button(buttons.REVIEW_NEXT, ""),),
    )
