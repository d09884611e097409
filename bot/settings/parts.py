"""The parts of the settings, one class a part; `config/practice-bot.toml` lists them with comments."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr

from bot.domain.zones import NoSuchZone, canonical_zones, parse_zone


def _known_zone(text: str) -> str:
    try:
        return parse_zone(text, canonical_zones()) if text else ""
    except NoSuchZone as refusal:
        near = f"; near it: {', '.join(refusal.nearest)}" if refusal.nearest else ""
        raise ValueError(f"is no IANA time zone such as Europe/Berlin{near}") from refusal


class Part(BaseModel):
    """What all parts have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Practice(Part):
    """The rules of practice that a group may set; an empty zone means that of the machine."""

    zone: Annotated[str, AfterValidator(_known_zone)] = ""
    minimum_length: int = Field(15, ge=1, le=500)
    reveal_hours: int = Field(24, ge=0, le=168)
    open_days: int = Field(7, ge=1, le=90)
    late_hours: int = Field(4, ge=1, le=24)


class Reviews(Part):
    """How members review each other, until a workspace's managers set it otherwise by `/review settings`."""

    names: Literal["named", "peer"] = "named"
    give: int = Field(0, ge=0, le=5)
    fallback_days: int = Field(3, ge=1, le=14)
    wanted: int = Field(2, ge=1, le=5)
    most_a_day: int = Field(5, ge=1, le=20)
    gold: int = Field(0, ge=0, le=2)
    practice: bool = False


class StorePart(Part):
    """Where facts are kept: a PostgreSQL URL, or SQLite in the data folder when it is empty."""

    postgresql_url: SecretStr = SecretStr("")
    backups_kept: int = Field(7, ge=1, le=366)


class Content(Part):
    """Folders of question packs besides the ones that come with the bot."""

    folders: tuple[Path, ...] = ()


class Local(Part):
    """The chat on this machine, which needs no token."""

    enabled: bool = True
    channel: str = Field("study", pattern=r"^[a-z0-9-]{1,32}$")


class Page(Part):
    """Where the page is served; port 0 turns it off. Who opens it to other machines must give a pass phrase."""

    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535)
    pass_phrase: SecretStr = SecretStr("")


class Discord(Part):
    """How Discord is served; it is on when DISCORD_TOKEN is set. A `shard_count` of 0 is as many as Discord advises."""

    message_content: bool = True
    shard_ids: tuple[Annotated[int, Field(ge=0)], ...] = ()
    shard_count: int = Field(0, ge=0, le=10_000)


class Slack(Part):
    """How Slack is served; it is on when SLACK_BOT_TOKEN is set.

    `socket` needs SLACK_APP_TOKEN and no address; `http` needs SLACK_SIGNING_SECRET, and listens on `host` and `port`.
    """

    mode: Literal["socket", "http"] = "socket"
    host: str = "127.0.0.1"
    port: int = Field(3000, ge=0, le=65535)
    command_prefix: str = Field("", pattern=r"^[a-z0-9-]{0,16}$")


class Platforms(Part):
    """What holds for Discord and Slack alike.

    `other_hosts` lets DISCORD_API_BASE, DISCORD_GATEWAY and SLACK_API_BASE name other machines, a proxy for one; else a
    stray variable could send a token anywhere.
    """

    other_hosts: bool = False
    left_kept_days: int = Field(30, ge=1, le=3650)


class Health(Part):
    """Where `/healthz` answers; port 0 turns it off."""

    host: str = "127.0.0.1"
    port: int = Field(0, ge=0, le=65535)


class Logs(Part):
    """How a happening is written."""

    form: Literal["text", "json"] = "text"
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
