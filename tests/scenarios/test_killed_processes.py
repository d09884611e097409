"""Real processes that post the same due questions, killed and frozen while they do: none doubled, none lost."""

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from bot.domain.places import Channel
from bot.practice.ports import Store
from bot.practice.records import OccurrenceState
from tests.postgres_server import postgres_server
from tests.practice.group import HERE
from tests.scenarios.posting_process import LANDING, LEASE, opened, plan

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds after which a test gives up; nothing is judged by how long it took."""


class Posting:
    """One running process."""

    def __init__(self, place: str, platform: Path, owner: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.scenarios.posting_process", place, str(platform), owner],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def signal(self, what: signal.Signals) -> None:
        """Kill, freeze or go on."""
        self._process.send_signal(what)

    def is_over(self) -> bool:
        """Whether it has ended by itself."""
        return self._process.poll() is not None

    def ended_well(self) -> bool:
        """Wait for its end by itself; what it complained of is shown if it failed."""
        _, complaint = self._process.communicate(timeout=PATIENCE)
        assert self._process.returncode == 0, complaint.decode()
        return True

    def stop(self) -> None:
        """See to it that nothing is left running."""
        self._process.kill()
        self._process.communicate()


def markers(platform: Path) -> list[str]:
    """The markers of all that was posted, in order."""
    if not platform.exists():
        return []
    return [json.loads(line)["marker"] for line in platform.read_text().splitlines()]


def wait_for(platform: Path, count: int, *watched: Posting) -> bool:
    """Wait until so much is posted; False when the processes have ended before."""
    give_up = time.monotonic() + PATIENCE
    while len(markers(platform)) < count:
        if watched and all(process.is_over() for process in watched):
            return not all(process.ended_well() for process in watched)
        assert time.monotonic() < give_up, "nothing is posted any more"
        time.sleep(0.002)
    return True


async def judge(store: Store, platform: Path, channels: int) -> None:
    """Each question is in its channel once, and the ledger knows it."""
    posted = Counter(markers(platform))
    assert [marker for marker, times in posted.items() if times > 1] == []
    for number in range(channels):
        channel = Channel(HERE, f"c{number:03}")
        lines = await store.read(lambda tx, channel=channel: tx.ledger(channel, 5))  # type: ignore[misc]
        assert [line.state for line in lines] == [OccurrenceState.POSTED], channel
        assert posted[lines[0].round or ""] == 1, channel
    assert len(posted) == channels


@pytest.mark.bad_input(87)
async def test_a_process_killed_again_and_again_loses_and_doubles_nothing(tmp_path: Path) -> None:
    file, platform, channels = tmp_path / "practice.sqlite", tmp_path / "platform", 120
    async with opened(str(file), "planner") as store:
        await plan(store, channels)
    killed = 0
    while True:
        posting = Posting(str(file), platform, f"owner-{killed}")
        try:
            if killed == 5 or not wait_for(platform, len(markers(platform)) + 9, posting):
                assert posting.ended_well()
                break
            posting.signal(signal.SIGKILL)
            killed += 1
        finally:
            posting.stop()
    assert killed >= 3
    async with opened(str(file), "judge") as store:
        await judge(store, platform, channels)


@pytest.mark.bad_input(87, 98)
async def test_of_two_processes_one_killed_and_one_frozen_past_its_lease_none_loses_or_doubles(
    tmp_path: Path,
) -> None:
    server = postgres_server()
    name = server.migrated_database()
    url, platform, channels = server.url(name), tmp_path / "platform", 300
    started: list[Posting] = []

    def start(owner: str) -> Posting:
        started.append(Posting(url, platform, owner))
        return started[-1]

    try:
        async with opened(url, "planner") as store:
            await plan(store, channels)
        killed, frozen = start("first"), start("second")
        assert wait_for(platform, 40, killed, frozen)
        killed.signal(signal.SIGKILL)
        third = start("third")
        assert wait_for(platform, 80, frozen)
        frozen.signal(signal.SIGSTOP)
        time.sleep((LEASE + LANDING).total_seconds() * 2)
        frozen.signal(signal.SIGCONT)
        assert frozen.ended_well()
        assert third.ended_well()
        async with opened(url, "judge") as store:
            await judge(store, platform, channels)
    finally:
        for process in started:
            process.stop()
        server.drop(name)
