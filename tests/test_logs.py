"""The log: one line a happening, readable by people and machines, and never a secret."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import logs

CHANGED = ("", "bot", "slack_sdk", "discord.gateway", "asyncio")

# Canaries: shaped like the real kinds, put together here so that no scanner takes them for a leak.
CANARIES = {
    "Slack bot token": "xoxb" + "-123456789012-1234567890123-CANARYcanaryCANARYcanary",
    "Slack user token": "xoxp" + "-123456789012-CANARYcanary",
    "Slack refresh token": "xoxe" + ".xoxp-1-CANARYcanaryCANARY",
    "Slack app token": "xapp" + "-1-A0CANARY-1234567890123-canarycanary",
    "Discord bot token": "MTIzNDU2Nzg5MDEyMzQ1Njc4" + ".GCanar." + "canaryCANARYcanaryCANARYcanary_-",
}
WRAPPED = {
    "postgresql://bot:{}@db.example/practice": "pass/w@rd-CANARY",
    "postgres://bot:{}@[::1]:5432/practice": "CANARYpw",
    "host=db user=bot password={} dbname=x": "CANARYpw",
    "wss://wss-primary.slack.com/link/?ticket={}&app_id=1": "canary-0123",
    "{{'token': '{}', 'ok': True}}": "canary-0123",
    "Authorization: Bearer {}": "canary0123456789canary0123",
    "https://discord.com/api/webhooks/123456/{}": "canary-webhook",
    "https://hooks.slack.com/{}": "services/T0/B0/canary",
}


@pytest.fixture(autouse=True)
def _loggers_as_before() -> Iterator[None]:
    """Leave the logging of the test run as it was."""
    levels = {name: logging.getLogger(name).level for name in CHANGED}
    yield
    root = logging.getLogger()
    root.handlers[:] = [handler for handler in root.handlers if not isinstance(handler, logs.LogLines)]
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def started(form: logs.Form = "text", level: str = "INFO", secrets: tuple[str, ...] = ()) -> io.StringIO:
    """Set the log up on a text in memory."""
    stream = io.StringIO()
    logs.set_up(form, level, stream=stream, secrets=secrets)
    return stream


def test_a_happening_is_one_line_with_its_facts() -> None:
    stream = started()
    facts = {"round": 12, "member": "local:me/ada b"}
    logging.getLogger("bot.practice").info("answer kept", extra={"facts": facts})
    (line,) = stream.getvalue().splitlines()
    assert line.endswith('level=info at=bot.practice what="answer kept" round=12 member="local:me/ada b"')


def test_a_json_line_holds_the_same_facts() -> None:
    stream = started("json")
    logging.getLogger("bot.practice").info("answer kept", extra={"facts": {"round": 12}})
    line = json.loads(stream.getvalue())
    assert line.pop("time").endswith("Z")
    assert line == {"level": "info", "at": "bot.practice", "what": "answer kept", "round": "12"}


def test_a_fact_never_displaces_the_message_in_json() -> None:
    stream = started("json")
    logging.getLogger("bot").info("answer kept", extra={"facts": {"what": "another"}})
    assert json.loads(stream.getvalue())["what"] == "answer kept"


def test_a_fault_carries_its_error_on_the_same_line() -> None:
    stream = started()
    try:
        raise OSError("disk\nfull")
    except OSError as error:
        log = logging.getLogger("bot.store")
        log.error("backup failed", exc_info=error, extra={"facts": {"file": "daily"}})
    (line,) = stream.getvalue().splitlines()
    assert "level=error" in line
    assert "OSError: disk\\nfull" in line


@given(st.text())
def test_no_text_starts_a_line_of_its_own(text: str) -> None:
    stream = started()
    logging.getLogger("bot").info("command refused", extra={"facts": {"option": text}})
    assert len(stream.getvalue().splitlines()) == 1


def test_characters_that_turn_or_hide_text_are_shown_by_number() -> None:
    stream = started()
    logging.getLogger("bot").info("command refused", extra={"facts": {"option": "a\u202eb\ud800"}})
    assert 'option="a\\u202eb\\ud800"' in stream.getvalue()


def test_the_level_is_that_of_our_own_lines() -> None:
    stream = started(level="WARNING")
    log = logging.getLogger("bot.timer")
    log.info("rang")
    log.warning("late")
    assert "what=late" in stream.getvalue()
    assert "what=rang" not in stream.getvalue()


def test_an_unknown_level_is_an_error() -> None:
    with pytest.raises(ValueError, match="LOUD"):
        started(level="LOUD")


@pytest.mark.bad_input(107)
@pytest.mark.parametrize("library", ["slack_sdk", "discord.gateway", "botocore"])
def test_a_library_is_heard_from_warning_on_even_when_it_asks_for_debug(library: str) -> None:
    stream = started(level="DEBUG")
    logger = logging.getLogger(library)
    logger.setLevel(logging.DEBUG)
    logger.debug("the text of an answer")
    logger.info("the text of an answer")
    logger.warning("reconnecting")
    logger.setLevel(logging.NOTSET)
    (line,) = stream.getvalue().splitlines()
    assert "what=reconnecting" in line


def test_a_second_set_up_replaces_the_first() -> None:
    first = started()
    second = started()
    logging.getLogger("bot").info("started")
    assert first.getvalue() == ""
    assert len(second.getvalue().splitlines()) == 1


def written_with(text: str, form: logs.Form, secrets: tuple[str, ...] = ()) -> str:
    """Log a text by every way that leads into a line."""
    logging.getLogger().handlers.clear()  # the test run's own ones raise at arguments that do not fit
    stream = started(form, "DEBUG", secrets)
    log = logging.getLogger("bot")
    log.info("message " + text)
    log.info("argument %s", text)
    log.info("shown argument %r", [text])
    log.info("arguments that do not fit %d", text)
    log.info("fact", extra={"facts": {"url": text, "nested": {"list": [text]}}})
    try:
        try:
            raise KeyError(text)
        except KeyError as cause:
            raise RuntimeError(f"outer {text}") from cause
    except RuntimeError as error:
        log.error("error", exc_info=error)
    logging.getLogger("slack_sdk").warning("library %s", text)
    return stream.getvalue()


@pytest.mark.bad_input(107)
@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("canary", CANARIES.values(), ids=CANARIES)
def test_a_known_kind_of_token_is_hidden_on_every_way(canary: str, form: logs.Form) -> None:
    lines = written_with(f"before {canary} after", form)
    assert canary not in lines
    assert "canary" not in lines.lower()
    assert lines.count("before") == lines.count("after")


@pytest.mark.bad_input(107)
@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(("around", "canary"), WRAPPED.items())
def test_a_secret_is_hidden_by_what_stands_around_it(around: str, canary: str, form: logs.Form) -> None:
    lines = written_with(around.format(canary), form)
    assert "canary" not in lines.lower()


@pytest.mark.bad_input(107)
@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("secret", ["canary", 'can"ary\\quoted', "canary with spaces/and?slash", "canärý\n"])
def test_a_secret_told_at_set_up_is_hidden_on_every_way(secret: str, form: logs.Form) -> None:
    lines = written_with(f"<{secret}>", form, (secret,))
    assert secret not in lines
    assert "can" not in lines.replace("cannot", "")


@pytest.mark.bad_input(107)
def test_a_secret_is_hidden_in_the_form_that_a_url_gives_it() -> None:
    lines = written_with("q=canary%20with%2Fslash&x", "text", ("canary with/slash",))
    assert "canary" not in lines


@pytest.mark.bad_input(107)
def test_a_secret_that_holds_another_one_is_hidden_whole() -> None:
    lines = written_with("<canary-tail>", "text", ("canary", "canary-tail"))
    assert "tail" not in lines


def test_a_fact_named_like_a_secret_is_hidden_whatever_it_holds() -> None:
    stream = started()
    facts = {"bot_token": "abc", "password": "def"}
    logging.getLogger("bot").info("logged in", extra={"facts": facts})
    assert stream.getvalue().endswith("bot_token=[hidden] password=[hidden]\n")


def test_texts_too_short_to_be_secrets_stay() -> None:
    stream = started(secrets=("", "a"))
    logging.getLogger("bot").info("a banana")
    assert 'what="a banana"' in stream.getvalue()


@pytest.mark.bad_input(84, 107)
def test_a_line_that_cannot_be_written_is_lost_without_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    class FullDisk(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(28, "No space left on device")

    logs.set_up(stream=FullDisk(), secrets=("canary",))
    logging.getLogger("bot").info("kept %s", "canary")
    assert capsys.readouterr() == ("", "")


def test_nothing_is_written_outside_the_stream(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    started()
    logging.getLogger("bot").info("started")
    assert not list(tmp_path.iterdir())
