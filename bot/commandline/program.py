"""Every command of `practice-bot`, declared; what a command needs is imported when it is called."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

DATA = Path("data")


def _folder(data: Path) -> Path:
    if data.exists() and not data.is_dir():
        raise typer.BadParameter(
            f"{data} is a file, not a folder. Name a folder; it is made if it is not there."
        )
    return data


DataOption = Annotated[
    Path, typer.Option("--data", callback=_folder, help="The folder that everything is kept in.")
]
UnusedDataOption = Annotated[Path, typer.Option("--data", help="Taken as everywhere; nothing is read there.")]
ConfigOption = Annotated[Path | None, typer.Option("--config", help="A TOML file with settings.")]

program = typer.Typer(
    name="practice-bot",
    help="Interview practice for study groups, in the terminal, in Discord and in Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
content = typer.Typer(help="Question packs.", no_args_is_help=True)
daily = typer.Typer(help="Schedules.", no_args_is_help=True)
program.add_typer(content, name="content")
program.add_typer(daily, name="daily")


@program.command()
def run(data: DataOption = DATA, config: ConfigOption = None) -> None:
    """Start every platform that is set up, and serve until stopped."""
    from bot.commandline.serving import run_bot

    raise typer.Exit(run_bot(data, config))


@program.command()
def chat(
    as_: Annotated[str, typer.Option("--as", help="Who you are in the chat.")],
    channel: Annotated[str | None, typer.Option(help="The channel to talk in.")] = None,
    data: DataOption = DATA,
    config: ConfigOption = None,
) -> None:
    """Practice in this terminal; reads lines from standard input, so it can be piped."""
    from bot.commandline.serving import run_chat

    raise typer.Exit(run_chat(data, config, as_, channel))


@program.command()
def check(
    data: DataOption = DATA,
    config: ConfigOption = None,
    online: Annotated[bool, typer.Option("--online", help="Ask the platforms as well.")] = False,
) -> None:
    """Look at settings, packs, database, free space and versions; every finding comes with its remedy."""
    from bot.commandline.checking import run_check

    raise typer.Exit(run_check(data, config, online))


@program.command()
def backup(file: Path, data: DataOption = DATA, config: ConfigOption = None) -> None:
    """Write a checked copy of the database to FILE; the bot may be running."""
    from bot.commandline.keeping import run_backup

    raise typer.Exit(run_backup(data, config, file))


@program.command()
def restore(file: Path, data: DataOption = DATA, config: ConfigOption = None) -> None:
    """Put FILE, made by backup, in the place of the database; the bot must not be running."""
    from bot.commandline.keeping import run_restore

    raise typer.Exit(run_restore(data, config, file))


@program.command()
def recount(data: DataOption = DATA, config: ConfigOption = None) -> None:
    """Derive everything that is cached anew from the facts."""
    from bot.commandline.keeping import run_recount

    raise typer.Exit(run_recount(data, config))


@content.command("check")
def content_check(
    path: Annotated[
        Path | None, typer.Argument(help="A pack's folder, a folder of packs, or one file.")
    ] = None,
    data: UnusedDataOption = DATA,
    config: ConfigOption = None,
) -> None:
    """Check question packs, all that are installed if no PATH is given; every finding has its place."""
    from bot.commandline.checking import run_content_check

    del data
    raise typer.Exit(run_content_check(path, config))


@daily.command("preview")
def daily_preview(
    time: Annotated[str, typer.Option(help="The planned time, such as 09:00.")],
    from_: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The first date.")],
    days: Annotated[int, typer.Option(min=1, max=3700, help="How many dates.")] = 14,
    weekdays: Annotated[str, typer.Option(help="Such as mon-fri, or sat,sun.")] = "daily",
    zone: Annotated[
        str | None, typer.Option(help="Such as Europe/Berlin; else that of the settings.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="A JSON object a line.")] = False,
    data: UnusedDataOption = DATA,
    config: ConfigOption = None,
) -> None:
    """Show when a schedule will post: local time, the instant in UTC, and why if it is shifted."""
    from bot.commandline.preview import run_preview

    del data
    raise typer.Exit(run_preview(config, zone, time, weekdays, from_.date(), days, as_json_lines=json))
