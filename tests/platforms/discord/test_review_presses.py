"""Buttons, forms and menus of reviews on Discord: who may, from where, and in time for a form."""

from collections.abc import Mapping

import discord
import pytest
import simcord
from simcord import interactions
from simcord.backend.models import Message

from bot.domain.reviews import Review
from tests.contracts.discord_world import DiscordWorld
from tests.platforms.discord.happenings import (
    BENS,
    FORM,
    OTHER,
    answer_of,
    asked,
    channel,
    forged,
    member,
    newest_round,
    replies,
    requests,
    shown_button,
    words,
    workspace,
)
from tests.platforms.discord.reading import pressed, text_of
from tests.platforms.discord.test_rights import deny

MENU = "Review this answer"
REVIEW = {
    "structure": "4",
    "substance": "2",
    "covered": "1",
    "strong": "The load is counted before anything is drawn.",
    "change": "Say what fails first, and when.",
}
REFUSED = "That did not work."
MODAL = 9


async def answered(world: DiscordWorld) -> str:
    """ada has asked, ben has answered, cyd is there; gives the id of ben's answer."""
    await world.join("cyd")
    round_ = await asked(world)
    await world.say("ben", BENS)
    answer = await answer_of(world, "ben", round_)
    assert answer is not None
    return answer.id


async def reviewed(world: DiscordWorld) -> Review:
    """The same, and cyd has reviewed ben's answer."""
    answer = await answered(world)
    await world.review_message("cyd", "ben", BENS)
    assert await world.fill("cyd", REVIEW) is None
    (review,) = await kept(world, answer)
    return review


async def kept(world: DiscordWorld, answer: str) -> list[Review]:
    return await world.store.read(lambda tx: tx.reviews_of(workspace(world), answer))


def under_answer(world: DiscordWorld) -> tuple[Message, str]:
    """The word under the newest answer, and the id of its button."""
    for message in reversed(world.messages()):
        custom_id = pressed(message.components, "Write a review")
        if custom_id is not None:
            return message, custom_id
    raise AssertionError("nothing asks for a review")


def callbacks(world: DiscordWorld) -> list[int]:
    """The kinds of all first answers to interactions."""
    sent = (entry for entry in world.env.http_requests if entry.path.endswith("/callback"))
    return [entry.json["type"] for entry in sent if entry.json is not None]


async def test_whoever_reads_an_answer_reviews_it_by_the_button_under_it(world: DiscordWorld) -> None:
    answer = await answered(world)
    message, custom_id = under_answer(world)
    assert custom_id == f"review:{answer}" and message.visible_to(world.people["cyd"].id)
    await world.press_on("cyd", message, custom_id)
    assert callbacks(world)[-1] == MODAL
    assert await world.fill("cyd", REVIEW) is None
    (review,) = await kept(world, answer)
    assert review.reviewer == member(world, "cyd") and review.draft.scores == (4, 2)
    assert review.draft.covered == (0,)


@pytest.mark.bad_input(103)
async def test_the_author_of_an_answer_gets_no_form_for_it(world: DiscordWorld) -> None:
    answer = await answered(world)
    result = await world.press_on("ben", *under_answer(world))
    assert result.modal is None and words(result).startswith(REFUSED) and result.ephemeral
    result = await forged(world, "ben", f"review:{answer}", fields=REVIEW)
    assert words(result).startswith(REFUSED) and await kept(world, answer) == []


async def test_an_amended_answer_and_a_comment_ask_for_no_review(world: DiscordWorld) -> None:
    await answered(world)
    await world.say("ben", OTHER)
    await world.edit("ben", BENS, "What ben has to say is another thing by now.")
    asking = [one for one in world.messages() if pressed(one.components, "Write a review")]
    assert len(asking) == 1


async def test_an_answer_by_form_asks_all_once_for_its_review(world: DiscordWorld) -> None:
    await world.join("cyd")
    round_ = await asked(world)
    await world.press("ben", "Answer")
    assert await world.fill("ben", {"text": BENS}) is None
    answer = await answer_of(world, "ben", round_)
    assert answer is not None
    message, custom_id = under_answer(world)
    assert custom_id == f"review:{answer.id}" and message.channel_id == world.thread.id
    assert message.visible_to(world.people["cyd"].id) and BENS not in text_of(message.components)
    await world.press("ben", "Answer")
    assert await world.fill("ben", {"text": OTHER}) is None
    await world.press("ben", "Withdraw")
    await world.press("ben", "Answer")
    assert await world.fill("ben", {"text": BENS}) is None
    asking = [one for one in world.messages() if pressed(one.components, "Write a review")]
    assert asking == [message]


