"""Which reply stands, what two pieces of news about one message come to, and what a withdrawal bars."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import answers
from bot.domain.places import Channel, Member, Platform, Thread, Workspace
from bot.domain.rounds import Answer, Reply, StoredReply
from tests.fakes import START

WORKSPACE = Workspace(Platform.SLACK, "T1")
THREAD = Thread(Channel(WORKSPACE, "study"), "t1")
ADA = Member(WORKSPACE, "ada")
QUESTION = "What is a cache for?"
MINUTE = timedelta(minutes=1)


def reply(text: str = "enough words of my own", message: str = "m1", at: datetime = START) -> Reply:
    return Reply(THREAD, message, ADA, text, at)


def read(text: str, minutes: int | None = None) -> StoredReply:
    """A message as it was created, or edited some minutes later."""
    edited_at = None if minutes is None else START + minutes * MINUTE
    return answers.read_reply(reply(text), "r1", QUESTION, 15, edited_at)


def said(message: str, minutes: int, text: str = "enough words of my own") -> StoredReply:
    return answers.read_reply(reply(text, message, START + minutes * MINUTE), "r1", QUESTION, 15, None)


def answer(
    message: str = "m1", *, at: datetime = START, chosen: bool = False, withdrawn: bool = False
) -> Answer:
    return Answer(
        id="a1",
        round="r1",
        member=ADA,
        message=message,
        text="enough words of my own",
        at=at,
        local_date=date(2026, 11, 2),
        zone="UTC",
        late=False,
        counts=True,
        chosen=chosen,
        version=1,
        changed_at=None,
        withdrawn_at=START if withdrawn else None,
    )


NEWS = st.one_of(
    st.builds(read, st.sampled_from(["", "short", "enough words of my own", "other words, and enough"])),
    st.builds(
        read, st.sampled_from(["", "enough words of my own", "other words, and enough"]), st.integers(1, 3)
    ),
    st.builds(lambda later: answers.deleted_reply(reply(), "r1", START + later * MINUTE), st.integers(1, 3)),
)


@pytest.mark.bad_input(52, 54)
@given(NEWS, NEWS, NEWS)
def test_news_of_one_message_comes_to_the_same_in_any_order_and_number(
    first: StoredReply, second: StoredReply, third: StoredReply
) -> None:
    merge = answers.merge
    assert merge(first, first) == first
    assert len({merge(merge(a, b), c) for a, b, c in permutations((first, second, third))}) == 1
    assert merge(merge(first, second), third) == merge(first, merge(second, third))
    assert merge(merge(first, second), second) == merge(first, second)


def test_the_newest_text_stays_and_the_earliest_long_one_counts() -> None:
    both = answers.merge(read("ok", 5), read("enough words of my own"))
    assert both.reply.text == "ok"
    assert both.edited_at == START + 5 * MINUTE
    assert both.enough_at == START
    assert both.fingerprint == read("enough words of my own").fingerprint


@pytest.mark.bad_input(54)
def test_a_deleted_message_stays_deleted_and_has_no_text() -> None:
    gone = answers.deleted_reply(reply(), "r1", START + 9 * MINUTE)
    assert gone.reply.text == ""
    for both in (
        answers.merge(gone, read("enough words of my own", 20)),
        answers.merge(read("enough!"), gone),
    ):
        assert both.reply.text == ""
        assert both.deleted_at == START + 9 * MINUTE


def test_a_text_is_long_enough_by_the_members_own_words() -> None:
    assert read("enough words of my own").enough_at == START
    assert read("enough words of my own", 3).enough_at == START + 3 * MINUTE
    assert read("fifteen letters!").enough_at == START
    assert read("fourteenletter").enough_at is None
    short = read("> What is a cache for?\nyes")
    assert (short.enough_at, short.fingerprint) == (None, None)


def test_the_earliest_long_reply_that_is_not_deleted_stands() -> None:
    first, second, short = said("m2", 1), said("m1", 2), said("m0", 0, "ok")
    assert answers.standing([second, short, first]) == first
    assert answers.standing([second, replace(first, deleted_at=START)]) == second
    assert answers.standing([short]) is None
    assert answers.standing([]) is None


def test_of_two_replies_from_one_instant_the_lower_message_stands() -> None:
    one, two = said("m1", 1), said("m2", 1)
    assert answers.standing([two, one]) == one


def test_after_a_withdrawal_only_what_is_said_later_stands_until_it_is_taken_back() -> None:
    before, at_once, after = said("m1", 0), said("m2", 5), said("m3", 6)
    withdrawn = answers.withdrawal(answer(), THREAD, START + 5 * MINUTE)
    assert answers.is_withdrawal(withdrawn)
    assert not answers.is_withdrawal(before)
    assert answers.standing([before, at_once, withdrawn]) is None
    assert answers.standing([before, at_once, withdrawn, after]) == after
    assert answers.standing([before, answers.taken_back(withdrawn)]) == before


def test_a_chosen_text_stands_until_one_of_its_messages_is_deleted() -> None:
    chosen = answer("m1+m3", chosen=True)
    assert answers.sources(chosen) == ("m1", "m3")
    replies = [said("m1", 0), said("m2", 1), said("m3", 2)]
    assert answers.is_own_choice(chosen, replies)
    assert not answers.is_own_choice(answer("m1"), replies)
    assert not answers.is_own_choice(replace(chosen, withdrawn_at=START), replies)
    assert answers.is_own_choice(chosen, [*replies[:1], replace(replies[1], deleted_at=START), replies[2]])
    assert not answers.is_own_choice(chosen, [*replies[:2], replace(replies[2], deleted_at=START)])


def test_an_answer_is_begun_by_its_message_and_a_chosen_one_by_the_first_reply_of_its_instant() -> None:
    first, twin, short = said("m1", 0), said("m2", 0), said("m0", 0, "ok")
    replies = [short, first, twin]
    assert answers.was_begun_by(answer("m2"), twin, ())
    assert not answers.was_begun_by(answer("m2"), first, ())
    chosen = answer("form", chosen=True)
    assert answers.was_begun_by(chosen, first, replies)
    assert not answers.was_begun_by(chosen, twin, replies)
    assert not answers.was_begun_by(chosen, short, replies)
    assert not answers.was_begun_by(chosen, said("m1", 1), replies)
    assert answers.was_begun_by(chosen, twin, [short, replace(first, deleted_at=START), twin])


def test_a_chosen_text_takes_the_date_of_another_reply_when_that_is_the_first_now() -> None:
    chosen = answer("form", at=START + MINUTE, chosen=True)
    form = said("form", 1)
    earlier, later = said("m1", 0), said("m2", 2)
    assert not answers.begins_anew(chosen, None, [])
    assert not answers.begins_anew(chosen, form, [form])
    assert answers.begins_anew(chosen, earlier, [earlier, form])
    gone = replace(answer("form", chosen=True), at=START)
    assert answers.begins_anew(gone, form, [form, replace(earlier, deleted_at=START)])
    restored = answer("kept-a1", chosen=True)
    assert not answers.begins_anew(restored, later, [replace(earlier, deleted_at=START), later])
