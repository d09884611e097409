"""Commands of everyday practice: a question, one's streak, the last weeks, the board."""

from collections.abc import Callable, Sequence

from bot.chat.calls import Caller, Command, Option, OptionKind, Outcome, Quiet, Response, Values
from bot.chat.guard import own_zone
from bot.chat.wording import streaks
from bot.domain.bank import Bank
from bot.domain.questions import Filters
from bot.practice import asking, standing


def _values(name: str) -> Callable[[Bank], Sequence[str]]:
    return lambda bank: bank.values(name)


FILTERS = (
    Option("track", "The role", OptionKind.CHOICE, known=_values("track")),
    Option("level", "The seniority", OptionKind.CHOICE, known=_values("level")),
    Option("topic", "A subject", OptionKind.CHOICE, known=_values("topic")),
    Option("kind", "The sort of question", OptionKind.CHOICE, known=_values("kind")),
    Option("stage", "The stage of the interview", OptionKind.CHOICE, known=_values("stage")),
)
"""The options that choose among questions; the same for `/question` and `/daily set`."""


def filters(values: Values) -> Filters:
    """The filters among some values; what is not given lets everything through."""
    return Filters(**{option.name: values.get(option.name) for option in FILTERS})


async def _question(caller: Caller, values: Values) -> Outcome:
    await asking.ask(caller.ports, caller.channel, caller.member, filters(values))
    return Quiet()


async def _streak(caller: Caller, _values: Values) -> Outcome:
    streak = await standing.streak_of(caller.ports, caller.member)
    return Response(streaks.streak_card(streak, await own_zone(caller)))


async def _progress(caller: Caller, _values: Values) -> Outcome:
    return Response(streaks.progress_card(await standing.progress(caller.ports, caller.member)))


async def _board(caller: Caller, _values: Values) -> Outcome:
    board = await standing.board(caller.ports, caller.member)
    return Response(streaks.board_card(board), private=False)


PRACTICING = (
    Command(
        "question",
        "Ask for an interview question, with a thread to answer in",
        _question,
        FILTERS,
        examples=("/question backend", "/question senior system-design", "/question track:backend level:mid"),
    ),
    Command("streak", "Your practice days in a row, with the reason of each change", _streak),
    Command("progress", "Your last twelve weeks", _progress),
    Command("board", "Who practiced most this month", _board, public=True),
)
