"""Every button and every form, once: what a press does and what a filled-in form does.

A platform's door calls `press` and `submit` with the action's name and the value that came back from it. Both are
somebody's word only: the use case looks the value up in the presser's own workspace and asks whose it is.
"""

from bot.chat.calls import (
    Action,
    Caller,
    FieldError,
    Filled,
    MessageAction,
    NotManager,
    Outcome,
    Quiet,
    Response,
    SomebodyElsesButton,
    UnknownAction,
)
from bot.chat.guard import guarded, own_zone
from bot.chat.importing import import_upload
from bot.chat.reading_answers import READ_ACTION
from bot.chat.reviewing import REVIEW_ACTIONS, REVIEW_MESSAGE
from bot.chat.wording import answers, buttons, privacy, questions, refusals, sharing, starring, streaks
from bot.domain.places import Thread
from bot.domain.questions import Kind
from bot.domain.refusals import NoSuchReply, TooLong, TooShort
from bot.domain.rounds import Reply
from bot.domain.suggestions import BadProposal, proposal_of
from bot.practice import answering, asking, mending, revealing, suggesting
from bot.practice import privacy as own_data


async def press(caller: Caller, action: str, value: str) -> Outcome:
    """Press a button. An unknown action is refused like anything else that the rules refuse."""
    return await guarded(caller, _press(caller, action, value))


async def submit(caller: Caller, action: str, value: str, filled: Filled) -> Outcome:
    """Send a filled-in form. A FieldError means: show the form again with what was typed."""
    return await guarded(caller, _submit(caller, action, value, filled))


async def _press(caller: Caller, action: str, value: str) -> Outcome:
    if action not in ACTIONS:
        raise UnknownAction(action)
    return await ACTIONS[action].press(caller, value)


async def _submit(caller: Caller, action: str, value: str, filled: Filled) -> Outcome:
    known = ACTIONS.get(action)
    if known is None or known.submit is None:
        raise UnknownAction(action)
    return await known.submit(caller, value, filled)


async def _open_answer(caller: Caller, round_id: str) -> Outcome:
    """The form in one field, or in four for a story that is not told otherwise yet."""
    round_, own = await answering.open_answer(caller.ports, round_id, caller.member)
    present = own.text if own else ""
    parts = starring.parts_of(present) if round_.question.kind is Kind.BEHAVIORAL else None
    if parts is not None:
        return starring.star_form(round_id, parts)
    return answers.answer_form(round_id, present, caller.ports.rules.minimum_length)


async def _send_answer(caller: Caller, round_id: str, filled: Filled) -> Outcome:
    """The form in one field or in four; which one was sent is seen by its fields."""
    whole = filled.fields.get(answers.TEXT_FIELD)
    text = whole if whole is not None else starring.text_of(filled.fields)
    try:
        kept = await answering.submit(caller.ports, round_id, caller.member, text, filled.id, filled.at)
    except TooShort as refusal:
        at = answers.TEXT_FIELD if whole is not None else starring.first_empty(filled.fields)
        return FieldError(at, refusals.sentence(refusal))
    except TooLong as refusal:
        at = answers.TEXT_FIELD if whole is not None else starring.longest(filled.fields)
        return FieldError(at, refusals.sentence(refusal))
    return Response(answers.kept_card(kept))


async def _hint(caller: Caller, round_id: str) -> Outcome:
    return Response(
        questions.hint_card(await revealing.hint(caller.ports, round_id, caller.member), round_id)
    )


async def _points(caller: Caller, round_id: str) -> Outcome:
    return Response(
        questions.key_points_card(await revealing.key_points(caller.ports, round_id, caller.member))
    )


async def _sample(caller: Caller, round_id: str) -> Outcome:
    return Response(
        questions.sample_answer_card(await revealing.sample_answer(caller.ports, round_id, caller.member))
    )


async def _replace(caller: Caller, value: str) -> Outcome:
    return await _use_reply(caller, value, answering.Use.REPLACE)


async def _add(caller: Caller, value: str) -> Outcome:
    return await _use_reply(caller, value, answering.Use.ADD)


async def _use_reply(caller: Caller, value: str, how: answering.Use) -> Outcome:
    thread, slash, message = value.partition("/")
    if not (thread and slash and message):
        raise NoSuchReply
    place = Thread(caller.channel, thread)
    kept = await answering.use_reply(caller.ports, place, message, caller.member, how)
    return Response(answers.kept_card(kept))


async def _withdraw(caller: Caller, answer_id: str) -> Outcome:
    return Response(answers.kept_card(await answering.withdraw(caller.ports, answer_id, caller.member)))


async def _restore(caller: Caller, answer_id: str) -> Outcome:
    return Response(answers.restored_card(await answering.restore(caller.ports, answer_id, caller.member)))


async def _repair(caller: Caller, _value: str) -> Outcome:
    streak = await mending.repair(caller.ports, caller.member)
    return Response(streaks.repaired_card(streak, await own_zone(caller)))


async def _ask(caller: Caller, question_id: str) -> Outcome:
    await asking.ask_this(caller.ports, caller.channel, caller.member, question_id)
    return Quiet()


