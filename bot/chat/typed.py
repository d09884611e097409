"""A typed line such as `/question senior topic:caching` becomes a Call, the same as from a platform's own form.

The rules. `name:value` gives an option by name; quotes hold blanks together. A bare word goes to the first free
option that it fits: a known level to level, a time to time, weekdays to weekdays. What fits none goes to a required
option that is still free, which then says what is wrong with it. A command with a single option takes all words.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.chat.calls import (
    BadValue,
    Call,
    Command,
    GivenTwice,
    MissingOption,
    NeedsSubcommand,
    Option,
    OptionKind,
    UnknownCommand,
    UnknownOption,
)
from bot.chat.commands import COMMANDS
from bot.chat.commands.nearest import nearest
from bot.domain.bank import Bank
from bot.domain.refusals import Refusal
from bot.domain.schedules import parse_weekdays
from bot.domain.wall_time import parse_time

LONGEST = 4000
"""Characters of a line that are read; no call needs as many, and no platform sends more."""

MOST_WORDS = 40
"""Bare words that are looked at; no command has as many options."""

_TOKEN = re.compile(r"""(?:([A-Za-z]{1,20}):\s*)?(?:["“”]([^"“”]*)["“”]?|([^\s"“”]+))""")
_WORD = {
    OptionKind.DATE: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    OptionKind.NUMBER: re.compile(r"[0-9]+"),
    OptionKind.MEMBER: re.compile(r"@?[^@]+"),
    OptionKind.TEXT: re.compile(r".+", re.DOTALL),
}
_TAKE_ANYTHING = frozenset({OptionKind.MEMBER, OptionKind.TEXT})

TOGETHER = 3
"""Words that may be one value together."""

Known = Mapping[str, Mapping[str, str]]
"""The known values of each option by name, themselves by their case-folded form."""


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of the line, with the option's name if one was given."""

    name: str | None
    text: str


def parse(text: str, bank: Bank, commands: tuple[Command, ...] = COMMANDS) -> Call:
    """Read a line that begins with `/` (which may be left out); the time is linear in its length.

    Raises UnknownCommand, UnknownOption, GivenTwice, BadValue and MissingOption, and nothing else. Whether a value is
    right in the end is the use case's to say.
    """
    command, rest = _command(text[:LONGEST].strip().removeprefix("/"), commands)
    if any(option.kind is OptionKind.FILE for option in command.options):
        return Call(command, {})  # no word is a file, nor an address one: the command says how it is brought
    words = _words(rest)
    values: dict[str, str] = {}
    for word in words:
        if word.name is not None:
            _give(command, values, word.name, word.text)
    bare = [word.text for word in words if word.name is None]
    if len(command.options) == 1 and bare:
        _give(command, values, command.options[0].name, " ".join(bare))
    else:
        _place(command, values, bare, bank)
    for option in command.options:
        if option.required and option.name not in values:
            raise MissingOption(command.name, option.name, next(iter(command.examples), None))
    return Call(command, values)


def _command(line: str, commands: tuple[Command, ...]) -> tuple[Command, str]:
    """The command that a line begins with, and what follows."""
    parts = line.split(maxsplit=2)
    for length in (2, 1):
        name = " ".join(parts[:length]).casefold()
        found = next((one for one in commands if one.name == name and len(one.words) == length), None)
        if found is not None:
            rest = line.split(maxsplit=length)[length:]
            return found, "".join(rest)
    first = parts[0].casefold() if parts else ""
    group = tuple(one for one in commands if one.words[0] == first)
    if group and len(parts) == 1:
        raise NeedsSubcommand(first, tuple(one.words[-1] for one in group))
    wrong = " ".join(parts[:2]).casefold() if group else first
    raise UnknownCommand(wrong, nearest(wrong, tuple(one.name for one in group or commands)))


def _words(rest: str) -> list[_Word]:
    found = []
    for match in _TOKEN.finditer(rest):
        name, quoted, plain = match.groups()
        found.append(_Word(name and name.casefold(), quoted if quoted is not None else plain))
    return found


def _give(command: Command, values: dict[str, str], name: str, value: str) -> None:
    """Set an option; raises UnknownOption, and GivenTwice for a second, different value."""
    if command.option(name) is None:
        known = tuple(option.name for option in command.options)
        raise UnknownOption(command.name, name, next(iter(nearest(name, known)), None), known)
    if values.get(name, value) != value:
        raise GivenTwice(command.name, name)
    if value.strip():
        values[name] = value


def _place(command: Command, values: dict[str, str], bare: list[str], bank: Bank) -> None:
    """Give the bare words to the options that they fit, in order."""
    known = (
        {one.name: {v.casefold(): str(v) for v in one.known(bank)} for one in command.options} if bare else {}
    )
    left: list[str] = []
    at = 0
    while at < len(bare[:MOST_WORDS]):
        option, value, used = _fitting(command, values, bare[at : at + TOGETHER], known)
        if option is None:
            left.append(bare[at])
        else:
            values[option.name] = value
        at += used
    for word in [*left, *bare[MOST_WORDS:]]:
        option = next((one for one in command.options if one.required and one.name not in values), None)
        if option is None:
            near = _nearest(command, values, word, known)
            raise BadValue(
                command.name, None, word, near, None if near else _first_choice(command, values, known)
            )
        values[option.name] = word


def _fitting(
    command: Command, values: dict[str, str], words: list[str], known: Known
) -> tuple[Option | None, str, int]:
    """The first free option that the next word fits, its value, and how many words it took.

    Several words together may be one known value (`system design` for `system-design`), or weekdays.
    """
    free = [one for one in command.options if one.name not in values and not one.by_name]
    for option in sorted(free, key=lambda one: one.kind in _TAKE_ANYTHING):
        for used in range(len(words), 0, -1):
            value = _fits(option, words[:used], known[option.name])
            if value is not None:
                return option, value, used
    return None, "", 1


def _fits(option: Option, words: list[str], known: Mapping[str, str]) -> str | None:
    """The value that some words together are for an option, if they fit it."""
    match option.kind:
        case OptionKind.CHOICE:
            return known.get("-".join(words).casefold())
        case OptionKind.ZONE:  # as typed: whether letter case counts is the rule of zones
            place = "_".join(words)
            return place if place.casefold() in known or ("/" in place and len(words) == 1) else None
        case OptionKind.WEEKDAYS:
            return _read(parse_weekdays, " ".join(words))
        case OptionKind.TIME:
            return _read(parse_time, " ".join(words))
        case OptionKind.DATE | OptionKind.NUMBER | OptionKind.MEMBER | OptionKind.TEXT:
            return words[0] if len(words) == 1 and _WORD[option.kind].fullmatch(words[0]) else None
        case OptionKind.FILE:
            return None  # no word is a file


def _read(reader: Callable[[str], object], text: str) -> str | None:
    """The text, if a reader of the domain takes it."""
    try:
        reader(text)
    except Refusal:
        return None
    return text


def _first_choice(command: Command, values: dict[str, str], known: Known) -> str | None:
    """What the first free choice offers, in words; None where nothing is free to choose, or too much to list."""
    for option in command.options:
        offered = list(known[option.name].values())
        if option.name not in values and option.kind is OptionKind.CHOICE:
            return f"a {option.name}: {', '.join(offered)}" if 0 < len(offered) <= MOST_WORDS else None
    return None


def _nearest(command: Command, values: dict[str, str], word: str, known: Known) -> tuple[str, ...]:
    """Known values of the free choices that look like a word."""
    free = [one for one in command.options if one.name not in values and one.kind is OptionKind.CHOICE]
    return nearest(word, [value for one in free for value in known[one.name].values()])
