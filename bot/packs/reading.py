"""Files and folders of YAML become packs, whole or not at all."""

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.domain.questions import Pack
from bot.packs import gold_schema
from bot.packs.characters import LARGEST_FILE, read_text
from bot.packs.csv_form import ENDING, read_sheet
from bot.packs.findings import Finding, Notes, PackError, Place, shown
from bot.packs.guide_schema import path_of
from bot.packs.schema import pack_of
from bot.packs.yaml_tree import Node, Unreadable, read_tree

Places = Mapping[str, Place]
"""Where each question (`id`) and each text of it (`id.hints.0`) stands, for findings after the reading."""

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".numbers")


def read_pack(files: Mapping[str, bytes], sheet: str | None = None) -> Pack:
    """The one pack that these files make together; a single file with a header is a whole pack.

    A .csv is a whole pack too, whose id is `sheet`, or made of its name (see `csv_form`). The names are labels for
    findings and nothing is opened. Bounds: 1 MB a file, 2,000 questions, and the
    lengths in `schema`. Raises PackError with all findings.
    """
    notes = Notes()
    for name in files:
        _check_label(name, notes)
    notes.settle()
    return _pack(files, notes, sheet)


def read_packs(folders: Sequence[Path]) -> tuple[Pack, ...]:
    """The packs of these content folders, each of their subfolders with .yaml files being one.

    A folder given may be a pack itself, and so may a file. Raises PackError with the findings of all packs,
    also for an id that two packs share. For trusted content: a hostile file can take seconds and much memory
    (see `read_packs_apart`).
    """
    return read_packs_placed(folders)[0]


def read_packs_placed(folders: Sequence[Path]) -> tuple[tuple[Pack, ...], Places]:
    """As `read_packs`, with the places of the questions and their texts."""
    found: list[Finding] = []
    read: list[tuple[Pack, Places]] = []
    for group in _groups(folders, found):
        notes = Notes()
        try:
            read.append((_pack_in(group, notes), notes.places))
        except PackError as error:
            found.extend(error.findings)
    found.extend(_shared(read))
    if found:
        raise PackError(found)
    places = {path: place for _, each in read for path, place in each.items()}
    return tuple(pack for pack, _ in read), places


def with_pack(installed: Sequence[Pack], pack: Pack) -> tuple[Pack, ...]:
    """The installed packs after `pack` was added, or put in the place of its older version.

    The same pack again changes nothing. Raises PackError when a question's id belongs to another pack, when
    the version is older, or when it is the same and the content is not.
    """
    after = [pack if each.id == pack.id else each for each in installed]
    if pack not in after:
        after.append(pack)
    found = list(_shared([(each, {}) for each in after]))
    for before in installed:
        if before.id == pack.id and before != pack and before.version >= pack.version:
            rule = f"version {before.version} is installed, with other content; raise `version` above it."
            found.append(Finding(pack.id, 0, 0, f"This is version {pack.version} of the pack, and {rule}"))
    if found:
        raise PackError(found)
    return tuple(after)


def _pack(files: Mapping[str, bytes | None], notes: Notes, sheet: str | None = None) -> Pack:
    sheets = [name for name in files if name.lower().endswith(ENDING)]
    if sheets and len(files) > 1:
        notes.add(Place(sheets[0]), "A .csv is a pack of its own; give it alone.")
        notes.settle()
    if sheets and (data := files[sheets[0]]) is not None:
        return read_sheet(sheets[0], data, sheet, notes.places)
    trees: dict[str, Node | None] = {}
    for name, data in files.items():
        text = None if data is None else read_text(name, data, notes)
        if text is not None:
            try:
                trees[name] = read_tree(name, text, notes)
            except Unreadable as fault:
                notes.add(fault.place, fault.sentence)
    pack = pack_of(trees, notes, whole=len(trees) == len(files))
    notes.settle()
    if pack is None:
        raise PackError([Finding("pack", 0, 0, "No file was given; a pack needs at least one .yaml file.")])
    return pack


