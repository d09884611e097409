"""The fields of one YAML mapping: each is taken out under its rule, each breach is noted with its place.

What a field gives after a breach is an empty stand-in; `Notes.settle` raises before anybody could see it.
"""

import re
from collections.abc import Iterator, Sequence

from bot.packs.findings import Notes, Place, nearest, shown
from bot.packs.yaml_tree import Listing, Node, Table, Text

LONGEST_LIST = 25
"""Entries of one list, at most: a menu of choices has no room for more on Discord."""

_ID = re.compile(r"[a-z0-9-]{1,64}")
_NOT_IN_ID = re.compile(r"[^a-z0-9-]")
_WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_NOTHING = ("", "~", "null", "Null", "NULL")


class Fields:
    """The fields of one mapping; `path` is the name under which its places are remembered."""

    def __init__(
        self, table: Table, path: str, notes: Notes, needed: Sequence[str], further: Sequence[str] = ()
    ) -> None:
        self.table = table
        self.path = path
        self.notes = notes
        notes.places.setdefault(path, table.place)
        known = (*needed, *further)
        for name, (place, _) in table.entries.items():
            if name not in known:
                notes.add(place, f"Unknown field `{shown(name)}`; {nearest(name, known)}")
        for name in needed:
            if name not in table.entries:
                notes.add(table.place, f"The field `{name}` is missing here; add it.")

    def place(self, name: str) -> Place:
        """Where the field's value stands, or the mapping when there is no such field."""
        node = self.node(name)
        return self.table.place if node is None else node.place

    def node(self, name: str) -> Node | None:
        return self.table.node(name)

    def has(self, name: str) -> bool:
        return name in self.table.entries

    def text(self, name: str, longest: int) -> str:
        """A text of 1 to `longest` characters, without the white space around it."""
        node = self.node(name)
        return "" if node is None else self._text(name, node, longest)

    def texts(self, name: str, longest: int, most: int = LONGEST_LIST) -> tuple[str, ...]:
        """A list of 1 to `most` texts."""
        nodes = enumerate(self._list(name, most))
        return tuple(self._text(f"{name}.{index}", node, longest) for index, node in nodes)

    def id(self, name: str) -> str:
        """A name of 1 to 64 of the characters a-z, 0-9 and `-`: never a path, never a look-alike."""
        text = self._scalar(name)
        if text is None or _ID.fullmatch(text):
            return text or ""
        wrong = _NOT_IN_ID.search(text)
        why = f"has U+{ord(wrong.group()):04X}" if wrong else f"has {len(text)} characters"
        rule = "may have 1 to 64 of the characters a-z, 0-9 and `-`"
        self.notes.add(self.place(name), f"`{name}` {rule}, and `{shown(text)}` {why}; change it.")
        return ""

    def number(self, name: str, least: int, most: int) -> int | None:
        """A whole number in plain decimal digits, with no sign, no leading zero and no exponent."""
        node = self.node(name)
        return None if node is None else self._number(name, node, least, most)

    def entries(self, name: str) -> int:
        """How many entries the list has, sound or not; 0 when there is no list."""
        node = self.node(name)
        return len(node.items) if isinstance(node, Listing) else 0

    def numbers(self, name: str, least: int, most: int, *, fewest: int = 1, of: str = "") -> tuple[int, ...]:
        """A list of `fewest` to LONGEST_LIST whole numbers, each as in `number`; those in breach are left out.

        `of` is a sentence on what the numbers are, which a finding ends with.
        """
        nodes = enumerate(self._list(name, LONGEST_LIST, fewest))
        read = (self._number(f"{name}.{index}", node, least, most, of) for index, node in nodes)
        return tuple(number for number in read if number is not None)

    def choice(self, name: str, known: Sequence[str]) -> str | None:
        """One of the known words, or None after the nearest of them was noted."""
        text = self._scalar(name)
        if text is None or text in known:
            return text
        self.notes.add(self.place(name), f"Unknown {name} `{shown(text)}`; {nearest(text, known)}")
        return None

    def child(self, name: str) -> Table | None:
        """A mapping, or None when there is none."""
        node = self.node(name)
        if isinstance(node, Table) or node is None:
            return node
        self._wrong_form(name, node, "a mapping")
        return None

    def children(self, name: str, most: int = LONGEST_LIST, least: int = 1) -> Iterator[Table]:
        """A list of `least` to `most` mappings."""
        for index, node in enumerate(self._list(name, most, least)):
            if isinstance(node, Table):
                yield node
            else:
                self._wrong_form(f"{name}.{index}", node, "a mapping")

    def _list(self, name: str, most: int, least: int = 1) -> tuple[Node, ...]:
        node = self.node(name)
        if node is None:
            return ()
        if not isinstance(node, Listing):
            self._wrong_form(name, node, "a list")
            return ()
        if not least <= len(node.items) <= most:
            bounds = f"{least} to {most:,}" if least != most else f"exactly {most:,}"
            self.notes.add(node.place, f"`{name}` must have {bounds} entries, and has {len(node.items):,}.")
            return ()
        return node.items

    def _scalar(self, name: str) -> str | None:
        node = self.node(name)
        return None if node is None else self._scalar_in(name, node)

    def _scalar_in(self, name: str, node: Node) -> str | None:
        if isinstance(node, Text):
            return node.text.strip()
        self._wrong_form(name, node, "text")
        return None

    def _number(self, name: str, node: Node, least: int, most: int, of: str = "") -> int | None:
        text = self._scalar_in(name, node)
        if text is None:
            return None
        if not _WHOLE_NUMBER.fullmatch(text) or not least <= int(text) <= most:
            rule = f"must be a whole number from {least} to {most:,}"
            self.notes.add(node.place, f"`{name}` {rule}, and is `{shown(text)}`. {of}".rstrip())
            return None
        return int(text)

    def _text(self, name: str, node: Node, longest: int) -> str:
        self.notes.places[f"{self.path}.{name}"] = node.place
        if not isinstance(node, Text):
            self._wrong_form(name, node, "text")
            return ""
        text = node.text.strip()
        if not text or (node.plain and text in _NOTHING):
            self.notes.add(node.place, f"`{name}` is empty; write a text, or take the entry out.")
        elif len(text) > longest:
            rule = f"may have at most {longest:,} characters"
            self.notes.add(node.place, f"`{name}` {rule}, and has {len(text):,}; shorten it.")
        return text

    def _wrong_form(self, name: str, node: Node, wanted: str) -> None:
        form = "text" if isinstance(node, Text) else "a list" if isinstance(node, Listing) else "a mapping"
        hint = " Put it in quotes if it has `: ` or begins with `[` or `{`." if wanted == "text" else ""
        self.notes.add(node.place, f"`{name}` must be {wanted}, and is {form}.{hint}")
