"""Buttons that live for ever: what one does stands in its own id, so that nothing has to be remembered.

The id is `action:value`, as a card has it: at most 100 characters. It is anybody's word only; whoever presses is
authorized by what the action does. A prompt's buttons carry the round's id, and so they are its marker.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Self

import discord

from bot.chat.cards import Button, Style

EVENT = "card_button"
"""The client's event for a press; its handler is `on_card_button`."""

_TEMPLATE = r"(?P<action>[a-z][a-z0-9-]*):(?P<value>.*)"
_STYLES = {
    Style.MAIN: discord.ButtonStyle.primary,
    Style.PLAIN: discord.ButtonStyle.secondary,
    Style.DANGER: discord.ButtonStyle.danger,
}


class CardButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=_TEMPLATE):
    """A button of a card."""

    def __init__(self, item: discord.ui.Button[Any], action: str, value: str) -> None:
        """Take the button as Discord has it, and what its id says."""
        super().__init__(item)
        self.action = action
        self.value = value

    @classmethod
    def of(cls, button: Button) -> "CardButton":
        """Draw a button."""
        custom_id = custom_id_of(button.action, button.value)
        item: discord.ui.Button[Any] = discord.ui.Button(
            style=_STYLES[button.style], label=button.label, custom_id=custom_id
        )
        return cls(item, button.action, button.value)

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: Any, /
    ) -> Self:
        """Read a button back from its id, however old it is."""
        assert isinstance(item, discord.ui.Button)
        return cls(item, match["action"], match["value"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Pass the press on."""
        interaction.client.dispatch(EVENT, interaction, self.action, self.value)


def custom_id_of(action: str, value: str) -> str:
    """The id of a button or of a form."""
    return f"{action}:{value}"


def read_custom_id(custom_id: str) -> tuple[str, str]:
    """Action and value back from an id; an id of another make is an action that nobody knows."""
    action, _, value = custom_id.partition(":")
    return action, value


def button_ids(components: Sequence[Any]) -> Iterator[str]:
    """The ids of all buttons of a message, however deep they stand in its layout."""
    for component in components:
        if isinstance(component, discord.Button):
            if component.custom_id:
                yield component.custom_id
        elif (children := getattr(component, "children", None)) is not None:
            yield from button_ids(children)
