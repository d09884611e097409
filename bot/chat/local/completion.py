"""What a typed line may go on with: commands, subcommands, options, their values, and labels after `>`."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.chat.calls import Caller, Command, OptionKind, Who
from bot.chat.commands import COMMANDS, GROUPS, complete

OFFERED_BARE = (OptionKind.CHOICE, OptionKind.ZONE)
"""Kinds of options whose values are offered without their name."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text that may stand in place of the last `typed` characters of a line, and what it is."""

    text: str
    typed: int
    about: str = ""


def suggestions(line: str, caller: Caller, labels: tuple[str, ...]) -> list[Suggestion]:
    """What a line (up to the cursor) may go on with; nothing for a reply."""
    if line.startswith(">"):
        typed = line[1:].lstrip()
        return [Suggestion(label, len(typed)) for label in labels if _begins(label, typed)]
    return list(_of_command(line[1:], caller)) if line.startswith("/") else []


def _of_command(line: str, caller: Caller) -> Iterator[Suggestion]:
    usable = [one for one in COMMANDS if caller.is_manager or one.who is Who.EVERYBODY]
    words = line.split(" ")
    if len(words) == 1:
        yield from _first_words(usable, words[0])
        return
    if words[0].casefold() in GROUPS and len(words) == 2:
        for one in usable:
            if one.words[0] == words[0].casefold() and _begins(one.words[-1], words[1]):
                yield Suggestion(one.words[-1], len(words[1]), one.description)
        return
    command = _named(usable, words)
    if command is not None:
        yield from _of_options(command, words[len(command.words) :], caller)


def _first_words(usable: list[Command], typed: str) -> Iterator[Suggestion]:
    """The commands, a group such as `daily` once."""
    firsts = {one.words[0]: GROUPS.get(one.words[0], one.description) for one in usable}
    for first, about in firsts.items():
        if _begins(first, typed):
            yield Suggestion(first, len(typed), about)


def _named(usable: list[Command], words: list[str]) -> Command | None:
    for length in (2, 1):
        name = " ".join(words[:length]).casefold()
        found = next((one for one in usable if one.name == name and len(words) > length), None)
        if found is not None:
            return found
    return None


def _of_options(command: Command, words: list[str], caller: Caller) -> Iterator[Suggestion]:
    name, colon, typed = words[-1].rpartition(":")
    if colon and command.option(name.casefold()) is not None:
        for value in complete(caller, command, name.casefold(), typed):
            yield Suggestion(value, len(typed), name.casefold())
        return
    given = {word.split(":")[0].casefold() for word in words[:-1]}
    single = len(command.options) == 1
    for option in command.options:
        if option.name in given:
            continue
        if single or option.kind in OFFERED_BARE:
            values = complete(caller, command, option.name, words[-1]) if words[-1] or single else []
            yield from (Suggestion(value, len(words[-1]), option.name) for value in values)
        if not single and _begins(option.name, words[-1]):
            yield Suggestion(f"{option.name}:", len(words[-1]), option.description)


def _begins(text: str, typed: str) -> bool:
    return text.casefold().startswith(typed.casefold())
