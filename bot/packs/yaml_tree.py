"""YAML text becomes a tree of texts, lists and tables with their places, read from the event stream.

Nothing is typed here: `no`, `9:30`, `010` and `1.10` stay as written, and the schema says what they may be.
Tags, anchors, aliases and merge keys are refused as events, before anything is built or multiplied by them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml import events as ev

from bot.packs.characters import HIDDEN, hidden_sentence, place_of
from bot.packs.findings import Notes, Place, shown
from bot.packs.yaml_words import expected

DEEPEST = 20
"""Levels of lists and tables: 50,000 of them crashed the C loader (row 8 of the bad-input table)."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where PyYAML has it: about ten times faster."""

_NO_TAGS = "Tags are not allowed; if the text begins with `!`, put it in quotes."
_NO_ALIASES = "Anchors and aliases are not allowed; if the text begins with `&` or `*`, put it in quotes."
_NO_MERGE = "Merge keys (`<<`) are not allowed; write the fields out."


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as written; `plain` is false when it was quoted or a block."""

    text: str
    place: Place
    plain: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of nodes."""

    items: "tuple[Node, ...]"
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping with text keys, each with the place of its key."""

    entries: "dict[str, tuple[Place, Node]]"
    place: Place

    def node(self, key: str) -> "Node | None":
        entry = self.entries.get(key)
        return entry[1] if entry else None


Node = Text | Listing | Table


class Unreadable(Exception):
    """The file, or the rest of it, cannot be read in a sound way."""

    def __init__(self, place: Place, sentence: str) -> None:
        super().__init__(sentence)
        self.place = place
        self.sentence = sentence


def read_tree(file: str, text: str, notes: Notes) -> Node | None:
    """The tree of one document, None when the file is empty.

    `file` is only a label. Duplicate keys and hidden characters are noted and reading goes on; raises
    Unreadable for the rest.
    """
    try:
        return _Builder(file, text, notes).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        raise Unreadable(place, expected(error, text)) from error
    except yaml.reader.ReaderError as error:
        # Typed as a character or a number, by whichever parser found it.
        char: Any = error.character
        code = char if isinstance(char, int) else ord(char)
        sentence = f"U+{code:04X} is not allowed in YAML. Take it out."
        raise Unreadable(place_of(file, text, error.position), sentence) from error
    except (ValueError, OverflowError) as error:
        # The parser in Python turns \UFFFFFFFF into a character before it looks at it.
        sentence = "A `\\U` escape in this file names no character; write the character itself."
        raise Unreadable(Place(file), sentence) from error


class _Builder:
    def __init__(self, file: str, text: str, notes: Notes) -> None:
        self._file = file
        self._notes = notes
        self._events: Iterator[ev.Event] = yaml.parse(text, Loader=LOADER)

    def document(self) -> Node | None:
        next(self._events)  # the start of the stream
        if isinstance(next(self._events), ev.StreamEndEvent):
            return None
        root = self._node(next(self._events), 1)
        next(self._events)  # the end of the document
        after = next(self._events)
        if not isinstance(after, ev.StreamEndEvent):
            raise Unreadable(
                self._place(after), "A second document begins here; write one document per file."
            )
        return root

    def _node(self, event: ev.Event, depth: int) -> Node:
        place = self._place(event)
        self._refuse_extras(event, place)
        if isinstance(event, ev.ScalarEvent):
            return self._text(event, place)
        if depth > DEEPEST:
            raise Unreadable(place, f"Lists and mappings are more than {DEEPEST} deep here; take levels out.")
        if isinstance(event, ev.SequenceStartEvent):
            return Listing(tuple(self._items(depth + 1)), place)
        return self._table(place, depth + 1)

    def _refuse_extras(self, event: ev.Event, place: Place) -> None:
        if isinstance(event, ev.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise Unreadable(place, _NO_ALIASES)
        if getattr(event, "tag", None) is not None:
            raise Unreadable(place, _NO_TAGS)

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), ev.SequenceEndEvent):
            yield self._node(event, depth)

    def _table(self, place: Place, depth: int) -> Table:
        entries: dict[str, tuple[Place, Node]] = {}
        while not isinstance(event := next(self._events), ev.MappingEndEvent):
            key = self._key(event)
            node = self._node(next(self._events), depth)
            if (first := entries.get(key.text)) is not None:
                lines = f"in line {first[0].line} and in line {key.place.line}"
                self._notes.add(key.place, f"The key `{shown(key.text)}` stands twice, {lines}; keep one.")
                continue
            entries[key.text] = (key.place, node)
        return Table(entries, place)

    def _key(self, event: ev.Event) -> Text:
        place = self._place(event)
        self._refuse_extras(event, place)
        if not isinstance(event, ev.ScalarEvent):
            raise Unreadable(
                place, "A list or mapping stands where a key was expected; a key is a plain word."
            )
        key = self._text(event, place)
        if key.plain and key.text == "<<":
            raise Unreadable(place, _NO_MERGE)
        return key

    def _text(self, event: ev.ScalarEvent, place: Place) -> Text:
        # Only double quotes know escapes; what stands in the file as itself was looked at before.
        if event.style == '"' and (found := HIDDEN.search(event.value)):
            self._notes.add(place, f"In the text that begins here: {hidden_sentence(found.group())}")
        return Text(event.value, place, plain=not event.style)

    def _place(self, event: ev.Event) -> Place:
        mark: Any = event.start_mark  # never None for what a parser made
        return Place(self._file, mark.line + 1, mark.column + 1)
