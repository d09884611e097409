"""What can be told of tokens and addresses of Discord and Slack before anything is asked; no sentence holds a value."""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

_DISCORD = re.compile(r"[\w-]{10,100}\.[\w-]{4,20}\.[\w-]{20,100}", re.ASCII)
_KINDS = (
    ("xoxb-", "a Slack bot token", "SLACK_BOT_TOKEN"),
    ("xapp-", "a Slack app token", "SLACK_APP_TOKEN"),
    ("xoxp-", "a Slack user token", None),
    ("xoxe", "a Slack configuration token", None),
)
_SLACK_PREFIX = {"SLACK_BOT_TOKEN": "xoxb-", "SLACK_APP_TOKEN": "xapp-"}


def is_own_machine(host: str) -> bool:
    """Whether an address is reached from its own machine only."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def token_findings(name: str, token: str) -> Iterator[str]:
    """What is wrong with a token, named by its variable; nothing for an empty one."""
    if not token:
        return
    if token != token.strip() or any(
        char in "\"'`" or char.isspace() or not char.isascii() for char in token
    ):
        yield f"{name}: has blanks, line breaks, quotes or letters that no token has; copy it anew, the bare token only"
        return
    kind, belongs = _kind(token)
    wanted = (
        "a Discord bot token"
        if name == "DISCORD_TOKEN"
        else f"a token that begins with {_SLACK_PREFIX[name]}"
    )
    right = name == "DISCORD_TOKEN" if kind == "a Discord bot token" else belongs == name
    if kind is None:
        yield f"{name}: is not {wanted}; copy it anew from the platform's own page"
    elif not right:
        there = f"; it belongs into {belongs}" if belongs else ""
        yield f"{name}: must be {wanted}, and what is there is {kind}{there}"


def _kind(token: str) -> tuple[str | None, str | None]:
    """What sort of token a text is, and the variable that it belongs into."""
    for prefix, kind, variable in _KINDS:
        if token.startswith(prefix):
            return kind, variable
    return ("a Discord bot token", "DISCORD_TOKEN") if _DISCORD.fullmatch(token) else (None, None)


def slack_findings(mode: str, bot_token: str, app_token: str, signing_secret: str) -> Iterator[str]:
    """Whether Slack's secrets fit its mode; nothing when Slack is off."""
    if not bot_token:
        if app_token:
            yield "SLACK_BOT_TOKEN: is missing, and SLACK_APP_TOKEN alone serves nothing; set both"
        return
    if mode == "socket" and not app_token:
        yield "SLACK_APP_TOKEN: is missing; Socket Mode needs it beside SLACK_BOT_TOKEN"
    if mode == "http" and not signing_secret:
        yield "SLACK_SIGNING_SECRET: is missing; requests over HTTP cannot be trusted without it"
    if app_token and signing_secret:
        yield (
            "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET: both are set; choose one way: Socket Mode (slack.mode"
            " socket) with the first, or HTTP (slack.mode http) with the second"
        )


def base_findings(name: str, url: str, schemes: tuple[str, ...], other_hosts: bool) -> Iterator[str]:
    """What is wrong with an address that a token would be sent to."""
    if not url:
        return
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        parts, host = urlsplit(""), ""
    if parts.scheme not in schemes or not host or parts.username or parts.query:
        yield f"{name}: must be an address that begins with {' or '.join(f'{scheme}://' for scheme in schemes)}"
    elif not other_hosts and not is_own_machine(host):
        yield (
            f"{name}: names another machine, which your token would be sent to; leave it unset, or, if it is a proxy of"
            " yours, set platforms.other_hosts = true"
        )
