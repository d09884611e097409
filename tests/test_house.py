"""The manners that no other tool watches; `python -m tests.test_house` names what is longer than is good."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]

LONG_FILE, TOO_LONG_FILE = 250, 300  # lines
LONG_FUNCTION, TOO_LONG_FUNCTION = 30, 45

# What may be too long, and why: "bot/file.py" or "bot/file.py: function".
MAY_BE_LONG: dict[str, str] = {
    "bot/practice/records.py": "one port, one method a need; a part of it would be no port",
    "bot/store/migrations/versions/0001_first.py": "the tables one after another; a migration is never edited",
}

FORBIDDEN_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "base",
    "core",
    "manager",
    "managers",
}

PURE_LIBRARIES = {
    "domain": {
        "__future__",
        "bisect",
        "collections",
        "dataclasses",
        "datetime",
        "difflib",
        "enum",
        "functools",
        "hashlib",
        "itertools",
        "json",
        "math",
        "re",
        "typing",
        "unicodedata",
        "zoneinfo",
    },
    "practice": {*sys.stdlib_module_names},
}
IMPURE = {
    "os": {"environ", "getenv", "urandom"},
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "sleep", "localtime"},
    "random": {"*"},
    "secrets": {"*"},
    "uuid": {"uuid1", "uuid4"},
}

# Alembic runs these itself; they are scripts and not modules of ours.
RUN_BY_ALEMBIC = re.compile(r"^bot\.store\.migrations\.(env|versions\..+)$")


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), short(path))


def lengths() -> Iterator[tuple[str, int, int, int]]:
    """Yield each file and function with its lines, the lines that are long and those that are too long."""
    for path in sources("bot", "benchmarks"):
        yield short(path), len(path.read_text(encoding="utf-8").splitlines()), LONG_FILE, TOO_LONG_FILE
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                yield f"{short(path)}: {node.name}", lines, LONG_FUNCTION, TOO_LONG_FUNCTION


def test_what_is_too_long_has_a_stated_reason() -> None:
    too_long = {name: lines for name, lines, _, limit in lengths() if lines > limit}
    assert {name: lines for name, lines in too_long.items() if name not in MAY_BE_LONG} == {}
    assert MAY_BE_LONG.keys() - too_long.keys() == set(), "no longer too long: take it out of MAY_BE_LONG"


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [short(path) for path in sources("bot", "tests") if path.stem in FORBIDDEN_NAMES] == []
    assert [short(path) for path in sources("bot") if path.parent.name in FORBIDDEN_NAMES] == []


def imported(path: Path) -> Iterator[str]:
    """Yield the full names that a file imports, wherever in it."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_no_test_uses_a_mock_library() -> None:
    using = [
        short(path) for path in sources("bot", "tests") if set(imported(path)) & {"unittest.mock", "mock"}
    ]
    assert using == []


@pytest.mark.parametrize(("room", "allowed"), PURE_LIBRARIES.items())
def test_the_inner_rooms_import_nothing_from_outside(room: str, allowed: set[str]) -> None:
    strangers = {
        f"{short(path)} imports {name}"
        for path in sources(f"bot/{room}")
        for name in imported(path)
        if name.split(".")[0] not in allowed | {"bot"}
    }
    assert strangers == set()


def impure_calls(source: str) -> list[str]:
    """Name what a source takes from the clock, from chance or from the environment."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            owner = (
                node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            )
            if {node.attr, "*"} & IMPURE.get(owner, set()):
                found.append(f"{owner}.{node.attr}")
        elif isinstance(node, ast.ImportFrom) and node.module in {"os", "time", "random", "secrets", "uuid"}:
            taken = {name.name for name in node.names} | {"*"}
            found += [f"{node.module}.{name}" for name in sorted(taken & IMPURE[node.module])]
    return found


@pytest.mark.parametrize("path", [*sources("bot/domain", "bot/practice")], ids=short)
def test_the_inner_rooms_take_time_and_chance_as_arguments(path: Path) -> None:
    assert impure_calls(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "planted",
    [
        "import datetime\ndatetime.datetime.now()",
        "from datetime import date\ndate.today()",
        "import time\ntime.time()",
        "from time import monotonic",
        "import random\nrandom.choice([1])",
        "from random import shuffle",
        "import os\nos.environ['HOME']",
        "from os import environ",
        "import uuid\nuuid.uuid4()",
    ],
)
def test_a_planted_use_of_clock_chance_or_environment_is_found(planted: str) -> None:
    assert impure_calls(planted) != []


def test_the_domain_never_waits() -> None:
    waiting = [
        short(path)
        for path in sources("bot/domain")
        if any(isinstance(node, ast.AsyncFunctionDef | ast.Await) for node in ast.walk(tree_of(path)))
    ]
    assert waiting == []


# Runs in a process of its own, with what importing may not do written to standard output.
WATCHED_IMPORT = r"""
import asyncio, collections.abc, importlib, os, sys, threading

