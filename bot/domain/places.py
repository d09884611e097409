"""Where practice happens and who takes part, named the same for every platform."""

from dataclasses import dataclass
from enum import StrEnum


class Platform(StrEnum):
    """A chat system that the bot serves."""

    LOCAL = "local"
    DISCORD = "discord"
    SLACK = "slack"


@dataclass(frozen=True, slots=True, order=True)
class Workspace:
    """One group's own space: a Slack workspace, a Discord guild, or a local data folder."""

    platform: Platform
    id: str

    @property
    def key(self) -> str:
        """The text that every stored row of this workspace begins with, such as `slack:T1`."""
        return f"{self.platform}:{self.id}"

    @classmethod
    def of_key(cls, key: str) -> "Workspace":
        """Read a workspace back from its key."""
        platform, _, id_ = key.partition(":")
        return cls(Platform(platform), id_)


@dataclass(frozen=True, slots=True, order=True)
class Channel:
    """A place in a workspace where questions are posted, by the platform's own id."""

    workspace: Workspace
    id: str


@dataclass(frozen=True, slots=True, order=True)
class Thread:
    """The conversation under one message of a channel."""

    channel: Channel
    id: str


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """A person in one workspace, by the platform's own id; never by a name."""

    workspace: Workspace
    id: str
