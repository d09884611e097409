"""What the fake Discord knows, one guild with one text channel, and how that looks on the wire."""

import time
from dataclasses import dataclass, field
from typing import Any

import discord

from tests.platforms.discord.fake_gateway import Payload, Session

EPOCH = 1_420_070_400_000
ALL = str(discord.Permissions.all().value)
_MEMBERS = discord.Permissions.text() | discord.Permissions.membership()
_MEMBERS.update(manage_threads=False)
NOBODY = str(_MEMBERS.value)
TEXT, THREAD = 0, 11


@dataclass
class Interaction:
    """Something that a person did with the bot, and what it gave back."""

    id: str
    token: str
    payload: Payload
    callback: Payload | None = None
    said: list[Payload] = field(default_factory=list)
    deleted: bool = False
    began: float = field(default_factory=time.monotonic)
    answered_after: float | None = None

    @property
    def text(self) -> str:
        """All that it gave back, as one text."""
        return str([(self.callback or {}).get("data"), *self.said])


class FakeGuild:
    """The guild `Study`: ada owns it, ben is in it, and so is the bot. Its channel is `study`."""

    def __init__(self) -> None:
        self._last = 0
        self.bot = self._person("practice-bot", bot=True)
        self.people = {name: self._person(name) for name in ("ada", "ben")}
        self.guild, self.channel, self.application = self.new_id(), self.new_id(), self.bot["id"]
        self.channels: dict[str, Payload] = {self.channel: self.channel_shape(self.channel, "study", TEXT)}
        self.messages: dict[str, list[Payload]] = {self.channel: []}
        self.commands: list[Payload] = []
        self.interactions: dict[str, Interaction] = {}
        self.manages_threads = True

    def new_id(self) -> str:
        """The next snowflake."""
        self._last = max(self._last + 1, (int(time.time() * 1000) - EPOCH) << 22)
        return str(self._last)

    @property
    def everybody(self) -> list[Payload]:
        """The users of all members."""
        return [self.bot, *self.people.values()]

    @property
    def threads(self) -> list[str]:
        """The threads that were opened."""
        return [id_ for id_, channel in self.channels.items() if channel["type"] == THREAD]

    @property
    def prompts(self) -> list[Payload]:
        """The bot's messages in the channel."""
        return self.said_in(self.channel)

    def thread_state(self, channel: str) -> Payload:
        """Whether a thread is archived, and whether it is locked; of a channel that is none, nothing that stays."""
        state: Payload = self.channels[channel].get("thread_metadata", {})
        return state

    def now(self) -> str:
        """The time as it stands on the wire."""
        return discord.utils.utcnow().isoformat()

    def said_in(self, channel: str) -> list[Payload]:
        """The bot's messages in a channel or thread."""
        return [one for one in self.messages[channel] if one["author"]["id"] == self.bot["id"]]

    def written(self, channel: str, author: Payload, body: Payload) -> Payload:
        """Keep a message."""
        message = self.message_shape(channel, author, body)
        self.messages[channel].append(message)
        return message

    def begun(
        self, name: str, kind: int, channel: str, data: Payload, message: Payload | None = None
    ) -> Interaction:
        """Let a person begin an interaction; no event tells of it yet."""
        id_ = self.new_id()
        payload = {
            "id": id_,
            "token": f"token-{id_}",
            "type": kind,
            "application_id": self.application,
            "version": 1,
        }
        payload |= {
            "guild_id": self.guild,
            "channel_id": channel,
            "channel": self.channels[channel],
            "data": data,
        }
        payload |= {"member": self.member_shape(self.people[name]), "locale": "en-US", "entitlements": []}
        payload |= {"authorizing_integration_owners": {}, "attachment_size_limit": 10_000_000, "context": 0}
        payload |= {"app_permissions": ALL} | ({"message": message} if message else {})
        self.interactions[id_] = Interaction(id_, f"token-{id_}", payload)
        return self.interactions[id_]

    def named(self, command: str) -> Payload:
        """The data of a slash command without options."""
        known = next(one for one in self.commands if one["name"] == command)
        return {"id": known["id"], "name": command, "type": 1, "options": []}

    def greeting(self, session: Session, url: str) -> list[tuple[str, Payload]]:
        """READY, and the guild."""
        ready: Payload = {"v": 10, "user": self.bot, "session_id": session.id, "resume_gateway_url": url}
        ready |= {"guilds": [{"id": self.guild, "unavailable": True}], "shard": [0, 1]}
        ready |= {"application": {"id": self.application, "flags": 0}}
        return [("READY", ready), ("GUILD_CREATE", self.guild_shape())]

    def guild_shape(self) -> Payload:
        """The guild with its channels, threads and members."""
        threads = [channel for channel in self.channels.values() if channel["type"] == THREAD]
        plain = [channel for channel in self.channels.values() if channel["type"] != THREAD]
        role = {"id": self.guild, "name": "@everyone", "permissions": NOBODY, "position": 0, "color": 0}
        role |= {"hoist": False, "managed": False, "mentionable": False, "colors": {"primary_color": 0}}
        every = discord.Permissions.all()
        every.update(administrator=self.manages_threads, manage_threads=self.manages_threads)
        own = {**role, "id": "7", "name": "practice-bot", "permissions": str(every.value), "position": 1}
        guild: Payload = {"id": self.guild, "name": "Study", "owner_id": self.people["ada"]["id"]}
        guild |= {
            "roles": [role, own],
            "channels": plain,
            "threads": threads,
            "member_count": 3,
            "large": False,
        }
        guild |= {"members": [self.member_shape(person) for person in self.everybody], "unavailable": False}
        guild |= {name: [] for name in ("emojis", "stickers", "features", "voice_states", "presences")}
        guild |= {"stage_instances": [], "guild_scheduled_events": [], "preferred_locale": "en-US"}
        zeros = (
            "verification_level",
            "default_message_notifications",
            "explicit_content_filter",
            "mfa_level",
        )
        return guild | dict.fromkeys(
            (*zeros, "nsfw_level", "premium_tier", "system_channel_flags", "afk_timeout"), 0
        )

    def channel_shape(self, id_: str, name: str, kind: int) -> Payload:
        """A channel."""
        channel: Payload = {
            "id": id_,
            "name": name,
            "type": kind,
            "guild_id": self.guild,
            "position": 0,
            "flags": 0,
        }
        channel |= {"permission_overwrites": [], "permissions": ALL, "nsfw": False, "rate_limit_per_user": 0}
        return {**channel, "last_message_id": None}

    def thread_shape(self, id_: str, name: str, parent: str) -> Payload:
        """A thread that was just opened."""
        now = self.now()
        data = {"archived": False, "locked": False, "archive_timestamp": now, "auto_archive_duration": 10080}
        thread = {**self.channel_shape(id_, name, THREAD), "parent_id": parent, "owner_id": self.bot["id"]}
        return {**thread, "thread_metadata": data, "message_count": 0, "member_count": 1}

    def message_shape(self, channel: str, author: Payload, body: Payload) -> Payload:
        """A message as it comes back."""
        shape: Payload = {"type": 0, "tts": False, "pinned": False, "mention_everyone": False, "flags": 0}
        shape |= {name: [] for name in ("mentions", "mention_roles", "attachments", "embeds", "components")}
        shape |= {
            "content": "",
            "nonce": None,
            "edited_timestamp": None,
            "id": self.new_id(),
            "author": author,
        }
        shape |= {
            "channel_id": channel,
            "guild_id": self.guild,
            "timestamp": self.now(),
        }
        names = ("content", "embeds", "components", "flags", "nonce", "message_reference")
        return shape | {key: body[key] for key in names if body.get(key)}

    def member_shape(self, person: Payload) -> Payload:
        """A member, with what they may do."""
        roles = ["7"] if person is self.bot else []
        shape: Payload = {
            "user": person,
            "roles": roles,
            "joined_at": "2026-01-01T00:00:00+00:00",
            "flags": 0,
        }
        rights = ALL if roles or person["username"] == "ada" else NOBODY
        return {**shape, "deaf": False, "mute": False, "permissions": rights}

    def application_shape(self) -> Payload:
        """The application."""
        shape: Payload = {"id": self.application, "name": "practice-bot", "description": "", "icon": None}
        shape |= {"bot_public": True, "bot_require_code_grant": False, "verify_key": "00", "flags": 1 << 19}
        return {**shape, "owner": self.people["ada"]}

    def _person(self, name: str, bot: bool = False) -> Payload:
        shape: dict[str, Any] = {"username": name, "discriminator": "0", "global_name": None, "avatar": None}
        return {**shape, "id": self.new_id(), "bot": bot, "public_flags": 0}
