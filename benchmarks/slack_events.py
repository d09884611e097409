"""P5 and P6: a signed event of Slack until a use case has it, and a command until it is acknowledged, beside Bolt."""

import json
from contextlib import AsyncExitStack
from functools import partial
from time import perf_counter
from urllib.parse import urlencode

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult

from benchmarks.empty_store import EmptyStore
from benchmarks.measuring import Aim, Line, Report, Scale, Side, interleaved, own_folder, ratio, shown
from benchmarks.slack_group import Group, Switch, signed, slack_group
from bot.chat.commands import COMMANDS
from tests.contracts.slack_world import QUICK, STUDY
from tests.platforms.slack.fake_slack import SIGNING_SECRET
from tests.platforms.slack.fake_state import APP, BOT, BOT_USER, TEAM, Json

ADA = "U0ADA"
SLOW = 0.1
"""Seconds that a slow Slack takes for each call."""
TEXT = "I would first measure where the time goes, then change one thing at a time and measure again."


async def measure(scale: Scale) -> Report:
    """The figures about what Slack sends."""
    with own_folder() as folder:
        async with AsyncExitStack() as stack:
            enter = stack.enter_async_context
            patient = await enter(slack_group(folder / "patient.sqlite", QUICK.acknowledge_within))
            at_once = await enter(slack_group(folder / "at-once.sqlite", 0))
            events = await interleaved(_event_sides(patient, scale.size(1000, 20)), scale.rounds)
            commands = await interleaved(_command_sides(patient, at_once, scale.size(20, 3)), scale.rounds)
    note = (
        "P5: from the signed request to the listener, or to the use case's first call of a store that answers at once;"
        " Bolt with process_before_response=True and its own check of signatures. P6: Bolt's default runner with a"
        " listener that acknowledges first; the bot on SQLite, the Slack it calls is in this process, and takes"
        f" {SLOW * 1000:.0f} ms a call where it is slow."
    )
    return Report([*_event_lines(events), *_command_lines(commands)], [note])


def _event_lines(costs: dict[str, list[float]]) -> list[Line]:
    ours, one, many = costs["bot"], costs["bolt 1"], costs[f"bolt {len(COMMANDS)}"]
    base = f"{shown(one)} Bolt to its one listener"
    return [
        Line(
            "P5",
            f"Slack event to use case, {len(COMMANDS)} commands",
            shown(ours),
            base,
            ratio(ours, one),
            (Aim.AT_MOST, 1.1),
        ),
        Line(
            "",
            "  for scale",
            shown(ours),
            f"{shown(many)} Bolt to the last of {len(COMMANDS)} listeners",
            ratio(ours, many),
        ),
    ]


def _command_lines(costs: dict[str, list[float]]) -> list[Line]:
    base = f"{shown(costs['bolt'])} Bolt's default runner"
    return [
        Line(
            "P6" if aimed else "",
            what,
            shown(costs[name]),
            base,
            ratio(costs[name], costs["bolt"]),
            (Aim.AT_MOST, 0.05) if aimed else None,
        )
        for what, name, aimed in (
            ("/question acknowledged", "bot", True),
            ("  with a slow Slack", "slow", True),
            ("  acknowledged before the work", "at once", False),
            ("  the same with a slow Slack", "at once, slow", False),
        )
    ]


def _event_sides(group: Group, times: int) -> dict[str, Side]:
    sides: dict[str, Side] = {"bot": partial(_our_events, group, times)}
    for listeners in (1, len(COMMANDS)):
        sides[f"bolt {listeners}"] = _bolts_events(listeners, times)
    return sides


async def _our_events(group: Group, times: int, _: int) -> float:
    """Seconds from a request to the store, for one."""
    group.learn(ADA)
    reached = 0.0

    def reach() -> None:
        nonlocal reached
        reached = perf_counter()

    assert isinstance(group.store, Switch)
    kept, group.store.now = group.store.now, EmptyStore(reach)
    guard, door, seconds = group.way_in._guard, group.way_in._door, 0.0
    try:
        for number in range(times):
            body = json.dumps(_event(number)).encode()
            headers = signed(body, group.clock.now())
            began = perf_counter()
            answer = await door.dispatch(guard.check(headers, body))
            seconds += reached - began
            assert answer.status == 200 and reached > began
    finally:
        group.store.now = kept
    return seconds / times


