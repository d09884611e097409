"""What stops a command, as sentences on standard error and an exit code."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from bot.app import WrongClock
from bot.packs import PackError
from bot.settings import Settings, SettingsError, load
from bot.store.broken import StoreBroken
from bot.store.process_lock import StoreInUse

MEND_FIRST = 2
IN_USE = 3


class PortTaken(Exception):
    """Something cannot listen where the settings say."""

    def __init__(self, part: str, host: str, port: int, fault: OSError) -> None:
        why = fault.strerror or type(fault).__name__
        told = f"{host} port {port} cannot be used: {why}"
        if fault.errno == errno.EADDRINUSE:
            told = f"Port {port} is taken by another program"
        variable = f"PRACTICE_BOT_{part.upper()}__PORT"
        super().__init__(f"{told}; set [{part}] port ({variable}) to another, or to 0 for none.")


@contextmanager
def explained() -> Iterator[None]:
    """Turn what a person can mend into sentences and an exit code; anything else is a fault and shows as one."""
    try:
        yield
    except (SettingsError, PackError) as error:
        for finding in error.findings:
            typer.echo(str(finding), err=True)
        raise typer.Exit(MEND_FIRST) from error
    except StoreInUse as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(IN_USE) from error
    except (StoreBroken, PortTaken) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(MEND_FIRST) from error
    except WrongClock as error:
        typer.echo(
            "The clock of this machine is wrong: it stands before this program was made. Set it first.",
            err=True,
        )
        raise typer.Exit(MEND_FIRST) from error


def settings_for(config: Path | None) -> Settings:
    """The settings from `--config` or `config/practice-bot.toml` where the program starts, `.env`, the environment."""
    usual = Path("config/practice-bot.toml")
    chosen = config or (usual if usual.is_file() else None)
    return load(chosen, Path(".env"))
