"""The terminal with a person at it: a prompt with history, completion and color (prompt_toolkit)."""

import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import ANSI
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.patch_stdout import patch_stdout

from bot.chat.local.completion import Suggestion
from bot.chat.plain import WIDTH

Suggest = Callable[[str], list[Suggestion]]
"""What a line may go on with."""


class CommandHistory(FileHistory):
    """Commands and presses over visits. Replies stay out of the file: they are kept in one place only, the store."""

    def store_string(self, string: str) -> None:
        """Keep a line on disk if it is no reply; a full disk costs the history, not the visit."""
        if string.startswith(("/", ">")):
            try:
                super().store_string(string)
            except OSError:
                return


def history_in(file: Path) -> History:
    """The history in a file that only its owner reads; in memory where it cannot be written."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY | os.O_NOFOLLOW, 0o600))
    except OSError:
        return InMemoryHistory()
    return CommandHistory(file)


class _Completer(Completer):
    def __init__(self, suggest: Suggest) -> None:
        self._suggest = suggest

    def get_completions(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002 - a name of the library
    ) -> Iterable[Completion]:
        for one in self._suggest(document.text_before_cursor):
            yield Completion(one.text, start_position=-one.typed, display_meta=one.about)


class PromptedScreen:
    """Asks with a prompt; what is shown meanwhile appears above it."""

    interactive = True

    def __init__(self, history: History, suggest: Suggest, color: bool) -> None:
        """Take the history, the completion of lines, and whether to color."""
        self._session: PromptSession[str] = PromptSession(
            history=history, completer=_Completer(suggest), complete_while_typing=False
        )
        self._fields: PromptSession[str] = PromptSession(history=InMemoryHistory())
        self.color = color

    @property
    def width(self) -> int:
        """Cells of a line: those of the terminal, at most 80, as longer lines are hard to read."""
        return min(shutil.get_terminal_size((WIDTH, 24)).columns, WIDTH)

    async def ask(self, prompt: str) -> str | None:
        """A line, or several that were pasted at once; None when the person leaves by Ctrl-D or Ctrl-C."""
        try:
            return await self._session.prompt_async(prompt)
        except (EOFError, KeyboardInterrupt):
            return None

    async def ask_field(self, prompt: str, preset: str) -> str | None:
        """The text of a form's field, `preset` to begin with; None when the person gives the form up."""
        try:
            return await self._fields.prompt_async(prompt, default=preset)
        except (EOFError, KeyboardInterrupt):
            return None

    def show(self, text: str) -> None:
        """Print above the prompt."""
        print_formatted_text(ANSI(text))


@asynccontextmanager
async def above_the_prompt() -> AsyncIterator[None]:
    """While it lasts, what is printed appears above the prompt."""
    with patch_stdout(raw=True):
        yield
