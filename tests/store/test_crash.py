"""kill -9 and lost power: what was acknowledged is in the file, and what was not is whole or not there at all."""

import asyncio
import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.practice.records import Transaction
from bot.store.sqlite import opened
from tests.contracts.samples import STUDY, adding

WRITER = """
import asyncio, sys
from pathlib import Path
from bot.store.sqlite import opened
from tests.contracts.samples import message

async def main(file, start):
    async with opened(Path(file), "child") as store:
        async def write(number):
            def pair(tx):
                tx.add_message(message(f"left {number}"))
                tx.add_message(message(f"right {number}"))
            await store.write(pair)
            sys.stdout.write(f"{number}\\n")
            sys.stdout.flush()
        number = int(start)
        while True:
            size = 1 if number % 3 else 40
            await asyncio.gather(*(write(each) for each in range(number, number + size)))
            number += size

asyncio.run(main(*sys.argv[1:]))
"""
ROOT = Path(__file__).parents[2]


def texts(tx: Transaction) -> list[str]:
    return [each.text for each in tx.messages(STUDY, "ada", None, 1_000_000)]


def killed_after(file: Path, start: int, acknowledged: int) -> list[int]:
    """Run the writer, kill it when it has acknowledged so many, and give all that it acknowledged."""
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file), str(start)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    said = b""
    try:
        while said.count(b"\n") < acknowledged:
            assert select.select([child.stdout], [], [], 60)[0], "the writer says nothing"
            chunk = os.read(child.stdout.fileno(), 1 << 16)
            assert chunk, "the writer ended by itself"
            said += chunk
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
    with child.stdout:
        said += child.stdout.read()
    return [int(line) for line in said.split(b"\n")[:-1]]


@pytest.mark.bad_input(87)
async def test_everything_acknowledged_survives_kill_9_at_any_moment(tmp_path: Path) -> None:
    file = tmp_path / "practice.sqlite"
    acknowledged: set[int] = set()
    for round_, amount in enumerate((1, 7, 43, 90, 150, 333)):
        start = 10_000 * round_
        acknowledged |= set(await asyncio.to_thread(killed_after, file, start, amount))
        async with opened(file, "parent") as store:
            seen = await store.read(texts)
        left = {int(text.split()[1]) for text in seen if text.startswith("left")}
        right = {int(text.split()[1]) for text in seen if text.startswith("right")}
        assert left == right, "a transaction is whole or not there"
        assert acknowledged <= left
        assert len(seen) == 2 * len(left), "nothing is there twice"


@pytest.mark.bad_input(89)
@pytest.mark.parametrize("tail", ["nothing more", "cut", "garbage", "zeros", "old pages"])
async def test_what_is_acknowledged_needs_nothing_that_was_not_yet_synced(tmp_path: Path, tail: str) -> None:
    """The disk as it can be after power is lost: what was synced is there, of later writes anything or nothing."""
    file, copy = tmp_path / "practice.sqlite", tmp_path / "after" / "practice.sqlite"
    copy.parent.mkdir()
    async with opened(file, "me") as store:
        for number in range(20):
            await store.write(adding(f"kept {number}"))
        synced = Path(f"{file}-wal").stat().st_size
        shutil.copy(file, copy)
        for number in range(20):
            await store.write(adding(f"later {number}"))
        wal = Path(f"{file}-wal").read_bytes()
    more = {
        "nothing more": b"",
        "cut": wal[synced : synced + 5000],
        "garbage": os.urandom(9000),
        "zeros": bytes(9000),
        "old pages": wal[:9000],
    }[tail]
    Path(f"{copy}-wal").write_bytes(wal[:synced] + more)
    async with opened(copy, "me") as store:
        seen = await store.read(texts)
    assert seen[:20] == [f"kept {n}" for n in range(20)]
    assert seen[20:] == [f"later {n}" for n in range(len(seen) - 20)]


@pytest.mark.bad_input(37)
async def test_the_lock_of_a_killed_process_holds_nobody_up(tmp_path: Path) -> None:
    file = tmp_path / "practice.sqlite"
    await asyncio.to_thread(killed_after, file, 0, 1)
    assert Path(f"{file}.pid").exists()
    async with opened(file, "me") as store:
        await store.write(adding("on we go"))
