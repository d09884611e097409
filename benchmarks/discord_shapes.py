"""What Discord sends: servers, channels, threads and messages as its gateway's frames have them; ids count up."""

import json
from collections.abc import Iterable
from typing import Any

Payload = dict[str, Any]

CHANNELS, THREADS = 10, 4
"""In each server."""
_GUILD, _PERSON, _MESSAGE = 1_100_000_000_000_000_000, 1_200_000_000_000_000_000, 1_300_000_000_000_000_000
_STEP = 10_000
BOT = _PERSON - 1
_TEXT = "I would first measure where the time goes, then change one thing at a time and measure again."
_SETTINGS = ("verification_level", "default_message_notifications", "explicit_content_filter", "mfa_level")
_MORE_SETTINGS = ("nsfw_level", "premium_tier", "system_channel_flags", "afk_timeout")


def guild_id(number: int) -> int:
    """The id of the server of that number."""
    return _GUILD + number * _STEP


def channel_id(guild: int, number: int) -> int:
    """The id of a server's channel."""
    return guild_id(guild) + 1 + number


def thread_id(guild: int, number: int) -> int:
    """The id of a server's thread; it stands under the first channel."""
    return guild_id(guild) + 5_000 + number


def guild(number: int, members: int, channels: int = CHANNELS, threads: int = THREADS) -> Payload:
    """GUILD_CREATE: a server with its channels, threads and members; everybody may do everything."""
    id_ = str(guild_id(number))
    role = {"id": id_, "name": "@everyone", "permissions": "8", "position": 0, "color": 0, "hoist": False}
    role |= {"managed": False, "mentionable": False, "colors": {"primary_color": 0}}
    shape: Payload = {"id": id_, "name": f"Study group {number}", "owner_id": str(_PERSON), "large": False}
    shape |= {"roles": [role], "unavailable": False, "member_count": members, "preferred_locale": "en-US"}
    shape["channels"] = [_channel(number, index) for index in range(channels)]
    shape["threads"] = [_thread(number, index) for index in range(threads)]
    people = [person(number * members + index) for index in range(members)]
    shape["members"] = [{"user": one, **_membership()} for one in people]
    shape |= {name: [] for name in ("emojis", "stickers", "features", "voice_states", "presences")}
    shape |= {"stage_instances": [], "guild_scheduled_events": []}
    return shape | dict.fromkeys((*_SETTINGS, *_MORE_SETTINGS), 0)


def person(number: int) -> Payload:
    """A user."""
    shape: Payload = {"id": str(_PERSON + number), "username": f"person{number}", "discriminator": "0"}
    return {**shape, "global_name": f"Person {number}", "avatar": None, "bot": False, "public_flags": 0}


def own_user() -> Any:
    """The bot's own user."""
    return {**person(-1), "bot": True}


def message(guild: int, channel: int, number: int) -> Payload:
    """What somebody wrote in a channel or thread."""
    shape: Payload = {
        "id": str(_MESSAGE + number),
        "channel_id": str(channel),
        "guild_id": str(guild_id(guild)),
    }
    shape |= {"author": person(number % 100), "member": _membership(), "content": f"Case {number}. {_TEXT}"}
    shape |= {"timestamp": "2026-11-02T08:00:00+00:00", "edited_timestamp": None, "nonce": None}
    shape |= {name: [] for name in ("mentions", "mention_roles", "attachments", "embeds", "components")}
    return shape | {"type": 0, "tts": False, "pinned": False, "mention_everyone": False, "flags": 0}


def frames(event: str, payloads: Iterable[Payload]) -> list[str]:
    """Events as the gateway sends them, after it was unpacked."""
    return [
        json.dumps({"op": 0, "t": event, "s": number, "d": payload})
        for number, payload in enumerate(payloads, 1)
    ]


def _membership() -> Payload:
    return {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "flags": 0, "deaf": False, "mute": False}


def _channel(guild: int, number: int, kind: int = 0) -> Payload:
    shape: Payload = {"id": str(channel_id(guild, number)), "name": f"channel-{number}", "type": kind}
    shape |= {"guild_id": str(guild_id(guild)), "position": number, "flags": 0, "permission_overwrites": []}
    return {**shape, "nsfw": False, "rate_limit_per_user": 0, "last_message_id": None}


def _thread(guild: int, number: int) -> Payload:
    now = "2026-11-02T08:00:00+00:00"
    state = {"archived": False, "locked": False, "archive_timestamp": now, "auto_archive_duration": 10080}
    shape = {**_channel(guild, number, 11), "id": str(thread_id(guild, number)), "thread_metadata": state}
    counts = {"message_count": 0, "member_count": 1, "owner_id": str(BOT)}
    return {**shape, **counts, "parent_id": str(channel_id(guild, 0))}
