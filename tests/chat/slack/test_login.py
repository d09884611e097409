"""The tokens as they stand, before anybody is asked."""

from dataclasses import replace

import pytest

from bot.chat.slack.config import SlackConfig
from bot.chat.slack.login import config_fault, missing, socket_fault
from bot.chat.slack.scopes import SCOPES
from bot.chat.slack.web_api import Refused

BOT, APP = "xoxb-1-2-canary", "xapp-1-A-2-canary"
GOOD = SlackConfig(BOT, APP, "secret")


def test_good_tokens_have_no_fault() -> None:
    assert config_fault(GOOD) is None
    assert config_fault(replace(GOOD, app_token="", mode="http")) is None


@pytest.mark.bad_input(28, 32)
@pytest.mark.parametrize(
    ("config", "heart"),
    [
        (replace(GOOD, bot_token=APP, app_token=BOT), "SLACK_BOT_TOKEN holds an app-level token (xapp-)"),
        (replace(GOOD, app_token=BOT), "SLACK_APP_TOKEN holds a bot token (xoxb-)"),
        (replace(GOOD, bot_token="xoxp-1-canary"), "a user token (xoxp-)"),
        (replace(GOOD, bot_token=f'"{BOT}"'), "blanks or quotes"),
        (replace(GOOD, bot_token=f"{BOT}\n"), "blanks or quotes"),
        (replace(GOOD, app_token=f"{APP} "), "blanks or quotes"),
        (replace(GOOD, bot_token=f"{'canary' * 4}.canary.{'canary' * 5}"), "a Discord token"),
        (replace(GOOD, bot_token="canary"), "no Slack token"),
        (replace(GOOD, bot_token=""), "SLACK_BOT_TOKEN is missing"),
        (replace(GOOD, app_token=""), "SLACK_APP_TOKEN is missing"),
        (replace(GOOD, signing_secret="", mode="http"), "SLACK_SIGNING_SECRET is missing"),
    ],
)
def test_a_wrong_token_is_named_with_what_it_is_and_never_said(config: SlackConfig, heart: str) -> None:
    fault = config_fault(config)
    assert fault is not None and heart in fault and "canary" not in fault


@pytest.mark.bad_input(31)
def test_missing_scopes_are_those_that_slack_does_not_name() -> None:
    assert missing(None) == ()
    assert missing(SCOPES) == ()
    assert missing(set(SCOPES) - {"users:read"}) == ("users:read",)


@pytest.mark.bad_input(29, 31)
def test_a_refused_ticket_is_for_good_or_worth_another_try() -> None:
    assert "SLACK_APP_TOKEN" in str(socket_fault(Refused("token_revoked")))
    assert "connections:write" in str(socket_fault(Refused("missing_scope", "connections:write")))
    assert socket_fault(Refused("internal_mishap")) is None
