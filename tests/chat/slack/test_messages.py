"""What an event about a message is to practice."""

from datetime import timedelta
from typing import Any

import pytest

from bot.chat.slack.convert import Malformed, instant
from bot.chat.slack.marks import PROMPT, REVIEW, THREAD, Marker, marker_of
from bot.chat.slack.messages import Called, Deleted, Edited, OwnPrompt, OwnReview, Said, found_in, read_event
from tests.chat.slack.payloads import ME, PARENT, TS, changed, deleted, edited, said


def test_a_message_in_a_thread_is_a_reply() -> None:
    happening = read_event(ME, said("Cache &lt;it&gt;"))
    assert isinstance(happening, Said)
    reply = happening.reply
    assert (reply.thread.id, reply.message, reply.author.id) == (PARENT, TS, "U1")
    assert (reply.text, reply.at) == ("Cache <it>", instant(TS))


@pytest.mark.bad_input(50)
@pytest.mark.parametrize(
    "changes",
    [
        {"bot_id": "B2"},
        {"subtype": "bot_message"},
        {"subtype": "channel_join"},
        {"user": "UBOT"},
        {"thread_ts": TS},
        {"thread_ts": None},
        {"hidden": True},
    ],
)
def test_bots_and_what_stands_in_no_thread_are_no_replies(changes: dict[str, Any]) -> None:
    assert read_event(ME, said(**changes)) is None


@pytest.mark.bad_input(50)
def test_a_guest_replies_under_their_team() -> None:
    happening = read_event(ME, said(user_team="T2", team="T2"))
    assert isinstance(happening, Said) and happening.reply.author.id == "T2-U1"


@pytest.mark.bad_input(48)
def test_files_are_kept_as_links_only() -> None:
    files = [
        {"permalink": f"https://x.slack.com/files/{number}", "size": 500_000_000} for number in range(12)
    ]
    happening = read_event(ME, said("see", subtype="file_share", files=files))
    assert isinstance(happening, Said)
    assert happening.reply.text.split("\n") == ["see", *(file["permalink"] for file in files[:10])]


def test_an_edit_has_its_time_and_the_new_text() -> None:
    happening = read_event(ME, changed(edited("Better", "1764000100.000000"), said()))
    assert isinstance(happening, Edited)
    assert (happening.reply.text, happening.reply.at) == ("Better", instant(TS))
    assert happening.edited_at == instant("1764000100.000300"), (
        "the event's own time is finer within a second"
    )


def test_an_edit_is_never_older_than_its_message() -> None:
    happening = read_event(
        ME, changed(edited("Better", "1764000060.000000"), said(), event_ts="1764000061.5")
    )
    assert isinstance(happening, Edited) and happening.edited_at == instant(TS)


@pytest.mark.bad_input(55)
def test_a_link_that_unfolds_is_no_edit() -> None:
    assert read_event(ME, changed(said(attachments=[{}]), said())) is None
    before = edited("Same", "1764000100.000000")
    assert read_event(ME, changed({**before, "attachments": [{}]}, before)) is None


def test_a_deletion_names_whose_message_it_was() -> None:
    happening = read_event(ME, deleted(said()))
    assert isinstance(happening, Deleted)
    assert (happening.message, happening.author.id, happening.created_at) == (TS, "U1", instant(TS))
    assert happening.at == instant("1764000200.000400")
    assert read_event(ME, deleted(None)) is None


def test_a_mention_with_a_command_is_a_call_and_an_answer_that_greets_is_none() -> None:
    called = read_event(ME, said("<@UBOT> /question backend"))
    assert isinstance(called, Called) and called.line == "/question backend"
    assert called.thread is not None and called.thread.id == PARENT
    assert isinstance(read_event(ME, said("<@UBOT> thanks, I would cache it")), Said)
    assert isinstance(read_event(ME, said("<@UBOT>")), Said)
    outside = read_event(ME, said("<@UBOT>, questoin", thread_ts=None))
    assert isinstance(outside, Called) and (outside.line, outside.thread) == ("/questoin", None)
    assert found_in(ME, said("<@UBOT> streak"), "C1") is None


def test_our_own_prompt_is_known_by_its_block_or_its_metadata() -> None:
    blocks = {"user": "UBOT", "bot_id": "BBOT", "thread_ts": None, "blocks": [{"block_id": "round:abc"}]}
    metadata = {"event_type": "practice_prompt", "event_payload": {"round": "abc"}}
    assert read_event(ME, said(**blocks)) == OwnPrompt("abc", "C1", TS)
    assert marker_of(ME, {"bot_id": "BBOT", "metadata": metadata}) == "abc"
    assert marker_of(ME, {"bot_id": "BBOT", "metadata": metadata}, "thread") is None
    assert marker_of(ME, {"bot_id": "B2", "user": "U1", "metadata": metadata}) is None, (
        "anybody can write a block id"
    )


@pytest.mark.parametrize("kind", [PROMPT, THREAD, REVIEW])
def test_each_kind_of_message_has_a_mark_of_its_own(kind: str) -> None:
    marker = Marker(kind, "abc")
    for carried in ({"blocks": [{"block_id": marker.block_id}]}, {"metadata": marker.metadata}):
        told = {"bot_id": "BBOT", **carried}
        assert {one: marker_of(ME, told, one) for one in (PROMPT, THREAD, REVIEW)} == {
            **dict.fromkeys((PROMPT, THREAD, REVIEW)),
            kind: "abc",
        }


def test_the_card_of_a_review_is_ours_and_never_a_reply_or_a_prompt() -> None:
    ours = {"user": "UBOT", "bot_id": "BBOT", "blocks": [{"block_id": "review:abc"}]}
    assert read_event(ME, said(**ours)) == OwnReview("abc", "C1", TS)
    assert found_in(ME, said(**ours), "C1") is None
    drawn_anew = said("Peer review", **ours, edited={"user": "UBOT", "ts": "1764000100.000000"})
    assert read_event(ME, changed(drawn_anew, said(**ours))) is None
    assert read_event(ME, deleted(said(**ours))) is None
    forged = read_event(ME, said(**{**ours, "user": "U1", "bot_id": None}))
    assert isinstance(forged, Said)


@pytest.mark.bad_input(61)
@pytest.mark.parametrize(
    "event",
    [
        said(user=None),
        said(channel=None),
        said(ts="soon"),
        said(text=5),
        said(files="many"),
        changed(None, None),  # type: ignore[arg-type]
        changed(said(edited={"ts": None}), None),
        {**deleted(said()), "previous_message": "gone"},
    ],
)
def test_what_lacks_a_part_is_malformed(event: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        read_event(ME, event)


@pytest.mark.bad_input(61)
def test_a_text_that_is_null_is_empty() -> None:
    happening = read_event(ME, said(None))
    assert isinstance(happening, Said) and happening.reply.text == ""


def test_history_gives_the_last_edit() -> None:
    found = found_in(ME, edited("Better", "1764000100.000000"), "C1")
    assert found is not None and found.edited_at == instant(TS) + timedelta(seconds=40, microseconds=-200)
