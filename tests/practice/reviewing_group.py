"""A group that reviews: answers, reviews and their cards."""

from bot.domain.places import Member
from bot.domain.reviews import Draft, ReviewRules
from bot.domain.rounds import Answer, Round
from bot.practice import reviewing
from bot.practice.outcomes import ShownReview
from bot.practice.ports import Rules
from tests.practice.group import BEN, CLEO, Group, group

DRAFT = Draft((4, 3), (0,), "It counts before it draws.", "Say what fails first, and why.")
OTHER = Draft((2, 5), (0, 1), "A number in every step of it.", "The end could come sooner than it does.")


async def answered(own: Group, author: Member = BEN) -> tuple[Round, Answer]:
    """A round with an answer."""
    round_ = await own.asked()
    kept = await own.replied(round_, author)
    assert kept.answer is not None
    return round_, kept.answer


async def given(own: Group, answer: Answer, by: Member = CLEO, draft: Draft = DRAFT) -> str:
    """A review's id."""
    found = await reviewing.give(own.ports, answer.id, by, draft, own.clock.now())
    return found.shown.review.id


def seen(own: Group) -> ShownReview:
    """The first card, as it was drawn last."""
    return own.chat.world.reviews[0].shown


def reviewing_group(**rules: object) -> Group:
    """A group that reviews by these rules."""
    base = ReviewRules(**rules)  # type: ignore[arg-type]
    return group(rules=Rules("UTC", reviews=base))
