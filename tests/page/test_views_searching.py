"""What the question browser finds, and what an address or a forged event may ask of it."""

import pytest

from bot.chat.local.page.searching import Search, found, search_of
from bot.practice.outcomes import Practiced
from tests.chat.world import bank

NEW = Practiced(frozenset(), frozenset(), (), (), ())


def ids(search: Search, own: Practiced = NEW) -> list[str]:
    """What a search finds."""
    return [question.id for question in found(bank(), search, own)]


def test_nothing_looked_for_finds_all() -> None:
    assert ids(Search()) == [question.id for question in bank().questions]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        (Search(track="devops"), ["devops-6"]),
        (Search(level="junior"), ["backend-5"]),
        (Search(kind="technical-concept"), ["backend-5"]),
        (Search(topic="hashing"), ["backend-5"]),
        (Search(stage="onsite-technical", track="devops"), ["devops-6"]),
        (Search(track="devops", level="junior"), []),
        (Search(words="QUESTION 3"), ["backend-3"]),
        (Search(words="3 question"), ["backend-3"]),
        (Search(words="question 3 nowhere"), []),
    ],
)
def test_filters_and_words_of_the_title_are_all_met(search: Search, expected: list[str]) -> None:
    assert ids(search) == expected


def test_where_i_stand_with_a_question_is_a_filter() -> None:
    own = Practiced(frozenset({"backend-1"}), frozenset({"backend-1", "backend-2"}), (), (), ())
    assert ids(Search(mine="answered"), own) == ["backend-1"]
    assert "backend-2" in ids(Search(mine="open"), own) and "backend-1" not in ids(Search(mine="open"), own)
    assert not {"backend-1", "backend-2"} & set(ids(Search(mine="new"), own))


def test_a_search_comes_back_from_its_address() -> None:
    search = Search("two words", "backend", "senior", "", "onsite-technical", "caching", "open")
    assert search_of(search.query(), bank()) == search
    assert Search().query() == {}


@pytest.mark.parametrize("forged", [None, 3, ["backend"], {"a": 1}, "<script>", "backend'--", ""])
def test_a_value_that_is_not_offered_is_left_out(forged: object) -> None:
    names = ("track", "level", "kind", "stage", "topic", "mine")
    assert search_of(dict.fromkeys(names, forged), bank()) == Search()


def test_very_long_words_are_cut() -> None:
    assert len(search_of({"words": "x" * 1_000_000}, bank()).words) == 200
