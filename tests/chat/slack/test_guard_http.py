"""What Slack signed just now comes through, and nothing else does."""

import hashlib
import hmac
import json

import pytest

from bot.chat.slack.guard_http import LARGEST, Guard, Turned
from tests.fakes import START, FakeClock

SECRET = "signing-secret"
BODY = json.dumps({"type": "event_callback"}).encode()
NOW = int(START.timestamp())


def signed(body: bytes, at: int | str = NOW, secret: str = SECRET) -> dict[str, str]:
    digest = hmac.new(secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": f"v0={digest}"}


def status(headers: dict[str, str], body: bytes = BODY) -> int:
    try:
        Guard(SECRET, FakeClock()).check(headers, body)
    except Turned as turned:
        return turned.status
    return 200


@pytest.mark.parametrize("at", [NOW, NOW - 300, NOW + 300])
def test_what_is_signed_now_comes_through(at: int) -> None:
    assert Guard(SECRET, FakeClock()).check(signed(BODY, at), BODY) == json.loads(BODY)


@pytest.mark.bad_input(100)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(BODY, NOW - 301),
        signed(BODY, NOW + 301),
        signed(BODY, 0),
        signed(BODY, 10**11),
        signed(BODY, "9" * 30),
        signed(BODY, "now"),
        signed(BODY, f"-{NOW}"),
        signed(BODY, f" {NOW}"),
        signed(BODY, "١٧٦٢"),
        signed(BODY, secret="other"),
        {**signed(BODY), "X-Slack-Signature": "v0=é" + "0" * 63},
        {**signed(BODY), "X-Slack-Signature": "v1=" + "0" * 64},
        {**signed(BODY), "X-Slack-Signature": ""},
        signed(b"another body"),
    ],
)
def test_anything_else_is_unsigned(headers: dict[str, str]) -> None:
    assert status(headers) == 401


@pytest.mark.bad_input(100)
@pytest.mark.parametrize(
    "body",
    [b"{broken", b'{"a":' * 20_000, b"\xff\xfe", b"", b"payload={broken", b"payload=[]", b"[" * 30_000],
)
def test_a_signed_body_that_cannot_be_read_is_a_bad_request(body: bytes) -> None:
    assert status(signed(body), body) == 400


@pytest.mark.bad_input(100)
def test_a_huge_body_is_too_large_even_if_signed() -> None:
    body = b"{" + b" " * LARGEST
    assert status(signed(body), body) == 413


@pytest.mark.parametrize("body", [b"command=%2Fstreak&text=", b"payload=%7B%22type%22%3A%22x%22%7D"])
def test_forms_come_through(body: bytes) -> None:
    assert status(signed(body), body) == 200


def test_the_word_payload_in_a_command_hides_nothing() -> None:
    body = b"command=%2Fquestion&text=payload"
    assert Guard(SECRET, FakeClock()).check(signed(body), body) == {"command": "/question", "text": "payload"}