ROOT = sys.argv[1] + os.sep + "bot" + os.sep
NEVER = ("socket.connect", "socket.bind", "subprocess.Popen", "sqlite3.connect", "os.putenv", "os.mkdir")
LOOK_UP = {"<frozen os>", "<frozen _collections_abc>", os.__file__, collections.abc.__file__}
busy = False

def ours():
    frame = sys._getframe(2)
    while frame and frame.f_code.co_filename in LOOK_UP:
        frame = frame.f_back
    return frame is not None and frame.f_code.co_filename.startswith(ROOT)

def watch(event, args):
    global busy
    if busy:
        return
    busy = True
    try:
        writes = event == "open" and "w" in str(args[1]) and ".pyc" not in str(args[0])
        if event in NEVER or writes or (event == "open" and ours()):
            print(f"{module}: {event} {args[:1]}")
    finally:
        busy = False

class Environment(type(os.environ)):
    def __getitem__(self, key):
        if ours():
            print(f"{module}: reads the environment ({key})")
        return super().__getitem__(key)

for library in filter(None, sys.argv[2].split()):
    importlib.import_module(library)
os.environ.__class__ = Environment
sys.addaudithook(watch)
for module in sys.argv[3:]:
    importlib.import_module(module)
    if threading.active_count() > 1:
        print(f"{module}: starts a thread")
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        continue
    print(f"{module}: runs an event loop")
"""


def watched_import(root: Path, modules: list[str], libraries: str = "") -> str:
    """Import modules below a folder, in a process of its own, and give what they did that they should not.

    What the `libraries` do when they are loaded is theirs, and is not watched.
    """
    command = [sys.executable, "-B", "-W", "ignore", "-c", WATCHED_IMPORT, str(root), libraries, *modules]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def module_name(path: Path) -> str:
    return short(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def test_importing_any_module_does_nothing() -> None:
    modules = [module_name(path) for path in sources("bot")]
    modules = [module for module in modules if not RUN_BY_ALEMBIC.match(module)]
    # NiceGUI looks at the machine when it is loaded, which only a starting page does (tests/page/test_start.py).
    assert watched_import(ROOT, modules, "nicegui") == ""


@pytest.mark.parametrize(
    "planted",
    [
        "import os\nos.environ.get('HOME')",
        "import os\nos.getenv('PATH')",
        "import threading, time\nthreading.Thread(target=time.sleep, args=[1], daemon=True).start()",
        "open(__file__).close()",
        "import sqlite3\nsqlite3.connect(':memory:')",
        "import subprocess\nsubprocess.run(['true'])",
        "1 / 0",
    ],
)
def test_a_planted_deed_at_import_is_seen(tmp_path: Path, planted: str) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "__init__.py").touch()
    (tmp_path / "bot" / "planted.py").write_text(planted, encoding="utf-8")
    assert "planted" in watched_import(tmp_path, ["bot.planted"])


# Put together here, so that this file does not hold what it looks for.
PRIVATE = re.compile(
    "|".join(
        (
            "py" + r"pi\.(org|python)",
            "python" + r"hosted",
            r"(?<![\w.])/" + r"work/(main|shared|\.)",
            r"(?<![\w.~])/" + r"root/",
            r"(?<![\w.])/home/" + r"\w+/",
            r"/" + r"opt/(wheels|" + "py" + "pi)",
            r"--(extra-)?" + r"index-url[ =]\S|--find-" + r"links[ =]\S",
        )
    )
)


def kept_files() -> list[Path]:
    """The files that git keeps or would keep."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_names_an_index_host_or_a_path_of_one_machine() -> None:
    found = [
        f"{short(path)}:{number}: {line.strip()[:80]}"
        for path in kept_files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if PRIVATE.search(line)
    ]
    assert found == []


def test_the_lock_files_hold_hashes_for_every_pin() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        pins = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8").strip())
        assert [pin.split()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def locked() -> dict[str, str]:
    """The versions in the lock file, by the name in its one normal form."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))


def test_the_lock_file_has_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    unmet = []
    for asked in map(Requirement, project["dependencies"]):
        version = locked().get(canonicalize_name(asked.name))
        if version is None or version not in asked.specifier:
            unmet.append(f"{asked}: locked is {version}; run `make lock`")
    assert unmet == []


def main() -> None:
    """Print what is longer than is good."""
    for name, lines, long, _ in sorted(lengths(), key=lambda row: -row[1]):
        if lines > long:
            reason = MAY_BE_LONG.get(name, "")
            print(f"longer than {long} lines: {name} ({lines}){' - ' + reason if reason else ''}")  # noqa: T201


if __name__ == "__main__":
    main()
