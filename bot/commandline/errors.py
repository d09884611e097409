"""What stops a command, as sentences on standard error and an exit code."""

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
    except StoreBroken as error:
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
