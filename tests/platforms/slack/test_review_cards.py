"""The card of a review stands in its thread once, by its mark, whatever goes wrong on the way."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.slack import web_api
from bot.chat.slack.marks import REVIEW as KIND
from bot.chat.slack.marks import marker_of
from bot.domain.reviews import Review
from bot.practice.outcomes import ShownReview
from bot.practice.ports import OutcomeUnknown, PostRefused
from bot.practice.showing import shown_in
from tests.platforms.slack.conftest import ANSWER, OTHER, REVIEW, Watched
from tests.platforms.slack.fake_faults import CutJson, Late, Limited, Refused, Reset, Silence, Status
from tests.platforms.slack.fake_state import BOT_USER, Json, Said

POST, UPDATE, REPLIES = "chat.postMessage", "chat.update", "conversations.replies"
LANDED = {"minutes": 3}


async def one_card(world: Watched) -> Said:
    """The end state: one card, which the review knows, and nothing left to draw."""
    (card,) = world.cards()
    review = await world.review()
    assert (review.message, review.due_at) == (card.ts, None)
    return card


async def settled(world: Watched) -> None:
    """Let the timer ring until nothing can land any more."""
    for _ in range(3):
        await world.advance(**LANDED)
        await world.ring()


async def shown_again(world: Watched, review: Review) -> str:
    """Draw a review's card, straight through the port; gives the message's id."""
    return await world.platform.outgoing.show_review(await shown_of(world, review))


async def shown_of(world: Watched, review: Review) -> ShownReview:
    """A review as it stands."""
    return await world.store.read(lambda tx: shown_in(world.ports, tx, review))


async def test_the_card_stands_in_the_thread_with_its_mark(world: Watched) -> None:
    round_ = await world.answered()
    review = await world.reviewed()
    card = await one_card(world)
    assert card.thread == round_.message and card.reader is None
    assert card.blocks[0]["block_id"] == f"review:{review.id}"
    assert card.metadata == {"event_type": "practice_review", "event_payload": {"review": review.id}}
    for name in ("ada", "ben", "cyd"):
        assert "Peer review" in world.titles(name)


async def test_thanks_draw_the_same_card_anew(world: Watched) -> None:
    await world.answered()
    review = await world.reviewed()
    await world.press("ben", "Thanks")
    card = await one_card(world)
    assert "ben says thanks." in world.seen(card).text and card.ts == (await world.review()).message
    assert card.blocks[0]["block_id"] == f"review:{review.id}" and card.metadata is not None
    assert len([one for one in world.slack.called(POST) if one.get("metadata") == card.metadata]) == 1
    await world.press("ben", "Take back thanks")
    assert "says thanks" not in world.seen(await one_card(world)).text


@pytest.mark.bad_input(75)
@pytest.mark.parametrize(
    "fault",
    [Reset(False), Reset(True), CutJson(), Silence(True), Status(500, False), Status(503, True)],
    ids=str,
)
async def test_a_card_whose_answer_is_lost_is_found_by_its_mark_and_not_posted_twice(
    socket: Watched, fault: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await socket.answered()
    if isinstance(fault, Silence):
        await socket.end()
        monkeypatch.setattr(web_api, "TIMEOUT", 0.3)
        await socket.start()
    socket.slack.faults.next(POST, fault)
    review = await socket.reviewed()
    assert review.message is None and review.due_at is not None
    await settled(socket)
    await one_card(socket)


@pytest.mark.bad_input(76)
@pytest.mark.parametrize("restart", [False, True])
async def test_a_card_that_lands_late_is_adopted(socket: Watched, restart: bool) -> None:
    await socket.answered()
    socket.slack.faults.next(POST, Late(timedelta(seconds=45)))
    await socket.reviewed()
    assert socket.cards() == []
    await socket.advance(seconds=45)
    if restart:
        await socket.restart()
    await settled(socket)
    await one_card(socket)


@pytest.mark.bad_input(76)
async def test_of_two_cards_of_one_review_the_younger_is_removed(socket: Watched) -> None:
    await socket.answered()
    socket.slack.faults.next(POST, Late(timedelta(seconds=2000)))
    await socket.reviewed()
    await settled(socket)
    bound = await one_card(socket)
    await socket.advance(seconds=2000)  # the first request lands after all
    assert len(socket.cards()) == 2
    await socket.settled()
    assert await one_card(socket) == bound


@pytest.mark.bad_input(76)
async def test_of_two_cards_that_are_found_the_older_is_the_one(socket: Watched) -> None:
    await socket.answered()
    review = await socket.reviewed()
    (card,) = socket.cards()
    twin = replace(card, ts=socket.there.ts())
    for messages in ([twin, card], [card, twin]):
        socket.there.messages = [one for one in socket.there.messages if one not in messages] + messages
        found = await socket.platform.outgoing.find_review(await shown_of(socket, review))
        assert found == card.ts
    socket.there.messages.remove(twin)


@pytest.mark.bad_input(77)
@pytest.mark.parametrize("fault", [Limited("3600"), Status(500), Reset(), Refused("internal_error")], ids=str)
async def test_no_card_is_posted_again_while_the_look_up_fails(socket: Watched, fault: Any) -> None:
    await socket.answered()
    socket.slack.faults.next(POST, Reset(True))
    socket.slack.faults.always(REPLIES, fault)
    await socket.reviewed()
    posts = len(socket.slack.called(POST))
    await settled(socket)
    assert len(socket.slack.called(POST)) == posts and len(socket.cards()) == 1
    socket.slack.faults.always(REPLIES, None)
    await socket.advance(hours=1)
    await socket.ring()
    await one_card(socket)


@pytest.mark.bad_input(78)
async def test_a_card_is_found_beyond_the_first_pages_of_its_thread(socket: Watched) -> None:
    round_ = await socket.answered()
    socket.slack.faults.next(POST, Late(timedelta(seconds=30)))
    await socket.reviewed()
    for number in range(450):
        socket.people.write("U0ADA", socket.channel.id, f"chatter {number}", round_.message)
    await socket.advance(seconds=30)
    await settled(socket)
    await one_card(socket)
    (first, *_) = [one for one in socket.slack.called(REPLIES) if one.get("include_all_metadata")]
    assert len(socket.slack.called(REPLIES)) >= 3 and first["ts"] == round_.message


@pytest.mark.bad_input(74)
async def test_a_short_429_is_waited_for_and_a_long_one_puts_the_card_off(socket: Watched) -> None:
    await socket.answered()
    socket.slack.faults.next(POST, Limited("0"))
    await socket.reviewed()
    await one_card(socket)
    socket.slack.faults.next(UPDATE, Limited("0"), None, Limited("3600"))
    await socket.press("ben", "Thanks")
    assert "says thanks" in socket.seen(await one_card(socket)).text
    await socket.press("ben", "Take back thanks")
    assert "says thanks" in socket.seen(socket.cards()[0]).text
    updates = len(socket.slack.called(UPDATE))
    await socket.advance(minutes=5)
    await socket.ring()
    assert len(socket.slack.called(UPDATE)) == updates, "nothing is asked while Slack said to wait"
    await socket.advance(hours=1)
    await socket.ring()
    assert "says thanks" not in socket.seen(await one_card(socket)).text


async def test_a_card_that_somebody_deleted_is_not_posted_again(world: Watched) -> None:
    await world.answered()
    review = await world.reviewed()
    (card,) = world.cards()
    world.there.messages.remove(card)
    await world.people.event(gone_of(world, card))
    await world.reviewed(strong="It begins with what users need, which is right.")
    await settled(world)
    kept = await world.review()
    assert world.cards() == [] and len(world.slack.called(UPDATE)) == 1
    assert (kept.id, kept.message, kept.due_at) == (review.id, card.ts, None)
    assert await shown_again(world, kept) == card.ts and world.cards() == []


def gone_of(world: Watched, card: Said) -> Json:
    """The event that tells of a deleted message."""
    return world.people.gone(card)


@pytest.mark.bad_input(62)
@pytest.mark.parametrize("gone", ["thread", "channel"])
async def test_where_its_thread_is_gone_a_lost_card_is_given_up(socket: Watched, gone: str) -> None:
    await socket.answered()
    socket.slack.faults.next(POST, Reset(False))
    assert (await socket.reviewed()).due_at is not None
    if gone == "channel":
        del socket.there.places[socket.channel.id]
    socket.there.messages.clear()
    await settled(socket)
    assert (await socket.review()).due_at is None
    calls = len(socket.slack.called(POST)) + len(socket.slack.called(REPLIES))
    await settled(socket)
    assert len(socket.slack.called(POST)) + len(socket.slack.called(REPLIES)) == calls
    socket.there.open_channel(socket.channel.id, "study")


@pytest.mark.bad_input(62)
@pytest.mark.parametrize("is_drawn", [False, True])
async def test_an_archived_channel_takes_no_card_and_the_review_is_kept(
    world: Watched, is_drawn: bool
) -> None:
    await world.answered()
    if is_drawn:
        await world.reviewed()
    await world.review_message("cyd", "ben", ANSWER)
    world.there.places[world.channel.id].archived = True
    assert (
        await world.fill("cyd", {**(await preset(world)), "strong": "It begins with what users need."})
        is None
    )
    review = await world.review()
    assert review.draft.strong == "It begins with what users need." and review.due_at is None
    calls = len(world.slack.called(POST)) + len(world.slack.called(UPDATE))
    await settled(world)
    assert len(world.slack.called(POST)) + len(world.slack.called(UPDATE)) == calls
    with pytest.raises(PostRefused) as refused:
        await shown_again(world, review)
    assert refused.value.channel_gone and refused.value.reason == "the channel is archived"


async def preset(world: Watched) -> dict[str, str]:
    """What cyd would send, with what stands in the form already."""
    return {**REVIEW, **{key: value for key, value in world.preset("cyd").items() if value}}


async def test_before_the_login_no_outcome_is_known(socket: Watched) -> None:
    await socket.answered()
    review = await socket.reviewed()
    shown = await shown_of(socket, review)
    await socket.end()
    socket.build()
    with pytest.raises(OutcomeUnknown):
        await socket.platform.outgoing.show_review(shown)
    await socket.start()


async def test_no_card_is_a_reply_and_nobody_elses_message_is_a_card(world: Watched) -> None:
    round_ = await world.answered()
    review = await world.reviewed()
    (card,) = world.cards()
    changed = world.people.changed(card, card.text)
    await world.people.event(changed)
    forged: Json = {"blocks": card.blocks, "metadata": card.metadata}
    world.people.write("U0ADA", world.channel.id, OTHER, round_.message, **forged)
    await world.restart()
    assert [one.reply.text for one in await world.replies()] == [ANSWER, OTHER]
    assert {one.member.id for one in await world.answers()} == {"U0BEN", "U0ADA"}
    identity = world.platform.outgoing.identity
    assert identity is not None
    told = [one.as_json(True) for one in world.there.messages if one.user != BOT_USER]
    assert [marker_of(identity, one, KIND) for one in told] == [None] * len(told)
    found = await world.platform.outgoing.find_review(await shown_of(world, review))
    assert found == card.ts == (await world.review()).message
