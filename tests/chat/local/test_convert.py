"""Names and numbers of the local chat."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.local import sentences
from bot.chat.local.convert import (
    HOME,
    BadName,
    NameFault,
    channel_named,
    kept_text,
    member_named,
    message_id,
    seq_of,
)
from bot.domain.places import Member


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ada", "ada"),
        ("Ada", "ada"),
        (" ada ", "ada"),
        ("Ada  Lovelace", "ada lovelace"),
        ("ZOË", "zoë"),
        ("名前", "名前"),
    ],
)
def test_a_name_is_kept_in_lower_case_and_one_form(typed: str, kept: str) -> None:
    assert member_named(typed) == Member(HOME, kept)


def test_both_ways_to_write_an_accent_are_one_person() -> None:
    assert member_named("Zoe\u0308") == member_named("zo\u00eb")


@pytest.mark.bad_input(46)
@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", NameFault.EMPTY),
        ("   ", NameFault.EMPTY),
        ("a\u200bb", NameFault.UNSEEN),
        ("a\u202eb", NameFault.UNSEEN),
        ("a\x1b[31mb", NameFault.UNSEEN),
        ("a\nb", NameFault.UNSEEN),
        ("a\u2800b", NameFault.UNSEEN),
        ("a\ufe0f", NameFault.UNSEEN),
        ("a\ud800", NameFault.UNSEEN),
        ("a\u00a0b", NameFault.UNSEEN),
        ("x" * 33, NameFault.LONG),
        ("z" + "\u0313" * 9, NameFault.MARKS),
    ],
)
def test_a_name_that_is_not_seen_as_it_is_is_refused(name: str, fault: NameFault) -> None:
    with pytest.raises(BadName) as refused:
        member_named(name)
    assert refused.value.fault is fault
    sentence = sentences.bad_name(refused.value, "person")
    assert "is no name for a person" in sentence and "such as ada" in sentence
    assert not any(char in sentence for char in "\x1b\n\u202e")


@pytest.mark.parametrize("name", ["study", "#study", "a-1", "x" * 32])
def test_a_channel_has_a_plain_name(name: str) -> None:
    assert channel_named(name).id == name.removeprefix("#")


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", NameFault.EMPTY),
        ("#", NameFault.EMPTY),
        ("A b", NameFault.LETTERS),
        ("../etc", NameFault.LETTERS),
        ("ünder", NameFault.LETTERS),
        ("x" * 33, NameFault.LONG),
    ],
)
def test_another_channel_name_is_refused_with_a_right_one(name: str, fault: NameFault) -> None:
    with pytest.raises(BadName) as refused:
        channel_named(name)
    assert refused.value.fault is fault
    assert "such as study" in sentences.bad_name(refused.value, "channel")


@given(st.text(max_size=60))
def test_a_name_is_either_kept_for_good_or_refused(text: str) -> None:
    try:
        member = member_named(text)
    except BadName:
        return
    assert member_named(member.id) == member
    assert member.id and len(member.id) <= 32 * 5
    assert not {unicodedata.category(char) for char in member.id} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.bad_input(15, 47)
@given(st.text(st.characters(), max_size=200))
def test_kept_text_has_no_control_codes_and_keeps_the_rest(text: str) -> None:
    kept = kept_text(text)
    assert not any(
        (ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in kept
    )
    assert kept_text(kept) == kept
    if text.isprintable():
        assert kept == text


def test_every_line_break_is_one() -> None:
    assert kept_text("a\r\nb\rc\u2028d\x85e") == "a\nb\nc\nd\ne"


@pytest.mark.bad_input(101)
@pytest.mark.parametrize("text", ["", "-1", "1.0", "x", "١", "9" * 40, " 1"])
def test_what_is_no_message_id_is_none(text: str) -> None:
    assert seq_of(text) is None
    assert seq_of(message_id(12)) == 12
