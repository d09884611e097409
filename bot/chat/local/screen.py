"""What a visit needs of a terminal: lines in, text out."""

from typing import Protocol


class HungUp(Exception):
    """Nobody reads what we write any more."""


class Screen(Protocol):
    """Where lines come from and text goes to; `show` may raise HungUp."""

    @property
    def interactive(self) -> bool:
        """Whether a person sits there."""
        ...

    @property
    def color(self) -> bool:
        """Whether text may be colored."""
        ...

    @property
    def width(self) -> int:
        """Cells of a line."""
        ...

    async def ask(self, prompt: str) -> str | None:
        """The next line; None at the end of input."""
        ...

    async def ask_field(self, prompt: str, preset: str) -> str | None:
        """The text of a form's field; None at the end of input, or when the form is given up."""
        ...

    def show(self, text: str) -> None:
        """Write a text and a line break."""
        ...
