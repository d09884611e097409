"""The STAR view of an answer: of this workspace, of its text as it stands, and facts only."""

import pytest

from bot.domain.refusals import NoSuchAnswer
from bot.domain.reviews import AnswerWithdrawn
from bot.practice import answering, privacy
from bot.practice.starring import star
from tests.practice.group import ADA, BEN, CLEO, STRANGER, group

TOLD = "Situation: the queue was full.\nTask: empty it.\nAction: I made it 3 times as fast.\nResult: it took 40 % less."


async def test_anybody_of_the_workspace_sees_the_parts_and_the_author_too() -> None:
    own = group()
    round_ = await own.asked()
    kept = await own.replied(round_, BEN, TOLD)
    assert kept.answer is not None
    for member in (ADA, BEN, CLEO):
        view, answer, found = await star(own.ports, kept.answer.id, member)
        assert view.missing == () and view.number is True and view.parts["task"] == "empty it."
        assert (answer, found.id) == (kept.answer, round_.id)


async def test_it_is_of_the_text_as_it_stands_now() -> None:
    own = group()
    round_ = await own.asked()
    kept = await own.replied(round_, BEN, TOLD)
    assert kept.answer is not None
    shorter = TOLD.rsplit("\n", 1)[0]
    await answering.edited(
        own.ports,
        own.reply(round_, BEN, shorter, kept.answer.message, kept.answer.at),
        own.clock.advance(minutes=1),
    )
    view, answer, _ = await star(own.ports, kept.answer.id, ADA)
    assert view.missing == ("result",) and view.number is None and answer.text == shorter


async def test_no_other_workspaces_and_no_answer_that_is_gone() -> None:
    own = group()
    kept = await own.replied(await own.asked(), BEN, TOLD)
    assert kept.answer is not None
    for member, id_ in ((STRANGER, kept.answer.id), (ADA, "aaaaaaaaaaaaaaaa"), (ADA, "")):
        with pytest.raises(NoSuchAnswer):
            await star(own.ports, id_, member)
    await answering.withdraw(own.ports, kept.answer.id, BEN)
    with pytest.raises(AnswerWithdrawn):
        await star(own.ports, kept.answer.id, ADA)
    await answering.restore(own.ports, kept.answer.id, BEN)
    await star(own.ports, kept.answer.id, ADA)
    await privacy.delete(own.ports, BEN)
    with pytest.raises(NoSuchAnswer):
        await star(own.ports, kept.answer.id, ADA)
