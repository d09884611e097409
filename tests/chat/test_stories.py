"""Questions that ask for a story are answered in four parts; all others in one field."""

from bot.chat import actions
from bot.chat.calls import FieldError, Filled
from bot.chat.wording import answers, buttons
from bot.domain.bank import bank_of
from bot.domain.questions import Kind, Pack, Track
from bot.domain.rounds import Round
from bot.practice import answering
from tests.chat.review_group import SAID, group, presets, said
from tests.chat.world import BEN, CYD, World, question, rubric

STORY = question(7, kind=Kind.BEHAVIORAL)


async def story() -> tuple[World, Round]:
    """A round that asks for a story."""
    pack = Pack("trial", 1, "Trial", "", (Track("backend", "Backend"),), (rubric(Kind.BEHAVIORAL),), (STORY,))
    world = World(bank=bank_of([pack]))
    return world, await world.asked()


async def sent(world: World, round_: Round, id_: str, **fields: str) -> object:
    filled = Filled(fields, id_, world.clock.now())
    return await actions.submit(world.caller(BEN), buttons.ANSWER, round_.id, filled)


async def test_a_story_is_answered_in_four_parts_and_changed_in_them() -> None:
    world, round_ = await story()
    parts = {
        "situation": "Our jobs ran late.",
        "task": "",
        "action": "I measured each step.",
        "result": "40 % less.",
    }
    form = await actions.press(world.caller(BEN), buttons.ANSWER, round_.id)
    assert presets(form) == dict.fromkeys(parts, "")
    assert "Kept." in said(await sent(world, round_, "f1", **parts))
    own = await answering.own_answer(world.ports, round_.id, BEN)
    assert own is not None
    assert own.text == "Situation: Our jobs ran late.\n\nAction: I measured each step.\n\nResult: 40 % less."
    assert presets(await actions.press(world.caller(BEN), buttons.ANSWER, round_.id)) == parts
    view = said(await actions.press(world.caller(CYD), buttons.STAR, own.id))
    assert "Number in the result: yes" in view and "Without a heading: task" in view
    assert "Length: 10 words; 100 to 150 are advised" in view


async def test_a_story_without_headings_for_all_of_it_is_changed_as_one_text() -> None:
    world, round_ = await story()
    text = "A word before.\nSituation: Our jobs ran late.\nResult: 40 % less."
    assert "Kept." in said(await sent(world, round_, "f1", text=text))
    form = await actions.press(world.caller(BEN), buttons.ANSWER, round_.id)
    assert presets(form) == {answers.TEXT_FIELD: text}


async def test_a_story_that_is_too_short_or_too_long_goes_back_at_the_part_it_is_about() -> None:
    world, round_ = await story()
    short = await sent(world, round_, "f1", situation="A", task="", action="", result="")
    assert isinstance(short, FieldError) and short.field == "task"
    long = await sent(world, round_, "f2", situation="Late.", task="", action="word " * 600, result="x")
    assert isinstance(long, FieldError) and long.field == "action" and "3000" in long.sentence
    assert await answering.own_answer(world.ports, round_.id, BEN) is None


async def test_all_other_questions_are_answered_in_one_field() -> None:
    here = await group()
    assert presets(await here.press(BEN, buttons.ANSWER, here.round.id)) == {answers.TEXT_FIELD: SAID}
