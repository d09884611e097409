"""Each row of the bad-input table has a test. Run as a module, this prints the rows that have none."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parent

REQUIRED = set(range(1, 110))

# Rows that are required now and have no test yet, each with the reason.
WITHOUT_A_TEST: dict[int, str] = {}


def marked_rows(source: str) -> Iterator[int]:
    """Yield the numbers in every `pytest.mark.bad_input(...)` of a source, on a test, a class or a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.bad_input":
            for row in node.args:
                if not (isinstance(row, ast.Constant) and isinstance(row.value, int)):
                    raise TypeError(f"line {row.lineno}: a row is a plain number, not {ast.unparse(row)}")
                yield row.value


def rows_shown() -> dict[int, set[str]]:
    """The test files that show each row."""
    found: dict[int, set[str]] = {}
    for path in sorted(TESTS.rglob("*.py")):
        if path != Path(__file__).resolve():
            for row in marked_rows(path.read_text(encoding="utf-8")):
                found.setdefault(row, set()).add(path.relative_to(TESTS).as_posix())
    return found


def lacking(shown: Iterable[int]) -> set[int]:
    """The required rows that nothing shows and that have no reason to be without a test."""
    return REQUIRED - set(shown) - WITHOUT_A_TEST.keys()


def test_each_required_row_has_a_test_or_a_stated_reason() -> None:
    assert lacking(rows_shown()) == set()


def test_a_row_with_a_test_is_not_excused() -> None:
    assert WITHOUT_A_TEST.keys() & rows_shown().keys() == set(), "take these out of WITHOUT_A_TEST"


def test_only_required_rows_are_excused() -> None:
    assert WITHOUT_A_TEST.keys() - REQUIRED == set()


def test_every_marked_row_is_in_the_table() -> None:
    assert {row for row in rows_shown() if not 1 <= row <= 110} == set()


def test_a_mark_counts_on_a_function_a_class_and_a_module() -> None:
    source = (
        "pytestmark = [pytest.mark.bad_input(1)]\n"
        "@pytest.mark.bad_input(2, 3)\ndef test_a(): ...\n"
        "@pytest.mark.bad_input(4)\nclass TestB: ...\n"
        "@pytest.mark.parametrize('x', [pytest.param(1, marks=pytest.mark.bad_input(5))])\n"
        "def test_c(x): ...\n"
    )
    assert sorted(marked_rows(source)) == [1, 2, 3, 4, 5]


def test_a_required_row_that_nothing_shows_is_lacking() -> None:
    assert lacking(REQUIRED - {5, *WITHOUT_A_TEST}) == {5} - WITHOUT_A_TEST.keys()


def main() -> None:
    """Print the report of rows without a test."""
    shown = rows_shown()
    print(f"bad input: {len(REQUIRED & shown.keys())} of {len(REQUIRED)} required rows have a test")  # noqa: T201
    for row in sorted(REQUIRED - shown.keys()):
        print(f"  row {row} has no test: {WITHOUT_A_TEST.get(row, 'no reason is stated')}")  # noqa: T201
    for row in sorted(shown.keys() - REQUIRED):
        print(f"  row {row} has a test already, though it is not required yet")  # noqa: T201


if __name__ == "__main__":
    main()
