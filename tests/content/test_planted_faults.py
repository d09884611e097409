"""The find-the-fault questions: their code has each fault, and the code of their sample answers has it not."""

import asyncio
from typing import Any

import pytest

from tests.content.code_in_questions import HERE, Clock, block_of, questions, run
from tests.content.failing_stores import Provider, Store, ends

LOCK, QUEUE, RETRY = (f"swe-code-{name}-fault" for name in ("per-key-lock", "update-queue", "retry-policy"))


def shown(question: str) -> Any:
    """The class that a member is asked to read."""
    (made,) = (
        value
        for value in run(block_of(questions()[question].text, "class "), time=Clock()).values()
        if isinstance(value, type) and value.__module__ == HERE
    )
    return made


def mended(question: str, first_words: str, **more: object) -> Any:
    """The class with the methods of the sample answer in place of its own."""
    answer = run(block_of(questions()[question].sample_answer.full, first_words), time=Clock())
    methods = {name: each for name, each in answer.items() if getattr(each, "__module__", "") == HERE}
    return type("Mended", (shown(question),), {**methods, **more})


# ---- the watch party


async def join_in_turn(self: Any, room: str, guest: str) -> bool:
    """What the answer says in words: join does its get, test and put within its turn."""
    async with self.turn(room):
        guests = await self.store.get(room)
        if free := len(guests) < 8:
            await self.store.put(room, [*guests, guest])
        return free


def party(kind: str, store: Store) -> Any:
    if kind == "shown":
        return shown(LOCK)(store)
    made = mended(LOCK, "@asynccontextmanager", join=join_in_turn)(store)
    made.users = {}
    return made


@pytest.mark.parametrize(("kind", "kept"), [("shown", "ac"), ("mended", "abc")])
async def test_a_third_guest_who_comes_when_the_first_leaves_the_lock(kind: str, kept: str) -> None:
    store = Store([])
    made = party(kind, store)
    first, second = (asyncio.create_task(made.join("room", guest)) for guest in "ab")
    await first
    told = [*await asyncio.gather(second, made.join("room", "c"))]
    assert told == [True, True]  # both hear that they are in
    assert sorted(store.kept["room"]) == list(kept)


@pytest.mark.parametrize(("kind", "open_"), [("shown", False), ("mended", True)])
async def test_a_room_after_an_error_of_the_store(kind: str, open_: bool) -> None:
    made = party(kind, Store([], failing=["get"]))
    with pytest.raises(ConnectionError):
        await made.join("room", "a")
    assert await ends(asyncio.create_task(made.join("room", "b"))) is open_


@pytest.mark.parametrize(("kind", "open_"), [("shown", False), ("mended", True)])
async def test_a_room_after_a_guest_who_gave_up(kind: str, open_: bool) -> None:
    made = party(kind, Store([]))
    gone = asyncio.create_task(made.join("room", "a"))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    assert await ends(asyncio.create_task(made.join("room", "b"))) is open_


async def test_the_mended_party_keeps_no_lock_of_a_quiet_room() -> None:
    made = party("mended", Store([]))
    await asyncio.gather(*(made.join("room", str(guest)) for guest in range(20)))
    assert len(made.store.kept["room"]) == 8
    assert (made.locks, made.users) == ({}, {})


# ---- the quota


def quota(kind: str, store: Store) -> Any:
    return (shown(QUEUE) if kind == "shown" else mended(QUEUE, "async def drain"))(store)


async def gigabytes_told(made: Any) -> object:
    """What the caller hears of 40 gigabytes on top of 8,800; an error, or nothing at all."""
    made.store.kept["partner"] = 8800
    adding = asyncio.create_task(made.add("partner", 40))
    told: object = "nothing"
    if await ends(adding):
        told = "an error" if adding.exception() else adding.result()
    await asyncio.gather(made.worker, return_exceptions=True)
    return told


@pytest.mark.parametrize(("kind", "told"), [("shown", 8840), ("mended", "an error")])
async def test_what_a_caller_is_told_of_a_write_that_fails(kind: str, told: object) -> None:
    made = quota(kind, Store(0, failing=["put"]))
    assert await gigabytes_told(made) == told
    assert made.store.kept["partner"] == 8800


