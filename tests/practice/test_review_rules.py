"""How a workspace reviews: each option, what is refused, that it lasts, and that others are not touched by it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.reviews import ReviewRules
from bot.practice import review_rules
from bot.practice.ports import Rules
from bot.practice.review_rules import BadRule
from bot.store.sqlite import opened
from tests.practice.group import ADA, HERE, STRANGER, THERE, group

BASE = ReviewRules()


@pytest.mark.parametrize(
    ("option", "text", "expected"),
    [
        ("names", "peer", replace(BASE, named=False)),
        ("names", " Named ", BASE),
        ("give", "5", replace(BASE, give=5)),
        ("give", "0", BASE),
        ("days", "1", replace(BASE, fallback=timedelta(days=1))),
        ("days", "14", replace(BASE, fallback=timedelta(days=14))),
        ("wanted", "1", replace(BASE, wanted=1)),
        ("wanted", "05", replace(BASE, wanted=5)),
        ("most", "1", replace(BASE, most_a_day=1)),
        ("most", "20", replace(BASE, most_a_day=20)),
        ("gold", "2", replace(BASE, gold=2)),
        ("practice", "YES", replace(BASE, practice=True)),
        ("practice", "no", BASE),
    ],
)
async def test_each_option_is_kept(option: str, text: str, expected: ReviewRules) -> None:
    own = group()
    assert await review_rules.set_rules(own.ports, ADA, {option: text}) == expected
    assert await review_rules.rules_for(own.ports, HERE) == expected
    assert await review_rules.rules_for(own.ports, THERE) == BASE


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("names", ""),
        ("names", "yes"),
        ("names", "peer\u200b"),
        ("give", "6"),
        ("give", "-1"),
        ("give", "1.5"),
        ("give", "\u0663"),
        ("give", "\u00b2"),
        ("give", ""),
        ("give", "1e0"),
        ("days", "0"),
        ("days", "15"),
        ("days", "9" * 5000),
        ("days", "003"),
        ("wanted", "0"),
        ("wanted", "6"),
        ("most", "0"),
        ("most", "21"),
        ("most", "all"),
        ("gold", "3"),
        ("practice", "true"),
    ],
)
async def test_a_value_that_there_is_not_is_refused_with_what_there_is(option: str, text: str) -> None:
    own = group()
    with pytest.raises(BadRule) as caught:
        await review_rules.set_rules(own.ports, ADA, {"gold": "1", option: text})
    assert caught.value.option == option and caught.value.text == text
    if option in review_rules.WORDS:
        assert caught.value.known == review_rules.WORDS[option]
    else:
        assert caught.value.known == tuple(map(str, review_rules.BOUNDS[option]))
    assert await review_rules.rules_for(own.ports, HERE) == BASE  # none of it was kept


async def test_options_are_changed_one_by_one_and_together_and_recorded() -> None:
    own = group()
    await review_rules.set_rules(own.ports, ADA, {"give": "2", "names": "peer"})
    found = await review_rules.set_rules(own.ports, ADA, {"give": "3", "most": "7"})
    assert found == replace(BASE, named=False, give=3, most_a_day=7)
    assert await review_rules.set_rules(own.ports, ADA, {}) == found
    lines = await own.ports.store.read(lambda tx: tx.records(HERE, 9))
    assert [(line.by, line.action, line.detail) for line in lines] == [
        ("ada", "set reviews", "give 3, most 7"),
        ("ada", "set reviews", "give 2, names peer"),
    ]
    assert await own.ports.store.read(lambda tx: tx.records(THERE, 9)) == []


async def test_what_managers_set_wins_over_the_instances_settings_and_the_rest_follows_them() -> None:
    instance = ReviewRules(named=False, give=4, practice=True)
    own = group(rules=Rules("UTC", reviews=instance))
    await review_rules.set_rules(own.ports, ADA, {"give": "0"})
    assert await review_rules.rules_for(own.ports, HERE) == replace(instance, give=0)
    newer = replace(own.ports, rules=Rules("UTC", reviews=replace(instance, gold=2)))
    assert await review_rules.rules_for(newer, HERE) == replace(instance, give=0, gold=2)


async def test_both_workspaces_have_rules_of_their_own() -> None:
    own = group()
    await review_rules.set_rules(own.ports, ADA, {"gold": "1"})
    await review_rules.set_rules(own.ports, STRANGER, {"gold": "2", "days": "9"})
    assert await review_rules.rules_for(own.ports, HERE) == replace(BASE, gold=1)
    assert await review_rules.rules_for(own.ports, THERE) == replace(BASE, gold=2, fallback=timedelta(days=9))


async def test_rules_outlive_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "practice.sqlite"
    async with opened(file, "first") as store:
        await review_rules.set_rules(group(store).ports, ADA, {"days": "5", "practice": "yes"})
    async with opened(file, "second") as store:
        found = await review_rules.rules_for(group(store).ports, HERE)
    assert found == replace(BASE, fallback=timedelta(days=5), practice=True)