@pytest.mark.bad_input(66)
async def test_an_answer_by_form_is_kept_where_the_bot_may_not_speak(world: DiscordWorld) -> None:
    await asked(world)
    await deny(world, "send_messages_in_threads")
    await world.press("ben", "Answer")
    assert await world.fill("ben", {"text": BENS}) is None
    assert await answer_of(world, "ben", await newest_round(world)) is not None
    assert not any(pressed(one.components, "Write a review") for one in world.messages())


async def test_the_menu_of_a_message_opens_the_form_as_its_first_answer(world: DiscordWorld) -> None:
    answer = await answered(world)
    before = callbacks(world)
    await world.review_message("cyd", "ben", BENS)
    assert callbacks(world) == [*before, MODAL]
    assert world.preset("cyd") == dict.fromkeys(REVIEW, "")
    assert await world.fill("cyd", REVIEW) is None
    assert len(await kept(world, answer)) == 1
    await world.review_message("cyd", "ben", BENS)
    assert world.preset("cyd") == REVIEW


async def test_the_button_for_the_next_one_defers_and_gives_a_card_with_a_form_behind_it(
    world: DiscordWorld,
) -> None:
    answer = await answered(world)
    await world.press("cyd", "Answer")
    assert await world.fill("cyd", {"text": OTHER}) is None
    await world.press("cyd", "Review one")
    task = (await world.sees("cyd"))[-1]
    assert BENS in task.text and task.labels == ("Write a review",)
    await world.press("cyd", "Write a review")
    assert await world.fill("cyd", REVIEW) is None
    assert len(await kept(world, answer)) == 1


async def test_what_comes_back_is_begun_again_with_all_that_was_chosen_ticked_and_typed(
    world: DiscordWorld,
) -> None:
    answer = await answered(world)
    await world.review_message("cyd", "ben", BENS)
    sent = {
        **REVIEW,
        "covered": "1,2",
        "strong": "Good.",
        "change": "Two\nlines of ```code``` and @everyone.",
    }
    sentence = await world.fill("cyd", sent)
    assert sentence is not None and "sentence" in sentence and await kept(world, answer) == []
    await world.edit("ben", BENS, f"{BENS} And more.")  # which cyd has not read
    await world.press("cyd", "Open the form again")
    assert world.preset("cyd") == sent
    assert await world.fill("cyd", {"strong": REVIEW["strong"]}) is None
    (review,) = await kept(world, answer)
    assert review.draft.change == sent["change"] and review.draft.covered == (0, 1)
    assert review.answer_version == 1


@pytest.mark.bad_input(50)
async def test_messages_of_bots_and_of_the_bot_itself_are_no_answers(world: DiscordWorld) -> None:
    await reviewed(world)
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    with world.env.time_context():
        await robot.send(world.thread, "A robot says so, at some length.")
    await world.settle()
    round_ = await world.store.read(lambda tx: tx.newest_round(channel(world)))
    assert round_ is not None
    for message in world.messages()[-4:]:
        if message.author_id != world.people["ben"].id:
            result = await world.use_menu("ada", MENU, message)
            assert result.modal is None and words(result).startswith(REFUSED)
    assert [one.reply.author for one in await replies(world, round_)] == [member(world, "ben")]


async def test_a_message_outside_of_threads_is_no_answer(world: DiscordWorld) -> None:
    await answered(world)
    await world.say_in("ben", world.channel, OTHER)
    result = await world.use_menu("cyd", MENU, world.said("ben", OTHER))
    assert result.modal is None and words(result).startswith(REFUSED)


@pytest.mark.bad_input(102)
async def test_buttons_for_managers_do_nothing_for_others(world: DiscordWorld) -> None:
    review = await reviewed(world)
    for action in ("dismiss", "remove-review"):
        result = await forged(
            world, "ben", f"{action}:{review.id}", shown_button(world, f"{action}:{review.id}")
        )
        assert words(result).startswith(REFUSED)
    assert [one.id for one in await kept(world, review.answer)] == [review.id]


