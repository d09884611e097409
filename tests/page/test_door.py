"""Who may speak to the page: its own origin, whoever knows the pass phrase, and not too much at once."""

import http.client
import stat
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from starlette.requests import HTTPConnection
from starlette.responses import Response

from bot.chat.local.page.door import TRIES, TRIES_IN, PassPhrase, is_loopback
from bot.chat.local.page.visits import Cookies, Visits, key_in
from bot.settings import SettingsError, load
from tests.page.conftest import Served, serve

UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
SOCKET = "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"


def ask(
    served: Served, method: str, path: str, body: str = "", **headers: str
) -> tuple[int, dict[str, str], str]:
    """One request with exactly these headers; gives status, headers and text."""
    connection = http.client.HTTPConnection(urlsplit(served.url).netloc, timeout=10)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, body or None, given)
        answer = connection.getresponse()
        text = "" if answer.status == 101 else answer.read().decode("utf-8", "replace")
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text
    finally:
        connection.close()


def test_a_socket_from_another_origin_is_refused(served: Served) -> None:
    for origin, status in ((served.url, 101), ("http://evil.example", 403), ("null", 403), ("", 403)):
        headers = {**UPGRADE, **({"Origin": origin} if origin else {})}
        assert ask(served, "GET", SOCKET, **headers)[0] == status, origin


def test_a_foreign_name_for_this_machine_is_refused(served: Served) -> None:
    assert ask(served, "GET", "/enter", Host="evil.example:8080")[0] == 403
    assert ask(served, "GET", "/enter", Host="localhost")[0] == 200
    assert ask(served, "POST", "/enter", "name=eve", Origin="http://evil.example")[0] == 403
    assert ask(served, "POST", "/enter", "name=eve")[0] == 403
    assert served.ask("people") == []


def test_more_than_is_taken_at_once_is_refused(served: Served) -> None:
    long = urlencode({"name": "a" * 300_000})
    assert ask(served, "POST", "/enter", long, Origin=served.url)[0] == 413
    many = "&".join(f"f{n}=1" for n in range(50))
    assert ask(served, "POST", "/enter", many, Origin=served.url)[0] == 422
    assert served.ask("people") == []


def test_nothing_is_shown_before_the_pass_phrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = {"PRACTICE_BOT_PAGE__HOST": "0.0.0.0", "PRACTICE_BOT_PAGE__PASS_PHRASE": "open sesame"}
    served = serve(tmp_path, more=more)
    origin = {"Origin": served.url}
    try:
        for path in ("/", "/enter", "/progress", "/channel/study?as=ada", "/complete?as=ada&line=/"):
            status, headers, _ = ask(served, "GET", path)
            assert (status, headers.get("location")) == (303, "/door"), path
        assert ask(served, "POST", "/enter", "name=eve", **origin)[0] == 403
        assert ask(served, "GET", SOCKET, **UPGRADE, **origin)[0] == 403
        assert ask(served, "GET", SOCKET.replace("websocket", "polling"), **origin)[0] == 403
        status, _, text = ask(served, "POST", "/door", "phrase=sesame", **origin)
        assert status == 403
        assert "not the pass phrase" in text
        status, headers, _ = ask(served, "POST", "/door", "phrase=open+sesame", **origin)
        assert status == 303
        cookie = headers["set-cookie"].partition(";")[0]
        assert "HttpOnly" in headers["set-cookie"]
        assert "sesame" not in cookie
        assert ask(served, "GET", "/enter", Cookie=cookie)[0] == 200
        forged = cookie[:-1] + ("0" if cookie[-1] != "0" else "1")
        assert ask(served, "GET", "/enter", Cookie=forged)[0] == 303
        for _ in range(TRIES):
            status = ask(served, "POST", "/door", "phrase=no", **origin)[0]
        assert status == 429
        assert ask(served, "POST", "/door", "phrase=open+sesame", **origin)[0] == 429
        assert ask(served, "GET", "/enter", Cookie=cookie)[0] == 200
    finally:
        served.stop()


def test_an_address_open_to_others_needs_a_pass_phrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACTICE_BOT_PAGE__HOST", "0.0.0.0")
    with pytest.raises(SettingsError) as caught:
        load(None)
    assert "set a pass phrase" in caught.value.findings[0]
    monkeypatch.setenv("PRACTICE_BOT_PAGE__PASS_PHRASE", "open sesame")
    settings = load(None)
    assert settings.secrets == ("open sesame",)
    monkeypatch.delenv("PRACTICE_BOT_PAGE__PASS_PHRASE")
    for host in ("127.0.0.1", "localhost", "::1"):
        monkeypatch.setenv("PRACTICE_BOT_PAGE__HOST", host)
        assert load(None).page.host == host


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("x", False)],
)
def test_a_loopback_address_is_told_from_others(host: str, own: bool) -> None:
    assert is_loopback(host) is own


def test_wrong_pass_phrases_are_looked_at_only_so_often() -> None:
    now = [0.0]
    phrase = PassPhrase("right", lambda: now[0])
    for _ in range(TRIES):
        assert phrase.wait() == 0
        assert not phrase.is_right("wröng")
        now[0] += 1
    assert phrase.wait() == TRIES_IN - TRIES
    now[0] = TRIES_IN
    assert phrase.wait() == 0
    assert phrase.is_right("right")


def test_a_cookie_that_was_changed_says_nothing() -> None:
    cookies = Cookies(b"k" * 32)
    response = Response()
    cookies.write(response, Visits(("ada", "ben")).under("ben").under("eve"))
    value = response.headers["set-cookie"].partition(";")[0].partition("=")[2]

    def read(text: str, by: Cookies = cookies) -> tuple[str, ...]:
        headers = [(b"cookie", f"{by.name}={text}".encode())]
        return by.read(HTTPConnection({"type": "http", "headers": headers})).names

    assert read(value) == ("eve", "ben", "ada")
    assert read(value, Cookies(b"j" * 32)) == ()
    assert read("A" + value[1:]) == ()
    assert read("") == read("x.y") == ()


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    key = key_in(tmp_path)
    assert len(key) == 32
    assert key_in(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "page.key").stat().st_mode) == 0o600
    (tmp_path / "page.key").write_bytes(b"short")
    assert len(key_in(tmp_path)) == 32
