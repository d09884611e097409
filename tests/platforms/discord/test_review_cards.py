"""Cards of reviews in a guild: where they stand, rights that lack, reminders, and members who leave."""

import copy
from dataclasses import replace

import pytest
from simcord.backend.models import Message

from bot.chat.discord import sentences
from bot.chat.discord.gateway import intents
from bot.domain.reviews import Review
from bot.practice.outcomes import ShownReview
from bot.practice.ports import LookupFailed, OutcomeUnknown, PostRefused
from bot.practice.showing import shown_in
from tests.contracts.discord_world import DiscordWorld
from tests.platforms.discord.happenings import (
    BENS,
    OTHER,
    asked,
    emit,
    event,
    member,
    newest_round,
    replies,
    requests,
)
from tests.platforms.discord.reading import pressed, raw_text, text_of
from tests.platforms.discord.test_review_presses import REFUSED, REVIEW, kept, reviewed
from tests.platforms.discord.test_rights import deny

HOSTILE = "@everyone <@1> <@&2> **see** https://example.org/a and more words"
DIRECT = "/channels/*/messages"


def card_of(world: DiscordWorld, review: Review) -> Message:
    """The card of a review, as it is kept."""
    assert review.message is not None
    found: Message = world.env.backend.messages[world.thread.id][int(review.message)]
    return found


async def shown(world: DiscordWorld, review: Review) -> ShownReview:
    return await world.store.read(lambda tx: shown_in(world.ports, tx, review))


async def now(world: DiscordWorld, review: Review) -> Review:
    found = await world.store.read(lambda tx: tx.review(review.workspace, review.id))
    assert found is not None
    return found


def titles(world: DiscordWorld) -> list[str]:
    """The titles of the bot's messages in the thread."""
    bot = world.env.backend.bot_user.id
    found = world.env.backend.messages[world.thread.id].values()
    return [text_of(one.components).split("\n")[0] for one in found if one.author_id == bot]


async def test_a_card_stands_under_the_answer_in_its_thread_and_is_changed_in_its_place(
    world: DiscordWorld,
) -> None:
    review = await reviewed(world)
    card = card_of(world, review)
    assert card.reference is not None
    assert int(card.reference["message_id"]) == world.said("ben", BENS).id
    assert pressed(card.components, "Thanks") == f"thank:{review.id}"
    await world.press("ben", "Thanks")
    after = card_of(world, await now(world, review))
    assert after.id == card.id and "says thanks." in text_of(after.components)
    assert titles(world).count("Peer review") == 1


async def test_nothing_that_a_reviewer_writes_pings_or_opens_anything(world: DiscordWorld) -> None:
    review = await reviewed(world)
    await world.review_message("cyd", "ben", BENS)
    assert await world.fill("cyd", {"strong": HOSTILE}) is None
    shown_as = raw_text(card_of(world, review).components)
    assert r"\@everyone \<\@1\> \<\@&2\> \*\*see\*\* https://example.org/a" in shown_as


@pytest.mark.bad_input(50)
async def test_the_threads_ear_drops_the_cards(world: DiscordWorld) -> None:
    review = await reviewed(world)
    card = card_of(world, review)
    await emit(world, "MESSAGE_CREATE", event(world, card))
    changed = event(world, card, edited_timestamp=world.clock.now().isoformat())
    await emit(world, "MESSAGE_UPDATE", changed)
    await world.restart()
    assert [one.reply.author for one in await replies(world, await newest_round(world))] == [
        member(world, "ben")
    ]


async def test_an_answer_by_form_has_its_review_in_the_thread_under_no_message(world: DiscordWorld) -> None:
    await world.join("cyd")
    await asked(world)
    await world.press("ben", "Answer")
    assert await world.fill("ben", {"text": BENS}) is None
    await world.press("cyd", "Review")
    await world.press("cyd", "Write a review")
    assert await world.fill("cyd", REVIEW) is None
    assert titles(world) == ["An answer to review", "Peer review"]
    cards = [one for one in world.messages() if one.channel_id == world.thread.id]
    assert [one.reference for one in cards] == [None, None]


@pytest.mark.bad_input(54)
async def test_a_card_is_posted_although_the_message_of_its_answer_has_just_gone(world: DiscordWorld) -> None:
    review = await reviewed(world)
    drawn = await shown(world, review)
    assert drawn.answer is not None
    world.env.backend.delete_message(world.thread.id, int(drawn.answer.message))
    anew = replace(drawn, review=replace(review, message=None))
    assert await world.platform.outgoing.show_review(anew) != review.message


@pytest.mark.bad_input(76)
async def test_what_another_bot_copies_is_not_taken_for_the_card(world: DiscordWorld) -> None:
    review = await reviewed(world)
    card = card_of(world, review)
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    backend = world.env.backend
    parts, flags = copy.deepcopy(card.components), card.flags
    backend.delete_message(card.channel_id, card.id)
    backend.create_message(card.channel_id, robot.id, components=parts, flags=flags, broadcast=False)
    assert await world.platform.outgoing.find_review(await shown(world, review)) is None


