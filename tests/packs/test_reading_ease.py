"""The measure of how easily a text is read tells plain sentences from heavy ones."""

import pytest

from bot.packs.reading_ease import reading_ease

PLAIN = "The job runs at night. It takes two hours. Why does it take three now?"
HEAVY = (
    "Notwithstanding organizational considerations, interdepartmental communication necessitates institutionalized"
    " responsibility regarding infrastructural availability and operational sustainability."
)


def ease(text: str) -> float:
    measured = reading_ease(text)
    assert measured is not None
    return measured


def test_plain_words_are_easy_and_heavy_ones_are_not() -> None:
    assert ease(PLAIN) > 90
    assert ease(HEAVY) < 0


def test_the_formula_is_that_of_the_books() -> None:
    """Six words of one syllable in one sentence: 206.835 - 1.015 * 6 - 84.6."""
    assert ease("The cat sat on the mat.") == pytest.approx(116.145)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("queue", 1),
        ("cache", 1),
        ("caches", 1),
        ("table", 2),
        ("retried", 2),
        ("latency", 3),
        ("on-call", 2),
        ("don’t", 1),
    ],
)
def test_syllables_are_near_enough(word: str, syllables: int) -> None:
    found = (206.835 - 1.015 - ease(f"{word}.")) / 84.6
    assert abs(found - syllables) <= 1


def test_logs_tables_and_names_in_backquotes_count_for_nothing() -> None:
    with_table = f"{PLAIN}\n\n    organizational  considerations  infrastructural\n"
    assert ease(with_table) == ease(PLAIN)
    assert ease("Ask `interdepartmental_communication` now.") == ease("Ask code now.")


def test_a_text_without_words_has_no_ease() -> None:
    assert reading_ease("    12 34\n— 5") is None
