"""Another installation of the app is not ours, a guest never a manager, and nothing that speaks as us is kept."""

import json
from typing import Any

import pytest

from bot.chat.slack.people import People
from bot.domain.places import Member
from tests.contracts.slack_world import STUDY
from tests.platforms.slack.conftest import ANSWER, Watched
from tests.platforms.slack.drawn import text_of
from tests.platforms.slack.fake_faults import Status

OTHER_TEAM: dict[str, Any] = {"team_id": "T2", "authorizations": [{"team_id": "T2"}]}


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
async def test_the_end_of_another_installation_is_not_our_end(world: Watched, kind: str) -> None:
    event = {"type": kind, "tokens": {"bot": ["U2"]}}
    assert (await world.people.event(event, team_id="T2")).acknowledged
    await world.settled()
    assert world.platform.fault is None and not world.task.done()


async def test_a_reply_of_another_installation_is_not_kept_and_one_of_a_shared_channel_is(
    world: Watched,
) -> None:
    round_ = await world.asked()
    said = world.people.write("U0BEN", STUDY, ANSWER, round_.message)
    assert (await world.people.event(world.people.said(said), **OTHER_TEAM)).acknowledged
    await world.settled()
    assert await world.replies() == []
    await world.people.event(world.people.said(said), team_id="T2")  # the authorization is ours
    await world.settled()
    assert len(await world.replies()) == 1


async def test_what_is_set_aside_holds_nothing_to_speak_with(world: Watched) -> None:
    await world.join("ada")
    press = world.people.command("U0ADA", STUDY, "/streak")
    del press["channel_id"]
    assert (await world.slack.deliveries.deliver("slash_commands", press)).acknowledged
    raw = json.dumps(kept_raw(world))
    assert "/streak" in raw
    for secret in ("verification", press["trigger_id"], press["response_url"]):
        assert secret not in raw


def kept_raw(world: Watched) -> list[Any]:
    """The texts that were set aside."""
    return [raw for _, raw in world.memory._committed.events.values() if raw]


async def test_a_guest_who_is_an_admin_at_home_is_no_manager_here(world: Watched) -> None:
    people: People = world.platform._people
    told = {"is_admin": True, "team_id": "T2"}
    guest, native = Member(world.workspace, "T2-U9"), Member(world.workspace, "U9")
    for member in (guest, native):
        people.learn(member, told)
        assert not people.is_known_manager(member)
    people.learn(native, {"is_admin": True, "team_id": "T0TEAM"})
    assert people.is_known_manager(native)
    people.learn(native, {**told, "enterprise_user": {"teams": ["T2", "T0TEAM"]}})
    assert people.is_known_manager(native)


async def test_app_home_of_a_guest_shows_what_is_theirs(world: Watched) -> None:
    round_ = await world.asked()
    world.there.join("eve", (STUDY,), team="T2")
    said = world.people.write("U0EVE", STUDY, ANSWER, round_.message, user_team="T2")
    await world.people.event(world.people.said(said))
    await world.people.open_home("U0EVE")
    await world.settled()
    assert "Streak: 1 day" in text_of(world.there.homes["U0EVE"]["blocks"], world.name)


async def test_who_accepts_is_asked_of_slack_now(socket: Watched) -> None:
    await socket.asked()
    accept = {"type": "button", "action_id": "action:accept", "value": "none", "block_id": "b"}

    async def answered() -> str:
        await socket.advance(seconds=5)
        await socket.people.interact(socket.people.pressed("U0ADA", socket.newest_prompt(), accept))
        await socket.settled()
        return socket.seen(socket.visible("ada")[-1]).text

    await socket.say("ada", "/daily")
    may = await answered()
    await socket.advance(minutes=2)
    assert await answered() == may, "a minute's memory does not decide"
    socket.there.people["U0ADA"].is_admin = False
    assert await answered() != may, "nobody told that she is no admin any more"
    socket.slack.faults.always("users.info", Status(500))
    assert "could not ask Slack" in await answered()
