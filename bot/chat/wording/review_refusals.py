"""What the bot says when it says no about reviews and comparisons; `refusals` has them in its table."""

from collections.abc import Callable
from typing import Any

from bot.chat.wording.times import count, listed, said
from bot.domain import comparing, reviews
from bot.domain.refusals import Refusal
from bot.practice import calibrating, review_queue, review_rules


def bad_review(refusal: reviews.BadReview, _zone: str) -> str:
    """A part of a review, a flag or a comparison that cannot be."""
    if refusal.limit:
        return f"That has {refusal.length:,} characters. {refusal.limit} are the most here; the heart of it is enough."
    match refusal.part:
        case "scores.0" | "scores.1":
            return "Choose one of the scores from 1 to 5."
        case "covered":
            return "Tick key points from the list, or none."
        case "stronger":
            return "Choose the first or the second."
        case "reason":
            return "Say in a few words what is wrong, so that a manager can judge."
        case _:
            return "Say it in a whole sentence, so that it helps."


def nothing_waits(refusal: review_queue.NothingWaits, _zone: str) -> str:
    """No answer is there to be given to the member."""
    if not refusal.passed:
        return "No answer waits for a review of yours now. Look again later, or take a gold answer: /review gold."
    had = f"{count(refusal.passed, 'answer')} that you were given before {'is' if refusal.passed == 1 else 'are'}"
    return f"No new answer waits for a review of yours. {had} still open: /review mine."


def bad_rule(refusal: review_rules.BadRule, _zone: str) -> str:
    """A value that a setting of reviews cannot have."""
    if refusal.option in review_rules.BOUNDS:
        wanted = f"a number from {' to '.join(refusal.known)}"
    else:
        wanted = listed(refusal.known, "or")
    return f"“{refusal.option}” cannot be {said(refusal.text)}. Choose {wanted}."


def _always(text: str) -> Callable[[Any, str], str]:
    return lambda _refusal, _zone: text


REVIEW_SENTENCES: dict[type[Refusal], Callable[[Any, str], str]] = {
    reviews.OwnAnswer: _always("That answer is your own. /review next gives you somebody else’s."),
    reviews.AnswerWithdrawn: _always("That answer was taken back. /review next gives you another one."),
    reviews.AccountClosed: _always(
        "Whoever wrote that answer is not here any more. /review next gives you another one."
    ),
    reviews.NoSuchReview: _always("I cannot find that review here; it may have been removed."),
    reviews.ReviewRemoved: _always(
        "A manager removed your review of this answer, so it cannot be given again."
    ),
    reviews.NotYourReview: _always("Only the author of the answer can do that."),
    reviews.NoRubric: _always(
        "No installed pack says how such answers are judged, so there is no form. A reply in the thread helps too."
    ),
    reviews.NotAnAnswer: _always(
        "That message is nobody’s answer. Choose this on an answer in a question’s thread, or type /review next."
    ),
    reviews.BadReview: bad_review,
    comparing.NoSuchPair: _always("I cannot find these two answers any more. /compare shows two others."),
    comparing.OwnPair: _always("One of the two is your own. /compare shows two of others."),
    comparing.NothingToCompare: _always(
        "There are no two answers to one question that you could still compare. Look again when there are more."
    ),
    review_queue.NothingWaits: nothing_waits,
    review_queue.EnoughForToday: lambda r, _z: (
        f"You were given {count(r.most, 'answer')} today, and that is enough for one day. Thank you; more tomorrow."
    ),
    review_rules.BadRule: bad_rule,
    calibrating.NoSuchGold: _always(
        "That gold answer is no longer installed. /review gold gives you another one."
    ),
    calibrating.NoGoldLeft: _always(
        "You have reviewed every gold answer there is. /review mine shows how close your scores are to ours."
    ),
}
