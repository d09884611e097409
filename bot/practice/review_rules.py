"""How a workspace reviews: the settings of the instance, and what its managers changed."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.places import Member, Workspace
from bot.domain.refusals import Refusal
from bot.domain.reviews import ReviewRules
from bot.practice.ports import Ports
from bot.practice.records import RecordLine, Transaction

log = logging.getLogger(__name__)

FACT = "review rules"
"""The small fact under which a workspace's changes are kept, as JSON of options and their texts."""
BOUNDS = {"give": (0, 5), "days": (1, 14), "wanted": (1, 5), "most": (1, 20), "gold": (0, 2)}
"""The least and the most of each option that is a number; `days` is the longest that give-to-get holds a review."""
WORDS = {"names": ("named", "peer"), "practice": ("yes", "no")}
"""The words of each other option."""


@dataclass(eq=False)
class BadRule(Refusal):
    """An option of the review settings has no such value; `known` are its words, or its least and its most."""

    option: str
    text: str
    known: tuple[str, ...]


def rules_in(ports: Ports, tx: Transaction, workspace: Workspace) -> ReviewRules:
    """How a workspace reviews, inside a transaction."""
    kept = tx.recalled(workspace, FACT)
    return _with(ports.rules.reviews, json.loads(kept)) if kept is not None else ports.rules.reviews


async def rules_for(ports: Ports, workspace: Workspace) -> ReviewRules:
    """How a workspace reviews."""
    return await ports.store.read(lambda tx: rules_in(ports, tx, workspace))


async def set_rules(ports: Ports, by: Member, changes: Mapping[str, str]) -> ReviewRules:
    """Change some of the options `names`, `give`, `days`, `wanted`, `most`, `gold`, `practice`. Refuses BadRule."""
    asked = {option: _checked(option, text) for option, text in changes.items()}

    def work(tx: Transaction) -> ReviewRules:
        kept = json.loads(tx.recalled(by.workspace, FACT) or "{}")
        now = ports.clock.now()
        tx.remember(by.workspace, FACT, json.dumps({**kept, **asked}), now)
        if asked:
            detail = ", ".join(f"{option} {text}" for option, text in sorted(asked.items()))
            tx.record(by.workspace, RecordLine(now, by.id, "set reviews", detail))
            tx.call_for_every_held(by.workspace, now)
        return rules_in(ports, tx, by.workspace)

    rules = await ports.store.write(work)
    log.info("reviews set", extra={"facts": {"workspace": by.workspace.key, "by": by.id}})
    return rules


def _checked(option: str, text: str) -> str:
    text = text.strip().casefold()
    if option in WORDS:
        if text not in WORDS[option]:
            raise BadRule(option, text, WORDS[option])
        return text
    least, most = BOUNDS[option]
    if not (text.isascii() and text.isdigit() and len(text) <= 2 and least <= int(text) <= most):
        raise BadRule(option, text, (str(least), str(most)))
    return str(int(text))


def _with(rules: ReviewRules, changes: Mapping[str, str]) -> ReviewRules:
    for option, text in changes.items():
        rules = _ONE[option](rules, text)
    return rules


_ONE: dict[str, Callable[[ReviewRules, str], ReviewRules]] = {
    "names": lambda rules, text: replace(rules, named=text == "named"),
    "give": lambda rules, text: replace(rules, give=int(text)),
    "days": lambda rules, text: replace(rules, fallback=timedelta(days=int(text))),
    "wanted": lambda rules, text: replace(rules, wanted=int(text)),
    "most": lambda rules, text: replace(rules, most_a_day=int(text)),
    "gold": lambda rules, text: replace(rules, gold=int(text)),
    "practice": lambda rules, text: replace(rules, practice=text == "yes"),
}
