"""Discord's ids and objects become places, members and replies."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.chat.discord import convert
from bot.domain.places import Channel, Member, Platform, Thread, Workspace

GUILD = Workspace(Platform.DISCORD, "11")
PLACE = Thread(Channel(GUILD, "22"), "33")
SNOWFLAKE = 175928847299117063  # the example of Discord's own reference: 2016-04-30 11:18:25.796 UTC


def raw(**changes: Any) -> dict[str, Any]:
    return {
        "id": str(SNOWFLAKE),
        "author": {"id": "44"},
        "content": "Some words",
        "attachments": [],
    } | changes


def test_places_are_named_by_ids_only() -> None:
    assert convert.workspace_of(11) == GUILD
    assert convert.channel_of(11, 22) == Channel(GUILD, "22")
    assert convert.thread_of(11, 22, 33) == PLACE
    assert convert.member_of(11, 44) == Member(GUILD, "44")


def test_the_time_of_a_message_stands_in_its_id() -> None:
    assert convert.created_at(SNOWFLAKE) == datetime(2016, 4, 30, 11, 18, 25, 796000, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "form-1", "-1", "१२", "1" * 21, "global"])
def test_what_is_no_snowflake_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="snowflake"):
        convert.number(text)


def test_a_message_becomes_the_reply_that_it_is() -> None:
    reply = convert.raw_reply(raw(), PLACE)
    assert (reply.thread, reply.author, reply.text) == (PLACE, Member(GUILD, "44"), "Some words")
    assert reply.at == convert.created_at(SNOWFLAKE) and not reply.by_form


@pytest.mark.bad_input(50)
@pytest.mark.parametrize(
    ("changes", "persons"),
    [
        ({}, True),
        ({"type": 19}, True),
        ({"author": {"id": "44", "bot": True}}, False),
        ({"webhook_id": "5"}, False),
        ({"type": 7}, False),
        ({"type": 21}, False),
    ],
)
def test_only_what_a_person_wrote_is_a_persons(changes: dict[str, object], persons: bool) -> None:
    assert convert.is_raw_persons(raw(**changes)) is persons


@pytest.mark.bad_input(48)
def test_files_stay_as_links_without_what_runs_out() -> None:
    files = [{"url": f"https://cdn.example/{number}/a.png?ex=1&hm=2"} for number in range(2)]
    text = convert.raw_reply(raw(attachments=files), PLACE).text
    assert text == "Some words\nhttps://cdn.example/0/a.png\nhttps://cdn.example/1/a.png"


@pytest.mark.bad_input(61)
def test_null_where_text_was_is_no_text() -> None:
    assert convert.raw_reply(raw(content=None, attachments=None), PLACE).text == ""
