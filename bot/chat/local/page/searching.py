"""What somebody looks for among the installed questions: filters, words of the title, and their own standing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from bot.chat.local.page.pane import field_text
from bot.domain.bank import Bank, passes
from bot.domain.questions import Filters, Question
from bot.practice.outcomes import Practiced

FILTERS = ("track", "level", "kind", "stage", "topic")
MINE = (("", "All"), ("open", "Not answered yet"), ("new", "Not seen yet"), ("answered", "Answered"))
"""Where the asker stands with a question: the value in the address, and its label."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; an empty text lets everything through. `words` are looked for in titles, in any order."""

    words: str = ""
    track: str = ""
    level: str = ""
    kind: str = ""
    stage: str = ""
    topic: str = ""
    mine: str = ""

    def query(self) -> dict[str, str]:
        """What is set, as it stands in an address."""
        set_ = ((part.name, getattr(self, part.name)) for part in fields(self))
        return {name: value for name, value in set_ if value}


def search_of(query: Mapping[str, object], bank: Bank) -> Search:
    """The search that an address or a form asks for; a value that is not offered is left out."""
    texts = {part.name: field_text(query.get(part.name)) for part in fields(Search)}
    for name in FILTERS:
        if texts[name] not in bank.values(name):
            texts[name] = ""
    if texts["mine"] not in dict(MINE):
        texts["mine"] = ""
    return Search(**texts)


def found(bank: Bank, search: Search, own: Practiced) -> Sequence[Question]:
    """The questions that are what is looked for, in the packs' order."""
    filters = Filters(**{name: getattr(search, name) or None for name in FILTERS})
    words = search.words.casefold().split()
    return [
        question
        for question in bank.questions
        if passes(question, filters)
        and all(word in question.title.casefold() for word in words)
        and _stands(question.id, search.mine, own)
    ]


def _stands(id_: str, mine: str, own: Practiced) -> bool:
    match mine:
        case "open":
            return id_ not in own.answered
        case "new":
            return id_ not in own.seen
        case "answered":
            return id_ in own.answered
        case _:
            return True
