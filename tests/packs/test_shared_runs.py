"""The measure of shared runs of words, on small texts; `shared_runs` itself is run over the reference texts."""

from pathlib import Path

import pytest

from tests.packs.shared_runs import main, runs_in, shared_runs, words_of

REFERENCE = "one two three four five six seven eight nine ten"


def test_words_are_compared_without_case_marks_and_line_ends() -> None:
    assert words_of("Don’t stop,\n  at 50 %: it’s  “fine”!") == [
        "don't",
        "stop",
        "at",
        "50",
        "%",
        "it's",
        "fine",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("one two three four five six seven", []),
        ("One, two; three four\nfive six seven EIGHT.", ["one two three four five six seven eight"]),
        (f"and {REFERENCE} and", [REFERENCE]),
        ("one two three four X five six seven eight nine ten", []),
        (f"{REFERENCE} but {REFERENCE}", [REFERENCE, REFERENCE]),
        ("", []),
    ],
)
def test_a_run_of_eight_words_is_found_and_given_whole(text: str, found: list[str]) -> None:
    assert shared_runs(text, runs_in([REFERENCE])) == found


def test_no_run_goes_from_one_text_into_the_next() -> None:
    assert shared_runs(REFERENCE, runs_in(["one two three four five", "six seven eight nine ten"])) == []


def test_the_program_tells_the_place_and_leaves_ids_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "theirs.yaml").write_text(
        "- one two three four\n- five six seven eight\n- a-b-c-d-e-f-g-h-i\n"
    )
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.yaml").write_text(
        "id: a-b-c-d-e-f-g-h-i\ntexts:\n  - One two three, four five six seven eight\n"
    )
    assert main([str(tmp_path / "theirs.yaml"), str(own)]) == 1
    assert "mine.yaml:3: one two three four five six seven eight" in capsys.readouterr().out
    (own / "mine.yaml").write_text("text: something else\n")
    assert main([str(tmp_path / "theirs.yaml"), str(own)]) == 0


def test_without_reference_texts_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert main([str(tmp_path / "nothing")]) == 2
    assert "not part of this project" in capsys.readouterr().out
