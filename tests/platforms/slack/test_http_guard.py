"""HTTP mode: what Slack did not sign just now is turned away, whatever it looks like, and never with a 5xx."""

import json
import logging
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest

from tests.platforms.slack.conftest import ANSWER, Watched
from tests.platforms.slack.fake_delivery import Sent

JSON_TYPE = {"Content-Type": "application/json"}
FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
STAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"
CHALLENGE = b'{"type": "url_verification", "challenge": "c3", "token": "t"}'


async def event_of(http: Watched, text: str = ANSWER) -> bytes:
    round_ = await http.asked()
    said = http.people.write("U0ADA", http.channel.id, text, round_.message)
    return json.dumps(http.people.envelope(http.people.said(said))).encode()


async def send(http: Watched, body: bytes, headers: dict[str, str]) -> Sent:
    return await http.slack.web.post(body, {**JSON_TYPE, **headers})


@pytest.mark.bad_input(100)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {STAMP: ""},
        {STAMP: "now"},
        {STAMP: "-1"},
        {STAMP: "1" * 400},
        {STAMP: "१२३"},
        {STAMP: "1e9"},
        {STAMP: "0x10"},
        {SIGNATURE: ""},
        {SIGNATURE: "v0="},
        {SIGNATURE: "v0=ü" + "0" * 63},
        {SIGNATURE: "v1=" + "0" * 64},
        {SIGNATURE: "v0=" + "0" * 64},
        {SIGNATURE: "v0=" + "G" * 64},
        {SIGNATURE: "v0=" + "0" * 6000},
    ],
    ids=lambda headers: str(headers)[:40],
)
async def test_a_malformed_or_wrong_signature_is_401(
    http: Watched, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    body = await event_of(http)
    good = http.slack.web.signed(body)
    caplog.clear()
    sent = await send(http, body, {**good, **headers} if headers else {})
    await http.settled()
    assert sent.status == 401 and await http.replies() == []
    for record in caplog.records:
        assert len(f"{record.getMessage()} {getattr(record, 'facts', '')}") <= 200
        assert ANSWER not in str(record.__dict__)


@pytest.mark.bad_input(100)
@pytest.mark.parametrize(("ago", "status"), [(290, 200), (310, 401), (86_400, 401), (-290, 200), (-310, 401)])
async def test_a_stale_or_future_signature_is_401(http: Watched, ago: float, status: int) -> None:
    body = await event_of(http)
    sent = await send(http, body, http.slack.web.signed(body, ago))
    await http.settled()
    assert sent.status == status and len(await http.replies()) == (1 if status == 200 else 0)


@pytest.mark.bad_input(51, 100)
async def test_a_replayed_request_changes_nothing(http: Watched) -> None:
    body = await event_of(http)
    headers = http.slack.web.signed(body)
    for _ in range(3):
        assert (await send(http, body, headers)).status == 200
    await http.settled()
    assert len(await http.replies()) == len(await http.answers()) == 1
    assert http.titles("ada").count("Kept. Day 1, a streak begins.") == 1


@pytest.mark.bad_input(100)
async def test_a_body_that_was_changed_after_signing_is_401(http: Watched) -> None:
    body = await event_of(http)
    headers = http.slack.web.signed(body)
    assert (await send(http, body.replace(b"U0ADA", b"U0BEN"), headers)).status == 401
    assert await http.replies() == []


@pytest.mark.bad_input(61, 100)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"\xff\xfe\x00",
        b"[" * 50_000,
        b'{"a":' * 20_000,
        b'{"type": "event_callback"}',
        b'{"type": "event_callback", "event": null, "team_id": 5}',
        b'{"type": "event_callback", "event": [], "event_id": {}}',
        b'{"type": "message_action"}',
        b'{"type": "view_submission", "view": 5, "user": []}',
        b"payload=",
        b"payload=%7B",
        b"payload=%5B%5D",
        b"payload=%7B%22type%22%3A%22block_actions%22%7D",
        b"command=%2Fquestion",
        b"command=%2Fquestion&text=%00%ff&user_id=U0ADA",
        b"x=1&" * 5000,
        b"ssl_check=1&token=t",
    ],
    ids=lambda body: repr(body)[:40],
)
@pytest.mark.parametrize(
    "headers", [JSON_TYPE, FORM_TYPE, {"Content-Type": "text/odd; charset=nonsense"}], ids=str
)
async def test_signed_nonsense_is_never_a_fault_of_ours(
    http: Watched, body: bytes, headers: dict[str, str]
) -> None:
    sent = await http.slack.web.post(body, {**headers, **http.slack.web.signed(body)})
    assert sent.status is not None and sent.status < 500
    await http.settled()
    await http.asked()
    await http.say("ada", ANSWER)
    assert len(await http.answers()) == 1


@pytest.mark.bad_input(100)
async def test_a_huge_body_is_413_and_not_read_to_its_end(http: Watched) -> None:
    body = b'{"a": "' + b"x" * 1_100_000 + b'"}'
    assert (await send(http, body, http.slack.web.signed(body))).status == 413
    assert (await send(http, body, {})).status in (401, 413)


async def test_the_address_is_verified_and_health_is_told(http: Watched) -> None:
    sent = await send(http, CHALLENGE, http.slack.web.signed(CHALLENGE))
    assert sent.status == 200 and "c3" in str(sent.body)
    base = f"http://127.0.0.1:{http.platform.port}"
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{base}/healthz") as answer:
            assert answer.status == 200
        for path in ("/", "/slack/install", "/slack/oauth_redirect", "/slack", "/healthz/x"):
            async with session.get(f"{base}{path}") as answer:
                assert answer.status == 404
        async with session.get(f"{base}/slack/events") as answer:
            assert answer.status in (404, 405)


@pytest.mark.bad_input(51, 100)
@pytest.mark.parametrize("reason", ["http_timeout", "http_error"])
async def test_an_event_that_comes_again_is_not_dropped_only_because_it_says_so(
    http: Watched, reason: str
) -> None:
    body = await event_of(http)
    again = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": reason}
    assert (await send(http, body, {**http.slack.web.signed(body), **again})).status == 200
    await http.settled()
    assert len(await http.answers()) == 1


@pytest.mark.bad_input(107)
async def test_unsigned_words_stand_in_no_log(http: Watched, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    canary = "canaryOfAnUnsignedBody"
    for body, headers in (
        (urlencode({"payload": canary, "text": canary}).encode(), FORM_TYPE),
        (json.dumps({"type": canary, "event": {"text": canary}}).encode(), JSON_TYPE),
    ):
        odd: dict[str, Any] = {SIGNATURE: f"v0={canary}", STAMP: canary, "User-Agent": canary}
        assert (await http.slack.web.post(body, {**headers, **odd})).status == 401
    ours = [record for record in caplog.records if record.name.startswith(("bot", "slack"))]
    assert not any(canary in str(record.__dict__) for record in ours)
