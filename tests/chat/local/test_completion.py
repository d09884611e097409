"""What a typed line may go on with."""

import pytest

from bot.chat.local.completion import suggestions
from tests.chat.world import World

LABELS = ("Answer", "Hint", "Key points")


def texts(line: str, manager: bool = False) -> list[str]:
    return [one.text for one in suggestions(line, World().caller(is_manager=manager), LABELS)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/que", ["question"]),
        ("/QUE", ["question"]),
        (">", list(LABELS)),
        (">k", ["Key points"]),
        ("> hi", ["Hint"]),
        ("/question ba", ["backend", "load-balancing", "system-design-basics"]),
        ("/question level:", ["junior", "mid", "senior", "staff"]),
        ("/question backend track:d", ["devops", "backend"]),
        ("/zone berl", ["Europe/Berlin"]),
        ("/privacy ", ["show", "export", "delete"]),
        ("/privacy e", ["export"]),
        ("a reply /que", []),
        ("", []),
        ("/nonsense x", []),
    ],
)
def test_a_line_goes_on_with_what_fits(line: str, expected: list[str]) -> None:
    assert texts(line) == expected


def test_managers_commands_are_offered_to_managers() -> None:
    assert texts("/da") == []
    assert texts("/da", manager=True) == ["daily"]
    assert "set" in texts("/daily ", manager=True)
    assert "time:" in texts("/daily set ", manager=True)


def test_a_given_option_is_not_offered_again() -> None:
    assert "level:" in texts("/question ")
    assert "level:" not in texts("/question level:mid ")


def test_a_suggestion_replaces_what_was_typed_of_it() -> None:
    one = suggestions("/question track:dev", World().caller(), ())[0]
    assert (one.text, one.typed) == ("devops", 3)