@pytest.mark.bad_input(64)
async def test_a_card_that_a_manager_deleted_stays_deleted(world: DiscordWorld) -> None:
    review = await reviewed(world)
    message = card_of(world, review)
    with world.env.time_context():
        world.env.backend.delete_message(message.channel_id, message.id)
    await world.settle()
    await world.edit("ben", BENS, OTHER)
    await world.advance(minutes=5)
    await world.ring()
    assert "Peer review" not in titles(world)
    after = await now(world, review)
    assert after.message == review.message and after.due_at is None


@pytest.mark.bad_input(66)
async def test_where_the_bot_may_not_speak_a_review_is_kept_and_little_is_called(world: DiscordWorld) -> None:
    await deny(world, "send_messages_in_threads")
    review = await reviewed(world)
    assert review.message is None and (await kept(world, review.answer)) == [review]
    calls = requests(world, "POST", f"/channels/{world.thread.id}/messages")
    with pytest.raises(PostRefused) as refused:
        await world.platform.outgoing.show_review(await shown(world, review))
    assert refused.value.forbidden and "Send Messages in Threads" in refused.value.reason
    assert requests(world, "POST", f"/channels/{world.thread.id}/messages") == calls
    await deny(world)
    await world.advance(hours=1, minutes=1)
    assert await world.platform.outgoing.show_review(await shown(world, review))
    assert "Peer review" in titles(world)


@pytest.mark.bad_input(65)
async def test_a_thread_that_could_not_be_opened_is_opened_for_a_review(world: DiscordWorld) -> None:
    await world.join("cyd")
    await deny(world, "create_public_threads")
    await asked(world)
    await world.press("ben", "Answer")
    assert await world.fill("ben", {"text": BENS}) is None
    await world.press("cyd", "Review")
    await world.press("cyd", "Write a review")
    assert await world.fill("cyd", REVIEW) is None
    round_ = await newest_round(world)
    answers = await world.store.read(lambda tx: tx.answer(round_.id, member(world, "ben")))
    assert answers is not None and round_.thread is None
    (review,) = await kept(world, answers.id)
    with pytest.raises(PostRefused) as refused:
        await world.platform.outgoing.show_review(await shown(world, review))
    assert "Create Public Threads" in refused.value.reason
    await deny(world)
    await world.advance(hours=1, minutes=1)
    assert await world.platform.outgoing.find_review(await shown(world, review)) is None
    message = await world.platform.outgoing.show_review(await shown(world, review))
    assert titles(world) == ["Peer review"]
    assert await world.platform.outgoing.find_review(await shown(world, review)) == message


async def test_a_reminder_is_a_direct_message_without_buttons_that_would_do_nothing(
    world: DiscordWorld,
) -> None:
    await world.platform.outgoing.remind(member(world, "ben"), 2)
    private = world.env.backend.dm_channels[world.people["ben"].id]
    (message,) = world.env.backend.messages[private].values()
    told = text_of(message.components)
    assert told.startswith(
        "2 answers wait for a review.\nIn the server Study group, /review next gives you one."
    )
    assert "/review remind off" in told and pressed(message.components, "Review one") is None


@pytest.mark.bad_input(66)
async def test_a_member_who_takes_no_direct_messages_is_not_reminded(world: DiscordWorld) -> None:
    world.env.inject_error("POST", "/users/@me/channels", status=503)
    with pytest.raises(OutcomeUnknown):
        await world.platform.outgoing.remind(member(world, "ben"), 1)
    world.env.inject_error("POST", DIRECT, status=403, code=50007)
    with pytest.raises(PostRefused) as refused:
        await world.platform.outgoing.remind(member(world, "ben"), 1)
    assert refused.value.reason == sentences.NO_DIRECT_MESSAGES
    world.env.inject_error("POST", DIRECT, status=503)
    with pytest.raises(OutcomeUnknown):
        await world.platform.outgoing.remind(member(world, "ben"), 1)


@pytest.mark.bad_input(69)
async def test_the_answer_of_a_member_who_has_left_takes_no_review_until_they_are_back(
    world: DiscordWorld,
) -> None:
    review = await reviewed(world)
    backend, ben = world.env.backend, world.people["ben"].id
    with world.env.time_context():
        backend.remove_member(world.guild.id, ben)
    await world.settle()
    assert not await world.ports.chat.is_here(member(world, "ben"))
    await world.review_message("ada", "ben", BENS)
    await world.fill("ada", REVIEW)
    assert (await world.sees("ada"))[-1].title == REFUSED
    assert await kept(world, review.answer) == [await now(world, review)]
    with world.env.time_context():
        world.guild.add_member(world.people["ben"].user)
    await world.settle()
    assert await world.ports.chat.is_here(member(world, "ben"))


@pytest.mark.bad_input(77)
async def test_whether_somebody_is_here_is_not_guessed(world: DiscordWorld) -> None:
    ben = member(world, "ben")
    world.env.inject_error("GET", "/guilds/*/members/*", status=503)
    with pytest.raises(LookupFailed):
        await world.ports.chat.is_here(ben)
    guild = world.platform.client.get_guild(world.guild.id)
    assert guild is not None and await world.ports.chat.is_here(ben)
    guild.unavailable = True
    with pytest.raises(LookupFailed):
        await world.ports.chat.is_here(ben)
    guild.unavailable = False


def test_no_intent_is_asked_for_that_would_tell_of_members() -> None:
    """So nothing tells of those who leave, and Discord is asked whenever it matters."""
    assert not intents(message_content=True).members and not intents(message_content=False).members
