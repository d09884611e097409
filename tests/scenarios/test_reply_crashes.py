"""A crash at every step of a reply becoming an answer, and the platform delivers again: none lost, none twice."""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.rounds import Reply, Round
from bot.practice import answering, standing
from bot.practice.records import Transaction
from tests.practice.group import ADA, BEN, OWN_WORDS, STUDY, Group, group, thread_of
from tests.scenarios.crashing import CrashingStore, Opening, ends, in_memory, on_disk

Happening = Callable[[Group, Round], Awaitable[object]]


async def replies(here: Group, round_: Round) -> None:
    """A reply is received, and acknowledged when it is kept."""
    reply = here.reply(round_, ADA, OWN_WORDS, "m1", round_.asked_at)
    await here.chat.acknowledge(reply, await answering.receive(here.ports, reply))


async def sends_the_form(here: Group, round_: Round) -> None:
    """The Answer form is sent."""
    text = OWN_WORDS.format("m1")
    kept = await answering.submit(here.ports, round_.id, ADA, text, "m1", round_.asked_at)
    await here.chat.acknowledge(Reply(thread_of(round_), "m1", ADA, text, round_.asked_at), kept)


async def edits(here: Group, round_: Round) -> None:
    """A reply is received and then edited; both are delivered again when the program ends in between."""
    await replies(here, round_)
    edit = here.reply(round_, ADA, "Better " + OWN_WORDS, "m1", round_.asked_at)
    await answering.edited(here.ports, edit, round_.asked_at + timedelta(minutes=1))


async def replies_earlier_than_a_copy(here: Group, round_: Round) -> None:
    """A reply arrives of which another member's answer turns out to be the copy."""
    copy = here.reply(round_, BEN, OWN_WORDS.format("m1"), "m0", round_.asked_at + timedelta(minutes=1))
    await answering.receive(here.ports, copy)
    await replies(here, round_)


async def tried(
    happening: Happening, opening: Opening, step: int | None
) -> tuple[int, int, dict[str, object], Group]:
    """Let the program end at a step, start again and deliver again; gives the steps, what was acknowledged, the end."""
    async with AsyncExitStack() as stack:
        first = CrashingStore(await stack.enter_async_context(opening("first")))
        here = group(first, owner="first")
        round_ = await here.asked(STUDY, BEN)
        crashing = CrashingStore(first.inner, step)
        here = here.restarted("first", crashing)
        ended = await ends(happening(here, round_))
        acknowledged = len(here.chat.acknowledged)
        if acknowledged:
            assert (
                await answering.own_answer(here.restarted("first", first).ports, round_.id, ADA) is not None
            )
    async with opening("second") as store:
        here = here.restarted("second", store)
        if ended:
            await happening(here, round_)
        return len(crashing.steps), acknowledged, await outcome(here, round_), here


async def outcome(here: Group, round_: Round) -> dict[str, object]:
    """Answers, replies, credits and streaks at the end."""

    def read(tx: Transaction) -> dict[str, object]:
        return {
            "answers": [
                (a.member.id, a.text, a.at, a.local_date, a.counts, a.version)
                for a in tx.answers_of(round_.id, round_.channel.workspace)
            ],
            "replies": [tx.replies(round_.id, member) for member in (ADA, BEN)],
            "credits": [tx.facts(member, "UTC", None, here.clock.at).credits for member in (ADA, BEN)],
            "standing": [tx.standing(member, "2026-11") for member in (ADA, BEN)],
        }

    found = await here.ports.store.read(read)
    return {**found, "streak": (await standing.streak_of(here.ports, ADA)).length}


HAPPENINGS = [replies, sends_the_form, edits, replies_earlier_than_a_copy]


@pytest.mark.bad_input(51, 87)
@pytest.mark.parametrize("happening", HAPPENINGS)
@pytest.mark.parametrize("place", ["memory", "disk"])
async def test_a_reply_is_neither_lost_nor_kept_twice_wherever_the_program_ends(
    happening: Happening, place: str, tmp_path: Path
) -> None:
    made = tmp_path / "made.sqlite"
    async with on_disk(made)("first"):
        pass
    steps, _, calm, _ = await tried(happening, in_memory(), None)
    assert calm["answers"]
    assert calm["streak"] == 1
    assert steps >= 8  # six calls of the store at least, the commit, and its return
    for step in range(1, steps + 1):
        opening = in_memory()
        if place == "disk":
            file = tmp_path / f"{step}.sqlite"
            file.write_bytes(made.read_bytes())
            opening = on_disk(file)
        _, _, found, _ = await tried(happening, opening, step)
        assert found == calm, step


async def test_nothing_is_acknowledged_before_it_is_kept() -> None:
    steps, acknowledged, _, _ = await tried(replies, in_memory(), None)
    assert acknowledged == 1
    for step in range(1, steps + 1):
        _, acknowledged, _, _ = await tried(replies, in_memory(), step)
        assert acknowledged == 0, step
