"""What the bot says when it says no: what is wrong, where, and what to do. One sentence for each kind of Refusal."""

from collections.abc import Callable
from typing import Any

from bot.chat import calls
from bot.chat.cards import Card, Text, Tone
from bot.chat.literal import shown
from bot.chat.wording.review_refusals import REVIEW_SENTENCES
from bot.chat.wording.sharing_refusals import SHARING_SENTENCES
from bot.chat.wording.times import clock, count, day, listed, moment, said, words
from bot.domain import bank, refusals, repairs, schedules, wall_time, zones
from bot.domain.refusals import Refusal

UNAVAILABLE = Card(
    "I cannot keep that right now.",
    (Text(("My store does not answer. Try again in a minute; what I confirmed before is safe.",)),),
    tone=Tone.CAREFUL,
)
SLOW_DOWN = Card(
    "One moment.",
    (Text(("That was a lot at once, so I left the last call out. Wait ten seconds, then try again.",)),),
    tone=Tone.CAREFUL,
)
UNSETTLED = Card(
    "Your words are kept.",
    (Text(("I could not settle them as an answer yet, and try again by myself. Do not send them again.",)),),
    tone=Tone.CAREFUL,
)
FAULT = Card(
    "Something went wrong on my side.",
    (Text(("It is written down for those who run me. Try again; if it stays, tell them.",)),),
    tone=Tone.CAREFUL,
)
_SHOWN_VALUES = 12
_SETTLED = frozenset({"posted", "skipped", "failed"})


def refusal_card(refusal: Refusal, zone: str = "UTC") -> Card:
    """A refusal as a card for the asker; times are in `zone`."""
    return Card("That did not work.", (Text((sentence(refusal, zone),)),), tone=Tone.REFUSED)


def sentence(refusal: Refusal, zone: str = "UTC") -> str:
    """A refusal in words; raises KeyError for a kind that has none, which a test forbids."""
    return SENTENCES[type(refusal)](refusal, zone)


def no_such_value(refusal: bank.NoSuchValue, _zone: str) -> str:
    """An unknown track, level, topic, kind or stage."""
    start = f"There is no {refusal.option} {said(refusal.text)}."
    if refusal.nearest is not None:
        return f"{start} Did you mean {refusal.nearest}?"
    if not refusal.known:
        return f"{start} No question is installed yet."
    if len(refusal.known) > _SHOWN_VALUES:
        return f"{start} For example: {', '.join(refusal.known[:_SHOWN_VALUES])}. /question completes them."
    return f"{start} Choose {listed(refusal.known, 'or')}."


def empty_pool(refusal: bank.EmptyPool, _zone: str) -> str:
    """Filters that no question passes."""
    asked = refusal.filters
    given = (asked.track, asked.level, asked.kind, asked.topic, asked.stage)
    wanted = ", ".join(words(shown(value)) for value in given if value)
    if not wanted:
        return "No question is installed yet. Whoever runs me can add a pack."
    if sum(value is not None for value in given) == 1:
        return f"No installed question is {wanted}. Choose something else."
    return f"No question is all of this: {wanted}. Leave one of them out, and try again."


def missing_rights(refusal: refusals.MissingRights, _zone: str) -> str:
    """Rights that the bot lacks in a channel, as the platform's screens name them."""
    return (
        f"In this channel I lack: {listed(refusal.rights)}. A manager can grant them to me in the channel’s settings;"
        " then try again. Nothing was changed."
    )


def unknown_command(refusal: calls.UnknownCommand, _zone: str) -> str:
    """A word after the slash that is no command."""
    if not refusal.text:
        return "Type a command after the slash; /help lists them."
    if refusal.nearest:
        near = listed([f"/{name}" for name in refusal.nearest], "or")
        return f"There is no command {said(refusal.text)}. Did you mean {near}? /help lists all."
    return f"There is no command {said(refusal.text)}. /help lists all."


def unknown_option(refusal: calls.UnknownOption, _zone: str) -> str:
    """A `name:value` with a name that the command does not have."""
    start = f"/{refusal.command} has no option {said(refusal.option)}."
    if refusal.nearest is not None:
        return f"{start} Did you mean {refusal.nearest}?"
    return f"{start} It takes {listed(refusal.known)}." if refusal.known else f"{start} It takes none."


def missing_option(refusal: calls.MissingOption, _zone: str) -> str:
    """A required option that was left out."""
    example = f", for example {refusal.example}" if refusal.example else ""
    return f"/{refusal.command} needs a {refusal.option}{example}."


def bad_value(refusal: calls.BadValue, _zone: str) -> str:
    """A word that fits no option, or not the one it was given for."""
    where = f" as {refusal.option}" if refusal.option else ""
    start = f"I cannot read {said(refusal.text)}{where} in /{refusal.command}."
    if refusal.nearest:
        return f"{start} Did you mean {listed(refusal.nearest, 'or')}?"
    if refusal.wanted is not None:
        return f"{start} Give {refusal.wanted}."
    return f"{start} /help {refusal.command} shows what it takes."


def no_such_zone(refusal: zones.NoSuchZone, _zone: str) -> str:
    """A text that is no canonical zone."""
    known = f" Near to it: {', '.join(refusal.nearest)}." if refusal.nearest else ""
    return f"I know no time zone {said(refusal.text)}.{known} A name looks like Europe/Berlin."


def bad_weekdays(refusal: schedules.BadWeekdays, _zone: str) -> str:
    """A text that names no weekdays."""
    near = f" Did you mean {listed(refusal.nearest, 'or')}?" if refusal.nearest else ""
    return f"I cannot read {said(refusal.text)} as weekdays.{near} Write them as mon-fri, sat,sun or daily."


