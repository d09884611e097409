"""What is said of pairs and rankings: who is strong is named, who is weak learns it alone, who said what nobody."""

import pytest

from bot.chat.cards import Heading, Quote
from bot.chat.wording import comparing
from bot.domain.comparing import Rank
from bot.domain.places import Member
from bot.practice.outcomes import Comparing, Ranking
from tests.chat.review_samples import PAIR
from tests.chat.samples import answer, said
from tests.chat.world import ADA, BEN, HERE, question


def test_two_answers_are_compared_without_names() -> None:
    one = comparing.compare_card(
        Comparing(PAIR.pair, question(1), answer(), answer(member=BEN, text="Another one."))
    )
    text = said(one)
    assert "The first | My answer" in text and "The second | Another one." in text
    assert "ada" not in text and "ben" not in text
    assert "The ranking names the strongest three" in text and "only the tally" not in text
    assert one.buttons[0].value == PAIR.pair.value


def test_all_of_two_answers_by_form_is_compared() -> None:
    first, second = answer(text="v" * 3000), answer(member=BEN, text="w" * 3000)
    one = comparing.compare_card(Comparing(PAIR.pair, question(1), first, second))
    told = [block.text for block in one.blocks if isinstance(block, Quote)]
    assert told == [first.text, second.text] and "beginning" not in said(one)


def member(name: str) -> Member:
    return Member(HERE, name)


def ranked(*wins: int, reasons: tuple[str, ...] = ()) -> Ranking:
    """Answers of `m1`, `m2` and so on by their wins, the strongest first; equal wins share a place."""
    ranks = tuple(
        Rank(wins.index(won) + 1, answer(member=member(f"m{n}")), won, 9) for n, won in enumerate(wins, 1)
    )
    return Ranking(question(1), ranks, 5, reasons)


def test_a_ranking_names_the_strongest_three_and_a_place_is_shared() -> None:
    text = said(comparing.ranking_card(ranked(8, 7, 7, 5, 2, 0), ADA))
    assert "Place 1: m1, stronger in 8 of 9" in text
    assert "Place 2: m2, stronger in 7 of 9" in text and "Place 2: m3, stronger in 7 of 9" in text
    assert not any(name in text for name in ("m4", "m5", "m6", "0 of 9", "Yours"))
    assert "From 5 comparisons of 6 answers." in text and "kept" not in text
    assert "Nobody has compared" in said(comparing.ranking_card(ranked(), ADA))


@pytest.mark.parametrize(("who", "says"), [("m4", "Yours: place 4 of 6."), ("m6", "Yours: place 6 of 6.")])
def test_a_ranking_tells_only_those_who_ask_of_a_lower_place_and_only_their_own(who: str, says: str) -> None:
    text = said(comparing.ranking_card(ranked(8, 7, 7, 5, 2, 0), member(who)))
    assert says in text and text.count("Yours") == 1 and who not in text and "0 of 9" not in text


def test_whoever_is_named_is_not_told_again() -> None:
    assert "Yours" not in said(comparing.ranking_card(ranked(8, 7, 5, 2), member("m3")))


def test_an_answer_that_was_never_stronger_is_named_to_nobody() -> None:
    text = said(comparing.ranking_card(ranked(9, 0), ADA))
    assert "Place 1: m1" in text and "m2" not in text and "0 of 9" not in text
    assert "Yours: place 2 of 2." in said(comparing.ranking_card(ranked(9, 0), member("m2")))


def test_a_ranking_says_why_in_the_words_of_members_without_their_names() -> None:
    one = comparing.ranking_card(ranked(8, 7, reasons=("It counts first.", "word " * 100)), ADA)
    told = [block.text for block in one.blocks if isinstance(block, Quote)]
    assert told[0] == "It counts first." and len(told[1]) <= 200 and told[1].endswith("…")
    assert Heading("Why, in members’ words") in one.blocks
    assert "members’ words" not in said(comparing.ranking_card(ranked(8, 7), ADA))
