"""What a review may be, which answer needs one, and which two are compared."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.comparing import NoSuchPair, Pair, Vote, choose_pair, ranked
from bot.domain.places import Member, Platform, Workspace
from bot.domain.reviews import (
    AccountClosed,
    AnswerWithdrawn,
    BadReview,
    Candidate,
    Draft,
    OwnAnswer,
    checked,
    checked_reason,
    choose,
    judge,
    words_of,
)
from bot.domain.rounds import Answer
from tests.fakes import START

HERE = Workspace(Platform.SLACK, "T1")
DRAFT = Draft((4, 3), (1, 0), "It counts before it draws.", "Say what fails first, and why.")


def answer(id_: str, member: str = "ben", minutes: int = 0) -> Answer:
    at = START + timedelta(minutes=minutes)
    return Answer(
        id=id_,
        round="r",
        member=Member(HERE, member),
        message=id_,
        text="A text.",
        at=at,
        local_date=at.date(),
        zone="UTC",
        late=False,
        counts=True,
        chosen=False,
        version=1,
        changed_at=None,
        withdrawn_at=None,
    )


def test_a_draft_is_kept_with_its_points_in_order() -> None:
    assert checked(DRAFT, 2) == replace(DRAFT, covered=(0, 1))


@pytest.mark.parametrize(
    ("draft", "part"),
    [
        (replace(DRAFT, scores=(0, 3)), "scores.0"),
        (replace(DRAFT, scores=(3, 6)), "scores.1"),
        (replace(DRAFT, covered=(2,)), "covered"),
        (replace(DRAFT, covered=(-1,)), "covered"),
        (replace(DRAFT, strong=""), "strong"),
        (replace(DRAFT, strong="Good."), "strong"),
        (replace(DRAFT, strong="well done"), "strong"),
        (replace(DRAFT, change="\u200b\u2800 \u3164"), "change"),
        (replace(DRAFT, change="https://example.org/a/b :tada: 👍"), "change"),
        (replace(DRAFT, change="word " * 121), "change"),
    ],
)
def test_what_is_no_score_no_point_or_no_sentence_is_refused(draft: Draft, part: str) -> None:
    with pytest.raises(BadReview) as caught:
        checked(draft, 2)
    assert caught.value.part == part


@given(st.text(max_size=700))
def test_any_text_is_kept_stripped_or_refused(text: str) -> None:
    try:
        kept = checked(replace(DRAFT, strong=text), 2).strong
    except BadReview as refusal:
        assert refusal.part == "strong"
    else:
        assert kept == text.strip() and len(kept) <= 600


@pytest.mark.bad_input(103)
def test_ones_own_answer_a_withdrawn_one_and_one_of_a_closed_account_are_refused() -> None:
    ben, cyd = Member(HERE, "ben"), Member(HERE, "cyd")
    with pytest.raises(OwnAnswer):
        judge(answer("a"), ben, False)
    with pytest.raises(AnswerWithdrawn):
        judge(replace(answer("a"), withdrawn_at=START), cyd, False)
    with pytest.raises(AccountClosed):
        judge(answer("a"), cyd, True)
    judge(answer("a"), cyd, False)


def test_the_same_words_are_known_in_whatever_case() -> None:
    assert words_of(DRAFT) == words_of(replace(DRAFT, strong=DRAFT.strong.upper(), scores=(1, 1)))
    assert words_of(DRAFT) != words_of(replace(DRAFT, change="Something else entirely."))


def test_practiced_tracks_come_first_then_the_least_load_then_the_oldest() -> None:
    found = [
        Candidate(answer("a", minutes=5), "backend", 1),
        Candidate(answer("b", minutes=4), "backend", 0),
        Candidate(answer("c", minutes=3), "backend", 0),
        Candidate(answer("d", minutes=1), "devops", 0),
    ]
    order = []
    while found:
        chosen = choose(found, {"backend"})
        assert chosen is not None
        order.append(chosen.answer.id)
        found.remove(chosen)
    assert order == ["c", "b", "a", "d"] and choose([], ()) is None


@pytest.mark.bad_input(101)
@pytest.mark.parametrize("value", ["", "a", "a/", "/a", "a/a", "b/a"])
def test_a_forged_pair_is_none(value: str) -> None:
    with pytest.raises(NoSuchPair):
        Pair.read(value)


@pytest.mark.parametrize(("reason", "limit"), [("x" * 301, 300), ("\u200b no", 0), ("", 0)])
def test_a_reason_is_some_letters_at_least_and_not_long(reason: str, limit: int) -> None:
    with pytest.raises(BadReview) as caught:
        checked_reason(reason)
    assert (caught.value.part, caught.value.limit) == ("reason", limit)
    assert checked_reason(" It is rude. ") == "It is rude."


def test_two_ids_out_of_order_are_no_pair() -> None:
    for first, second in (("b", "a"), ("a", "a")):
        with pytest.raises(ValueError, match="in order"):
            Pair(first, second)


def test_a_pair_is_the_same_in_whatever_order() -> None:
    assert Pair.of("b", "a") == Pair.of("a", "b") == Pair.read("a/b") and Pair("a", "b").value == "a/b"


def test_nobody_compares_their_own_answer_two_of_one_member_or_a_pair_twice() -> None:
    ada = Member(HERE, "ada")
    answers = [(answer("a", "ada"), "q"), (answer("b", "ben"), "q"), (answer("c", "cyd"), "q")]
    assert choose_pair(answers, ada, [], []) == Pair("b", "c")
    assert choose_pair(answers, ada, [Pair("b", "c")], []) is None
    assert choose_pair([answers[1], (answer("d", "ben"), "q")], ada, [], []) is None
    assert choose_pair([answers[1], (answer("c", "cyd"), "other")], ada, [], []) is None
    gone = (replace(answer("c", "cyd"), withdrawn_at=START), "q")
    assert choose_pair([answers[1], gone], ada, [], []) is None


def test_the_pair_of_which_least_is_known_comes_first() -> None:
    answers = [(answer(id_, id_), "q") for id_ in "abcd"]
    stranger = Member(HERE, "zoe")
    assert choose_pair(answers, stranger, [], [Pair("a", "b")]) == Pair("c", "d")


def test_a_ranking_has_whoever_was_compared_and_shares_places() -> None:
    answers = [answer(id_, id_) for id_ in "abcd"]
    votes = [
        Vote(Member(HERE, "x"), Pair("a", "b"), "b", "why", START),
        Vote(Member(HERE, "y"), Pair("a", "c"), "c", "why", START),
    ]
    ranks = ranked(answers, (-1.0, 0.5, 0.5, 0.0), votes)
    assert [(rank.place, rank.answer.id, rank.wins, rank.votes) for rank in ranks] == [
        (1, "b", 1, 1),
        (1, "c", 1, 1),
        (3, "a", 0, 2),
    ]
    assert votes[0].weaker == "a"