def _bolts_events(listeners: int, times: int) -> Side:
    """Bolt with a listener for each of so many events, of which that for messages is the last."""
    app, reached = _bolt(in_line=True), 0.0

    async def reach() -> None:
        nonlocal reached
        reached = perf_counter()

    for number in range(listeners - 1):
        app.event(f"kind_{number}")(_nothing)
    app.event("message")(reach)

    async def one_round(_: int) -> float:
        seconds = 0.0
        for number in range(times):
            body = json.dumps(_event(number)).encode()
            headers = signed(body)
            began = perf_counter()
            await app.async_dispatch(AsyncBoltRequest(body=body.decode(), headers={**headers}))
            seconds += reached - began
            assert reached > began
        return seconds / times

    return one_round


def _command_sides(patient: Group, at_once: Group, times: int) -> dict[str, Side]:
    return {
        "bot": partial(_our_commands, patient, times, 0),
        "slow": partial(_our_commands, patient, times, SLOW),
        "at once": partial(_our_commands, at_once, times, 0),
        "at once, slow": partial(_our_commands, at_once, times, SLOW),
        "bolt": partial(_bolts_commands, times),
    }


async def _our_commands(group: Group, times: int, slow: float, _: int) -> float:
    """Seconds until `/question` is acknowledged; what goes on then is waited for, and not counted."""
    guard, door, seconds = group.way_in._guard, group.way_in._door, 0.0
    group.paced.seconds = slow
    for _ in range(times):
        group.clock.advance(seconds=15)  # who asks more often is told to wait
        body = urlencode(group.people.command(ADA, STUDY, "/question backend")).encode()
        headers = signed(body, group.clock.now())
        began = perf_counter()
        answer = await door.dispatch(guard.check(headers, body))
        seconds += perf_counter() - began
        assert answer.status == 200
        await group.platform.settled()
    return seconds / times


async def _bolts_commands(times: int, _: int) -> float:
    app, seconds = _bolt(in_line=False), 0.0

    async def question(ack: AsyncAck) -> None:
        await ack()

    app.command("/question")(question)
    fields = {"command": "/question", "text": "backend", "user_id": ADA, "channel_id": STUDY, "team_id": TEAM}
    body = urlencode({**fields, "trigger_id": "1.2.3", "response_url": "http://127.0.0.1/"})
    for _ in range(times):
        headers = signed(body.encode())
        began = perf_counter()
        answer = await app.async_dispatch(AsyncBoltRequest(body=body, headers={**headers}))
        seconds += perf_counter() - began
        assert answer.status == 200
    return seconds / times


def _bolt(*, in_line: bool) -> AsyncApp:
    """Bolt as it comes, but for `in_line`, and for an authorization that asks nobody."""
    return AsyncApp(signing_secret=SIGNING_SECRET, authorize=_authorize, process_before_response=in_line)


async def _authorize() -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=None,
        team_id=TEAM,
        bot_id=BOT,
        bot_user_id=BOT_USER,
        bot_token="xoxb-1",  # noqa: S106
    )


async def _nothing() -> None:
    """What a listener does that is never called."""


def _event(number: int) -> Json:
    """A reply in a thread, as the Events API sends it."""
    said: Json = {"type": "message", "user": ADA, "text": f"Case {number}. {TEXT}", "team": TEAM}
    said |= {"ts": f"1793606400.{number:06}", "thread_ts": "1793600000.000100", "channel": STUDY}
    said |= {"channel_type": "channel", "event_ts": f"1793606400.{number:06}", "parent_user_id": BOT_USER}
    event: Json = {"type": "event_callback", "team_id": TEAM, "api_app_id": APP, "event": said}
    event |= {"event_id": f"Ev{number}", "event_time": 1793606400, "token": "verification"}
    return {**event, "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}]}
