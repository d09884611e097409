"""Which reply stands as a member's answer, and whether it counts; the same end in whatever order things arrive.

The rule (GLOSSARY, Answer): of a member's replies in a round's thread and filled-in Answer forms, the earliest
created one that is long enough and not deleted is their answer. Later ones are comments until the author makes
one the answer, or adds it, by a button or by the form. After withdrawing, only what was said since can stand.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.domain.answers_text import fingerprint, own_text, visible_length
from bot.domain.rounds import Answer, Reply, StoredReply

FORM_LIMIT = 3000
"""Characters in a form's text field that every platform carries (Slack's modal input)."""


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
    earliest = min((known, news), key=lambda one: (one.enough_at is None, one.enough_at or one.reply.at))
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


def _text_order(one: StoredReply) -> tuple[bool, datetime, str]:
    return one.edited_at is not None, one.edited_at or one.reply.at, one.reply.text


def sources(answer: Answer) -> tuple[str, ...]:
    """The messages whose text an answer has."""
    return tuple(answer.message.split("+"))


def is_own_choice(current: Answer, replies: Iterable[StoredReply]) -> bool:
    """Whether the author chose the answer's text, and nothing it was taken from is deleted: then it stands."""
    deleted = {stored.reply.message for stored in replies if stored.deleted_at}
    return current.chosen and current.withdrawn_at is None and deleted.isdisjoint(sources(current))


def standing(current: Answer | None, replies: Iterable[StoredReply]) -> StoredReply | None:
    """The reply that stands by the rule above, if any does; the author's own choice is not looked at."""
    by_message = {stored.reply.message: stored for stored in replies}
    since: datetime | None = None
    if current is not None and current.withdrawn_at is not None:
        gone = any(by_message[m].deleted_at for m in sources(current) if m in by_message)
        since = None if gone else current.withdrawn_at
    fit = (s for s in by_message.values() if s.enough_at is not None and s.deleted_at is None)
    fit = (s for s in fit if since is None or s.reply.at > since)
    return min(fit, key=lambda s: (s.reply.at, s.reply.message), default=None)
