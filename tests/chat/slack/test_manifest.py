"""The manifest says what the declarations say."""

import json
import re
from pathlib import Path

import pytest

from bot.chat.actions import MESSAGE_ACTIONS
from bot.chat.commands import COMMANDS
from bot.chat.slack.events import SlackEvents
from bot.chat.slack.manifest import manifest
from bot.chat.slack.prefixing import own_name, slack_name
from bot.chat.slack.scopes import APP_SCOPES, EVENTS, SCOPES, scopes_table
from bot.commandline.manifest import run_manifest


def test_every_command_is_in_it_once() -> None:
    commands = manifest()["features"]["slash_commands"]
    words = dict.fromkeys(command.words[0] for command in COMMANDS)
    assert [one["command"] for one in commands] == [f"/{slack_name(word, '')}" for word in words]
    assert all(own_name(one["command"], "") in words for one in commands)
    assert len(commands) <= 50
    for one in commands:
        assert re.fullmatch(r"/[a-z0-9_-]{1,31}", one["command"])
        assert 0 < len(one["description"]) <= 2000 and "url" not in one


def test_no_command_has_a_name_that_slack_keeps_for_itself() -> None:
    # Slack refuses all commands of a manifest when one of them is built in ("the slash command has an invalid name").
    kept = "apps archive away call collapse dm dnd expand feed help invite invite_people join kick leave list me msg"
    kept += " mute open prefs pro rename remind remove search shortcuts shrug star status topic who"
    names = {one["command"].removeprefix("/") for one in manifest()["features"]["slash_commands"]}
    assert not names & set(kept.split())


def test_a_prefix_begins_each_name() -> None:
    assert all(
        one["command"].startswith("/team-") for one in manifest(prefix="team-")["features"]["slash_commands"]
    )


def test_only_a_command_that_names_people_has_them_escaped() -> None:
    commands = manifest()["features"]["slash_commands"]
    assert [one["command"] for one in commands if one["should_escape"]] == ["/restore"]


def test_every_message_action_is_a_shortcut() -> None:
    shortcuts = manifest()["features"]["shortcuts"]
    assert [(one["callback_id"], one["name"]) for one in shortcuts] == [
        (action.name, action.label) for action in MESSAGE_ACTIONS
    ]
    assert all(one["type"] == "message" and len(one["name"]) <= 24 for one in shortcuts)


def test_every_event_is_one_that_is_followed_and_has_its_scope() -> None:
    settings = manifest()["settings"]
    assert settings["event_subscriptions"]["bot_events"] == list(EVENTS)
    source = Path(SlackEvents.__init__.__code__.co_filename).read_text(encoding="utf-8")
    assert all(f'"{event.partition(".")[0]}": self._' in source for event in EVENTS)
    for event, scope in {
        "message.channels": "channels:history",
        "message.groups": "groups:history",
        "user_change": "users:read",
        "channel_archive": "channels:read",
        "group_archive": "groups:read",
    }.items():
        assert event in EVENTS and scope in SCOPES


def test_both_modes_differ_by_the_address_only() -> None:
    socket, http = manifest("socket"), manifest("http", address="https://bot.example/slack/events")
    assert socket["settings"]["socket_mode_enabled"] and not http["settings"]["socket_mode_enabled"]
    assert "request_url" not in json.dumps(socket)
    assert (
        json.dumps(http).count("https://bot.example/slack/events")
        == len(http["features"]["slash_commands"]) + 2
    )


def test_every_scope_has_its_reason() -> None:
    assert manifest()["oauth_config"]["scopes"]["bot"] == list(SCOPES)
    table = scopes_table()
    assert all(f"| `{scope}` | {reason} |" in table for scope, reason in {**SCOPES, **APP_SCOPES}.items())
    assert not set(SCOPES) & {"chat:write.public", "users:read.email", "channels:join", "app_mentions:read"}


def test_the_command_line_prints_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRACTICE_BOT_SLACK__COMMAND_PREFIX", "team-")
    assert run_manifest(None) == 0
    assert json.loads(capsys.readouterr().out) == manifest(prefix="team-")