@pytest.fixture
def eve(world: DiscordWorld) -> simcord.GuildHandle:
    """A second guild that has the bot as well; eve is a manager there."""
    guild = world.env.create_guild("Elsewhere", owner=world.env.create_user("owner"))
    managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    guild.create_text_channel("lobby")
    world.people["eve"] = guild.add_member(world.env.create_user("eve"), roles=[managers])
    return guild


ABOUT_ANSWERS = ("review", "star")
ABOUT_REVIEWS = ("thank", "unthank", "flag", "dismiss", "remove-review")


@pytest.mark.bad_input(101)
@pytest.mark.parametrize("action", [*ABOUT_ANSWERS, *ABOUT_REVIEWS, "review-round", "compare"])
async def test_ids_of_another_guild_are_found_nowhere(
    world: DiscordWorld, eve: simcord.GuildHandle, action: str
) -> None:
    review = await reviewed(world)
    await world.say("cyd", OTHER)
    value = review.answer if action in ABOUT_ANSWERS else review.id
    value = {"review-round": review.round, "compare": f"{review.answer}/{review.answer}"}.get(action, value)
    study, world.channel = world.channel, eve.channels["lobby"]
    results = [await forged(world, "eve", f"{action}:{value}", shown_button(world, f"{action}:{value}"))]
    if action in ("review", "flag", "compare"):
        fields = {**REVIEW, "reason": "It is not true.", "stronger": "first", "why": "It names a number."}
        results.append(await forged(world, "eve", f"{action}:{value}", fields=fields))
    world.channel = study
    for result in results:
        assert result.modal is None and words(result).startswith(REFUSED), words(result)
    assert await kept(world, review.answer) == [review]


@pytest.mark.bad_input(101)
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {**REVIEW, "structure": "6"},
        {**REVIEW, "substance": "-1"},
        {**REVIEW, "structure": "４"},
        {**REVIEW, "covered": "3"},
        {**REVIEW, "covered": "0"},
        {**REVIEW, "covered": "1,x"},
        {**REVIEW, "strong": "\u200b" * 50},
        {**REVIEW, "change": "word " * 200},
    ],
)
async def test_a_form_that_nobody_could_fill_in_so_comes_back_and_keeps_nothing(
    world: DiscordWorld, fields: Mapping[str, str]
) -> None:
    answer = await answered(world)
    result = await forged(world, "cyd", f"review:{answer}", fields=fields)
    assert words(result).startswith("That was not sent."), words(result)
    assert await kept(world, answer) == []


@pytest.mark.bad_input(104)
async def test_one_form_that_arrives_twice_at_once_is_one_review(world: DiscordWorld) -> None:
    answer = await answered(world)
    await sent_at_once(world, answer, ["cyd", "cyd"])
    assert len(await kept(world, answer)) == 1
    assert requests(world, "POST", f"/channels/{world.thread.id}/messages") == 2


async def test_two_who_review_at_once_have_a_card_each(world: DiscordWorld) -> None:
    answer = await answered(world)
    await sent_at_once(world, answer, ["ada", "cyd"])
    found = await kept(world, answer)
    assert {one.reviewer for one in found} == {member(world, "ada"), member(world, "cyd")}
    assert len({one.message for one in found}) == 2 and None not in {one.message for one in found}


async def sent_at_once(world: DiscordWorld, answer: str, names: list[str]) -> None:
    """Let people send their forms before the bot has done anything about the first."""
    await world.pause()
    backend = world.env.backend
    rows = [
        {
            "type": 18,
            "id": 2 * at,
            "component": {"type": 4, "id": 2 * at + 1, "custom_id": key, "value": value},
        }
        for at, (key, value) in enumerate(REVIEW.items(), 1)
    ]
    data = {"custom_id": f"review:{answer}", "components": rows}
    with world.env.time_context():
        for name in names:
            _, payload = interactions.base_payload(
                backend,
                type=FORM,
                channel_id=world.channel.id,
                guild_id=world.guild.id,
                user_id=world.people[name].id,
                data=data,
            )
            backend.emit("INTERACTION_CREATE", payload)
    await world.settle()


async def test_an_old_button_under_an_answer_works_after_a_restart(world: DiscordWorld) -> None:
    answer = await answered(world)
    await world.restart()
    await world.press_on("cyd", *under_answer(world))
    await world.restart()
    assert await world.fill("cyd", REVIEW) is None
    assert len(await kept(world, answer)) == 1
    await world.restart()
    await world.press("ben", "Thanks")
    assert (await kept(world, answer))[0].thanked_at is not None
