"""The ids in another list of subjects: a YAML list of mappings that have an `id`, or a pack's `coverage`."""

from pathlib import Path

from bot.packs.characters import LARGEST_FILE, read_text
from bot.packs.findings import Finding, Notes, PackError, shown
from bot.packs.yaml_tree import Listing, Node, Table, Text, Unreadable, read_tree


def read_ids(file: Path) -> tuple[str, ...]:
    """The ids in a file, in its order; further fields are not looked at. Raises PackError."""
    name, notes = shown(file.name), Notes()
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise PackError([Finding(name, 0, 0, f"The file cannot be read: {error.strerror}.")]) from error
    text, tree = read_text(name, data, notes), None
    try:
        if text is not None:
            tree = read_tree(name, text, notes)
    except Unreadable as fault:
        notes.add(fault.place, fault.sentence)
    notes.settle()
    ids = _ids_in(tree)
    if not ids:
        told = "There is no id in this file; it must be a list of mappings that have an `id` each."
        raise PackError([Finding(name, 0, 0, told)])
    return ids


def _ids_in(tree: Node | None) -> tuple[str, ...]:
    listing = tree.node("coverage") if isinstance(tree, Table) else tree
    items = listing.items if isinstance(listing, Listing) else ()
    nodes = (item.node("id") for item in items if isinstance(item, Table))
    return tuple(node.text.strip() for node in nodes if isinstance(node, Text))
