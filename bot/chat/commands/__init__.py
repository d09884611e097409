"""Every slash command, once: name, options, completion, who may, what it calls. `catalog` holds the list."""

from bot.chat.commands.catalog import (
    COMMANDS,
    GROUPS,
    command_named,
    commands_table,
    complete,
    run,
    subcommands,
)

__all__ = ["COMMANDS", "GROUPS", "command_named", "commands_table", "complete", "run", "subcommands"]
