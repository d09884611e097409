"""Help, written from the declarations: for all commands, for one, and as the README's table."""

from bot.chat.calls import Command, Option, OptionKind, Who
from bot.chat.cards import Block, Bullets, Card, Facts, Heading, Note, Text
from bot.domain.bank import Bank

_VALUES_SHOWN = 25


def usage(command: Command) -> str:
    """How a command is typed: `/question [track] [level]`."""
    return " ".join([f"/{command.name}", *(_option(option) for option in command.options)])


def _option(option: Option) -> str:
    text = f"{option.name}:…" if option.by_name else option.name
    return text if option.required else f"[{text}]"


def overview_card(commands: tuple[Command, ...], is_manager: bool) -> Card:
    """All commands that the asker may use, a line each."""
    own = [command for command in commands if command.who is Who.EVERYBODY]
    managers = [command for command in commands if command.who is Who.MANAGERS]
    blocks: list[Block] = [
        Text(
            (
                "Ask for a question, answer in its thread, and come back tomorrow. One answer a day keeps a streak.",
            )
        ),
        Bullets(tuple(map(_listed, own))),
    ]
    if is_manager:
        blocks += [Heading("For managers"), Bullets(tuple(map(_listed, managers)))]
    blocks.append(Note("/help and a command, such as /help question, tells more."))
    return Card("Interview practice", tuple(blocks))


def _listed(command: Command) -> Text:
    return Text((f"{usage(command)}: {command.description}",))


def command_card(command: Command, bank: Bank) -> Card:
    """One command with its options, their values and examples."""
    blocks: list[Block] = [Text((command.description,))]
    if command.who is Who.MANAGERS:
        blocks.append(Note("For managers."))
    if command.options:
        blocks.append(Facts(tuple((option.name, _about(option, bank)) for option in command.options)))
    if command.examples:
        blocks += [Heading("Examples"), Bullets(tuple(Text((example,)) for example in command.examples))]
    return Card(usage(command), tuple(blocks))


def _about(option: Option, bank: Bank) -> str:
    known = option.known(bank) if option.kind is OptionKind.CHOICE else ()
    if not known:
        return option.description
    more = ", …" if len(known) > _VALUES_SHOWN else ""
    return f"{option.description}: {', '.join(known[:_VALUES_SHOWN])}{more}"


def group_card(name: str, commands: tuple[Command, ...]) -> Card:
    """The subcommands of a command such as `/daily`."""
    return Card(f"/{name}", (Bullets(tuple(map(_listed, commands))),))


def commands_table(commands: tuple[Command, ...]) -> str:
    """The commands as a Markdown table, for the README."""
    lines = ["| command | what it does | who |", "|---|---|---|"]
    lines += [f"| `{usage(one)}` | {one.description} | {one.who} |" for one in commands]
    return "\n".join(lines)
