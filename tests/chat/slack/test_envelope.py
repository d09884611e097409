"""Which installation a payload is for, and what may be kept of one that nobody understands."""

from typing import Any

import pytest

from bot.chat.slack.envelope import is_ours, without_secrets
from bot.chat.slack.interactions import read_command
from tests.chat.slack.payloads import ME, pressed, said, submitted, typed


def event(kind: str, **around: Any) -> dict[str, Any]:
    return {"type": "event_callback", "event": {**said(), "type": kind}, **around}


@pytest.mark.parametrize(
    "body",
    [
        event("message", team_id="T1"),
        event("message", team_id="T2", authorizations=[{"team_id": "T1"}]),
        event("message", team_id="T2", context_team_id="T1", authorizations=[{"team_id": "T2"}]),
        event("app_uninstalled", team_id="T1"),
        pressed(user={"id": "U1", "team_id": "T2"}),
        typed("/streak"),
        submitted({}, "{}"),
        {**submitted({}, "{}"), "team": {"id": "T2"}, "view": {"app_installed_team_id": "T1"}},
        {},
        {"authorizations": "odd", "team": None, "team_id": 5},
    ],
)
def test_what_names_our_workspace_anywhere_or_none_at_all_is_ours(body: dict[str, Any]) -> None:
    assert is_ours(ME, body)


@pytest.mark.parametrize(
    "body",
    [
        event("message", team_id="T2", authorizations=[{"team_id": "T2"}]),
        event("app_uninstalled", team_id="T2", authorizations=[{"team_id": "T1"}]),
        event("tokens_revoked", authorizations=[{"team_id": "T1"}]),
        pressed(team={"id": "T2"}),
        {**typed("/streak"), "team_id": "T2"},
    ],
)
def test_what_names_another_installation_is_not_ours(body: dict[str, Any]) -> None:
    assert not is_ours(ME, body)


def test_nothing_that_lets_somebody_speak_is_kept_at_any_depth() -> None:
    body = {
        "token": "x",
        "a": [{"trigger_id": "1.2", "b": {"response_url": "u", "c": 1}}],
        "response_urls": [1],
    }
    assert without_secrets(body) == {"a": [{"b": {"c": 1}}]}


def test_a_command_is_called_by_the_member_who_would_reply() -> None:
    assert read_command(ME, {**typed("/streak"), "team_id": "T2"}, "").place.member.id == "T2-U1"
