"""Coming in: the tokens looked at before any call, then `auth.test` and its scopes, then a first socket ticket."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.chat.slack import sentences
from bot.chat.slack.config import SlackConfig
from bot.chat.slack.convert import Identity
from bot.chat.slack.scopes import SCOPES
from bot.chat.slack.web_api import DEAD_TOKEN, Refused, Unknown, WebApi

_KINDS = (
    ("xoxb-", "a bot token (xoxb-)"),
    ("xapp-", "an app-level token (xapp-)"),
    ("xoxp-", "a user token (xoxp-)"),
    ("xoxe", "a token that rotates (xoxe)"),
)
_DISCORD = re.compile(r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}")
_ODD = re.compile(r"[\s\"'“”]")


class Stop(Exception):
    """The platform cannot run until somebody mends something; the sentence says what."""


class NotNow(Exception):
    """Slack cannot be reached or does not answer as it should; the text says why in a few words."""


@dataclass(frozen=True, slots=True)
class Login:
    """Who the bot is, which scopes it was given (None when Slack does not say), and a ticket for Socket Mode."""

    identity: Identity
    scopes: frozenset[str] | None
    socket_url: str | None


def config_fault(config: SlackConfig) -> str | None:
    """What is wrong with the tokens as they stand, without asking anybody; no token is ever in the sentence."""
    if not config.bot_token:
        return sentences.BOT_MISSING
    if not config.bot_token.startswith("xoxb-") or _ODD.search(config.bot_token):
        return sentences.wrong_kind("SLACK_BOT_TOKEN", _kind(config.bot_token), "a bot token (xoxb-)")
    if config.mode == "http":
        return None if config.signing_secret else sentences.SIGNING_MISSING
    if not config.app_token:
        return sentences.APP_MISSING
    if not config.app_token.startswith("xapp-") or _ODD.search(config.app_token):
        return sentences.wrong_kind("SLACK_APP_TOKEN", _kind(config.app_token), "an app-level token (xapp-)")
    return None


def _kind(token: str) -> str:
    if _ODD.search(token):
        return "a text with blanks or quotes in it"
    for prefix, kind in _KINDS:
        if token.startswith(prefix):
            return kind
    return "a Discord token" if _DISCORD.fullmatch(token) else "something that is no Slack token"


async def log_in(web: WebApi, config: SlackConfig) -> Login:
    """Ask Slack who we are, and whether that is enough. Raises Stop and NotNow."""
    try:
        told = await web.call("auth.test")
    except Refused as no:
        if no.error in DEAD_TOKEN or no.error == "missing_scope":
            raise Stop(sentences.bad_token("SLACK_BOT_TOKEN", no.error)) from no
        raise NotNow(f"auth.test: {no.error}") from no
    except Unknown as fault:
        raise NotNow(str(fault)) from fault
    identity = _identity(told)
    scopes = _scopes(told["headers"].get("x-oauth-scopes"))
    lacking = missing(scopes)
    if lacking:
        raise Stop(sentences.missing_scopes(lacking))
    return Login(identity, scopes, await _socket_url(web, config))


def missing(scopes: Iterable[str] | None) -> tuple[str, ...]:
    """The scopes that the bot needs and was not given; none when Slack does not say which it has."""
    return () if scopes is None else tuple(scope for scope in SCOPES if scope not in scopes)


def socket_fault(no: Refused) -> str | None:
    """What a refused ticket means for good; None when it is worth another try."""
    if no.error in DEAD_TOKEN:
        return sentences.bad_token("SLACK_APP_TOKEN", no.error)
    return sentences.socket_refused(no.error, no.needed) if no.error in _SOCKET_OFF else None


_SOCKET_OFF = frozenset(
    {"missing_scope", "not_allowed", "socket_mode_disabled", "forbidden_team", "access_denied"}
)


async def _socket_url(web: WebApi, config: SlackConfig) -> str | None:
    if config.mode != "socket":
        return None
    try:
        return await web.open_socket(config.app_token)
    except Refused as no:
        fault = socket_fault(no)
        if fault is not None:
            raise Stop(fault) from no
        raise NotNow(f"apps.connections.open: {no.error}") from no
    except Unknown as fault_now:
        raise NotNow(str(fault_now)) from fault_now


def _identity(told: dict[str, object]) -> Identity:
    team, user = told.get("team_id"), told.get("user_id")
    if not isinstance(team, str) or not isinstance(user, str) or not team or not user:
        raise NotNow("auth.test does not say who the bot is")
    return Identity(
        team=team,
        user=user,
        bot=str(told.get("bot_id") or ""),
        enterprise=str(told.get("enterprise_id") or ""),
        name=str(told.get("user") or ""),
        team_name=str(told.get("team") or team),
    )


def _scopes(header: str | None) -> frozenset[str] | None:
    if not header:
        return None
    return frozenset(scope.strip() for scope in header.split(",") if scope.strip())
