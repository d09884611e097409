"""The Answer form, and what became of a reply, a form, an edit or a withdrawal."""

from bot.chat.cards import FIELD_TEXT, Block, Button, Card, Field, FieldKind, Form, Note, Text, Tone
from bot.chat.wording import buttons
from bot.chat.wording.reviews import waiting_text
from bot.chat.wording.times import count, day, listed
from bot.domain.rounds import Reply
from bot.domain.streaks import Streak
from bot.practice.outcomes import Kept, NoCredit, Verdict

TEXT_FIELD = "text"


def answer_form(round_id: str, present: str, minimum: int) -> Form:
    """The form to answer in, with the answer that is there already; `minimum` is in visible characters."""
    hint = f"At least {count(minimum, 'visible character')}. You can change it later."
    if len(present) > FIELD_TEXT:
        present = ""
        hint = f"Yours is longer than the {FIELD_TEXT} characters of a form. What you send here replaces it."
    field = Field(
        TEXT_FIELD,
        "In your own words",
        hint,
        FieldKind.PARAGRAPH,
        minimum=1,
        maximum=FIELD_TEXT,
        preset=present,
    )
    return Form("Your answer", (field,), buttons.ANSWER, round_id)


def kept_card(kept: Kept, reply: Reply | None = None) -> Card:
    """The acknowledgement. With the `reply` that it is about, a comment can be made the answer by a button."""
    match kept.verdict:
        case Verdict.ACCEPTED:
            return _accepted(kept)
        case Verdict.AMENDED:
            return _standing_card("Kept. Your answer has the new text.", kept)
        case Verdict.COMMENT:
            return _comment(kept, reply)
        case Verdict.REMOVED:
            return _removed(kept)
        case Verdict.TOO_SHORT | Verdict.BLANK:
            return _too_little(kept)
        case Verdict.KNOWN:
            return Card("Nothing changed.", (Text(("I have this already.",)),))
        case Verdict.ELSEWHERE:
            return Card("No question here.", (Text(("This is not the thread of a question.",)),))


def restored_card(kept: Kept) -> Card:
    """An answer is back after it was withdrawn."""
    return _standing_card("Restored. Your answer stands again.", kept)


def _accepted(kept: Kept) -> Card:
    if kept.no_credit is not None:
        return _standing_card("Kept, but it counts for no practice day.", kept, Tone.CAREFUL)
    if kept.credited is not None and kept.streak is not None:
        return _standing_card(_counted(kept, kept.streak), kept)
    if kept.streak is not None and kept.answer is not None and kept.answer.local_date == kept.streak.today:
        return _standing_card("Kept. Today counted already.", kept)
    return _standing_card("Kept.", kept)


def _counted(kept: Kept, streak: Streak) -> str:
    if kept.credited != streak.today:
        return f"Kept. It counts for {day(kept.credited)}." if kept.credited else "Kept."
    if streak.length <= 1:
        return "Kept. Day 1, a streak begins."
    return f"Kept. Day {streak.length} in a row."


def _standing_card(title: str, kept: Kept, tone: Tone = Tone.GOOD) -> Card:
    """A card about an answer that stands, with all that its author should know."""
    return Card(title, tuple(_about(kept)), _buttons(kept), tone)


def _about(kept: Kept) -> list[Block]:
    lines: list[str] = []
    if kept.no_credit is not None:
        lines.append(_no_credit(kept.no_credit))
    if kept.answer is not None and kept.answer.late:
        lines.append("The round was closed by then, so your answer is marked as late.")
    if kept.freezes:
        lines.append(_freezes(kept))
    lines.append("Key points and the sample answer are open to you now.")
    waiting = [Note(waiting_text(kept.waiting))] if _asks_for_review(kept) else []
    return [*(Text((line,)) for line in lines), *waiting]


def _asks_for_review(kept: Kept) -> bool:
    """Whether others' answers wait: told once, with an answer of one's own, and never by itself."""
    return kept.verdict is Verdict.ACCEPTED and kept.waiting > 0


def _no_credit(why: NoCredit) -> str:
    match why:
        case NoCredit.COPY:
            return "The same text was sent here before. An answer in words of your own counts."
        case NoCredit.QUESTION:
            return "It repeats the question. An answer in words of your own counts."
        case NoCredit.LENGTHENED:
            return (
                "It was long enough only after its day was over. To count, it must be so on the day itself."
            )


def _freezes(kept: Kept) -> str:
    days = listed([day(one) for one in kept.freezes])
    covered = f"A freeze covered {days}" if len(kept.freezes) == 1 else f"Freezes covered {days}"
    if kept.streak is None:
        return f"{covered}."
    left = "no freeze" if kept.streak.freezes == 0 else count(kept.streak.freezes, "freeze")
    return f"{covered}, so your streak goes on. You have {left} left."


def _buttons(kept: Kept) -> tuple[Button, ...]:
    found: list[Button] = []
    if kept.round is not None:
        found += [buttons.button(name, kept.round.id) for name in (buttons.POINTS, buttons.SAMPLE)]
    if kept.answer is not None:
        found.append(buttons.button(buttons.WITHDRAW, kept.answer.id))
    if _asks_for_review(kept):
        found.append(buttons.button(buttons.REVIEW_NEXT, ""))
    return tuple(found)


def _comment(kept: Kept, reply: Reply | None) -> Card:
    if kept.answer is None or kept.answer.withdrawn_at is not None or reply is None:
        return Card("Kept as a comment.")
    value = f"{reply.thread.id}/{reply.message}"
    return Card(
        "Kept as a comment.",
        (Text(("Your answer to this question stands. You can use this reply instead, or add it.",)),),
        (buttons.button(buttons.REPLACE, value), buttons.button(buttons.ADD, value)),
    )


def _removed(kept: Kept) -> Card:
    if kept.answer is None or kept.answer.withdrawn_at is None:
        return Card("Removed.", (Text(("That reply is gone. Your answer is as it was.",)),))
    return Card(
        "Withdrawn.",
        (
            Text(("Your answer no longer stands. You can restore it within 24 hours.",)),
            Text(("If it was the only one of its day, the day stops counting after that.",)),
        ),
        (buttons.button(buttons.RESTORE, kept.answer.id),),
        Tone.CAREFUL,
    )


def _too_little(kept: Kept) -> Card:
    need = f"An answer has at least {count(kept.minimum, 'visible character')}."
    ask = "Reply again with a little more, or press Answer."
    pressable = (buttons.button(buttons.ANSWER, kept.round.id),) if kept.round else ()
    title = (
        "There is nothing to read in that."
        if kept.verdict is Verdict.BLANK
        else "Kept, but too short to be an answer."
    )
    return Card(title, (Text((f"{need} {ask}",)),), pressable, Tone.CAREFUL)
