"""The Python in coding questions and their sample answers compiles, runs, and does what the question says."""

import itertools
from typing import Any

import pytest

from bot.domain.questions import Kind
from tests.content.code_in_questions import Clock, block_of, blocks, questions, run

OTHER_THAN_PYTHON = ("select ", "change  ", "2026-03-02T")
"""How blocks of coding questions begin that are a query, a table, and a line of a log."""

CODING = sorted(question.id for question in questions().values() if question.kind == Kind.CODING)


def answer(question: str, first_words: str) -> dict[str, Any]:
    return run(block_of(questions()[question].sample_answer.full, first_words), time=Clock())


@pytest.mark.parametrize("question", CODING)
def test_each_block_of_python_compiles(question: str) -> None:
    asked = questions()[question]
    found = 0
    for text in (asked.text, asked.sample_answer.short, asked.sample_answer.full):
        for block in blocks(text):
            if not block.startswith(OTHER_THAN_PYTHON):
                compile(block, question, "exec")
                found += 1
    assert found


def test_what_is_not_python_is_told_by_its_first_words() -> None:
    every = [block for each in CODING for block in blocks(questions()[each].sample_answer.full)]
    others = [block for block in every if block.startswith(OTHER_THAN_PYTHON)]
    assert len(others) == 2
    for block in others:
        with pytest.raises(SyntaxError):
            compile(block, "other", "exec")


def test_the_rate_limiter_lets_a_burst_through_and_then_the_steady_rate() -> None:
    now = [0]
    limiter = answer("backend-code-rate-limiter", "import time")["RateLimiter"](100, 20, lambda: now[0])
    assert [limiter.wait_for("key") for _ in range(20)] == [0] * 20
    wait = limiter.wait_for("key")
    now[0] += wait - 1
    assert limiter.wait_for("key") == 1
    now[0] += 1
    assert (wait, limiter.wait_for("key")) == (600_000_000, 0)


def test_pages_neither_repeat_nor_lose_a_rating() -> None:
    page = answer("backend-code-cursor-pages", "import base64")["page"]
    ratings = [{"time": second, "id": id_} for second in (3, 2, 1) for id_ in (9, 8, 7)]
    first, cursor = page(ratings, 4)
    changed = [{"time": 4, "id": 1}, *(each for each in ratings if each != ratings[1])]
    second, cursor = page(changed, 4, cursor)
    third, cursor = page(changed, 4, cursor)
    assert (first + second + third, cursor) == (ratings, None)


def test_the_schema_check_names_each_change_that_breaks_a_reader() -> None:
    breaks = answer("backend-code-schema-check", "def breaks")["breaks"]
    must, may = {"type": "int", "required": True}, {"type": "int", "required": False}
    text = {"type": "text", "required": False}
    harmless = [({}, {"a": may}), ({"a": may}, {})]
    harmful = [({}, {"a": must}), ({"a": must}, {}), ({"a": may}, {"a": must})]
    harmful += [({"a": must}, {"a": may}), ({"a": may}, {"a": text})]
    assert [breaks(old, new) for old, new in harmless] == [[], []]
    assert [len(breaks(old, new)) for old, new in harmful] == [1] * 5
    assert breaks({}, {"a": may}, retired=["a"])


def test_the_restart_report_takes_ten_minutes_across_the_hour_and_skips_damaged_lines() -> None:
    report = answer("devops-practical-scripting", "import sys")["report"]
    line = "2026-03-02T{}Z service={} pod=p event=restart"
    lines = [line.format(time, "cart") for time in ("15:04:00", "14:58:00", "15:07:59", "15:08:00")]
    rows, bad = report([*lines, line.format("15:00:00", "search"), "", "2026-03-02T15:0", "no time"])
    assert (rows, bad) == ([("cart", 3)], 2)


