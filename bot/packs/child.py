"""The child process of `apart`: it bounds itself, reads packs, and answers in JSON on its standard output."""

import base64
import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

from bot.domain.questions import Pack
from bot.packs.findings import PackError
from bot.packs.reading import read_pack, read_packs
from bot.packs.wire import plain

_NO_MEMORY = 3


def main() -> None:
    """Read the task from standard input; exit 3 when memory runs out."""
    task = json.load(sys.stdin)
    _bound(int(task["seconds"]), int(task["megabytes"]))
    try:
        sys.stdout.write(json.dumps(_answer(task)))
        sys.stdout.flush()
    except MemoryError:
        os._exit(_NO_MEMORY)  # an orderly end might need memory


def _answer(task: dict[str, Any]) -> dict[str, Any]:
    try:
        packs = _read(task)
    except PackError as error:
        return {"packs": [], "findings": [plain(each) for each in error.findings]}
    return {"packs": [plain(pack) for pack in packs], "findings": []}


def _read(task: dict[str, Any]) -> tuple[Pack, ...]:
    if "files" in task:
        files = {name: base64.b64decode(data) for name, data in task["files"].items()}
        return (read_pack(files, task["sheet"]),)
    return read_packs([Path(folder) for folder in task["folders"]])


def _bound(seconds: int, megabytes: int) -> None:
    memory = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
