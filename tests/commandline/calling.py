"""The program as its users call it: a process of its own, with an empty environment."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def environment(home: Path, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """What the program is given: no settings of the machine that the tests run on."""
    told = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    return {**told, "PRACTICE_BOT_PAGE__PORT": "0", **(more or {})}  # a port is for one test at a time


def call(
    folder: Path, *arguments: str, text: str = "", more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `practice-bot` in a folder with `text` on its standard input, to the end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment(folder, more),
        input=text,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def start(folder: Path, *arguments: str, more: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Start `practice-bot`; whoever calls ends it."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment(folder, more),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