def _check_label(name: str, notes: Notes) -> None:
    if len(name) > 200 or not name.isprintable() or "/" in name or "\\" in name:
        told = "A file's name may have no `/`, `\\` or hidden character, and 200 characters; rename the file."
        notes.add(Place(shown(name)), told)
    elif name.lower().endswith(_WORKBOOKS):
        notes.add(Place(shown(name)), "Workbooks are not read; save the sheet as CSV (UTF-8), and give that.")
    elif not name.lower().endswith((".yaml", ENDING)):
        told = "Only plain .yaml and .csv files are read; give the file that ending if it is one."
        notes.add(Place(shown(name)), told)


def _groups(folders: Sequence[Path], found: list[Finding]) -> Iterator[list[Path]]:
    """The files of each pack; what is no pack, but was perhaps meant as one, is added to `found`."""
    for folder in folders:
        if folder.is_file():
            yield [folder]
            continue
        if not folder.is_dir():
            told = "There is no such folder of packs; make it, or mend the setting."
            found.append(Finding(shown(folder.name), 0, 0, told))
            continue
        for each in (folder, *sorted(folder.iterdir())):
            if each is not folder and each.is_symlink():
                told = "Links are not followed; put the folder or file itself here."
                found.append(Finding(shown(each.name), 0, 0, told))
            elif each.is_dir() and (paths := _yaml_in(each, found)):
                yield paths


def _yaml_in(folder: Path, found: list[Finding]) -> list[Path]:
    paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    for path in paths:
        if path.suffix.lower() == ".yml":
            told = "Only .yaml files are read; rename it, so that it is not overlooked."
            found.append(Finding(shown(path.name), 0, 0, told))
    return [path for path in paths if path.suffix.lower() == ".yaml"]


def _pack_in(paths: Sequence[Path], notes: Notes) -> Pack:
    for path in paths:
        _check_label(path.name, notes)
    notes.settle()
    labels = [f"{path.parent.name}/{path.name}" for path in paths]
    data = {label: _bytes_of(path, label, notes) for label, path in zip(labels, paths, strict=True)}
    return _pack(data, notes)


def _bytes_of(path: Path, label: str, notes: Notes) -> bytes | None:
    """What stands in a plain file, up to just over the limit; follows no link and waits for no pipe."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            notes.add(Place(label), "This is a link or no plain file; put the file itself here.")
            return None
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        notes.add(Place(label), f"The file cannot be read: {error.strerror}; see to its permissions.")
        return None


def _shared(read: Sequence[tuple[Pack, Places]]) -> Iterator[Finding]:
    """Ids of packs, questions, guides and gold answers that stand in more than one pack."""
    owners: dict[str, tuple[Pack, Place]] = {}
    ids: set[str] = set()
    for pack, places in read:
        if pack.id in ids:
            yield Finding(pack.id, 0, 0, f"Two packs have the id `{pack.id}`; rename or remove one.")
            continue
        ids.add(pack.id)
        for question in pack.questions:
            place = places.get(question.id, Place(pack.id))
            owner, first = owners.setdefault(question.id, (pack, place))
            if owner is not pack:
                at = f"{first.file}:{first.line}" if first.line else f"the pack `{owner.id}`"
                yield Finding(*place, f"The question `{question.id}` stands in {at} already; rename one.")
    yield from _shared_beside(read)


def _shared_beside(read: Sequence[tuple[Pack, Places]]) -> Iterator[Finding]:
    """Ids of guides and of gold answers, which are remembered under a path of their own."""
    owners: dict[str, Pack] = {}
    for pack, places in read:
        named = [(f"{each.kind} guide", each.id, path_of(each.kind, each.id)) for each in pack.guides]
        named += [("gold answer", each.id, gold_schema.path_of(each.id)) for each in pack.gold]
        for what, id_, path in named:
            owner = owners.setdefault(path, pack)
            if owner.id != pack.id:
                told = f"The {what} `{id_}` stands in the pack `{owner.id}` already; rename one."
                yield Finding(*places.get(path, Place(pack.id)), told)
