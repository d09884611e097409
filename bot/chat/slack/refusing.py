"""Slack's no to a post, as practice knows it."""

from bot.chat.slack import sentences
from bot.chat.slack.web_api import Refused
from bot.practice.ports import PostRefused

GONE = frozenset({"channel_not_found", "is_archived"})
FORBIDDEN = frozenset({*sentences.REFUSALS, "missing_scope"}) - GONE


def post_refused(no: Refused) -> PostRefused:
    """The refusal with its reason, and whether the channel is gone or the bot may not post there."""
    reason = sentences.refusal(no.error, no.needed)
    return PostRefused(reason, no.error in GONE, no.error in FORBIDDEN)
