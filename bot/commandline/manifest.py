"""`practice-bot manifest`: what a platform wants to know about the bot, printed to be copied there."""

import json
from pathlib import Path

import typer

from bot.commandline.errors import explained, settings_for


def run_manifest(config: Path | None) -> int:
    """Print the manifest of the Slack app as JSON, for the mode and the command prefix that are set."""
    from bot.chat.slack.manifest import manifest

    with explained():
        settings = settings_for(config)
    made = manifest(settings.slack.mode, settings.slack.command_prefix)
    typer.echo(json.dumps(made, indent=2, ensure_ascii=False))
    return 0
