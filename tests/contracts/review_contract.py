"""What every chat does with reviews; each test gets a `world`, which `test_reviews.py` makes.

ada, who joins first, is a manager; ben answers, cyd reviews. The bank is that of `tests/chat/world`.
"""

import asyncio

import pytest

from tests.contracts.chat_world import LANDING, Seen, World
from tests.fakes import Outcome

BENS = "What ben has to say is something else."
NEWER = "What ben has to say now, with a number: 4,000 a second."
CYDS = "And cyd has an answer in other words."
REVIEW = {
    "structure": "4",
    "substance": "3",
    "covered": "1",
    "strong": "The load is counted before anything is drawn.",
    "change": "Name the weak spot, and say what fails first.",
}
OTHER = {**REVIEW, "structure": "2", "strong": "It begins with what users need."}
REFUSED = "That did not work."
UNSETTLED = LANDING.total_seconds() + 120


async def answered(world: World) -> None:
    """ada has asked, ben has answered, and cyd is there."""
    for name in ("ada", "ben", "cyd"):
        await world.join(name)
    await world.say("ada", "/question backend")
    await world.say("ben", BENS)


async def review(world: World, name: str = "cyd", values: dict[str, str] = REVIEW) -> None:
    """Somebody reviews ben's answer."""
    await world.review_message(name, "ben", BENS)
    assert await world.fill(name, values) is None


async def cards(world: World, name: str = "ada") -> list[Seen]:
    """The reviews that somebody sees."""
    titles = ("Peer review", "A review waits", "A review was removed")
    return [seen for seen in await world.sees(name) if seen.author is None and seen.title in titles]


async def newest(world: World, name: str) -> Seen:
    return (await world.sees(name))[-1]


async def texts(world: World, name: str) -> str:
    return "\n".join(seen.text for seen in await world.sees(name))


@pytest.mark.parametrize("watcher", ["ada", "ben", "cyd"])
async def test_a_review_appears_in_the_thread_for_all_and_its_author_is_thanked(
    world: World, watcher: str
) -> None:
    await answered(world)
    await review(world)
    (card,) = await cards(world, watcher)
    assert "cyd reviewed ben’s answer." in card.text and "Key points covered: 1 of 2" in card.text
    assert "4 of 5" in card.text and "3 of 5" in card.text
    assert REVIEW["strong"] in card.text and REVIEW["change"] in card.text
    await world.press("ben", "Thanks")
    assert (await newest(world, "ben")).title == "You said thanks."
    (card,) = await cards(world, watcher)
    assert "ben says thanks." in card.text
    await world.say("ada", "/board")
    assert "1 review" in (await newest(world, "ada")).text


@pytest.mark.bad_input(103)
async def test_nobody_reviews_their_own_answer(world: World) -> None:
    await answered(world)
    await world.review_message("ben", "ben", BENS)
    assert (await newest(world, "ben")).title == REFUSED
    assert await cards(world) == []


@pytest.mark.bad_input(104)
async def test_a_second_review_of_the_same_member_amends_the_first(world: World) -> None:
    await answered(world)
    await review(world)
    await world.review_message("cyd", "ben", BENS)
    assert world.preset("cyd") == REVIEW
    assert await world.fill("cyd", OTHER) is None
    (card,) = await cards(world)
    assert OTHER["strong"] in card.text and REVIEW["strong"] not in card.text


async def test_two_reviewers_at_once_have_a_card_each(world: World) -> None:
    await answered(world)
    await world.review_message("cyd", "ben", BENS)
    await world.review_message("ada", "ben", BENS)
    await asyncio.gather(world.fill("cyd", REVIEW), world.fill("ada", OTHER))
    await world.ring()
    found = await cards(world)
    assert len(found) == 2
    assert {"cyd reviewed" in card.text for card in found} == {True, False}


async def test_a_review_of_too_few_words_comes_back_and_keeps_nothing(world: World) -> None:
    await answered(world)
    await world.review_message("cyd", "ben", BENS)
    sentence = await world.fill("cyd", {**REVIEW, "strong": "Good."})
    assert sentence is not None and "sentence" in sentence
    assert await cards(world) == []


@pytest.mark.bad_input(59)
async def test_an_answer_that_was_edited_after_its_review_says_so(world: World) -> None:
    await answered(world)
    await review(world)
    await world.edit("ben", BENS, NEWER)
    await world.ring()
    (card,) = await cards(world)
    assert "The answer was changed after this review." in card.text
    await world.review_message("cyd", "ben", NEWER)
    assert await world.fill("cyd", OTHER) is None
    (card,) = await cards(world)
    assert "changed after" not in card.text