@pytest.mark.parametrize(("kind", "told"), [("shown", "nothing"), ("mended", "an error")])
async def test_what_a_caller_is_told_of_a_read_that_fails(kind: str, told: object) -> None:
    assert await gigabytes_told(quota(kind, Store(0, failing=["get"]))) == told


@pytest.mark.parametrize("call", ["get", "put"])
@pytest.mark.parametrize(("kind", "answers"), [("shown", False), ("mended", True)])
async def test_whether_updates_go_on_after_an_error(kind: str, answers: bool, call: str) -> None:
    made = quota(kind, Store(0, failing=[call]))
    await gigabytes_told(made)
    assert await ends(asyncio.create_task(made.add("partner", 2))) is answers


@pytest.mark.parametrize(("kind", "answers"), [("shown", False), ("mended", True)])
async def test_whether_updates_go_on_after_a_caller_gave_up_in_line(kind: str, answers: bool) -> None:
    made = quota(kind, Store(0))
    first, second = (asyncio.create_task(made.add("partner", gigabytes)) for gigabytes in (1, 2))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.gather(first, second, return_exceptions=True)
    assert await ends(asyncio.create_task(made.add("partner", 4))) is answers
    await asyncio.gather(made.worker, return_exceptions=True)


# ---- the charges


def check_breaker(self: Any) -> None:
    """As in the code shown."""
    if self.failures >= self.limit:
        if self.clock.monotonic() - self.failed_at < self.rest:
            raise ConnectionError("breaker is open")
        self.failures = 0


def note_failure(self: Any) -> None:
    self.failures += 1
    self.failed_at = self.clock.monotonic()


async def pause(self: Any, attempt: int) -> None:
    await asyncio.sleep(0)


def charging(kind: str, provider: Provider) -> Any:
    """A call of the method; in the mended class each order brings its key."""
    if kind == "shown":
        return shown(RETRY)(provider).charge
    helpers = {"check_breaker": check_breaker, "note_failure": note_failure, "pause": pause, "clock": Clock()}
    payments = mended(RETRY, "async def charge", **helpers)(provider)
    orders = iter(range(1_000))
    return lambda member, cents: payments.charge(member, cents, f"order {next(orders)}")


@pytest.mark.parametrize(("kind", "cents"), [("shown", 3000), ("mended", 1500)])
async def test_the_money_taken_when_the_first_answer_is_lost(kind: str, cents: int) -> None:
    provider = Provider(lost=[1])
    await charging(kind, provider)("member", 1500)
    assert sum(provider.taken.values()) == cents


@pytest.mark.parametrize(("kind", "refused"), [("shown", 51), ("mended", 0)])
async def test_the_charges_refused_when_one_in_a_hundred_needs_a_second_try(kind: str, refused: int) -> None:
    charge = charging(kind, Provider(lost=range(50, 600, 101)))
    told: list[object] = []
    for _ in range(500):
        told += await asyncio.gather(charge("member", 1500), return_exceptions=True)
    assert sum(isinstance(each, ConnectionError) for each in told) == refused


def test_the_answer_names_the_number_of_charges_refused() -> None:
    assert "The old class refused 51 of them" in questions()[RETRY].sample_answer.full


async def test_all_charges_pass_at_once_after_the_rest() -> None:
    """The answer says so of the code shown, and leaves the repair to a follow-up."""
    clock, provider = Clock(), Provider(lost=range(1, 100))
    payments = run(block_of(questions()[RETRY].text, "class "), time=clock)["Payments"](provider)
    await asyncio.gather(*(payments.charge("member", 1500) for _ in range(5)), return_exceptions=True)
    clock.now, before = 31.0, provider.calls
    waiting = [asyncio.create_task(payments.charge("member", 1500)) for _ in range(20)]
    await asyncio.sleep(0)
    assert provider.calls - before == 20
    await asyncio.gather(*waiting, return_exceptions=True)
