"""The composition root: builds everything from the settings, starts it, and stops it in reverse."""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tzlocal import get_localzone_name

from bot.chat.local.client import LocalClient
from bot.chat.local.incoming import LocalRoom
from bot.chat.local.outgoing import LocalOutgoing
from bot.chat.router import Router
from bot.domain.bank import Bank, bank_of
from bot.domain.places import Platform
from bot.domain.questions import Pack
from bot.domain.reviews import ReviewRules
from bot.domain.zones import NoSuchZone, canonical_zones, parse_zone
from bot.figures import LibraryFigures
from bot.networks import Networks, networks
from bot.packs import PackError, read_packs
from bot.practice import asking, importing, leaving, recovery, reminding, showing
from bot.practice.ports import BadPack, Clock, Ports, Rules, StoreUnavailable
from bot.settings import Settings
from bot.store.backup import daily_backup
from bot.store.opening import OpenStore, open_store, sqlite_file
from bot.timer import Ring, Timer

log = logging.getLogger(__name__)

RELEASED = datetime(2026, 11, 1, tzinfo=UTC)
"""A clock before this is wrong: nothing was ever practiced with this program then."""
OVERDUE_AFTER = timedelta(minutes=5)
SECONDS_BETWEEN_RINGS = 5
SECONDS_BETWEEN_BEATS = 60
SECONDS_BETWEEN_BACKUP_LOOKS = 600
SECONDS_BETWEEN_CLEANINGS = 3600
SECONDS_BETWEEN_REMINDERS = 300
SECONDS_BETWEEN_PACK_LOOKS = 60
OWN_CONTENT = Path(__file__).parent.parent / "content"


class WrongClock(Exception):
    """The machine's clock stands before this program was made."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The instant, in UTC."""
        return datetime.now(UTC)


class RandomIds:
    """Ids that nobody can guess."""

    def new_id(self) -> str:
        """16 characters of [a-z2-7]: 80 bits."""
        number = secrets.randbits(80)
        return "".join("abcdefghijklmnopqrstuvwxyz234567"[number >> 5 * place & 31] for place in range(16))


@dataclass(frozen=True)
class App:
    """What is running."""

    settings: Settings
    data: Path
    ports: Ports
    store: OpenStore
    room: LocalRoom
    networks: Networks


def rules_of(settings: Settings) -> Rules:
    """The rules that the settings ask for."""
    practice = settings.practice
    return Rules(
        default_zone=practice.zone or machine_zone(),
        minimum_length=practice.minimum_length,
        reveal_after=timedelta(hours=practice.reveal_hours),
        open_for=timedelta(days=practice.open_days),
        late_window=timedelta(hours=practice.late_hours),
        left_kept_for=timedelta(days=settings.platforms.left_kept_days),
        reviews=review_rules_of(settings),
    )


def review_rules_of(settings: Settings) -> ReviewRules:
    """How members review each other where no manager has set it otherwise."""
    reviews = settings.reviews
    return ReviewRules(
        named=reviews.names == "named",
        give=reviews.give,
        fallback=timedelta(days=reviews.fallback_days),
        wanted=reviews.wanted,
        most_a_day=reviews.most_a_day,
        gold=reviews.gold,
        practice=reviews.practice,
    )


def machine_zone() -> str:
    """The zone that this machine is set to, or UTC when its name is no canonical one."""
    try:
        name = parse_zone(get_localzone_name() or "", canonical_zones())
    except NoSuchZone:
        return "UTC"
    return "UTC" if name == "Etc/UTC" else name


def bank_for(settings: Settings) -> Bank:
    """All installed packs; raises PackError."""
    return bank_of(read_packs([OWN_CONTENT, *settings.content.folders]))


async def reading(name: str, data: bytes) -> Pack:
    """Read a pack that somebody sent, apart and with bounds; refuses BadPack."""
    from bot.packs.upload import read_upload  # seldom needed

    try:
        return await read_upload(name, data)
    except PackError as error:
        raise BadPack(tuple(str(finding) for finding in error.findings)) from error


def owner_name() -> str:
    """A name for this process that no other one has had."""
    return f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"


