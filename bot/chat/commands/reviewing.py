"""Commands of peer review: an answer to review, one's own reviews, gold answers, comparisons; the log and settings."""

from collections.abc import Callable, Sequence

from bot.chat.calls import BadValue, Caller, Command, Option, OptionKind, Outcome, Response, Values, Who
from bot.chat.guard import own_zone
from bot.chat.reviewing import task_card
from bot.chat.wording import comparing as words
from bot.chat.wording import overseeing, reviewing
from bot.domain.bank import Bank
from bot.practice import calibrating, comparing, reminding, review_queue, review_rules
from bot.practice import reviewing as reviews

ON, OFF = "on", "off"


def _tracks(bank: Bank) -> Sequence[str]:
    return bank.values("track")


def _only(*values: str) -> Callable[[Bank], Sequence[str]]:
    return lambda _bank: values


async def _next(caller: Caller, values: Values) -> Outcome:
    track = _track(caller, "review next", values)
    return task_card(caller, await review_queue.next_task(caller.ports, caller.member, caller.channel, track))


def _track(caller: Caller, command: str, values: Values) -> str | None:
    """The track that was asked for, as it is written; refuses BadValue for one that there is not."""
    text = values.get("track")
    if text is None:
        return None
    wanted = "-".join(text.casefold().split())
    known = _tracks(caller.bank)
    if wanted not in known:
        raise BadValue(command, "track", text, wanted=", ".join(known) or None)
    return wanted


async def _mine(caller: Caller, _values: Values) -> Outcome:
    found = await review_queue.mine(caller.ports, caller.member)
    return Response(reviewing.mine_card(found, await own_zone(caller)))


async def _remind(caller: Caller, values: Values) -> Outcome:
    wish = values["switch"].casefold()
    if wish not in (ON, OFF):
        raise BadValue("review remind", "switch", values["switch"], wanted=f"{ON} or {OFF}")
    await reminding.choose_reminders(caller.ports, caller.member, wish == ON)
    return Response(reviewing.reminders_card(wish == ON))


async def _gold(caller: Caller, _values: Values) -> Outcome:
    return task_card(caller, await calibrating.gold_task(caller.ports, caller.member))


async def _ranking(caller: Caller, _values: Values) -> Outcome:
    found = await comparing.ranking(caller.ports, caller.channel, caller.member)
    return Response(words.ranking_card(found, caller.member))


async def _log(caller: Caller, _values: Values) -> Outcome:
    return Response(overseeing.log_card(await reviews.log_of(caller.ports, caller.member)))


async def _settings(caller: Caller, values: Values) -> Outcome:
    if not values:
        rules = await review_rules.rules_for(caller.ports, caller.member.workspace)
        return Response(overseeing.rules_card(rules))
    rules = await review_rules.set_rules(caller.ports, caller.member, values)
    return Response(overseeing.rules_card(rules, changed=True))


async def _compare(caller: Caller, values: Values) -> Outcome:
    track = _track(caller, "compare", values)
    return Response(
        words.compare_card(await comparing.next_pair(caller.ports, caller.member, caller.channel, track))
    )


_TRACK = Option("track", "The role", OptionKind.CHOICE, known=_tracks)


def _setting(name: str, description: str) -> Option:
    """One rule with the values that it may have; a number is chosen like a word, so that every platform offers it."""
    bounds = review_rules.BOUNDS.get(name)
    numbers = map(str, range(bounds[0], bounds[1] + 1)) if bounds is not None else ()
    known = _only(*numbers, *review_rules.WORDS.get(name, ()))
    return Option(name, description, OptionKind.CHOICE, known=known, by_name=True)


_SETTINGS = (
    _setting("names", "Whether reviews say who wrote them"),
    _setting("give", "Reviews to give before one’s own are shown"),
    _setting("days", "Days after which they are shown anyway"),
    _setting("wanted", "Reviews that an answer waits for"),
    _setting("most", "Answers for one member a day"),
    _setting("gold", "Gold answers to review first in each track"),
    _setting("practice", "Whether a review counts as practice"),
)

REVIEWING = (
    Command(
        "review next",
        "Review the answer that needs it most",
        _next,
        (_TRACK,),
        examples=("/review next", "/review next backend"),
    ),
    Command("review mine", "Reviews you got and gave, and what is open", _mine),
    Command(
        "review remind",
        "Be told when answers wait, or not",
        _remind,
        (Option("switch", "on or off", OptionKind.CHOICE, required=True, known=_only(ON, OFF)),),
        examples=("/review remind on", "/review remind off"),
    ),
    Command("review gold", "Review a gold answer, and see our review of it beside yours", _gold),
    Command("review ranking", "How the answers here compare, by /compare", _ranking),
    Command(
        "compare",
        "Two answers to one question: which is stronger?",
        _compare,
        (_TRACK,),
        examples=("/compare", "/compare backend"),
    ),
)
"""Commands for everybody."""

OVERSEEING = (
    Command(
        "review log", "The newest reviews and who wrote them, flagged ones first", _log, who=Who.MANAGERS
    ),
    Command(
        "review settings",
        "How this group reviews: show it, or change it",
        _settings,
        _SETTINGS,
        Who.MANAGERS,
        ("/review settings", "/review settings give:2 days:3", "/review settings names:peer"),
    ),
)
"""Commands for managers."""
