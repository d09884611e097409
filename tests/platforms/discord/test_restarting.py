"""Nothing is kept in memory: buttons, forms and threads from before a restart work after it."""

from tests.contracts.discord_world import DiscordWorld
from tests.platforms.discord.happenings import ANSWER, BENS, OTHER, asked, requests, text_kept, words

PROMPT = ("Answer", "Hint", "Key points", "Sample answer")


async def test_buttons_of_an_old_prompt_work_after_a_restart(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.restart()
    await world.press("ben", "Hint")
    assert (await world.sees("ben"))[-1].title == "Hint 1 of 2"
    await world.press("ben", "Answer")
    assert await world.fill("ben", {"text": BENS}) is None
    assert await text_kept(world, "ben", round_) == BENS


async def test_a_form_that_was_open_over_a_restart_is_still_taken(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.press("ada", "Answer")
    await world.restart()
    assert await world.fill("ada", {"text": ANSWER}) is None
    assert await text_kept(world, "ada", round_) == ANSWER


async def test_an_old_acknowledgement_keeps_its_buttons(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.say("ada", ANSWER)
    await world.say("ada", OTHER)
    await world.restart()
    await world.press("ada", "Use instead")
    assert await text_kept(world, "ada", round_) == OTHER


async def test_an_old_thread_takes_answers(world: DiscordWorld) -> None:
    round_ = await asked(world)
    await world.restart()
    await world.say("ben", BENS)
    assert await text_kept(world, "ben", round_) == BENS
    assert (await world.sees("ben"))[-1].title == "Kept. Day 1, a streak begins."


async def test_a_restart_says_nothing_and_asks_nothing_again(world: DiscordWorld) -> None:
    await asked(world)
    await world.say("ada", ANSWER)
    before = await world.sees("ada")
    for _ in range(3):
        await world.restart()
    assert await world.sees("ada") == before


async def test_commands_are_registered_once_and_not_again_at_each_start(world: DiscordWorld) -> None:
    assert requests(world, "PUT", "/commands") == 1
    await world.restart()
    assert requests(world, "PUT", "/commands") == 1
    result = await world.command("ada", "/streak")
    assert words(result).startswith("Streak: 0 days")


async def test_two_people_who_answer_at_once_are_both_kept_and_both_told(world: DiscordWorld) -> None:
    round_ = await asked(world)
    backend, thread = world.env.backend, world.thread.id
    with world.env.time_context():
        backend.create_message(thread, world.people["ada"].id, ANSWER)
        backend.create_message(thread, world.people["ben"].id, BENS)
    await world.settle()
    assert await text_kept(world, "ada", round_) == ANSWER
    assert await text_kept(world, "ben", round_) == BENS
    titles = [seen.title for seen in await world.sees("ada") if seen.author is None]
    assert titles.count("Kept. Day 1, a streak begins.") == 2
