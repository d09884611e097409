"""What managers press and send in the Schedules view, judged on the server whoever presses it."""

import pytest

from bot.chat.calls import Outcome, Quiet, Response
from bot.chat.cards import Tone
from bot.chat.local.convert import HOME
from bot.chat.local.page import planning
from bot.chat.local.page.shell import Session
from bot.chat.plain import plain
from bot.domain.places import Channel
from bot.domain.schedules import Schedule, ScheduleState
from tests.page.sample_group import ADA, BEN, LOUNGE, STUDY, SampleGroup

PRESSED = ("daily pause", "daily resume", "daily skip", "daily now", "daily remove")


async def planned() -> tuple[SampleGroup, Schedule]:
    """A group in which Ada is the manager and has set one schedule."""
    group = SampleGroup()
    for member in (ADA, BEN):
        await group.room.enter(member.id)
    sent = {"channel": "study", "time": "09:00", "weekdays": "mon-fri", "track": "backend", "slot": ""}
    said(await planning.send(Session(group.room, ADA, STUDY), sent))
    return group, (await kept(group))[0]


async def kept(group: SampleGroup) -> list[Schedule]:
    """The schedules of the group."""
    return await group.ports.store.read(lambda tx: tx.schedules(HOME))


def said(outcome: Outcome) -> str:
    """A private card in one line."""
    assert isinstance(outcome, Response) and outcome.private
    return " ".join(plain(outcome.card, 500))


async def test_a_manager_sets_a_schedule_with_the_fields_of_the_command() -> None:
    _, schedule = await planned()
    assert (schedule.channel, schedule.slot, str(schedule.time)) == (STUDY, "daily", "09:00")
    assert schedule.filters.track == "backend"
    assert planning.preset(schedule) == {
        "channel": "study", "time": "09:00", "weekdays": "mon-fri", "zone": "Europe/Berlin", "track": "backend",
        "level": "", "topic": "", "kind": "", "reveal": "24", "slot": "daily",
    }  # fmt: skip


async def test_what_stands_in_the_form_to_change_a_schedule_changes_nothing_when_it_is_sent_as_it_is() -> (
    None
):
    group, schedule = await planned()
    outcome = await planning.send(Session(group.room, ADA, STUDY), planning.preset(schedule))
    assert not planning.refused(outcome) and said(outcome).startswith("Changed")
    assert await kept(group) == [schedule]


@pytest.mark.parametrize("name", PRESSED)
async def test_a_forged_press_of_somebody_who_is_no_manager_is_refused_and_changes_nothing(name: str) -> None:
    group, schedule = await planned()
    outcome = await planning.press(Session(group.room, BEN, STUDY), schedule, name)
    assert planning.refused(outcome) and "is for managers of this group" in said(outcome)
    assert await kept(group) == [schedule]
    assert group.titles("study") == []


async def test_a_forged_form_of_somebody_who_is_no_manager_is_refused_and_sets_nothing() -> None:
    group, schedule = await planned()
    outcome = await planning.send(Session(group.room, BEN, LOUNGE), {"channel": "lounge", "time": "10:00"})
    assert "is for managers of this group" in said(outcome)
    assert await kept(group) == [schedule]


async def test_who_was_a_manager_when_the_view_was_drawn_is_asked_anew_at_the_press() -> None:
    group, schedule = await planned()
    session = Session(group.room, ADA, STUDY)
    group.demote(ADA)
    assert planning.refused(await planning.press(session, schedule, "daily pause"))
    assert await kept(group) == [schedule]


async def test_the_presses_do_what_the_commands_of_the_same_names_do() -> None:
    group, schedule = await planned()
    session = Session(group.room, ADA, STUDY)
    assert "Paused" in said(await planning.press(session, schedule, "daily pause"))
    assert [one.state for one in await kept(group)] == [ScheduleState.PAUSED]
    assert "is paused" in said(await planning.press(session, schedule, "daily pause"))
    assert "Resumed" in said(await planning.press(session, schedule, "daily resume"))
    assert "Skipped" in said(await planning.press(session, schedule, "daily skip"))
    assert await planning.press(session, schedule, "daily now") == Quiet()
    assert len(group.titles("study")) == 1
    assert "there is one a day" in said(await planning.press(session, schedule, "daily now"))
    assert "Removed" in said(await planning.press(session, schedule, "daily remove"))
    assert await kept(group) == []


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"channel": "study", "time": "late"}, "as a time"),
        ({"channel": "study", "time": ""}, "needs a time"),
        ({"channel": "study", "time": "09:00", "zone": "Mars"}, "no time zone"),
        ({"channel": "study", "time": "09:00", "track": "baking"}, "There is no track"),
        ({"channel": "No Channel!", "time": "09:00"}, "is no name for a channel"),
        ({"time": "09:00"}, "is no name for a channel"),
        ({"channel": "study", "time": ["09:00"]}, "needs a time"),
        ([], "is no name for a channel"),
        (None, "is no name for a channel"),
        ({"channel": "study", "time": "9" * 100_000}, "as a time"),
    ],
)
async def test_what_cannot_be_set_is_refused_with_its_sentence(sent: object, sentence: str) -> None:
    group, schedule = await planned()
    outcome = await planning.send(Session(group.room, ADA, STUDY), sent)
    assert planning.refused(outcome) and sentence in said(outcome)
    assert isinstance(outcome, Response) and outcome.card.tone is Tone.REFUSED
    assert await kept(group) == [schedule]


async def test_what_is_no_field_of_the_form_is_left_out() -> None:
    group, _ = await planned()
    sent = {"channel": "lounge", "time": "18:30", "by": "ben", "state": "removed"}
    assert not planning.refused(await planning.send(Session(group.room, ADA, STUDY), sent))
    assert [one.channel for one in await kept(group)] == [Channel(HOME, "lounge"), STUDY]