@pytest.mark.bad_input(53)
async def test_a_review_may_come_before_its_answer_was_heard(world: World) -> None:
    for name in ("ada", "ben", "cyd"):
        await world.join(name)
    await world.say("ada", "/question backend")
    await world.write_unheard("ben", BENS)
    await review(world)
    await world.deliver_unheard()
    await world.ring()
    assert len(await cards(world)) == 1
    await world.press("ben", "Answer")
    assert world.preset("ben") == {"text": BENS}
    await world.say("ben", "/streak")
    assert (await newest(world, "ben")).title == "Streak: 1 day"


async def test_what_was_withdrawn_while_the_form_was_open_is_not_reviewed(world: World) -> None:
    await answered(world)
    await world.review_message("cyd", "ben", BENS)
    await world.press("ben", "Withdraw")
    await world.fill("cyd", REVIEW)
    assert (await newest(world, "cyd")).title == REFUSED
    await world.ring()
    assert await cards(world) == []


async def test_the_review_of_an_answer_that_is_deleted_keeps_the_reviewers_words(world: World) -> None:
    await answered(world)
    await review(world)
    await world.delete("ben", BENS)
    await world.ring()
    (card,) = await cards(world)
    assert "The answer was removed." in card.text and REVIEW["strong"] in card.text


async def test_old_buttons_work_after_a_restart(world: World) -> None:
    await answered(world)
    await review(world)
    await world.restart()
    await world.press("ben", "Thanks")
    assert (await newest(world, "ben")).title == "You said thanks."
    assert "ben says thanks." in (await cards(world))[0].text
    await world.review_message("ada", "ben", BENS)
    assert await world.fill("ada", OTHER) is None
    assert len(await cards(world)) == 2


@pytest.mark.bad_input(102)
@pytest.mark.parametrize("name", ["ada", "cyd"])
async def test_only_the_author_thanks(world: World, name: str) -> None:
    await answered(world)
    await review(world)
    await world.press(name, "Thanks")
    assert (await newest(world, name)).title == REFUSED
    assert "says thanks" not in (await cards(world))[0].text


@pytest.mark.bad_input(104)
async def test_thanks_count_once_and_can_be_taken_back(world: World) -> None:
    await answered(world)
    await review(world)
    await world.press("ben", "Thanks")
    await world.press("ben", "Take back thanks")
    assert "says thanks" not in (await cards(world))[0].text
    await world.press("ben", "Thanks")
    assert (await cards(world))[0].text.count("says thanks") == 1


async def test_a_flag_and_its_reason_are_for_managers(world: World) -> None:
    await answered(world)
    await review(world)
    await world.press("ben", "Flag")
    assert await world.fill("ben", {"reason": "It is about somebody else’s answer."}) is None
    reason = "somebody else’s answer"
    assert reason not in await texts(world, "cyd") and reason not in await texts(world, "ada")
    await world.say("cyd", "/review log")
    assert "is for managers" in (await newest(world, "cyd")).text
    await world.say("ada", "/review log")
    assert reason in (await newest(world, "ada")).text
    await world.press("ada", "Remove the review")
    (card,) = await cards(world)
    assert card.title == "A review was removed" and REVIEW["strong"] not in await texts(world, "cyd")


@pytest.mark.parametrize("outcome", [Outcome.LOST, Outcome.ANSWER_LOST])
@pytest.mark.parametrize("restart", [False, True])
async def test_a_card_of_unknown_outcome_ends_as_one(world: World, outcome: Outcome, restart: bool) -> None:
    await answered(world)
    world.next_review(outcome)
    await review(world)
    assert len(await cards(world)) == (outcome is Outcome.ANSWER_LOST)
    await world.advance(seconds=UNSETTLED)
    await (world.restart() if restart else world.ring())
    await world.ring()
    await world.ring()
    assert len(await cards(world)) == 1
    await world.press("ben", "Thanks")
    assert "ben says thanks." in (await cards(world))[0].text


async def test_the_next_answer_to_review_is_given_once(world: World) -> None:
    await answered(world)
    await world.say("cyd", "/review next")
    task = await newest(world, "cyd")
    assert BENS in task.text and task.labels == ("Write a review",)
    await world.press("cyd", "Write a review")
    assert await world.fill("cyd", REVIEW) is None
    assert len(await cards(world)) == 1
    await world.say("cyd", "/review next")
    assert (await newest(world, "cyd")).title == REFUSED
    await world.say("ben", "/review mine")
    assert "Structure 4, Substance 3" in (await newest(world, "ben")).text