def test_the_seconds_seen_of_the_example() -> None:
    seen = answer("swe-edge-cases-testing", "def seconds_seen")["seconds_seen"]
    assert seen([(0, 300), (240, 900), (4000, 4100)], 5400) == 1000
    for first, second in itertools.product(itertools.product(range(-1, 7), repeat=2), repeat=2):
        spans = [first, second]
        assert seen(spans, 5) == sum(any(a <= t < b for a, b in spans) for t in range(5))


def test_the_intro_that_most_episodes_share() -> None:
    find_intro = answer("swe-communication-decomposition", "def shared_window")["find_intro"]
    intro = list(range(100, 120))
    episodes = [[1, 2, *intro, 3], [*intro, 4, 5], [6, 7, 8, 9] * 10, [10, *intro]]
    assert list(find_intro(episodes, 3)) == intro
    assert find_intro(episodes, 4) is None


def test_ids_in_both_lists() -> None:
    in_both = answer("swe-complexity-tradeoffs", "from bisect")["in_both"]
    assert in_both([1, 3, 5, 8], [8, 2, 3, 3, 9]) == [3, 8]


def test_the_rewritten_function_behaves_as_the_old_one() -> None:
    question = "swe-code-quality"
    old = run(block_of(questions()[question].text, "def chk"))["chk"]
    new = answer(question, "MAY_WATCH")["may_start"]
    for state, country, plan in itertools.product(range(5), ("US", "DE"), "BSPx"):
        account = {"st": state, "c": country, "pl": plan}
        for places, level, running in itertools.product((None, ["US"], []), (1, 2, 3), range(6)):
            case = account, {"c": places, "m": 2}, running, {"m": level}
            assert new(*case) is old(*case)
    assert new(None, {}, 0, {}) is old(None, {}, 0, {})


def test_the_season_of_the_example_takes_35_days() -> None:
    question = "swe-algorithms"
    plan = run(block_of(questions()[question].text, "days = "))
    season_plan = answer(question, "from collections")["season_plan"]
    chain = ["cut", "translate", "dub", "mix", "check"]
    assert season_plan(plan["days"], plan["after"]) == (35, chain)
    with pytest.raises(ValueError, match="circle"):
        season_plan(plan["days"], {**plan["after"], "cut": ["mix"]})


def test_the_titles_of_the_last_hour() -> None:
    trending = answer("swe-screen-changed-constraints", "from collections")["Trending"]()
    for title, minute in (("a", 0), ("a", 1), ("b", 30), ("b", 59), ("b", 60)):
        trending.add(title, minute)
    assert trending.top(2, 60) == [("b", 3), ("a", 1)]
    assert trending.top(2, 61) == [("b", 3)]


def test_sessions_end_with_another_title_or_after_a_gap() -> None:
    sessions = answer("swe-coding-at-scale", "from collections")["sessions"]
    seconds = (0, "p", "x"), (10, "q", "x"), (300, "p", "x"), (310, "p", "y"), (320, "q", "x")
    beats = [*seconds, (700, "r", "z")]
    first, *others = sessions(beats)
    assert first == ("p", "x", 0, 300)  # by another title
    assert others[0] == ("q", "x", 10, 10)  # by a gap of 310 seconds
    assert others[1:] == [("p", "y", 310, 310), ("q", "x", 320, 320), ("r", "z", 700, 700)]


def test_the_lines_of_a_large_file_count_once() -> None:
    count = answer("swe-code-large-datasets", "import heapq")["minutes_per_title"]
    lines = ["p,x,1\n", "p,x,1\n", "q,x,1\n", "p,y,1\n", "p,y\n", "p,,1"]
    assert count(lines, parts=4) == ([(2, "x"), (1, "y")], 2)


def test_greedy_keys_are_never_missed() -> None:
    made = answer("swe-code-resource-limits", "def heavy_hitters")
    keys = ["a"] * 30 + [str(number) for number in range(65)] + ["b"] * 5
    found = made["heavy_hitters"](keys, 4)
    assert "a" in found
    assert made["confirmed"](keys, found, 0.2) == {"a": 30}