async def _delete_me(caller: Caller, mark: str) -> Outcome:
    if mark != privacy.mark_of(caller.member):
        raise SomebodyElsesButton
    return Response(privacy.deleted_card(await own_data.delete(caller.ports, caller.member)))


async def _count(caller: Caller, reply: Reply | None) -> Outcome:
    if reply is None:
        raise NoSuchReply
    return Response(answers.kept_card(await answering.count_reply(caller.ports, reply, caller.member), reply))


async def _import(caller: Caller, _reply: Reply | None) -> Outcome:
    _managers_only(caller, "pack import")
    if caller.upload is None:
        return Response(sharing.NO_FILE)
    return await import_upload(caller, caller.upload)


MESSAGE_ACTIONS: tuple[MessageAction, ...] = (
    MessageAction(buttons.COUNT, buttons.OF_MESSAGES[buttons.COUNT], _count),
    REVIEW_MESSAGE,
    MessageAction(buttons.IMPORT, buttons.OF_MESSAGES[buttons.IMPORT], _import, takes_file=True),
)
"""What can be done with a message, on platforms that have a menu for messages."""


def message_action(name: str) -> MessageAction | None:
    """An entry of a message's menu by its name."""
    return next((each for each in MESSAGE_ACTIONS if each.name == name), None)


async def use_message(caller: Caller, name: str, reply: Reply | None) -> Outcome:
    """Do something with a message; an unknown action is refused like anything else that the rules refuse."""
    return await guarded(caller, _use_message(caller, name, reply))


async def _use_message(caller: Caller, name: str, reply: Reply | None) -> Outcome:
    found = message_action(name)
    if found is None:
        raise UnknownAction(name)
    return await found.run(caller, reply)


async def _open_suggestion(caller: Caller, _value: str) -> Outcome:
    return sharing.suggest_form(caller.bank)


async def _send_suggestion(caller: Caller, _value: str, filled: Filled) -> Outcome:
    given = {name: filled.fields.get(name, "") for name in sharing.SUGGESTION}
    try:
        proposal = proposal_of(**given, tracks=sharing.tracks_of(caller.bank))
    except BadProposal as refusal:
        return FieldError(sharing.field_of(refusal), refusals.sentence(refusal))
    await suggesting.suggest(caller.ports, caller.member, proposal, filled.id)
    return Response(sharing.suggested_card())


async def _accept(caller: Caller, id_: str) -> Outcome:
    _managers_only(caller)
    await suggesting.accept(caller.ports, id_, caller.member)
    return Response(
        sharing.open_card(await suggesting.open_suggestions(caller.ports, caller.member), sharing.ACCEPTED)
    )


async def _open_decline(caller: Caller, id_: str) -> Outcome:
    _managers_only(caller)
    return sharing.decline_form(id_)


async def _decline(caller: Caller, id_: str, filled: Filled) -> Outcome:
    _managers_only(caller)
    try:
        await suggesting.decline(caller.ports, id_, caller.member, filled.fields.get(sharing.REASON, ""))
    except BadProposal as refusal:
        return FieldError(sharing.REASON, refusals.sentence(refusal))
    return Response(
        sharing.open_card(await suggesting.open_suggestions(caller.ports, caller.member), sharing.DECLINED)
    )


def _managers_only(caller: Caller, command: str = "pack suggestions") -> None:
    """Asked again at every press: a card may be older than a role."""
    if not caller.is_manager:
        raise NotManager(command)


ACTIONS: dict[str, Action] = {
    action.name: action
    for action in (
        Action(buttons.ANSWER, buttons.LABELS[buttons.ANSWER], _open_answer, _send_answer),
        Action(buttons.HINT, buttons.LABELS[buttons.HINT], _hint),
        Action(buttons.POINTS, buttons.LABELS[buttons.POINTS], _points),
        Action(buttons.SAMPLE, buttons.LABELS[buttons.SAMPLE], _sample),
        Action(buttons.REPLACE, buttons.LABELS[buttons.REPLACE], _replace),
        Action(buttons.ADD, buttons.LABELS[buttons.ADD], _add),
        Action(buttons.WITHDRAW, buttons.LABELS[buttons.WITHDRAW], _withdraw),
        Action(buttons.RESTORE, buttons.LABELS[buttons.RESTORE], _restore),
        Action(buttons.REPAIR, buttons.LABELS[buttons.REPAIR], _repair),
        Action(buttons.ASK, buttons.LABELS[buttons.ASK], _ask),
        Action(buttons.SUGGEST, buttons.LABELS[buttons.SUGGEST], _open_suggestion, _send_suggestion),
        Action(buttons.ACCEPT, buttons.LABELS[buttons.ACCEPT], _accept),
        Action(buttons.DECLINE, buttons.LABELS[buttons.DECLINE], _open_decline, _decline),
        Action(buttons.DELETE_ME, buttons.LABELS[buttons.DELETE_ME], _delete_me),
        READ_ACTION,
        *REVIEW_ACTIONS,
    )
}
"""The actions by name."""
