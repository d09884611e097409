"""Whether somebody is still there: what Slack says when it is asked, and what it tells by itself."""

import pytest

from bot.domain.places import Member, Platform, Workspace
from bot.practice.ports import LookupFailed
from tests.contracts.slack_world import STUDY
from tests.platforms.slack.conftest import ANSWER, OTHER, REVIEW, Watched
from tests.platforms.slack.fake_faults import Fault, Limited, Refused, Reset, Status

INFO = "users.info"


async def changed(world: Watched, name: str, *, deleted: bool) -> None:
    """Let an account be closed or opened, and Slack tell of it."""
    person = world.there.people[f"U0{name.upper()}"]
    person.deleted = deleted
    await world.people.event({"type": "user_change", "user": person.as_json(), "event_ts": world.there.ts()})
    await world.settled()


async def is_closed(world: Watched, name: str) -> bool:
    return await world.store.read(lambda tx: tx.is_closed(world.member(name)))


@pytest.mark.bad_input(69)
async def test_a_closed_account_and_one_that_nobody_has_are_gone(socket: Watched) -> None:
    await socket.answered()
    chat = socket.platform.outgoing
    assert await chat.is_here(socket.member("ben"))
    assert not await chat.is_here(Member(socket.workspace, "U0NOBODY"))
    socket.there.people["U0BEN"].deleted = True
    asked = len(socket.slack.called(INFO))
    assert await chat.is_here(socket.member("ben")), "what was said a moment ago serves"
    assert len(socket.slack.called(INFO)) == asked
    await socket.advance(minutes=2)
    assert not await chat.is_here(socket.member("ben"))
    socket.there.people["U0PRACTICE"] = socket.there.people["U0BOT"]
    assert await chat.is_here(Member(socket.workspace, "U0PRACTICE")), "a bot is there like anybody"


@pytest.mark.parametrize(
    "fault",
    [Status(500), Reset(), Limited("3600"), Refused("user_not_visible"), Refused("fatal_error")],
    ids=str,
)
async def test_what_slack_does_not_say_is_not_known_and_not_kept(socket: Watched, fault: Fault) -> None:
    await socket.answered()
    await socket.advance(minutes=2)
    socket.slack.faults.always(INFO, fault)
    with pytest.raises(LookupFailed):
        await socket.platform.outgoing.is_here(socket.member("ben"))
    socket.slack.faults.always(INFO, None)
    await socket.advance(hours=2)
    assert await socket.platform.outgoing.is_here(socket.member("ben"))
    with pytest.raises(LookupFailed):
        await socket.platform.outgoing.is_here(Member(Workspace(Platform.SLACK, "T2"), "U9"))


@pytest.mark.bad_input(69)
async def test_who_left_while_the_form_was_open_is_not_reviewed(world: Watched) -> None:
    await world.answered()
    await world.advance(minutes=2)
    await world.review_message("cyd", "ben", ANSWER)
    world.there.people["U0BEN"].deleted = True
    await world.fill("cyd", REVIEW)
    assert world.titles("cyd")[-1] == "That did not work." and world.cards() == []
    assert await is_closed(world, "ben")


@pytest.mark.bad_input(69)
async def test_slack_tells_of_a_closed_account_and_of_one_that_is_open_again(world: Watched) -> None:
    await world.answered()
    await changed(world, "ben", deleted=True)
    assert await is_closed(world, "ben")
    asked = len(world.slack.called(INFO))
    assert not await world.platform.outgoing.is_here(world.member("ben")), "as it was told just now"
    await world.review_message("cyd", "ben", ANSWER)
    assert world.titles("cyd")[-1] == "That did not work." and len(world.slack.called(INFO)) == asked
    await changed(world, "ben", deleted=False)
    assert not await is_closed(world, "ben")
    await world.reviewed()
    assert len(world.cards()) == 1


async def test_after_a_restart_who_answered_is_still_known_and_a_stranger_is_not_kept(world: Watched) -> None:
    await world.answered()
    world.there.join("guest", (STUDY,), tz=None)  # Slack tells no zone of a guest
    world.there.join("eve")
    await world.say("guest", OTHER)
    await world.advance(days=60)  # the thread is not read again any more
    await world.restart()
    assert world.slack.called("conversations.replies")[1:] == []
    for name in ("ben", "guest", "eve"):
        await changed(world, name, deleted=True)
    assert await is_closed(world, "ben") and await is_closed(world, "guest")
    assert not await is_closed(world, "eve")
