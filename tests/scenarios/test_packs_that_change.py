"""Packs come and go; what was asked stays readable, and a pack is taken whole or not at all."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.chat.cards import Text, to_json
from bot.chat.plain import plain
from bot.chat.wording.questions import key_points_card, question_card
from bot.domain.bank import bank_of
from bot.domain.places import Channel, Member, Platform, Workspace
from bot.domain.questions import Filters
from bot.packs import PackError, read_pack, read_packs
from bot.practice import answering, asking, revealing
from bot.practice.ports import Ports, Rules, Store
from bot.practice.records import Transaction
from bot.store.sqlite import opened
from tests.commandline.calling import call
from tests.fakes import CountingIds, FakeChat, FakeClock
from tests.packs.pack_texts import PACK, spoiled
from tests.stores import memory

HOME = Workspace(Platform.LOCAL, "home")
STUDY = Channel(HOME, "study")
ADA = Member(HOME, "ada")
IDS = CountingIds()
OTHER = PACK.replace("cache-basics", "queue-basics").replace("A cache in front of a store", "A queue")


def ports_over(store: Store, clock: FakeClock, text: str, owner: str, chat: FakeChat) -> Ports:
    bank = bank_of([read_pack({"own.yaml": text.encode()})])
    return Ports(chat, store, clock, IDS, bank, Rules("UTC"), owner)


@pytest.mark.bad_input(25)
async def test_a_question_that_its_pack_dropped_stays_readable_with_its_answers(tmp_path: Path) -> None:
    clock = FakeClock()
    chat = FakeChat(clock)
    async with opened(tmp_path / "practice.sqlite", "first") as store:
        before = ports_over(store, clock, PACK, "first", chat)
        round_ = await asking.ask(before, STUDY, ADA, Filters())
        await answering.submit(
            before, round_.id, ADA, "Before the reads, with a time to live.", "f1", clock.now()
        )
    async with opened(tmp_path / "practice.sqlite", "second") as store:
        after = ports_over(store, clock, OTHER, "second", chat)
        kept = await revealing.key_points(after, round_.id, ADA)
        assert kept.question == round_.question
        assert "Says what may be stale" in to_json(key_points_card(kept))
        own = await answering.own_answer(after, round_.id, ADA)
        assert own is not None
        assert own.text.startswith("Before the reads")
        assert (await asking.ask(after, STUDY, ADA, Filters())).question.id == "queue-basics"


@pytest.mark.bad_input(24)
async def test_a_crash_while_a_question_is_taken_from_a_pack_leaves_all_of_it_or_nothing(
    tmp_path: Path,
) -> None:
    """The only import into the database is the question's text with its round, and that is one transaction."""
    file = tmp_path / "practice.sqlite"
    async with opened(file, "first") as store:
        ports = ports_over(store, FakeClock(), PACK, "first", FakeChat(FakeClock()))
        round_ = await asking.ask(ports, STUDY, ADA, Filters())

        class Stop(Exception):
            """The work ends in its middle."""

        def half(tx: Transaction) -> None:
            other = read_pack({"own.yaml": OTHER.encode()}).questions[0]
            tx.add_round(replace(round_, id="second", question=other, message="m-2", thread=None))
            raise Stop

        with pytest.raises(Stop):
            await store.write(half)
    async with opened(file, "second") as store:
        assert await store.read(lambda tx: tx.round(HOME, "second")) is None
        assert await store.read(lambda tx: tx.times_asked(STUDY)) == {"cache-basics": 1}


@pytest.mark.bad_input(24)
def test_a_folder_with_one_broken_file_gives_nothing_and_the_start_is_refused(tmp_path: Path) -> None:
    mine = tmp_path / "packs" / "own"
    mine.mkdir(parents=True)
    (mine / "own.yaml").write_text(PACK)
    (mine / "half.yaml").write_text("pack: own\nquestions:\n  - id: cut-o")
    with pytest.raises(PackError):
        read_packs([tmp_path / "packs"])
    more = {"PRACTICE_BOT_CONTENT__FOLDERS": '["packs"]'}
    refused = call(tmp_path, "chat", "--as", "ada", text="/question\n", more=more)
    assert refused.returncode == 2
    assert "half.yaml" in refused.stderr
    assert not (tmp_path / "data").exists()
    (mine / "half.yaml").unlink()
    assert call(tmp_path, "chat", "--as", "ada", text="/question\n", more=more).returncode == 0


@pytest.mark.bad_input(23)
async def test_a_question_that_looks_like_a_ping_is_plain_text_everywhere(tmp_path: Path) -> None:
    nasty = "@everyone <!channel> <@U1> <@&7> **bold** ``` [x](javascript:alert(1)) What now?"
    pack = read_pack({"own.yaml": spoiled("Where would you put a cache?", f"'{nasty}'").encode()})
    clock = FakeClock()
    chat = FakeChat(clock)
    async with memory(tmp_path) as store:
        ports = Ports(chat, store, clock, IDS, bank_of([pack]), Rules("UTC"), "first")
        round_ = await asking.ask(ports, STUDY, ADA, Filters())
    card = question_card(round_, late=False)
    mentioned = [
        part
        for block in card.blocks
        if isinstance(block, Text)
        for part in block.parts
        if isinstance(part, Member)
    ]
    assert mentioned in ([], [ADA])
    words = " ".join(" ".join(plain(card)).split())
    for token in nasty.split():
        assert token in words, token


@pytest.mark.bad_input(39)
def test_a_host_without_zone_data_is_served_by_the_package(tmp_path: Path) -> None:
    more = {"PYTHONTZPATH": ""}
    arguments = (
        "daily",
        "preview",
        "--zone",
        "Europe/Berlin",
        "--time",
        "09:00",
        "--from",
        "2026-11-21",
        "--days",
        "1",
    )
    assert call(tmp_path, *arguments, more=more).stdout == "2026-11-21 Sat  09:00 +01:00  2026-11-21 08:00Z\n"
    assert "tzdata 20" in call(tmp_path, "check", more=more).stdout
