"""All commands in one list, and the ways to call one, to complete an option, and to write the table of them."""

from bot.chat.calls import (
    COMPLETIONS,
    Call,
    Caller,
    Command,
    MissingOption,
    NotManager,
    Option,
    OptionKind,
    Outcome,
    Response,
    UnknownCommand,
    UnknownOption,
    Values,
    Who,
)
from bot.chat.commands.daily import DAILY, RESTORE
from bot.chat.commands.guiding import GUIDE, PACKS
from bot.chat.commands.nearest import nearest
from bot.chat.commands.own import OWN
from bot.chat.commands.practicing import PRACTICING
from bot.chat.commands.reviewing import OVERSEEING, REVIEWING
from bot.chat.commands.sharing import SHARING
from bot.chat.guard import guarded
from bot.chat.wording import help as words
from bot.domain.bank import Bank

GROUPS = {
    "guide": "How interviews go, and how to answer",
    "review": "Reviews among peers",
    "daily": "When this channel gets its question",
    "pack": "Questions of your own",
    "privacy": "What is kept about you",
}
"""The commands that have subcommands, with their descriptions; such a one cannot itself be called."""


def _names(_bank: Bank) -> tuple[str, ...]:
    return tuple(command.name for command in COMMANDS)


async def _help(caller: Caller, values: Values) -> Outcome:
    name = " ".join(values.get("command", "").removeprefix("/").casefold().split())
    if not name:
        return Response(words.overview_card(COMMANDS, caller.is_manager))
    if name in GROUPS:
        return Response(words.group_card(name, subcommands(name)))
    found = next((command for command in COMMANDS if command.name == name), None)
    if found is None:
        raise UnknownCommand(name, nearest(name, _names(caller.bank)))
    return Response(words.command_card(found, caller.bank))


COMMANDS: tuple[Command, ...] = (
    *PRACTICING,
    *GUIDE,
    PACKS,
    *OWN,
    *REVIEWING,
    Command(
        "help",
        "What I can do, or how a command is used",
        _help,
        (Option("command", "The name of a command", OptionKind.TEXT, known=_names),),
        examples=("/help", "/help question"),
    ),
    *SHARING,
    *DAILY,
    RESTORE,
    *OVERSEEING,
)


def subcommands(group: str) -> tuple[Command, ...]:
    """The commands of a group such as `daily`."""
    return tuple(command for command in COMMANDS if command.words[0] == group)


def command_named(name: str) -> Command:
    """A command by its name, such as `daily set`; raises UnknownCommand."""
    for command in COMMANDS:
        if command.name == name:
            return command
    raise UnknownCommand(name, nearest(name, tuple(command.name for command in COMMANDS)))


async def run(caller: Caller, call: Call) -> Outcome:
    """Run a command; whoever may not, or gives what it does not take, is refused before anything happens."""
    return await guarded(caller, _run(caller, call))


async def _run(caller: Caller, call: Call) -> Outcome:
    command = call.command
    if command.who is Who.MANAGERS and not caller.is_manager:
        raise NotManager(command.name)
    values = {name: value.strip() for name, value in call.values.items() if value.strip()}
    _check(command, values)
    return await command.run(caller, values)


def _check(command: Command, values: Values) -> None:
    known = tuple(option.name for option in command.options)
    for name in values:
        if name not in known:
            raise UnknownOption(command.name, name, next(iter(nearest(name, known)), None), known)
    for option in command.options:
        if option.required and option.kind is not OptionKind.FILE and option.name not in values:
            raise MissingOption(command.name, option.name, next(iter(command.examples), None))


def complete(caller: Caller, command: Command, option: str, typed: str) -> list[str]:
    """At most 25 values for an option that is being typed: those that begin so, then those that contain it.

    Letter case does not count, and a blank stands for `-` and `_` as well. Unknown options have no values.
    """
    found = command.option(option)
    known = [str(value) for value in found.known(caller.bank)] if found is not None else []
    wanted = _plain(typed.strip())
    starting = [value for value in known if _starts(_plain(value), wanted)]
    containing = [value for value in known if wanted in _plain(value) and value not in starting]
    return [*starting, *containing][:COMPLETIONS]


def _starts(value: str, wanted: str) -> bool:
    """A value begins so, or its last part does (`Europe/Berlin` for `berl`)."""
    return value.startswith(wanted) or (bool(wanted) and value.rpartition("/")[2].startswith(wanted))


def _plain(text: str) -> str:
    return text.casefold().replace("-", " ").replace("_", " ")


def commands_table() -> str:
    """The commands as a Markdown table; the README holds the same."""
    return words.commands_table(COMMANDS)
