"""Open threads are read again after a gap: what came, was edited or deleted meanwhile ends as if heard in time."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.places import Member, Platform, Thread
from bot.domain.rounds import Round
from bot.practice import catching_up
from bot.practice.catching_up import CaughtUp, Found
from bot.practice.outcomes import Verdict
from bot.practice.ports import LookupFailed
from tests.practice.group import ADA, BEN, DAY, HERE, STUDY, Group, group, thread_of


class History:
    """What stands in a thread, as a platform would page it."""

    def __init__(self, *found: Found, page: int = 2, fails_after: int | None = None) -> None:
        self.found = sorted(found, key=lambda each: each.reply.at)
        self.page = page
        self.fails_after = fails_after
        self.asked: list[datetime] = []

    async def __call__(self, _thread: Thread, after: datetime) -> AsyncIterator[Sequence[Found]]:
        self.asked.append(after)
        rest = [each for each in self.found if each.reply.at >= after]
        for number in range(0, len(rest), self.page):
            if self.fails_after is not None and number >= self.fails_after:
                raise LookupFailed("500")
            yield rest[number : number + self.page]


@pytest.fixture
async def here() -> Group:
    """08:00 UTC on Monday, 2026-11-02."""
    return group()


async def answers(here: Group, round_: Round) -> dict[str, str]:
    found = await here.ports.store.read(lambda tx: tx.answers_of(round_.id, STUDY.workspace))
    return {answer.member.id: answer.text for answer in found}


async def test_what_was_said_meanwhile_is_kept_once_with_its_own_time(here: Group) -> None:
    round_ = await here.asked()
    here.clock.advance(minutes=5)
    said = here.reply(round_, message="m1")
    here.clock.advance(days=1)
    history = History(Found(said))
    assert await catching_up.read_again(here.ports, round_, history) == CaughtUp(new=1)
    assert await catching_up.read_again(here.ports, round_, history) == CaughtUp()
    (answer,) = await here.ports.store.read(lambda tx: tx.answers_of(round_.id, STUDY.workspace))
    assert (answer.at, answer.local_date) == (said.at, said.at.date())
    assert [kept.verdict for _, kept in here.chat.acknowledged] == [Verdict.ACCEPTED]


async def test_edits_and_deletions_made_meanwhile_are_followed(here: Group) -> None:
    round_ = await here.asked()
    first, second = here.reply(round_, message="m1"), here.reply(round_, BEN, message="m2")
    await here.replied(round_, message="m1", at=first.at)
    await here.replied(round_, BEN, message="m2", at=second.at)
    here.clock.advance(hours=2)
    edited = Found(replace(first, text="Other words of mine, long enough."), here.clock.now())
    here.clock.advance(hours=1)
    caught = await catching_up.read_again(here.ports, round_, History(edited))
    assert caught == CaughtUp(edited=1, deleted=1)
    assert await answers(here, round_) == {"ada": "Other words of mine, long enough."}


async def test_a_message_that_came_and_was_edited_meanwhile_has_its_newest_words(here: Group) -> None:
    round_ = await here.asked()
    said = here.reply(round_, message="m1")
    here.clock.advance(hours=1)
    await catching_up.read_again(here.ports, round_, History(Found(said, said.at + timedelta(minutes=1))))
    assert await answers(here, round_) == {"ada": said.text}
    assert len(here.chat.acknowledged) == 1


async def test_a_false_edit_changes_nothing(here: Group) -> None:
    round_ = await here.asked()
    said = here.reply(round_, message="m1")
    await here.replied(round_, message="m1", at=said.at)
    here.clock.advance(hours=1)
    assert (
        await catching_up.read_again(here.ports, round_, History(Found(said, here.clock.now()))) == CaughtUp()
    )


@pytest.mark.bad_input(77)
async def test_a_reading_that_breaks_off_deletes_nothing_and_goes_on_later(here: Group) -> None:
    round_ = await here.asked()
    known = await here.replied(round_, message="m0")
    assert known.answer is not None
    here.clock.advance(seconds=1)
    found = [Found(here.reply(round_, BEN, message=f"b{number}")) for number in range(4)]
    here.clock.advance(hours=1)
    with pytest.raises(LookupFailed):
        await catching_up.read_again(here.ports, round_, History(*found, fails_after=2))
    assert set(await answers(here, round_)) == {"ada", "ben"}


async def test_an_answer_by_form_is_not_missed_in_the_thread(here: Group) -> None:
    from bot.practice import answering

    round_ = await here.asked()
    text = "By form, and long enough to count."
    await answering.submit(here.ports, round_.id, ADA, text, "form-1", here.clock.now())
    here.clock.advance(hours=1)
    assert await catching_up.read_again(here.ports, round_, History()) == CaughtUp()
    assert await answers(here, round_) == {"ada": text}


@pytest.mark.bad_input(60)
async def test_ten_thousand_messages_are_read_in_order_and_of_a_long_thread_only_the_end_again(
    here: Group,
) -> None:
    round_ = await here.asked()
    found = []
    for number in range(10_000):
        here.clock.advance(seconds=30)
        author = Member(HERE, f"p{number % 50}")
        found.append(Found(here.reply(round_, author, message=f"m{number:05}")))
    history = History(*found, page=100)
    assert await catching_up.read_again(here.ports, round_, history) == CaughtUp(new=10_000)
    replies = await here.ports.store.read(lambda tx: tx.replies_in(thread_of(round_), round_.asked_at))
    assert [stored.reply.message for stored in replies] == [each.reply.message for each in found]
    assert await catching_up.read_again(here.ports, round_, history) == CaughtUp()
    assert history.asked == [round_.asked_at, found[-1].reply.at - DAY]


async def test_only_open_threads_of_the_platform_are_read(here: Group) -> None:
    round_ = await here.asked()
    assert [each.id for each in await catching_up.open_threads(here.ports, Platform.SLACK)] == [round_.id]
    assert await catching_up.open_threads(here.ports, Platform.DISCORD) == []
    here.clock.advance(days=8, seconds=1)
    assert await catching_up.open_threads(here.ports, Platform.SLACK) == []


async def test_a_thread_that_cannot_be_read_holds_up_no_other(here: Group) -> None:
    first, second = await here.asked(), await here.asked()
    said = here.reply(second, message="m1")

    async def history(thread: Thread, after: datetime) -> AsyncIterator[Sequence[Found]]:
        if thread == first.thread:
            raise LookupFailed("403")
        yield [Found(said)]

    here.clock.advance(minutes=1)
    assert not await catching_up.read_all_again(here.ports, Platform.SLACK, history)
    assert set(await answers(here, second)) == {"ada"}
