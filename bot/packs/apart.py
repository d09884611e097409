"""Packs that nobody vouches for are read in a child process, with limits on its time and memory.

The child gets no token, as its environment is made anew. It answers in JSON, rebuilt here field by field.
"""

import base64
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import bot
from bot.domain.questions import Pack
from bot.packs.findings import Finding, PackError
from bot.packs.wire import finding_of, pack_of

_NO_MEMORY = 3
"""The child's exit code when it ran out of memory."""


def read_pack_apart(
    files: Mapping[str, bytes], seconds: int = 5, megabytes: int = 256, sheet: str | None = None
) -> Pack:
    """As `read_pack`, in a child process that is ended after so many seconds or at so much address space.

    Blocks; call it from a thread where others wait. Raises PackError, also when the child was ended.
    """
    sent = {name: base64.b64encode(data).decode() for name, data in files.items()}
    return _read({"files": sent, "sheet": sheet}, seconds, megabytes)[0]


def read_packs_apart(folders: Sequence[Path], seconds: int = 5, megabytes: int = 256) -> tuple[Pack, ...]:
    """As `read_packs`, in a child process with the limits of `read_pack_apart`."""
    return _read({"folders": [str(folder.absolute()) for folder in folders]}, seconds, megabytes)


def _read(task: Mapping[str, Any], seconds: int, megabytes: int) -> tuple[Pack, ...]:
    asked = json.dumps({**task, "seconds": seconds, "megabytes": megabytes})
    try:
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "bot.packs.child"],
            input=asked.encode(),
            capture_output=True,
            timeout=seconds + 1,  # the child counts its own processor time; this is for one that sleeps
            env={"PYTHONPATH": str(Path(bot.__file__).parent.parent), "PYTHONUTF8": "1"},
            cwd=os.sep,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _stopped(f"took more than {seconds} s") from error
    if ended.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise _stopped(f"took more than {seconds} s")
    if ended.returncode == _NO_MEMORY:
        raise _stopped(f"needed more than {megabytes} MB of memory")
    if ended.returncode != 0:
        raise _stopped("broke off")
    answer = json.loads(ended.stdout)
    if answer["findings"]:
        raise PackError(finding_of(each) for each in answer["findings"])
    return tuple(pack_of(each) for each in answer["packs"])


def _stopped(why: str) -> PackError:
    told = f"Reading {why} and was stopped; nothing was taken. Make the files smaller and simpler."
    return PackError([Finding("pack", 0, 0, told)])
