"""The strict fake is strict, and what a test orders of it happens: shown with slack_sdk's own client."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes import FakeClock
from tests.platforms.slack.fake_delivery import Sent
from tests.platforms.slack.fake_faults import CutJson, Late, Limited, Refused, Reset, Silence, Status
from tests.platforms.slack.fake_people import People
from tests.platforms.slack.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.platforms.slack.fake_state import Json
from tests.platforms.slack.limits import faults_of_message, faults_of_view

STUDY = "C0STUDY"
QUIET: Json = {"text": "Hello", "unfurl_links": False, "unfurl_media": False}


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    fake = FakeSlack(FakeClock().now)
    fake.there.open_channel(STUDY, "study")
    fake.there.join("ada", (STUDY,))
    await fake.start()
    yield fake
    await fake.stop()


@pytest.fixture
async def client(slack: FakeSlack) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(1)) as session:
        none: list[AsyncRetryHandler] = []
        yield AsyncWebClient(BOT_TOKEN, f"{slack.base}/api/", timeout=1, session=session, retry_handlers=none)


async def error_of(call: Any) -> str:
    with pytest.raises(SlackApiError) as raised:
        await call
    return str(raised.value.response["error"])


async def test_a_message_stands_and_is_found_again(slack: FakeSlack, client: AsyncWebClient) -> None:
    about = {"event_type": "practice", "event_payload": {"round": "r1"}}
    posted = await client.chat_postMessage(channel=STUDY, metadata=about, **QUIET)
    found = await client.conversations_history(channel=STUDY, include_all_metadata=True)
    assert [(m["ts"], m["metadata"]) for m in found["messages"]] == [(posted["ts"], about)]
    assert "metadata" not in (await client.conversations_history(channel=STUDY))["messages"][0]
    assert slack.complaints == []


async def test_what_slack_would_refuse_is_refused_and_complained_of(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    assert await error_of(client.api_call("chat.shout")) == "unknown_method"
    assert await error_of(client.api_call("reactions.add", json={"channel": STUDY})) == "invalid_arguments"
    assert (
        await error_of(client.reactions_add(channel=STUDY, timestamp="1.0", name="x")) == "message_not_found"
    )
    header = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
    assert (
        await error_of(client.chat_postMessage(channel=STUDY, blocks=[header], **QUIET)) == "invalid_blocks"
    )
    await client.chat_postMessage(channel=STUDY, text="http://example.org")
    assert len(slack.complaints) == 5 and "header" in slack.complaints[2] + slack.complaints[3]


@pytest.mark.parametrize("token", ["xoxb-wrong", APP_TOKEN, ""])
async def test_a_wrong_token_is_refused(slack: FakeSlack, client: AsyncWebClient, token: str) -> None:
    client.token = token
    assert await error_of(client.auth_test()) == "invalid_auth"
    assert await error_of(client.apps_connections_open(app_token=BOT_TOKEN)) == "invalid_auth"


async def test_a_missing_scope_is_named(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.scopes.discard("chat:write")
    with pytest.raises(SlackApiError) as raised:
        await client.chat_postMessage(channel=STUDY, **QUIET)
    assert raised.value.response["needed"] == "chat:write"


async def test_an_ephemeral_message_is_seen_by_one_and_found_by_nobody(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    slack.there.join("ben", (STUDY,))
    await client.chat_postEphemeral(channel=STUDY, user="U0ADA", text="Only you")
    assert len(slack.there.seen_by("U0ADA", STUDY)) == 1 and slack.there.seen_by("U0BEN", STUDY) == []
    assert (await client.conversations_history(channel=STUDY))["messages"] == []


async def test_history_is_paged_newest_first_and_replies_oldest_first(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    people = People(slack)
    root = people.write("U0ADA", STUDY, "root")
    said = [people.write("U0ADA", STUDY, str(number), root.ts) for number in range(5)]
    page = await client.conversations_replies(channel=STUDY, ts=root.ts, limit=2, oldest=said[0].ts)
    assert [m["text"] for m in page["messages"]] == ["root", "1", "2"]
    cursor = page["response_metadata"]["next_cursor"]
    page = await client.conversations_replies(
        channel=STUDY, ts=root.ts, limit=2, oldest=said[0].ts, cursor=cursor
    )
    assert [m["text"] for m in page["messages"]] == ["root", "3", "4"] and not page["has_more"]
    assert [m["text"] for m in (await client.conversations_history(channel=STUDY))["messages"]] == ["root"]


@pytest.mark.parametrize("fault", [Reset(True), CutJson(), Status(500, True), Silence(True)])
async def test_an_answer_can_be_lost_after_the_message_stands(
    slack: FakeSlack, client: AsyncWebClient, fault: Any
) -> None:
    slack.faults.next("chat.postMessage", fault)
    with pytest.raises((SlackApiError, aiohttp.ClientError, TimeoutError)):
        await client.chat_postMessage(channel=STUDY, **QUIET)
    assert len(slack.there.messages) == 1


async def test_a_call_can_land_late_or_be_limited_or_be_refused(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    clock = FakeClock()
    slack.there.now = clock.now
    slack.faults.next(
        "chat.postMessage", Late(timedelta(seconds=45)), Limited("7"), Limited(None, page=True), Reset()
    )
    for status in (None, 429, 429, None):
        with pytest.raises((SlackApiError, aiohttp.ClientError)) as raised:
            await client.chat_postMessage(channel=STUDY, **QUIET)
        if isinstance(raised.value, SlackApiError):
            assert raised.value.response.status_code == status
    slack.land()
    assert slack.there.messages == []
    clock.advance(seconds=45)
    slack.land()
    assert len(slack.there.messages) == 1
    slack.faults.always("chat.postMessage", Refused("is_archived"))
    assert await error_of(client.chat_postMessage(channel=STUDY, **QUIET)) == "is_archived"


async def test_a_trigger_is_used_once(slack: FakeSlack, client: AsyncWebClient) -> None:
    title = {"type": "plain_text", "text": "A form"}
    view: Json = {"type": "modal", "title": title, "blocks": [{"type": "divider"}]}
    trigger = slack.there.triggers.new("U0ADA", "t1")
    await client.views_open(trigger_id=trigger, view=view)
    assert await error_of(client.views_open(trigger_id=trigger, view=view)) == "exchanged_trigger_id"
    assert await error_of(client.views_open(trigger_id="t2", view=view)) == "invalid_trigger_id"


async def test_tickets_are_used_once_and_what_nobody_acknowledges_is_sent_again(slack: FakeSlack) -> None:
    slack.deliveries.patience = 0.1
    ticket = slack._ticket(APP_TOKEN)["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(ticket) as socket:
        assert (await socket.receive_json())["type"] == "hello"
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(ticket)
        sending = asyncio.create_task(People(slack).event({"type": "message"}))
        first, second = await socket.receive_json(), await socket.receive_json()
        assert (first["retry_attempt"], second["retry_attempt"]) == (0, 1)
        assert first["payload"] == second["payload"]
        await socket.send_json({"envelope_id": second["envelope_id"]})
        delivery = await sending
    assert delivery.acknowledged and delivery.sent[0] == Sent()


def test_the_limits_are_held() -> None:
    def section(text: str) -> Json:
        return {"type": "section", "text": {"type": "mrkdwn", "text": text}}

    assert faults_of_message({"text": "x", "blocks": [section("<@U1> &amp; <https://a.b|c>")]}) == []
    for wrong in ("<b>", "a & b", "<!here>", "x" * 3001):
        assert faults_of_message({"text": "x", "blocks": [section(wrong)]}) != [], wrong
    assert "13200" not in str(faults_of_message({"text": "x", "blocks": [section("x" * 2600)] * 5}))
    assert any(
        "too_long" in one for one in faults_of_message({"text": "x", "blocks": [section("x" * 2700)] * 5})
    )
    assert faults_of_message({"text": " "}) != [] and faults_of_message({"text": "x" * 40_001}) != []
    button = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "b"}, "value": "c"}
    row = {"type": "actions", "elements": [button, button]}
    assert any("twice" in one for one in faults_of_message({"text": "x", "blocks": [row]}))
    assert any(
        "title" in one
        for one in faults_of_view({"type": "modal", "title": {"type": "plain_text", "text": "x" * 25}})
    )
