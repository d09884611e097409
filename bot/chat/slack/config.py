"""What the settings say about Slack, and how fast things go."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class SlackConfig:
    """What the settings say about Slack. `api_base` is None for Slack itself; port 0 takes any free port."""

    bot_token: str
    app_token: str = ""
    signing_secret: str = ""
    api_base: str | None = None
    mode: Literal["socket", "http"] = "socket"
    host: str = "127.0.0.1"
    port: int = 3000
    command_prefix: str = ""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast things go, in seconds; a test makes them faster.

    `burst` messages may follow one another in a channel, and `per_second` of them go on.
    """

    connections: int = 2
    watch_every: float = 1.0
    acknowledge_within: float = 2.0
    login_again: float = 5.0
    ping_every: float = 5.0
    read_again: float = 60.0
    end_within: float = 3.0
    burst: int = 4
    per_second: float = 1.0