def no_such_schedule(refusal: refusals.NoSuchSchedule, _zone: str) -> str:
    """A slot without a schedule."""
    if refusal.known:
        here = listed([said(slot) for slot in refusal.known])
        return f"This channel has no daily question {said(refusal.slot)}. It has {here}."
    return "This channel has no daily question yet. Set one, such as /daily set 09:00 mon-fri"


def not_yet(refusal: refusals.NotYet, zone: str) -> str:
    """Key points or a sample answer before their time."""
    return f"Answer first, then this opens for you. Without an answer it opens on {moment(refusal.reveal_at, zone)}."


def already_posted(refusal: refusals.AlreadyPosted, _zone: str) -> str:
    """A date of a slot that is settled."""
    state = f"{refusal.state} already" if refusal.state in _SETTLED else "on its way"
    return (
        f"The question of {said(refusal.slot)} for {day(refusal.local_date)} is {state}, and there is one"
        " a day. /daily log shows it; /question gives one more."
    )


def too_late(refusal: repairs.RepairTooLate, zone: str) -> str:
    """A repair after its 72 hours."""
    return (
        f"{day(refusal.local_date)} could be repaired until {moment(refusal.until, zone)}."
        " A manager can still give it back with /restore."
    )


def too_soon(refusal: repairs.RepairTooSoon, zone: str) -> str:
    """A second repair within 30 days."""
    opens = moment(refusal.again_at, zone)
    return f"You repaired a day less than 30 days ago. The next repair is open from {opens} on."


def _always(text: str) -> Callable[[Any, str], str]:
    return lambda _refusal, _zone: text


SENTENCES: dict[type[Refusal], Callable[[Any, str], str]] = {
    bank.NoSuchValue: no_such_value,
    bank.EmptyPool: empty_pool,
    bank.NoSuchQuestion: _always("That question is no longer installed. Choose another, or type /question."),
    calls.NotManager: lambda r, _: f"/{r.command} is for managers of this group. Ask one of them.",
    calls.UnknownCommand: unknown_command,
    calls.NeedsSubcommand: lambda r, _: f"/{r.group} needs one more word: {listed(r.known, 'or')}.",
    calls.UnknownOption: unknown_option,
    calls.MissingOption: missing_option,
    calls.BadValue: bad_value,
    calls.GivenTwice: lambda r, _: f"/{r.command} got {r.option} twice. Give it once.",
    calls.UnknownAction: _always("That button is from another version of me. Use the newest card, or /help."),
    calls.SomebodyElsesButton: _always("That button is somebody else’s. Type the command yourself."),
    refusals.NoSuchRound: _always("I cannot find that question here. /question gives you a new one."),
    refusals.NoSuchAnswer: _always(
        "I cannot find that answer among yours. Press Answer under the question instead."
    ),
    refusals.NoSuchReply: _always(
        "I cannot use that reply: it is gone, or it is not yours, or you have no answer yet. Press Answer instead."
    ),
    refusals.AnswerGone: _always(
        "That answer was withdrawn more than 24 hours ago, or its message was deleted. Press Answer to write a new one."
    ),
    refusals.NotYet: not_yet,
    refusals.TooShort: lambda r, _: (
        f"That has {count(r.length, 'visible character')}. An answer has at least {r.minimum}."
    ),
    refusals.TooLong: lambda r, _: (
        f"That has {r.length} characters, and a form carries {r.limit}. Reply in the thread for more."
    ),
    refusals.PostFailed: lambda r, _: (
        f"I could not post here; the answer was {said(r.reason)}. Ask a manager to check that I may post."
    ),
    refusals.NoHint: _always(
        "This question has no hints. Say what you can; the key points open after your answer."
    ),
    **SHARING_SENTENCES,
    **REVIEW_SENTENCES,
    refusals.MissingRights: missing_rights,
    refusals.ChannelShut: lambda r, zone: (
        "I was not allowed to post here three times in a row, so I wait before I try again:"
        f" until {clock(r.until, zone)}. Ask a manager to give me the rights."
    ),
    refusals.PostUnsettled: _always(
        "I cannot tell yet whether the question arrived. I look again in a moment, and post it if it did not."
    ),
    refusals.NoSuchSchedule: no_such_schedule,
    refusals.BadSlot: lambda r, _: (
        f"{said(r.text)} is no name for a slot. Take 1 to 32 of a-z, 0-9 and hyphen, such as evening."
    ),
    refusals.AlreadyPaused: lambda r, _: f"{said(r.slot)} is paused. /daily resume lets it run again.",
    refusals.NotPaused: lambda r, _: f"{said(r.slot)} is running. /daily list shows when it comes next.",
    refusals.AlreadyPosted: already_posted,
    refusals.AlreadySkipped: lambda r, _: (
        f"{said(r.slot)} leaves out {day(r.local_date)} already. /daily next shows what comes after it."
    ),
    refusals.NoPracticeDay: _always("Seven rest days leave none to practice on. Leave out at least one."),
    refusals.DayNotMissed: lambda r, _: (
        f"{day(r.local_date)} was not missed: it counts already, it is not over yet, or it comes before the first"
        " practice day. Give a past day without an answer."
    ),
    refusals.NoSuchMember: lambda r, _: (
        f"I know nobody called {said(r.text)} who has answered a question here. Check the name and try again."
    ),
    repairs.NothingToRepair: _always("There is nothing to repair: no missed day has broken your streak."),
    repairs.RepairTooLate: too_late,
    repairs.RepairTooSoon: too_soon,
    wall_time.BadTime: lambda r, _: (
        f"I cannot read {said(r.text)} as a time. Write it with 24 hours, such as 09:00 or 18:30."
    ),
    schedules.BadWeekdays: bad_weekdays,
    zones.NoSuchZone: no_such_zone,
}
