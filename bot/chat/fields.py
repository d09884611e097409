"""One field of a form: how it is filled in, what can be chosen in it, and its value, which is a text everywhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from wcwidth import iter_graphemes

from bot.chat.literal import printable

FIELD_LABEL = 45
FIELD_HINT = 100
FIELD_TEXT = 3000
CHOICES = 25
TICKS = 10
"""Choices of a field in which any number is ticked."""
CHOICE_LABEL = 150
"""Characters; what a platform cannot show in one line it shows in two, see `halves`."""
CHOICE_VALUE = 99
"""Characters: Discord takes 100, and one of them is a tick's place, see `tick_mark`."""
WORDY = 40
"""Characters of a label that is a phrase to be read, and no word to be found."""
WORDY_CHOICES = 5
_BETWEEN = ","


class FieldKind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    CHOICE = "choice"
    TICKS = "ticks"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a field may have, or, with TICKS, have among others."""

    value: str
    label: str

    def __post_init__(self) -> None:
        check_length("choice value", self.value, CHOICE_VALUE, least=1)
        check_length("choice label", self.label.strip() and self.label, CHOICE_LABEL, least=1)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. `minimum` and `maximum` are lengths in characters; `preset` is there to begin with.

    A field with a `minimum` of 0 may be left empty; of TICKS nothing at all may be ticked, so theirs is always 0.
    Their text is what `joined` makes of the ticked values, in the order of the choices. Platforms count characters,
    the rules count visible ones, and whoever forges a call sends what they like, so what is sent is judged again.
    """

    id: str
    label: str
    hint: str = ""
    kind: FieldKind = FieldKind.LINE
    minimum: int = 0
    maximum: int = FIELD_TEXT
    preset: str = ""
    choices: tuple[Choice, ...] = ()

    def __post_init__(self) -> None:
        check_length("field label", self.label, FIELD_LABEL, least=1)
        check_length("field hint", self.hint, FIELD_HINT)
        check_length("preset", self.preset, self.maximum)
        if not 0 <= self.minimum <= self.maximum <= FIELD_TEXT or self.maximum == 0:
            raise ValueError(
                f"lengths must be within 0 and {FIELD_TEXT}, not {self.minimum} to {self.maximum}"
            )
        self._check_choices()

    def _check_choices(self) -> None:
        has_choices = self.kind in (FieldKind.CHOICE, FieldKind.TICKS)
        most = TICKS if self.kind is FieldKind.TICKS else CHOICES
        if has_choices != bool(self.choices) or len(self.choices) > most:
            raise ValueError(f"a field of choices, and only that, has 1 to {most} choices")
        if len({choice.value for choice in self.choices}) < len(self.choices):
            raise ValueError("each choice has a value of its own")
        if self.kind is FieldKind.TICKS:
            if any(_BETWEEN in choice.value for choice in self.choices):
                raise ValueError(
                    "the value of a choice to tick has no comma, which stands between such values"
                )
            if self.minimum:
                raise ValueError(
                    "a field whose choices are ticked may always be left empty: its minimum is 0"
                )

    @property
    def is_wordy(self) -> bool:
        """Whether its few choices are so long that people read all of them before they choose one."""
        few = self.kind is FieldKind.CHOICE and 2 <= len(self.choices) <= WORDY_CHOICES
        return few and any(len(choice.label) > WORDY for choice in self.choices)

    def offers(self, text: str) -> bool:
        """Whether a text is the value of a choice, or of several of TICKS; any text, where nothing is chosen."""
        values = {choice.value for choice in self.choices}
        match self.kind:
            case FieldKind.CHOICE:
                return text in values
            case FieldKind.TICKS:
                given = ticked(text)
                return len(set(given)) == len(given) and set(given) <= values
            case FieldKind.LINE | FieldKind.PARAGRAPH:
                return True


def ticked(text: str) -> tuple[str, ...]:
    """The values in the text of a field of TICKS; none in an empty one."""
    return tuple(value for value in text.split(_BETWEEN) if value)


def joined(values: Iterable[str]) -> str:
    """Ticked values as the text of their field; give them in the order of its choices."""
    return _BETWEEN.join(values)


def tick_mark(place: int, choice: Choice) -> str:
    """The value of a choice to tick on a platform that may give ticks back in any order; `place` is 0 to 9."""
    return f"{place}{choice.value}"


def from_tick_marks(marks: Iterable[str]) -> str:
    """What was ticked, from its marks in any order, as the text of the field."""
    return joined(mark[1:] for mark in sorted(marks))


def halves(label: str, width: int) -> tuple[str, str]:
    """A choice's label in two lines of at most `width` characters (at least 75); the second is often empty.

    Words stay whole as far as that fits, else a word is divided between graphemes; no word is lost.
    """
    line = " ".join(printable(label).split())
    if len(line) <= width:
        return line, ""
    rest = len(line) - width
    blanks = (at for at in range(width, rest - 2, -1) if line[at] == " ")
    at = next(blanks, None)
    if at is None:
        at = _last_end(line, rest, width)
    # an isolate that is whole in the label may be open in one line and closed in the other; such go
    return printable(line[:at]).strip(), printable(line[at:]).strip()


def _last_end(line: str, least: int, most: int) -> int:
    """The last end of a grapheme within bounds; the upper bound where there is none."""
    end, found = 0, most
    for grapheme in iter_graphemes(line):
        end += len(grapheme)
        if least <= end <= most:
            found = end
    return found


def check_length(what: str, text: str, limit: int, least: int = 0) -> None:
    """Raise ValueError for a text with fewer or more characters than a card or a form may have."""
    if not least <= len(text) <= limit:
        raise ValueError(f"{what}: {least} to {limit} characters, not {len(text)}")
