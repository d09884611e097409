"""Too many calls at once: one notice, then nothing, and nobody else waits for it."""

import pytest

from bot.chat.flood import Admission, Flood
from bot.domain.places import Member, Platform, Workspace
from tests.fakes import FakeClock

HERE, THERE = (Workspace(Platform.DISCORD, name) for name in ("G1", "G2"))
YES, NOTICE, DROP = Admission.YES, Admission.NOTICE, Admission.DROP

pytestmark = pytest.mark.bad_input(106)


def members(count: int, workspace: Workspace = HERE) -> list[Member]:
    return [Member(workspace, f"m{number}") for number in range(count)]


def test_a_member_is_let_through_five_times_in_ten_seconds_and_told_once() -> None:
    clock = FakeClock()
    flood, (ada, ben) = Flood(clock), members(2)
    assert [flood.admit(ada) for _ in range(100)] == [*[YES] * 5, NOTICE, *[DROP] * 94]
    assert flood.admit(ben) is YES
    clock.advance(seconds=9.9)
    assert flood.admit(ada) is DROP
    clock.advance(seconds=0.1)
    assert flood.admit(ada) is YES


def test_a_workspace_is_let_through_thirty_times_and_another_one_does_not_notice() -> None:
    flood = Flood(FakeClock())
    first = [flood.admit(member) for member in members(1000)]
    assert first == [*[YES] * 30, *[NOTICE] * 970]
    assert [flood.admit(member) for member in members(5, THERE)] == [YES] * 5


def test_calls_that_were_dropped_do_not_prolong_the_wait() -> None:
    clock = FakeClock()
    flood, (ada,) = Flood(clock), members(1)
    for _ in range(40):
        flood.admit(ada)
        clock.advance(seconds=0.25)
    assert flood.admit(ada) is YES


def test_a_clock_that_jumps_back_locks_nobody_out() -> None:
    clock = FakeClock()
    flood, (ada,) = Flood(clock), members(1)
    for _ in range(5):
        flood.admit(ada)
    clock.advance(hours=-1)
    assert flood.admit(ada) is YES


def test_those_who_are_quiet_cost_no_memory() -> None:
    clock = FakeClock()
    flood = Flood(clock)
    for member in members(1000):
        flood.admit(member)
    clock.advance(seconds=10)
    flood.forget_quiet()
    assert not (flood._members or flood._workspaces or flood._told)
