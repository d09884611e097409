"""Which reply stands as a member's answer, and whether it counts; the same end in whatever order things arrive.

The rule (GLOSSARY, Answer): of a member's replies in a round's thread and filled-in Answer forms, the earliest
created one that is long enough and not deleted is their answer. Later ones are comments until the author makes
one the answer, or adds it, by a button or by the form. After withdrawing, only what was said since can stand;
so that this is not forgotten when something new stands, a withdrawal is kept among the replies, as one without text.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.answers_text import fingerprint, own_text, visible_length
from bot.domain.places import Thread
from bot.domain.rounds import Answer, Reply, StoredReply

FORM_LIMIT = 3000
"""Characters in a form's text field that every platform carries (Slack's modal input)."""

_WITHDRAWAL = "withdrawal-"


def read_reply(
    reply: Reply, round_: str, question: str, minimum: int, edited_at: datetime | None
) -> StoredReply:
    """A reply or an edit as it is kept; `minimum` is the visible length of the member's own words that counts."""
    enough = visible_length(own_text(reply.text, question)) >= minimum
    return StoredReply(
        reply=reply,
        round=round_,
        edited_at=edited_at,
        deleted_at=None,
        enough_at=(edited_at or reply.at) if enough else None,
        fingerprint=fingerprint(reply.text) if enough else None,
    )


def deleted_reply(reply: Reply, round_: str, at: datetime) -> StoredReply:
    """What is kept of a reply of which only the deletion is known; its text is gone."""
    return StoredReply(replace(reply, text=""), round_, None, at, None, None)


def merge(known: StoredReply, news: StoredReply) -> StoredReply:
    """Two pieces of news about one message as one, whichever came first.

    The newest edit's text stays; the earliest version that was long enough decides what counts; a deletion is
    final and takes the text with it.
    """
    newest = max((known, news), key=_text_order)
    earliest = min((known, news), key=_enough_order)
    deleted = min((one.deleted_at for one in (known, news) if one.deleted_at), default=None)
    text = "" if deleted else newest.reply.text
    return StoredReply(
        reply=replace(newest.reply, text=text),
        round=known.round,
        edited_at=newest.edited_at,
        deleted_at=deleted,
        enough_at=earliest.enough_at,
        fingerprint=earliest.fingerprint,
    )


def creation(stored: StoredReply) -> tuple[datetime, str]:
    """The order of replies: by creation time, ties by message."""
    return stored.reply.at, stored.reply.message


def _text_order(one: StoredReply) -> tuple[bool, datetime, str]:
    return one.edited_at is not None, one.edited_at or one.reply.at, one.reply.text


def _enough_order(one: StoredReply) -> tuple[bool, datetime, str]:
    """Earliest first; of two texts from one instant always the same one."""
    return one.enough_at is None, one.enough_at or one.reply.at, one.fingerprint or ""


def withdrawal(answer: Answer, thread: Thread, at: datetime) -> StoredReply:
    """What is kept of it that a member took their answer back by its button: what they said until then is no answer."""
    reply = Reply(thread, f"{_WITHDRAWAL}{answer.id}", answer.member, "", at, by_form=True)
    return StoredReply(reply, answer.round, None, at, None, None)


def taken_back(withdrawn: StoredReply) -> StoredReply:
    """The same when the withdrawal is taken back: it bars nothing any more."""
    return replace(withdrawn, deleted_at=None)


def is_withdrawal(stored: StoredReply) -> bool:
    """Whether this was no reply at all."""
    return stored.reply.message.startswith(_WITHDRAWAL)


def sources(answer: Answer) -> tuple[str, ...]:
    """The messages whose text an answer has."""
    return tuple(answer.message.split("+"))


def was_begun_by(answer: Answer, stored: StoredReply, replies: Iterable[StoredReply]) -> bool:
    """Whether this is the reply by which the answer has its date; a chosen text keeps the date of the first one."""
    if not answer.chosen:
        return answer.message == stored.reply.message
    if answer.at != stored.reply.at or stored.enough_at is None:
        return False
    others = (
        s for s in replies if s.reply.at == answer.at and s.enough_at is not None and s.deleted_at is None
    )
    return all(stored.reply.message <= other.reply.message for other in others)


def is_own_choice(current: Answer, replies: Iterable[StoredReply]) -> bool:
    """Whether the author chose the answer's text, and nothing it was taken from is deleted: then it stands."""
    deleted = {stored.reply.message for stored in replies if stored.deleted_at}
    return current.chosen and current.withdrawn_at is None and deleted.isdisjoint(sources(current))


def begins_anew(current: Answer, stands: StoredReply | None, replies: Sequence[StoredReply]) -> bool:
    """Whether an answer whose text its author chose has its date from another reply than the one that stands.

    An earlier one turned up, or the first is deleted. What was restored after its message was gone keeps its date.
    """
    if stands is None or stands.reply.at == current.at:
        return False
    known = {stored.reply.message for stored in replies}
    return stands.reply.at < current.at or known.issuperset(sources(current))


def standing(replies: Sequence[StoredReply]) -> StoredReply | None:
    """The reply that stands by the rule above, if any does; the author's own choice is not looked at."""
    barred = [s.deleted_at for s in replies if is_withdrawal(s) and s.deleted_at is not None]
    fit = (s for s in replies if s.enough_at is not None and s.deleted_at is None)
    fit = (s for s in fit if not barred or s.reply.at > max(barred))
    return min(fit, key=creation, default=None)
