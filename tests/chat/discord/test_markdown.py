"""Text is shown on Discord as it was written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.discord.markdown import fenced, literal, quoted, small


def unescaped(text: str) -> str:
    """What a reader sees of escaped text: each backslash shows the mark after it."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text)


@pytest.mark.bad_input(44, 45)
@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("*a* __b__ ~~c~~ ||d|| `e`", r"\*a\* \_\_b\_\_ \~\~c\~\~ \|\|d\|\| \`e\`"),
        ("@everyone <@&1> <#2>", r"\@everyone \<\@&1\> \<#2\>"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("<http://evil|bank>", r"\<http://evil\|bank\>"),
        ("# a\n- b\n+ c\n> d\n-# e\n  - f", "\\# a\n\\- b\n\\+ c\n\\> d\n\\-# e\n  \\- f"),
        ("1. one\n20. two\n3 four", "1\\. one\n20\\. two\n3 four"),
        ("\\*", r"\\\*"),
        ("2026-11-20 09:00 mon-fri", "2026-11-20 09:00 mon-fri"),
    ],
)
def test_marks_lose_their_meaning(text: str, escaped: str) -> None:
    assert literal(text) == escaped


def test_an_address_stays_whole() -> None:
    assert literal("see https://a.example/b_c_d?x=1#y *now*") == r"see https://a.example/b_c_d?x=1#y \*now\*"


@pytest.mark.bad_input(45)
def test_an_address_that_hides_another_is_broken_up() -> None:
    assert (
        literal("https://a.example/[b](https://c.example)") == r"https://a.example/\[b\](https://c.example)"
    )


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")))
def test_whoever_reads_it_sees_what_was_written(text: str) -> None:
    assert unescaped(literal(text)) == text
    assert len(literal(text)) <= 2 * len(text)


@given(st.text("a*\n_`@#-1. <[|~\\", max_size=40))
def test_no_mark_is_left_without_its_backslash(text: str) -> None:
    bare = re.sub(r"\\.", "x", literal(text))
    assert not re.search(r"[*_`@<\[|~]|^\s*(#|-|1\.)", bare, re.MULTILINE)


def test_every_line_of_a_quote_is_one() -> None:
    assert quoted("a\n\n*b*") == "> a\n> \n> \\*b\\*"


def test_every_line_of_small_print_is_small() -> None:
    assert small("a\n\nb") == "-# a\n\n-# b"


@pytest.mark.bad_input(45)
def test_nothing_ends_a_block_of_columns() -> None:
    assert "```" not in fenced("a ``` b ```` c").removeprefix("```\n").removesuffix("\n```")
