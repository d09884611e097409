"""A workspace's own packs: whole or not at all, seen by nobody else, retired rather than lost."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest

from bot.domain.bank import EmptyPool, NoSuchValue
from bot.domain.questions import Filters, Pack, Track
from bot.practice import importing
from bot.practice.importing import NoSuchPack, OldVersion, PackClash, TooManyPacks
from bot.practice.ports import StoreUnavailable
from bot.practice.records import Transaction
from tests.memory_store import Crash, MemoryStore
from tests.practice.group import ABROAD, ADA, HERE, STRANGER, STUDY, THERE, Group, group, question

T = TypeVar("T")


def pack(version: int = 1, numbers: tuple[int, ...] = (1, 2), id_: str = "own") -> Pack:
    questions = tuple(replace(question(n, "rust"), id=f"{id_}-{n}", pack=id_) for n in numbers)
    return Pack(id_, version, "Own", "", (Track("rust", "Rust"),), (), questions)


@pytest.fixture
async def here() -> Group:
    """08:00 UTC on Monday, 2026-11-02."""
    return group()


async def imported(here: Group, made: Pack) -> importing.Imported:
    return await importing.import_pack(here.ports, HERE, ADA, made)


async def test_an_imported_question_is_asked_in_its_workspace_and_nowhere_else(here: Group) -> None:
    done = await imported(here, pack())
    assert (done.added, done.changed, done.retired, done.same) == (2, 0, 0, False)
    assert (await here.asked(filters=Filters(track="rust"))).question.track == "rust"
    with pytest.raises(NoSuchValue):
        await here.asked(ABROAD, STRANGER, Filters(track="rust"))


@pytest.mark.bad_input(5)
async def test_the_same_pack_again_changes_nothing(here: Group) -> None:
    await imported(here, pack())
    assert (await imported(here, pack())).same
    records = await here.ports.store.read(lambda tx: tx.records(HERE, 9))
    assert [line.action for line in records] == ["import"]


async def test_another_content_needs_a_higher_version(here: Group) -> None:
    await imported(here, pack(2))
    for version in (1, 2):
        with pytest.raises(OldVersion):
            await imported(here, pack(version, (1, 2, 3)))
    assert (await imported(here, pack(3, (1, 2, 3)))).added == 1


@pytest.mark.bad_input(25)
async def test_a_question_that_an_import_drops_is_asked_no_more_and_stays_readable(here: Group) -> None:
    await imported(here, pack(1, (1,)))
    round_ = await here.asked(filters=Filters(track="rust"))
    await here.replied(round_)
    done = await imported(here, pack(2, (2,)))
    assert (done.added, done.retired) == (1, 1)
    assert {(await here.asked(filters=Filters(track="rust"))).question.id for _ in range(3)} == {"own-2"}
    kept = await here.ports.store.read(lambda tx: tx.round(HERE, round_.id))
    assert kept is not None and kept.question == round_.question


@pytest.mark.bad_input(5)
async def test_an_id_of_another_pack_is_refused_with_its_place(here: Group) -> None:
    clash = replace(pack(), questions=(replace(question(1, "rust"), id="backend-q1", pack="own"),))
    with pytest.raises(PackClash) as refused:
        await imported(here, clash)
    assert (refused.value.what, refused.value.id, refused.value.other) == ("question", "backend-q1", "sample")
    with pytest.raises(PackClash):
        await imported(here, pack(id_="sample"))
    assert await here.ports.store.read(lambda tx: tx.packs_of(HERE)) == ()


async def test_a_pack_is_taken_out(here: Group) -> None:
    await imported(here, pack())
    with pytest.raises(NoSuchPack) as refused:
        await importing.remove_pack(here.ports, HERE, ADA, "owen")
    assert refused.value.known == ("own",)
    await importing.remove_pack(here.ports, HERE, ADA, "own")
    with pytest.raises((EmptyPool, NoSuchValue)):
        await here.asked(filters=Filters(track="rust"))


async def test_there_is_an_end_to_the_number_of_packs(here: Group) -> None:
    for number in range(importing.MOST_PACKS):
        await imported(here, pack(id_=f"own{number}"))
    with pytest.raises(TooManyPacks):
        await imported(here, pack(id_="one-more"))
    await imported(here, pack(2, id_="own1"))


@pytest.mark.bad_input(24)
@pytest.mark.parametrize("step", ["put_pack", "record", "commit"])
async def test_after_a_crash_in_the_middle_the_whole_old_pack_is_there(here: Group, step: str) -> None:
    await imported(here, pack())
    assert isinstance(here.store, MemoryStore)
    here.store.crash_before(step)
    with pytest.raises(Crash):
        await imported(here, pack(2, (3,)))
    again = here.restarted("again", here.store.restarted("again"))
    await importing.refresh(again.ports)
    assert await again.ports.store.read(lambda tx: tx.packs_of(HERE)) == (pack(),)
    assert [q.id for q in again.ports.bank_for(HERE).questions if q.pack == "own"] == ["own-1", "own-2"]


async def test_a_store_that_fails_imports_nothing(here: Group) -> None:
    assert isinstance(here.store, MemoryStore)
    here.store.fail_next_commit()
    with pytest.raises(StoreUnavailable):
        await imported(here, pack())
    assert here.ports.bank_for(HERE) is here.ports.bank


async def test_another_instance_sees_an_import_at_its_next_look(here: Group) -> None:
    assert isinstance(here.store, MemoryStore)
    there = here.restarted("there", here.store.restarted("there"))
    there = replace(there, ports=replace(there.ports, own_banks=type(there.ports.own_banks)()))
    await imported(here, pack())
    assert there.ports.bank_for(HERE) is there.ports.bank
    await importing.refresh(there.ports)
    assert "rust" in [track.id for track in there.ports.bank_for(HERE).tracks]
    assert there.ports.bank_for(THERE) is there.ports.bank
    await importing.remove_pack(here.ports, HERE, ADA, "own")
    await importing.refresh(there.ports)
    assert there.ports.bank_for(HERE) is there.ports.bank


async def test_an_own_pack_gives_way_to_one_that_is_installed_later_with_its_ids(here: Group) -> None:
    await imported(here, pack())
    from bot.domain.bank import bank_of

    ports = replace(
        here.ports, bank=bank_of([*here.ports.bank.packs, pack()]), own_banks=type(here.ports.own_banks)()
    )
    await importing.refresh(ports)
    assert len([q for q in ports.bank_for(HERE).questions if q.id == "own-1"]) == 1
    assert STUDY.workspace == HERE


async def test_a_look_that_began_before_an_import_does_not_put_the_old_questions_back(here: Group) -> None:
    began, go_on = asyncio.Event(), asyncio.Event()

    class Slow:
        async def read(self, work: Callable[[Transaction], T]) -> T:
            found = await here.ports.store.read(work)
            began.set()
            await go_on.wait()
            return found

        async def write(self, work: Callable[[Transaction], T]) -> T:
            return await here.ports.store.write(work)

    await imported(here, pack())
    here.ports.own_banks.marks.clear()
    look = asyncio.create_task(importing.refresh(replace(here.ports, store=Slow())))
    await began.wait()
    importing_now = asyncio.create_task(imported(here, pack(2, (3,))))
    for _ in range(20):
        await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(look, importing_now)
    assert [q.id for q in here.ports.bank_for(HERE).questions if q.pack == "own"] == ["own-3"]
