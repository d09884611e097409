"""Commands, presses, forms and shortcuts, read from what Slack sends."""

import json
from typing import Any

import pytest

from bot.chat.slack.convert import Malformed
from bot.chat.slack.interactions import (
    Chosen,
    Pressed,
    Sent,
    asking_help,
    metadata,
    read_command,
    read_interaction,
)
from tests.chat.slack.payloads import ME, PARENT, TS, pressed, said, submitted, typed


def test_a_command_is_read_without_its_prefix() -> None:
    read = read_command(ME, typed("/team-question", "track:backend  senior"), "team-")
    assert read.line == "/question track:backend  senior"
    assert (read.place.member.id, read.place.channel.id, read.place.slash) == ("U1", "C1", True)
    assert read_command(ME, typed("/streak"), "").line == "/streak"


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("/question help", "/help question"),
        ("/daily HELP", "/help daily"),
        ("/help help", "/help help"),
        ("/question help me", "/question help me"),
        ("/help", "/help"),
    ],
)
def test_a_command_with_help_after_it_is_explained(line: str, meant: str) -> None:
    assert asking_help(line) == meant


def test_a_press_on_a_prompt_stands_in_the_channel_and_one_on_a_reply_in_its_thread() -> None:
    on_prompt = read_interaction(ME, pressed())
    assert isinstance(on_prompt, Pressed)
    assert (on_prompt.action, on_prompt.value, on_prompt.place.thread) == ("hint", "r1", None)
    container = {"type": "message", "message_ts": TS, "thread_ts": PARENT, "is_ephemeral": True}
    in_thread = read_interaction(ME, pressed("action:hint:2", container=container, message={}))
    assert isinstance(in_thread, Pressed) and in_thread.place.thread is not None
    assert (in_thread.action, in_thread.place.thread.id) == ("hint", PARENT)


def test_a_form_knows_where_it_belongs() -> None:
    on_prompt = read_interaction(ME, pressed())
    assert isinstance(on_prompt, Pressed)
    values = {
        "text": {"value": {"type": "plain_text_input", "value": "Mine"}},
        "more": {"value": {"value": None}},
    }
    sent = read_interaction(ME, submitted(values, metadata("answer", "r1", on_prompt.place)))
    assert isinstance(sent, Sent)
    assert (sent.action, sent.value, sent.fields) == ("answer", "r1", {"text": "Mine", "more": ""})
    assert (sent.place.channel.id, sent.view) == ("C1", "V1")


def test_a_choice_gives_its_value() -> None:
    values = {"kind": {"value": {"selected_option": {"value": "coding", "text": {}}}}}
    sent = read_interaction(ME, submitted(values, "{}"))
    assert isinstance(sent, Sent) and sent.fields == {"kind": "coding"}


def test_what_was_ticked_comes_back_in_the_order_of_the_choices() -> None:
    ticked = [{"value": "2k2", "text": {}}, {"value": "0k0", "text": {}}]
    values = {
        "points": {"value": {"type": "checkboxes", "selected_options": ticked}},
        "none": {"value": {"type": "checkboxes", "selected_options": []}},
        "left": {"value": {"type": "radio_buttons", "selected_option": None}},
    }
    sent = read_interaction(ME, submitted(values, "{}"))
    assert isinstance(sent, Sent) and sent.fields == {"points": "k0,k2", "none": "", "left": ""}


@pytest.mark.bad_input(101)
@pytest.mark.parametrize("forged", [["0k0"], [{"value": 1}], [None]])
def test_forged_ticks_are_malformed(forged: list[object]) -> None:
    values = {"points": {"value": {"type": "checkboxes", "selected_options": forged}}}
    with pytest.raises(Malformed):
        read_interaction(ME, submitted(values, "{}"))


@pytest.mark.bad_input(101)
@pytest.mark.parametrize("kept", ["", "null", "[]", "{broken", '{"action": null}'])
def test_a_forged_form_is_one_without_an_action(kept: str) -> None:
    sent = read_interaction(ME, submitted({"text": {"value": {"value": "x"}}}, kept))
    assert isinstance(sent, Sent) and (sent.action, sent.value) == ("", "")


@pytest.mark.bad_input(101)
def test_a_forged_channel_is_malformed() -> None:
    with pytest.raises(Malformed):
        read_interaction(ME, submitted({}, json.dumps({"channel": "../x", "action": "answer"})))


def test_a_press_in_a_window_or_in_home_knows_it() -> None:
    view = {"id": "V1", "type": "modal", "private_metadata": '{"channel":"C1","thread":""}'}
    in_window = read_interaction(
        ME, pressed(view=view, channel=None, message=None, container={"type": "view"})
    )
    assert isinstance(in_window, Pressed)
    assert (in_window.place.view, in_window.place.home, in_window.place.channel.id) == ("V1", False, "C1")
    at_home = read_interaction(ME, pressed(view={"id": "V2", "type": "home"}, channel=None, message=None))
    assert isinstance(at_home, Pressed) and at_home.place.home and not at_home.place.in_channel


def test_a_shortcut_has_its_message_as_a_reply() -> None:
    body: dict[str, Any] = {
        **pressed(),
        "type": "message_action",
        "callback_id": "count",
        "message": said("Mine"),
    }
    chosen = read_interaction(ME, body)
    assert isinstance(chosen, Chosen) and chosen.reply is not None
    assert (chosen.name, chosen.reply.text, chosen.reply.thread.id) == ("count", "Mine", PARENT)
    outside = read_interaction(ME, {**body, "message": said("Mine", thread_ts=None)})
    assert isinstance(outside, Chosen) and outside.reply is None


def test_buttons_of_others_and_other_kinds_are_none() -> None:
    assert read_interaction(ME, pressed("somebody_elses")) is None
    assert read_interaction(ME, {"type": "view_closed"}) is None


@pytest.mark.bad_input(61)
@pytest.mark.parametrize(
    "body",
    [
        pressed(actions=[]),
        pressed(actions=None),
        pressed(user=None),
        pressed(actions=[{"action_id": 5}]),
        {**submitted({}, "{}"), "view": None},
        submitted({"text": None}, "{}"),
        {**pressed(), "type": "message_action", "message": None},
    ],
)
def test_what_lacks_a_part_is_malformed(body: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        read_interaction(ME, body)
