"""config/*.toml, `.env` and the environment become frozen Settings; every mistake is reported at once."""

import json
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import BaseModel, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings import SettingsError as PydanticSettingsError

from bot.settings.parts import (
    Content,
    Discord,
    Health,
    Local,
    Logs,
    Page,
    Part,
    Platforms,
    Practice,
    Reviews,
    Slack,
    StorePart,
)
from bot.settings.platforms import base_findings, is_own_machine, slack_findings, token_findings

PREFIX = "PRACTICE_BOT_"
NESTED = "__"
OPEN_PAGE = (
    "page.host: {} is open to other machines; set a pass phrase (PRACTICE_BOT_PAGE__PASS_PHRASE in the environment"
    " or .env), or host 127.0.0.1, or port 0"
)


class SettingsError(Exception):
    """The settings cannot be used; `findings` has one sentence for each mistake."""

    def __init__(self, findings: tuple[str, ...]) -> None:
        super().__init__("\n".join(findings))
        self.findings = findings


def _password_of(url: str) -> str:
    try:
        return urlsplit(url).password or ""
    except ValueError:  # no URL at all; the store says so
        return ""


class Settings(BaseSettings):
    """Everything that can be set. Names in the environment: `PRACTICE_BOT_` + part + `__` + key."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",  # .env is shared with others; `load` finds what is misspelled
        env_prefix=PREFIX,
        env_nested_delimiter=NESTED,
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    practice: Practice = Practice()
    reviews: Reviews = Reviews()
    store: StorePart = StorePart()
    content: Content = Content()
    local: Local = Local()
    page: Page = Page()
    discord: Discord = Discord()
    slack: Slack = Slack()
    platforms: Platforms = Platforms()
    health: Health = Health()
    logs: Logs = Logs()
    discord_token: SecretStr = Field(SecretStr(""), validation_alias="DISCORD_TOKEN")
    slack_bot_token: SecretStr = Field(SecretStr(""), validation_alias="SLACK_BOT_TOKEN")
    slack_app_token: SecretStr = Field(SecretStr(""), validation_alias="SLACK_APP_TOKEN")
    slack_signing_secret: SecretStr = Field(SecretStr(""), validation_alias="SLACK_SIGNING_SECRET")
    discord_guild: str = Field("", validation_alias="DISCORD_GUILD", pattern=r"^[0-9]{0,20}$")
    discord_api_base: str = Field("", validation_alias="DISCORD_API_BASE")
    discord_gateway: str = Field("", validation_alias="DISCORD_GATEWAY")
    slack_api_base: str = Field("", validation_alias="SLACK_API_BASE")

    @property
    def has_tokens(self) -> bool:
        """Whether any platform on a network is set up."""
        return bool(self.discord_token.get_secret_value() or self.slack_bot_token.get_secret_value())

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be written anywhere."""
        tokens = (self.discord_token, self.slack_bot_token, self.slack_app_token, self.slack_signing_secret)
        kept = (self.store.postgresql_url, self.page.pass_phrase, *tokens)
        password = _password_of(self.store.postgresql_url.get_secret_value())
        return tuple(text for text in (*(secret.get_secret_value() for secret in kept), password) if text)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before `.env` before the TOML file, which `load` hands over as arguments."""
        del settings_cls, file_secret_settings
        return env_settings, dotenv_settings, init_settings


PARTS = {name: field.annotation for name, field in Settings.model_fields.items()}


def load(config: Path | None, dotenv: Path | None = None) -> Settings:
    """Read the settings from a TOML file (None: there is none), a `.env` file and the environment.

    Raises SettingsError with a sentence for every mistake: unknown keys with the nearest known one, wrong types, values
    out of bounds. No value of a secret is ever in a sentence.
    """
    table = _read_toml(config) if config is not None else {}
    file = str(config)
    findings = [f"{file}: {finding}" for finding in _file_findings(table)]
    written = dotenv_values(dotenv) if dotenv is not None else {}
    findings += _unknown_names({**os.environ, **written})
    if findings:
        raise SettingsError(tuple(findings))
    try:
        settings = Settings(_env_file=dotenv, **table)
    except ValidationError as error:
        raise SettingsError(tuple(map(_environment_sentence, error.errors()))) from error
    except PydanticSettingsError as error:
        raise SettingsError((f"environment: {error}",)) from error
    if wrong := tuple(_platform_findings(settings)):
        raise SettingsError(wrong)
    page = settings.page
    if page.port and not is_own_machine(page.host) and not page.pass_phrase.get_secret_value():
        raise SettingsError((OPEN_PAGE.format(page.host),))
    return settings


def _platform_findings(settings: Settings) -> Iterator[str]:
    """What is wrong with the tokens and addresses of Discord and Slack."""
    bot_token, app_token = (
        t.get_secret_value() for t in (settings.slack_bot_token, settings.slack_app_token)
    )
    yield from token_findings("DISCORD_TOKEN", settings.discord_token.get_secret_value())
    yield from token_findings("SLACK_BOT_TOKEN", bot_token)
    yield from token_findings("SLACK_APP_TOKEN", app_token)
    signing_secret = settings.slack_signing_secret.get_secret_value()
    yield from slack_findings(settings.slack.mode, bot_token, app_token, signing_secret)
    others = settings.platforms.other_hosts
    yield from base_findings("DISCORD_API_BASE", settings.discord_api_base, ("https", "http"), others)
    yield from base_findings("DISCORD_GATEWAY", settings.discord_gateway, ("wss", "ws"), others)
    yield from base_findings("SLACK_API_BASE", settings.slack_api_base, ("https", "http"), others)


def _read_toml(config: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(config.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(
            (f"{config}: no such file; leave --config out, or name one that is there",)
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError((f"{config}: cannot be read as UTF-8 text ({type(error).__name__})",)) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError((f"{config}: is not TOML: {error}",)) from error


def _file_findings(table: Mapping[str, Any]) -> Iterator[str]:
    """Mistakes of the TOML file alone, typed strictly: a number as text is none."""
    parts = {name: kind for name, kind in PARTS.items() if isinstance(kind, type) and issubclass(kind, Part)}
    for name, value in table.items():
        if name not in parts:
            yield f"[{name}]: no such part{_nearest(name, parts)}"
        elif not isinstance(value, dict):
            yield f"{name}: must be a part, written [{name}]"
        else:
            yield from _part_findings(name, parts[name], value)


def _part_findings(name: str, part: type[BaseModel], table: Mapping[str, Any]) -> Iterator[str]:
    try:
        part.model_validate_json(json.dumps(table, default=str), strict=True)
    except ValidationError as error:
        for problem in error.errors():
            yield _sentence({**problem, "loc": (name, *problem["loc"])})


def _unknown_names(environment: Iterable[str]) -> Iterator[str]:
    """Variables that begin like ours and are none: a mistake in typing that would otherwise go unseen."""
    known = {
        f"{PREFIX}{part}{NESTED}{key}".upper(): None
        for part, kind in PARTS.items()
        if isinstance(kind, type) and issubclass(kind, Part)
        for key in kind.model_fields
    }
    for name in environment:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            yield f"{name} (environment or .env): no such setting{_nearest_variable(name.upper(), known)}"


def _sentence(problem: Any) -> str:
    """One mistake as a sentence: where, what, and what is allowed. The value itself is left out."""
    place = ".".join(str(step) for step in problem["loc"])
    part = PARTS.get(str(problem["loc"][0]))
    if problem["type"] == "extra_forbidden":
        known = part.model_fields if isinstance(part, type) and issubclass(part, Part) else PARTS
        return f"{place}: no such key{_nearest(str(problem['loc'][-1]), known)}"
    text = problem["msg"].removeprefix("Value error, ").replace("Input should", "must")
    return f"{place}: {text}"


def _nearest_variable(name: str, known: Iterable[str]) -> str:
    """The variable that a name looks like; what they have in common, the prefix, says nothing."""
    short = {one.removeprefix(PREFIX): one for one in known}
    close = get_close_matches(name.removeprefix(PREFIX), short, n=1, cutoff=0.6)
    return f"; did you mean {short[close[0]]}?" if close else "; config/practice-bot.toml lists them all"


def _environment_sentence(problem: Any) -> str:
    """A mistake that the file does not have, with the variable that has it."""
    place = ".".join(str(step) for step in problem["loc"])
    if str(problem["loc"][0]) not in PARTS:
        return _sentence(problem)
    name = PREFIX + NESTED.join(str(step) for step in problem["loc"][:2]).upper()
    return _sentence(problem).replace(place, f"{place} ({name} in the environment or .env)", 1)


def _nearest(word: str, known: Iterable[str]) -> str:
    names = list(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    return f"; did you mean {close[0]}?" if close else f"; there are {', '.join(names)}"
