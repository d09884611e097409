"""Every command of `practice-bot`, declared; what a command needs is imported when it is called."""

from datetime import datetime
from enum import StrEnum
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


class ExportFormat(StrEnum):
    """What `content export` writes."""

    CSV = "csv"
    MARKDOWN = "markdown"
    ANKI = "anki"


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
manifest = typer.Typer(help="What a platform wants to know about the bot.", no_args_is_help=True)
program.add_typer(content, name="content")
program.add_typer(daily, name="daily")
program.add_typer(manifest, name="manifest")


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


@content.command("coverage")
def content_coverage(
    against: Annotated[
        Path | None, typer.Option(help="A file with another list of subjects, to compare with.")
    ] = None,
    data: UnusedDataOption = DATA,
    config: ConfigOption = None,
) -> None:
    """Count which subjects are covered, by track, and name those that are missing."""
    from bot.commandline.coverage import run_content_coverage

    del data
    raise typer.Exit(run_content_coverage(against, config))


@content.command("import")
def content_import(
    file: Annotated[Path, typer.Argument(help="One pack: a .yaml file, or a .csv with a header line.")],
    for_: Annotated[
        str | None, typer.Option("--for", help="The workspace, such as slack:T123; else the local one.")
    ] = None,
    pack: Annotated[
        str | None, typer.Option(help="The id of the pack that a CSV holds; else made of the file's name.")
    ] = None,
    data: DataOption = DATA,
    config: ConfigOption = None,
) -> None:
    """Bring FILE into a workspace, whole or not at all; questions that it no longer has are retired."""
    from bot.commandline.content import run_content_import

    raise typer.Exit(run_content_import(file, data, config, for_, pack))


@content.command("export")
def content_export(
    format_: Annotated[ExportFormat, typer.Option("--format", help="What to write.")],
    output: Annotated[Path | None, typer.Option(help="A file to write to; else standard output.")] = None,
    for_: Annotated[
        str | None,
        typer.Option("--for", help="The workspace whose own packs to write; else the installed ones."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over the file.")] = False,
    data: DataOption = DATA,
    config: ConfigOption = None,
) -> None:
    """Write questions as a sheet, a document, or a text file that Anki imports."""
    from bot.commandline.content import run_content_export

    raise typer.Exit(run_content_export(format_, output, data, config, for_, force=force))


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


@manifest.command("slack")
def manifest_slack(data: UnusedDataOption = DATA, config: ConfigOption = None) -> None:
    """Print the manifest to make the Slack app from, for the mode and the command prefix of the settings."""
    from bot.commandline.manifest import run_manifest

    del data
    raise typer.Exit(run_manifest(config))


@manifest.callback()
def _manifest() -> None:
    """Keeps `manifest slack` two words while there is one platform with a manifest."""
