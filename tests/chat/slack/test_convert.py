"""Ids, times and texts of Slack's become ours."""

from datetime import UTC, datetime

import pytest

from bot.chat.slack.convert import (
    Malformed,
    checked_id,
    escaped,
    instant,
    ts_of,
    typed_words,
    user_id,
    words_of,
)
from bot.domain.places import Platform
from tests.chat.slack.payloads import ME, TS


def test_a_time_is_exact_to_the_microsecond() -> None:
    assert instant(TS) == datetime(2025, 11, 24, 16, 1, 0, 200, tzinfo=UTC)
    assert instant("1764000060.2") == datetime(2025, 11, 24, 16, 1, 0, 200_000, tzinfo=UTC)
    assert ts_of(instant(TS)) == TS


@pytest.mark.bad_input(61)
@pytest.mark.parametrize(
    "ts", ["", "now", "1764000060", "-1.0", "999999999999.0", None, 1764000060.0, "1.0\n"]
)
def test_what_is_no_time_is_malformed(ts: object) -> None:
    with pytest.raises(Malformed):
        instant(ts)  # type: ignore[arg-type]


@pytest.mark.bad_input(61)
@pytest.mark.parametrize("id_", [None, "", 5, "U1/U2", "<@U1>", "U" * 41, ["U1"]])
def test_what_is_no_id_is_malformed(id_: object) -> None:
    with pytest.raises(Malformed):
        checked_id(id_, "user")


@pytest.mark.bad_input(50)
def test_a_guest_of_another_team_keeps_it_in_the_id() -> None:
    own, guest = ME.member("U1", "T1"), ME.member("U1", "T2")
    assert (own.id, guest.id) == ("U1", "T2-U1")
    assert user_id(own) == user_id(guest) == "U1"
    assert own.workspace.platform is Platform.SLACK and own.workspace.id == "T1"


@pytest.mark.bad_input(44, 45, 47)
@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("ask <@U1> or <@U2|ben>", "ask @U1 or @ben"),
        ("<!here> <!channel|@channel> <!subteam^S1|@group>", "@here @channel @group"),
        ("in <#C1|study>", "in #study"),
        ("see <https://a.example/x>", "see https://a.example/x"),
        ("see <https://evil.example|bank.example>", "see bank.example (https://evil.example)"),
        ("see <https://a.example|a.example>", "see https://a.example"),
        ("&lt;@U1&gt;", "<@U1>"),
        ("%s {0.__class__} '; DROP TABLE", "%s {0.__class__} '; DROP TABLE"),
        ("nul\x00 and \ud800 alone", "nul and \ufffd alone"),
        (None, ""),
    ],
)
def test_a_text_is_as_its_writer_reads_it(sent: str | None, read: str) -> None:
    assert words_of(sent) == read


@pytest.mark.bad_input(61)
def test_a_text_that_is_none_is_malformed() -> None:
    with pytest.raises(Malformed):
        words_of({"text": "x"})


def test_a_member_named_in_a_command_stands_by_id() -> None:
    assert typed_words("<@U2|ben> 2026-11-20") == "@U2 2026-11-20"


@pytest.mark.bad_input(44)
def test_no_markup_is_left_in_what_is_escaped() -> None:
    assert escaped("<!here> & <@U1>") == "&lt;!here&gt; &amp; &lt;@U1&gt;"
