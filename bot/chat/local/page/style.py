"""The look of the views beside the chat; colors are the custom properties of `assets/page.css`."""

from pathlib import Path

from nicegui import ui

_SHEET = Path(__file__).with_name("assets") / "views.css"


def add_style() -> None:
    """Add the style sheet to the page that is being drawn."""
    ui.add_css(_SHEET)
