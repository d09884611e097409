"""Every refusal of the program has a sentence, whoever adds one."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, get_type_hints

import pytest

import bot
from bot.chat.calls import BadValue, MissingOption, UnknownCommand, UnknownOption
from bot.chat.wording.refusals import SENTENCES, refusal_card, sentence
from bot.domain.bank import EmptyPool, NoSuchValue
from bot.domain.questions import Filters
from bot.domain.refusals import (
    AlreadyPosted,
    AlreadySkipped,
    NoSuchMember,
    NoSuchSchedule,
    NotYet,
    Refusal,
    TooShort,
)
from bot.domain.suggestions import SuggestionState
from bot.domain.zones import NoSuchZone

EVIL = "{0.__class__} %s \u202e<!channel> @everyone\n# big" + ("a" + "\u0301" * 9) * 200
TYPED = {"text", "reason", "slot", "option"}
"""Facts that somebody typed, or that came from outside; all others are words of our own."""

SAMPLES: dict[Any, Any] = {
    str: "word",
    int: 3,
    date: date(2026, 11, 23),
    datetime: datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
    tuple[str, ...]: ("one", "two"),
    str | None: "near",
    Filters: Filters(track="backend"),
    SuggestionState: SuggestionState.ACCEPTED,
}


def every_refusal() -> list[type[Refusal]]:
    """Every kind of Refusal in the program, found by importing all of it."""
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if "__main__" not in module.name and ".migrations" not in module.name:
            importlib.import_module(module.name)
    found: set[type[Refusal]] = set()
    waiting: list[type[Refusal]] = [Refusal]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found.update(kind for kind in below if kind.__module__.startswith("bot."))
    return sorted(found, key=lambda kind: kind.__name__)


def made(kind: type[Refusal]) -> Refusal:
    """A refusal with something in each of its facts."""
    make: Callable[..., Refusal] = kind
    if "__init__" not in vars(kind):
        return make()
    names = list(inspect.signature(make).parameters)
    hints = get_type_hints(kind if "__annotations__" in vars(kind) else kind.__init__)
    facts = {name: SAMPLES[hints[name]] for name in names}
    return make(**facts | {name: EVIL for name, value in facts.items() if _is_typed(kind, name, value)})


def _is_typed(kind: type[Refusal], name: str, value: object) -> bool:
    """An option's name is typed by a person only where it is an unknown one."""
    return name in TYPED and value is not None and (name != "option" or kind is UnknownOption)


def test_every_refusal_has_a_sentence_and_no_sentence_is_without_its_refusal() -> None:
    assert set(every_refusal()) == set(SENTENCES)


@pytest.mark.bad_input(44, 45, 47)
@pytest.mark.parametrize("kind", SENTENCES, ids=lambda kind: kind.__name__)
def test_a_sentence_is_whole_brief_and_lets_nothing_through_but_literal_text(kind: type[Refusal]) -> None:
    text = sentence(made(kind), "Europe/Berlin")
    assert text[0].isupper() or text[0] in "/“"
    assert text.rstrip("”")[-1] in ".?" or text.endswith("mon-fri")
    assert "\n" not in text and "\u202e" not in text and "\u0301" * 9 not in text
    assert len(text) < 400
    assert refusal_card(made(kind)).blocks


def test_times_are_told_in_the_askers_zone() -> None:
    refusal = NotYet(datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
    assert "Mon 23 Nov 2026, 09:00 (Europe/Berlin)" in sentence(refusal, "Europe/Berlin")
    assert "Mon 23 Nov 2026, 08:00 (UTC)" in sentence(refusal)


@pytest.mark.parametrize(
    ("refusal", "says"),
    [
        (NoSuchValue("track", "x", None, ("backend", "devops")), "Choose backend or devops."),
        (NoSuchValue("topic", "x", None, ()), "No question is installed yet."),
        (NoSuchValue("topic", "x", None, tuple("abcdefghijklmnop")), "For example: a, b, c,"),
        (EmptyPool(Filters()), "No question is installed yet."),
        (EmptyPool(Filters(track="backend", kind="system-design")), "all of this: backend, system design."),
        (UnknownCommand("x"), "There is no command “x”. /help lists all."),
        (UnknownCommand("x", ("a", "b")), "Did you mean /a or /b?"),
        (UnknownOption("streak", "x", None, ()), "It takes none."),
        (UnknownOption("zone", "x", None, ("zone",)), "It takes zone."),
        (MissingOption("daily set", "time", None), "/daily set needs a time."),
        (BadValue("question", None, "x"), "/help question shows what it takes."),
        (NoSuchZone("x", ()), "I know no time zone “x”. A name looks like Europe/Berlin."),
        (NoSuchSchedule("x", ("daily",)), "It has “daily”."),
        (AlreadyPosted("daily", date(2026, 11, 23), "posting"), "is on its way"),
        (AlreadyPosted("daily", date(2026, 11, 23), "skipped"), "is skipped already"),
        (AlreadySkipped("daily", date(2026, 11, 23)), "“daily” leaves out Mon 23 Nov 2026 already."),
        (NoSuchMember("x"), "I know nobody called “x” who has answered a question here."),
        (TooShort(1, 15), "That has 1 visible character. An answer has at least 15."),
    ],
)
def test_a_sentence_follows_the_facts(refusal: Refusal, says: str) -> None:
    assert says in sentence(refusal)