@asynccontextmanager
async def running(
    settings: Settings, data: Path, clock: Clock, *, with_networks: bool = False
) -> AsyncIterator[App]:
    """Open the store and settle what was left unfinished; close the store in the end.

    Without networks the local chat alone is served, whatever tokens there are. Raises WrongClock, PackError, and
    StoreBroken with its kind StoreInUse.
    """
    if clock.now() < RELEASED:
        raise WrongClock
    bank, owner = bank_for(settings), owner_name()
    async with AsyncExitStack() as stack:
        url = settings.store.postgresql_url.get_secret_value()
        store = await stack.enter_async_context(open_store(data, url, owner))
        for warning in store.warnings():
            log.warning(warning)
        client = LocalClient(store, clock)
        found = networks(settings, bank, clock) if with_networks else {}
        chats = {platform: network.outgoing for platform, network in found.items()}
        if settings.local.enabled:
            chats[Platform.LOCAL] = LocalOutgoing(client, bank)
        ids, served_now = RandomIds(), frozenset(chats)
        ports = Ports(
            Router(chats),
            store,
            clock,
            ids,
            bank,
            rules_of(settings),
            owner,
            platforms=served_now,
            read_upload=reading,
            figures=LibraryFigures(),
        )
        for network in found.values():
            network.attach(ports)
        await importing.refresh(ports)
        await recovery.replan(ports)
        await recovery.settle(ports)
        yield App(settings, data, ports, store, LocalRoom(client, ports), found)


@asynccontextmanager
async def ringing(app: App, *, serving: bool) -> AsyncIterator[Timer]:
    """Ring for due questions while the block runs; `serving` also notes that the bot is up, minute by minute."""
    ports = app.ports

    async def due() -> None:
        await app.room.settle_owed()
        try:
            await asking.post_due(ports)
        except (
            Exception
        ):  # one question that fails does not keep others from being settled; being stopped does
            await recovery.settle(ports)
            raise
        await recovery.settle(ports)

    packs = Ring("own packs", SECONDS_BETWEEN_PACK_LOOKS, lambda: importing.refresh(ports))
    reviews = Ring("reviews", SECONDS_BETWEEN_RINGS, lambda: showing.show_due(ports))
    rings = [packs, Ring("due questions", SECONDS_BETWEEN_RINGS, due), reviews]
    if not app.settings.store.postgresql_url.get_secret_value():
        rings.append(Ring("daily backup", SECONDS_BETWEEN_BACKUP_LOOKS, lambda: back_up(app)))
    if serving:
        rings.append(Ring("reminders", SECONDS_BETWEEN_REMINDERS, lambda: reminding.remind_due(ports)))
        rings.append(Ring("old rows", SECONDS_BETWEEN_CLEANINGS, lambda: leaving.forget_old(ports)))
        await recovery.note_downtime(ports)
        rings.append(Ring("platform heartbeat", SECONDS_BETWEEN_BEATS, lambda: beat_networks(app)))
        rings.append(Ring("heartbeat", SECONDS_BETWEEN_BEATS, lambda: recovery.beat(ports)))
        await recovery.beat(ports)
    timer = Timer(rings, ports.clock.now)
    timer.start()
    try:
        yield timer
    finally:
        await timer.stop()


async def beat_networks(app: App) -> None:
    """Note of each platform on a network that it is connected, if it is."""
    for platform, network in app.networks.items():
        if network.connected:
            await recovery.beat_platform(app.ports, platform)


async def back_up(app: App) -> None:
    """Keep today's backup of the SQLite file, unless it is there already."""
    today, keep = app.ports.clock.now().date(), app.settings.store.backups_kept
    made = await asyncio.to_thread(daily_backup, sqlite_file(app.data), keep, today)
    if made is not None:
        log.info("backup made", extra={"facts": {"file": made.name}})


async def database(app: App) -> str | None:
    """Whether the database can be written."""
    try:
        await app.store.check()
    except StoreUnavailable as fault:
        return str(fault)
    return None


async def overdue(app: App) -> str | None:
    """Whether a due question is more than five minutes late and neither posted nor explained."""
    before = app.ports.clock.now() - OVERDUE_AFTER
    try:
        late = await app.ports.store.read(lambda tx: tx.overdue(before))
    except StoreUnavailable as fault:
        return f"cannot be told: {fault}"
    return f"{late} due questions are more than 5 minutes late" if late else None
