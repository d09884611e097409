"""`run` and `chat`: the bot serves until it is stopped."""

import asyncio
import logging
import os
import platform
import signal
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path

import typer

from bot import logs
from bot.app import App, SystemClock, database, overdue, ringing, running
from bot.chat.local import terminal
from bot.commandline.errors import MEND_FIRST, PortTaken, explained, settings_for
from bot.domain.places import Platform
from bot.health import Health
from bot.networks import fault_of, served
from bot.settings import Settings

log = logging.getLogger(__name__)

NO_PLATFORM = (
    "Nothing to serve: the local chat is off, and there is no token. Set DISCORD_TOKEN for Discord, SLACK_BOT_TOKEN and"
    " SLACK_APP_TOKEN for Slack, or [local] enabled = true (PRACTICE_BOT_LOCAL__ENABLED) for the chat on this machine."
)
LOCAL_IS_OFF = (
    "The local chat is off. Set [local] enabled = true (PRACTICE_BOT_LOCAL__ENABLED) to practice here."
)
TOKENS = {
    Platform.DISCORD: "DISCORD_TOKEN",
    Platform.SLACK: "SLACK_BOT_TOKEN and SLACK_APP_TOKEN",
}
SECONDS_BETWEEN_LOOKS = 0.5
LOG = "practice-bot.log"
"""The file in the data folder that a chat logs to, because lines between the messages would disturb it."""


def run_bot(data: Path, config: Path | None) -> int:
    """Serve every platform that is set up; gives the exit code."""
    with explained():
        settings = settings_for(config)
        if not (settings.local.enabled or settings.has_tokens):
            typer.echo(NO_PLATFORM, err=True)
            return MEND_FIRST
        logs.set_up(settings.logs.form, settings.logs.level, secrets=settings.secrets)
        asyncio.run(_serve(settings, data))
    return 0


def run_chat(data: Path, config: Path | None, name: str, channel: str | None) -> int:
    """Talk in the terminal as `name`; gives the exit code."""
    with explained():
        settings = settings_for(config)
        if not settings.local.enabled:
            typer.echo(LOCAL_IS_OFF, err=True)
            return MEND_FIRST
        _log_to_stderr(settings)
        return asyncio.run(_talk(settings, data, name, channel or settings.local.channel))


async def _talk(settings: Settings, data: Path, name: str, channel: str) -> int:
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(running(settings, data, SystemClock()))
        stack.enter_context(_logged_aside(settings, data / LOG))
        stack.enter_context(_start_and_stop("chat"))
        await stack.enter_async_context(ringing(app, serving=False))
        interactive = sys.stdin.isatty() and sys.stdout.isatty()
        return await terminal.chat(app.room, name, channel, sys.stdin, sys.stdout, interactive, data)


def _log_to_stderr(settings: Settings) -> None:
    """Until a chat has begun, and after it, warnings are for whoever started it."""
    level = "ERROR" if settings.logs.level == "ERROR" else "WARNING"
    logs.set_up(settings.logs.form, level, secrets=settings.secrets)


@contextmanager
def _logged_aside(settings: Settings, file: Path) -> Iterator[None]:
    """Log to a file that only its owner reads, at the level of the settings; where there is none, to standard error."""
    try:
        flags = os.O_CREAT | os.O_APPEND | os.O_WRONLY | os.O_NOFOLLOW
        opened = os.fdopen(os.open(file, flags, 0o600), "a", encoding="utf-8", errors="replace")
    except OSError as fault:
        log.warning("no log file", extra={"facts": {"why": fault.strerror}})
        yield
        return
    with opened:
        logs.set_up(settings.logs.form, settings.logs.level, stream=opened, secrets=settings.secrets)
        try:
            yield
        finally:
            _log_to_stderr(settings)


@contextmanager
def _start_and_stop(what: str) -> Iterator[None]:
    """Log that the bot starts, with its versions, and that it stops."""
    facts = {"command": what, "version": version("practice-bot"), "python": platform.python_version()}
    log.info("started", extra={"facts": facts})
    try:
        yield
    finally:
        log.info("stopped", extra={"facts": facts})


async def _serve(settings: Settings, data: Path) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopped.set)
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(running(settings, data, SystemClock(), with_networks=True))
        stack.enter_context(_start_and_stop("run"))
        await stack.enter_async_context(served(app.networks))
        timer = await stack.enter_async_context(ringing(app, serving=True))
        health = Health(
            {
                "background tasks": timer.check,
                "database": lambda: database(app),
                "due questions": lambda: overdue(app),
                "platforms": lambda: fault_of(app.networks),
            }
        )
        if settings.health.port:
            host, port = settings.health.host, settings.health.port
            try:
                await health.start(host, port)
            except OSError as fault:
                raise PortTaken("health", host, port, fault) from fault
        page = await _opened_page(app, stack)
        for line in platform_lines(app, health.port, page):
            typer.echo(line)
        telling = asyncio.create_task(_tell_of_networks(app))
        try:
            await stopped.wait()
        finally:
            telling.cancel()
            await health.stop()


async def _opened_page(app: App, stack: AsyncExitStack) -> str:
    """Serve the page until the stack closes, if it is wanted; gives its address, or why there is none."""
    page, local = app.settings.page, app.settings.local
    if not (local.enabled and page.port):
        return "no page: set [page] port to have one"
    from bot.chat.local.page.server import AddressTaken, open_page  # takes a second, and only this needs it

    phrase = page.pass_phrase.get_secret_value()
    try:
        return await stack.enter_async_context(
            open_page(app.room, local.channel, app.data, page.host, page.port, phrase)
        )
    except AddressTaken as fault:
        return f"no page: {fault}; set [page] port (PRACTICE_BOT_PAGE__PORT) to another"


def platform_lines(app: App, health_port: int | None, page: str) -> list[str]:
    """One line for each platform and for the health port: on, and where; or off, and what to set."""
    settings = app.settings
    local = "off  set [local] enabled = true to practice on this machine"
    if settings.local.enabled:
        local = f"on   {page}"
    health = (
        f"on   http://{settings.health.host}:{health_port}/healthz"
        if health_port
        else "off  set [health] port"
    )
    networks = [f"{platform:8} {_network_line(app, platform)}" for platform in TOKENS]
    return [f"local    {local}", *networks, f"health   {health}"]


def _network_line(app: App, platform: Platform) -> str:
    network = app.networks.get(platform)
    return f"on   {network.status}" if network is not None else f"off  set {TOKENS[platform]} to serve it"


async def _tell_of_networks(app: App) -> None:
    """Say when a platform is connected, or has stopped for good, with what whoever started the bot should know."""
    told: dict[Platform, str] = {}
    while app.networks:
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        for name, network in app.networks.items():
            settled = network.status if network.connected or network.fault else ""
            if settled and told.get(name) != settled:
                told[name] = settled
                for line in (settled, *network.notices):
                    typer.echo(f"{name:8} {line}")
