"""The STAR view: parts by headings, words, a number in the result; facts and no grade."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.star import PARTS, joined_star, split_star, star_of

WHOLE = {
    "situation": "Our nightly job failed.",
    "task": "I had to find out why.",
    "action": "I read the log.\nThen I fixed the index.",
    "result": "It took 4 minutes less.",
}


@pytest.mark.parametrize(
    "form",
    [
        "{}: {}",
        "**{}**: {}",
        "**{}:** {}",
        "# {}\n{}",
        "{} - {}",
        "{}. {}",
        "> {}: {}",
        "*{}*\n{}",
        "- {} – {}",
        "{} (2019): {}",
        "**{} (my part)** - {}",
        "** {} **\n{}",
        "{}\r\n{}",
    ],
)
@pytest.mark.parametrize("case", [str.upper, str.lower, str.title])
def test_headings_are_found_in_many_forms(form: str, case: object) -> None:
    assert callable(case)
    text = "\n".join(form.format(case(part), told) for part, told in WHOLE.items())
    assert split_star(text) == WHOLE


def test_single_letters_are_headings_only_when_all_four_are_there() -> None:
    assert split_star("S: one\nT: two\nA: three\nR: four") == dict(
        zip(PARTS, ("one", "two", "three", "four"), strict=True)
    )
    assert split_star("A: a point\nS: another") == {}


def test_words_inside_a_sentence_are_no_headings() -> None:
    assert split_star("The situation was bad. My task, as I saw it, had a result.") == {}
    assert split_star("Results came in late, and the action plan: none.") == {}


@pytest.mark.parametrize(
    "line",
    [
        "Results-driven people were all around me.",
        "Task-switching cost us two days.",
        "Result\u2013oriented, as they say.",
        "Task.py was the file that failed.",
        "Task (I had none at first) was hard to see.",
        "Results -5 % were the first that we saw.",
        "Result_set: the name of a table.",
        "Situation... well, it was bad.",
    ],
)
def test_a_line_that_begins_with_such_a_word_is_no_heading_by_that_alone(line: str) -> None:
    assert split_star(line) == {}
    assert split_star(f"Situation: late.\n{line}") == {"situation": f"late.\n{line}"}


def test_a_list_below_a_heading_belongs_to_its_part_with_its_signs() -> None:
    assert split_star("Task\n- one\n- two") == {"task": "- one\n- two"}


def test_letters_that_are_no_headings_count_as_words() -> None:
    assert star_of("Situation: one two\nA: point").words == 4


RUNS = (*"\n \t*_-#1as()\u2014\x0b", "> ", "1,", "a.", "\r\n", "((", "S:")
BEFORE = ("", "Situation", "Situation ", "Task (", "s", "**Result**")


@pytest.mark.bad_input(49)
@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("before", BEFORE)
def test_a_long_run_of_one_sign_ends(before: str, run: str) -> None:
    """Whatever takes more than linear time hangs here, as it would hang everybody's bot."""
    text = before + run * (40_000 // len(run)) + "x"
    assert star_of(text).words >= 0
    assert star_of(f"{text}\nResult: {text}").words >= 0


def test_a_heading_that_comes_thousands_of_times_adds_to_its_part_each_time() -> None:
    assert split_star("Task: x\n" * 5000) == {"task": "\n".join("x" * 5000)}


def test_a_part_may_come_twice_and_in_any_order() -> None:
    parts = split_star("Result: fast\nAction: one\nAction: two\nSituation: slow")
    assert parts == {"result": "fast", "action": "one\ntwo", "situation": "slow"}


@pytest.mark.parametrize(
    ("result", "number"),
    [("It was 30 % faster.", True), ("Errors halved.", True), ("Everybody was happy.", False), ("", None)],
)
def test_a_number_in_the_result_is_seen(result: str, number: bool | None) -> None:
    assert star_of(f"Situation: 12 people.\nResult: {result}").number is number


def test_the_words_of_headings_do_not_count() -> None:
    view = star_of("Situation: one two\nResult: three, don't 4.5")
    assert view.words == 5 and view.missing == ("task", "action")
    assert star_of("Just a few plain words").words == 5


def test_without_headings_every_part_is_missing() -> None:
    view = star_of("I once fixed a thing and it was 40 % faster.")
    assert view.missing == PARTS and view.number is None


line = st.from_regex(r"[a-z]{2,8}( [a-z]{2,8}){0,5}", fullmatch=True).filter(
    lambda text: text.split()[0] not in {*PARTS, "actions", "results"}
)


@given(st.dictionaries(st.sampled_from(PARTS), line, min_size=1))
def test_what_the_form_joins_is_split_again(parts: dict[str, str]) -> None:
    assert split_star(joined_star(parts)) == parts


@given(st.text(max_size=300))
def test_any_text_has_a_view(text: str) -> None:
    view = star_of(text)
    assert view.words >= 0 and set(view.parts) <= set(PARTS)
