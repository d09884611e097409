"""A message of ours whose answer was lost is found again by its mark."""

from datetime import datetime, timedelta
from typing import Any

from bot.chat.slack.convert import Identity, instant, is_ts, ts_of
from bot.chat.slack.history import PAGE, next_cursor
from bot.chat.slack.marks import Marker, marker_of
from bot.chat.slack.web_api import WebApi

SKEW = timedelta(minutes=5)
"""How far Slack's clock and ours may be apart."""


async def find_marked(
    web: WebApi, identity: Identity, marker: Marker, since: datetime, method: str, where: dict[str, Any]
) -> str | None:
    """The oldest message since an instant that carries a mark; `method` pages through `where`, to the end.

    Raises Refused, Unknown, and LookupFailed for a page that promises more and gives no way on.
    """
    found: list[str] = []
    cursor = ""
    while True:
        page = await web.read(
            method,
            **where,
            oldest=ts_of(since - SKEW),
            limit=PAGE,
            include_all_metadata=True,
            cursor=cursor,
        )
        for message in page.get("messages") or ():
            if isinstance(message, dict) and marker_of(identity, message, marker.kind) == marker.id:
                found += [message["ts"]] if is_ts(str(message.get("ts"))) else []
        cursor = next_cursor(page)
        if not cursor:
            return min(found, key=instant, default=None)
