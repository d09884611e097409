"""The terminal without a person at it: lines come from a pipe or a file, text goes out as it is."""

import asyncio
import contextlib
import io
import os
import threading
from collections.abc import Callable
from typing import TextIO

from bot.chat.local.screen import HungUp
from bot.chat.plain import WIDTH

LONGEST_LINE = 1 << 20
"""Bytes of a line that are kept; what follows on the same line is dropped, and the line refused as too long."""

_CHUNK = 1 << 16


class PipedScreen:
    """Reads and writes text streams; prompts are not shown."""

    interactive = False
    color = False
    width = WIDTH

    def __init__(self, stdin: TextIO, stdout: TextIO) -> None:
        """Take the streams. A stream that is a file or a pipe is read without its buffer."""
        self._read = _reader(stdin)
        self._stdout = stdout
        if isinstance(stdout, io.TextIOWrapper):
            stdout.reconfigure(errors="replace")

    async def ask_field(self, prompt: str, preset: str) -> str | None:  # noqa: ARG002 - nobody sees a preset
        """The next line, as the text of a form's field."""
        return await self.ask(prompt)

    async def ask(self, prompt: str) -> str | None:  # noqa: ARG002 - nobody sees a prompt
        """The next line without its line break; None at the end of input."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[str | None] = loop.create_future()

        def give(line: str | None) -> None:
            if not answer.done():
                answer.set_result(line)

        def read() -> None:
            line = self._read()
            with contextlib.suppress(RuntimeError):  # the loop was closed while we waited
                loop.call_soon_threadsafe(give, line)

        # A daemon thread, as a read that nobody waits for any more must not hold up the end of the program.
        threading.Thread(target=read, name="stdin", daemon=True).start()
        return await answer

    def show(self, text: str) -> None:
        """Write a text and a line break; raises HungUp."""
        try:
            self._stdout.write(text + "\n")
            self._stdout.flush()
        except (BrokenPipeError, ConnectionResetError) as fault:
            _to_nowhere(self._stdout)
            raise HungUp from fault


def _to_nowhere(stdout: TextIO) -> None:
    """Let what is still buffered go nowhere, so that the end of the program does not stumble over it."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stdout.fileno())
        os.close(nowhere)


def _reader(stdin: TextIO) -> Callable[[], str | None]:
    """What reads one line: from the descriptor itself, because a thread in a buffered read blocks the exit."""
    try:
        descriptor = stdin.fileno()
    except (OSError, AttributeError):  # no real stream
        return lambda: _without_break(stdin.readline())
    return _Descriptor(descriptor).line


def _without_break(line: str) -> str | None:
    return line.rstrip("\r\n") if line else None


class _Descriptor:
    """Lines of UTF-8 from a file descriptor; what is no UTF-8 becomes U+FFFD."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._held = bytearray()
        self._ended = False

    def line(self) -> str | None:
        """The next line, or None at the end; a closed or failing input has ended."""
        looked = 0
        while (end := self._held.find(b"\n", looked)) < 0 and not self._ended:
            looked = min(len(self._held), LONGEST_LINE)
            del self._held[LONGEST_LINE:]
            try:
                chunk = os.read(self._descriptor, _CHUNK)
            except OSError:
                chunk = b""
            self._ended = not chunk
            self._held += chunk
        if end < 0:
            end = len(self._held)
            if end == 0:
                return None
        line = bytes(self._held[:end])
        del self._held[: end + 1]
        return line.decode("utf-8", "replace").rstrip("\r")
