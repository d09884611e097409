"""What the installed packs tell besides questions: guides by kind and name, and what there is in all."""

from collections.abc import Awaitable, Callable, Sequence

from bot.chat.calls import Caller, Command, Option, OptionKind, Outcome, Response, Values
from bot.chat.commands.nearest import nearest
from bot.chat.wording import guides as words
from bot.domain.bank import Bank
from bot.domain.guides import GuideKind

LOOP = "-loop"
"""What is added to a role's id for the name of its loop, as a stage might be called so too."""


def _names(kind: GuideKind) -> Callable[[Bank], Sequence[str]]:
    def known(bank: Bank) -> Sequence[str]:
        loops = [loop.id + LOOP for loop in bank.loops] if kind is GuideKind.STAGE else []
        return (*loops, *(guide.id for guide in bank.guides(kind)))

    return known


def _show(kind: GuideKind) -> Callable[[Caller, Values], Awaitable[Outcome]]:
    async def show(caller: Caller, values: Values) -> Outcome:
        bank = caller.bank
        wanted = values.get("name")
        if wanted is None:
            return Response(words.names_card(kind, _titles(bank, kind)))
        name = "-".join(wanted.casefold().split())
        if (guide := bank.guide(kind, name)) is not None:
            return Response(words.guide_card(guide, bank))
        if kind is GuideKind.STAGE:
            loop = next((loop for loop in bank.loops if loop.id + LOOP == name), None)
            if loop is not None:
                return Response(words.loop_card(loop, bank))
        near = nearest(name, _names(kind)(bank), 1)
        return Response(words.unknown_card(kind, wanted, next(iter(near), None), _titles(bank, kind)))

    return show


def _titles(bank: Bank, kind: GuideKind) -> tuple[tuple[str, str], ...]:
    """Names with their titles."""
    loops = [(loop.id + LOOP, loop.title) for loop in bank.loops] if kind is GuideKind.STAGE else []
    return (*loops, *((guide.id, guide.title) for guide in bank.guides(kind)))


async def _packs(caller: Caller, _values: Values) -> Outcome:
    return Response(words.packs_card(caller.bank))


def _command(kind: GuideKind, description: str, about: str, example: str) -> Command:
    option = Option("name", about, OptionKind.CHOICE, known=_names(kind))
    name = f"guide {kind}"
    return Command(name, description, _show(kind), (option,), examples=(f"/{name}", f"/{name} {example}"))


GUIDE = (
    _command(
        GuideKind.STAGE,
        "The stages of an interview loop: order, length, what counts",
        "A stage, or a role’s whole loop; all if left out",
        "recruiter-screen",
    ),
    _command(GuideKind.FRAME, "Shapes for a good answer", "A frame; all if left out", "star"),
    _command(
        GuideKind.CHECKLIST,
        "What to prepare, and what to ask",
        "A checklist; all if left out",
        "night-before",
    ),
    _command(GuideKind.VALUE, "What a value means, and how to show it", "A value; all if left out", "candor"),
    _command(
        GuideKind.MISTAKES,
        "What costs the offer, and what to do instead",
        "A subject; all if left out",
        "stories",
    ),
)
"""A kind of guide each; without a name they list what there is."""

PACKS = Command("packs", "The installed packs: how many questions and guides of which sort", _packs)
