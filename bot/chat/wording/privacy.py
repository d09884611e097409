"""What is kept about a member: shown, exported, deleted."""

from collections.abc import Mapping
from hashlib import blake2b

from bot.chat.cards import Card, Facts, Note, Text, Tone
from bot.chat.wording import buttons
from bot.chat.wording.times import count
from bot.domain.places import Member

_TABLES = {
    "answer": "Answers",
    "answer_version": "Versions of answers",
    "reply": "Replies and forms",
    "hint_use": "Hints taken",
    "credit": "Practice days",
    "freeze_use": "Freezes told",
    "zone_choice": "Choices of time zone",
    "rest_choice": "Choices of rest days",
    "mend": "Days made good",
    "checkpoint": "Saved sums of the streak",
    "tally": "Figures on the board",
    "suggestion": "Suggested questions",
    "review": "Reviews given",
    "review_got": "Reviews got",
    "review_offer": "Answers given to you to review",
    "gold_review": "Reviews of gold answers",
    "vote": "Comparisons",
    "reminder": "Reminders",
    "closed_account": "That you left",
    "local_person": "Name in this chat",
    "local_message": "Messages in this chat",
}

EXPORT_NAME = "practice-bot-my-data.json"


def shown_card(counts: Mapping[str, int]) -> Card:
    """How much is kept, by kind."""
    kept = tuple((_label(table), str(rows)) for table, rows in counts.items() if rows)
    if not kept:
        return Card("What I keep about you", (Text(("Nothing.",)),))
    more = "/privacy export gives you all of it as a file. /privacy delete removes it."
    return Card("What I keep about you", (Facts(kept), Note(more)))


def _label(table: str) -> str:
    return _TABLES.get(table, table.replace("_", " ").capitalize())


def exported_card() -> Card:
    """With the file of everything that is kept."""
    text = f"Everything that I keep about you is in {EXPORT_NAME}."
    return Card("Your data", (Text((text,)),))


def mark_of(member: Member) -> str:
    """What a button carries so that only one member's press counts: short, whatever the member's id is."""
    return blake2b(f"{member.workspace.key}/{member.id}".encode(), digest_size=8).hexdigest()


def delete_card(member: Member) -> Card:
    """The question before everything goes, to be answered by this member's press."""
    text = (
        "Your answers, reviews, practice days, streak and choices go for good."
        " Questions that you asked for, and those of yours that were accepted, stay without your name,"
        " and so do the words of others who reviewed you."
    )
    return Card(
        "Delete everything I keep about you?",
        (Text((text,)), Note("Without a press, nothing happens. /privacy export saves a copy first.")),
        (buttons.button(buttons.DELETE_ME, mark_of(member)),),
        Tone.CAREFUL,
    )


def deleted_card(rows: int) -> Card:
    """It is done."""
    return Card("Deleted.", (Text((f"{count(rows, 'entry', 'entries')} about you went for good.",)),))
