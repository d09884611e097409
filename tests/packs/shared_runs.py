"""Measure which runs of words the packs share with texts that they were not copied from.

The reference texts are not part of the project, so this is a program and not a test of the suite:
`python -m tests.packs.shared_runs PATH [CONTENT]`, where PATH is a YAML or text file, or a folder of such. It ends
with 1 when a run is shared.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

RUN = 8
"""Words in a row that no two texts share by chance, unless they are a term."""

_WORD = re.compile(r"[\w%]+(?:['’][\w]+)*")
_OWN_CONTENT = Path(__file__).parents[2] / "content"


def words_of(text: str) -> list[str]:
    """The words of a text without case, punctuation and line ends."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]


def shared_runs(text: str, runs: frozenset[tuple[str, ...]], length: int = RUN) -> list[str]:
    """The longest runs of at least `length` words of a text of which every part of that length is among `runs`."""
    words = words_of(text)
    found: list[str] = []
    end = 0
    for start in range(len(words) - length + 1):
        if tuple(words[start : start + length]) not in runs:
            continue
        if found and start + length - 1 <= end:
            found[-1] += f" {words[start + length - 1]}"
        else:
            found.append(" ".join(words[start : start + length]))
        end = start + length
    return found


def runs_in(texts: Iterable[str], length: int = RUN) -> frozenset[tuple[str, ...]]:
    """Every run of so many words in some texts; none goes from one text into the next."""
    split = map(words_of, texts)
    return frozenset(
        tuple(words[at : at + length]) for words in split for at in range(len(words) - length + 1)
    )


def texts_in(path: Path) -> Iterator[tuple[str, str]]:
    """The texts below a file or folder, each with where it stands; ids and other single words are left out."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        if file.suffix in {".yaml", ".yml"}:
            yield from _scalars(file.name, yaml.compose(file.read_text(encoding="utf-8"), yaml.SafeLoader))
        elif file.suffix in {".txt", ".md"}:
            yield file.name, file.read_text(encoding="utf-8")


def _scalars(name: str, node: yaml.Node | None) -> Iterator[tuple[str, str]]:
    if isinstance(node, yaml.ScalarNode):
        if len(node.value.split()) > 1:
            yield f"{name}:{node.start_mark.line + 1}", node.value
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _scalars(name, value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(name, item)


def main(arguments: list[str]) -> int:
    """Print each shared run with its place; gives 0, 1 when there is one, and 2 without reference texts."""
    paths = [Path(argument) for argument in arguments]
    if not 1 <= len(paths) <= 2 or not all(path.exists() for path in paths):
        print("Give the path of the reference texts, which are not part of this project.")  # noqa: T201
        return 2
    # The reference is one long text, so that a sentence made from the entries of a list is found, too.
    runs = runs_in([" ".join(text for _, text in texts_in(paths[0]))])
    own = list(texts_in(paths[1] if len(paths) == 2 else _OWN_CONTENT))
    found = [(where, run) for where, text in own for run in shared_runs(text, runs)]
    for where, run in found:
        print(f"{where}: {run}")  # noqa: T201
    print(f"{len(found)} shared runs of {RUN} words in {len(own)} texts, {len(runs)} runs compared")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