async def test_the_question_has_a_button_for_its_answers(world: World) -> None:
    await answered(world)
    await world.press("cyd", "Review")
    assert BENS in (await newest(world, "cyd")).text
    await world.press("ben", "Review")
    assert (await newest(world, "ben")).title == REFUSED


async def test_whoever_answers_hears_quietly_what_waits(world: World) -> None:
    await answered(world)
    await world.say("cyd", CYDS)
    told = next(seen for seen in reversed(await world.sees("cyd")) if seen.title.startswith("Kept"))
    alone = world.private_acknowledgements  # what all read tells nothing that is for its author only
    assert ("1 answer waits for a review." in told.text) is ("Review one" in told.labels) is alone


async def test_with_give_to_get_a_review_opens_after_ones_own(world: World) -> None:
    await answered(world)
    await world.say("ada", "/review settings give:1 days:2")
    await review(world)
    (card,) = await cards(world)
    assert card.title == "A review waits" and REVIEW["strong"] not in await texts(world, "ben")
    await world.say("cyd", CYDS)
    await world.review_message("ben", "cyd", CYDS)
    assert await world.fill("ben", OTHER) is None
    await world.ring()
    assert REVIEW["strong"] in await texts(world, "ben")


async def test_with_give_to_get_nobody_waits_longer_than_the_fallback(world: World) -> None:
    await answered(world)
    await world.say("ada", "/review settings give:1 days:2")
    await review(world)
    await world.advance(days=1, hours=23)
    await world.ring()
    assert (await cards(world))[0].title == "A review waits"
    await world.advance(hours=1)
    await world.ring()
    assert (await cards(world))[0].title == "Peer review"


async def test_a_peer_without_a_name_is_known_to_managers_only(world: World) -> None:
    await answered(world)
    await world.say("ada", "/review settings names:peer")
    await review(world)
    (card,) = await cards(world, "ben")
    assert "A peer reviewed ben’s answer." in card.text and "cyd" not in card.text
    await world.say("ada", "/review settings names:named")
    await world.ring()
    assert "cyd" not in (await cards(world, "ben"))[0].text
    await world.say("ada", "/review log")
    assert "cyd" in (await newest(world, "ada")).text


@pytest.mark.bad_input(69, 70)
async def test_a_reviewer_who_has_their_data_deleted_leaves_no_word(world: World) -> None:
    await answered(world)
    await review(world)
    await world.say("cyd", "/privacy delete")
    await world.press("cyd", "Delete everything")
    await world.ring()
    (card,) = await cards(world, "ben")
    assert card.title == "A review was removed" and REVIEW["strong"] not in await texts(world, "ben")


@pytest.mark.bad_input(70)
async def test_an_author_who_has_their_data_deleted_while_the_form_is_open(world: World) -> None:
    await answered(world)
    await review(world, "ada", OTHER)
    await world.review_message("cyd", "ben", BENS)
    await world.say("ben", "/privacy delete")
    await world.press("ben", "Delete everything")
    await world.fill("cyd", REVIEW)
    assert (await newest(world, "cyd")).title == REFUSED
    await world.ring()
    (card,) = await cards(world, "cyd")
    assert "The answer was removed." in card.text and OTHER["strong"] in card.text and "ben" not in card.text


async def test_two_answers_are_compared_and_ranked(world: World) -> None:
    await answered(world)
    await world.say("cyd", CYDS)
    await world.say("ada", "/compare")
    pair = await newest(world, "ada")
    assert BENS in pair.text and CYDS in pair.text
    stronger = "first" if pair.text.index(BENS) < pair.text.index(CYDS) else "second"
    await world.press("ada", "Say which is stronger")
    assert (
        await world.fill("ada", {"stronger": stronger, "why": "It names a number and what follows."}) is None
    )
    told = (await newest(world, "ada")).text
    assert "Place 1: ben, stronger in 1 of 1" in told and "cyd" not in told and "Yours" not in told
    assert "It names a number and what follows." in told
    await world.say("cyd", "/review ranking")
    assert "Yours: place " in (await newest(world, "cyd")).text
    await world.say("ben", "/compare")
    assert (await newest(world, "ben")).title == REFUSED


async def test_reminders_come_to_those_who_asked_and_at_most_three_times(world: World) -> None:
    await answered(world)
    await world.say("cyd", CYDS)
    await world.say("cyd", "/review remind on")
    for _ in range(40):
        await world.advance(hours=6)
        await world.ring()
    title = "1 answer waits for a review."
    assert [seen.title for seen in await world.sees("cyd")].count(title) == 3
    assert title not in [seen.title for seen in await world.sees("ada")]
