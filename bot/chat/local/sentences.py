"""What only the local chat has to say; every other sentence stands in `bot/chat/wording`."""

from bot.chat.cards import Bullets, Card, Text, Tone
from bot.chat.literal import shown_name
from bot.chat.local.convert import MESSAGE_LENGTH, NAME_LENGTH, BadName, NameFault
from bot.chat.wording.times import said


def no_question_yet(channel: str) -> Card:
    """A reply came, and there is no thread to put it in."""
    return _refused(f"Nothing was asked in #{channel} yet, so I kept nothing. /question gets you a question.")


def thread_missing() -> Card:
    """A reply came while the question's thread could not be opened."""
    return _refused("The question has no thread yet, so I kept nothing. Send your reply again in a moment.")


def too_long(length: int) -> Card:
    """A message has more characters than are taken."""
    return _refused(
        f"That has {length:,} characters, and a message takes {MESSAGE_LENGTH:,}. I kept nothing; send a shorter one."
    )


def no_such_message() -> Card:
    """A message is not there, or not for this person to press, change or delete."""
    return _refused("I cannot find that message among those that are yours to use. Nothing changed.")


def no_such_button(label: str, labels: tuple[str, ...]) -> Card:
    """No card in sight has such a button."""
    known = (
        "You can press " + ", ".join(f">{one}" for one in labels) + "."
        if labels
        else "There is none here yet; /question brings some."
    )
    said_so = (
        f"No button here is called {said(label)}." if label else "Type the name of a button after the >."
    )
    aside = "To send a line that begins with > as a reply, put a blank before it."
    return Card(
        "That did not work.",
        (Text((f"{said_so} {known}",)), Text((aside,))),
        tone=Tone.REFUSED,
    )


def field_too_short(length: int, minimum: int) -> str:
    """A form's field has less than it takes."""
    if not length:
        return "This is empty. Write something here."
    return f"This has {length} characters; it takes at least {minimum}."


def field_too_long(length: int, maximum: int) -> str:
    """A form's field has more than it takes."""
    return f"This has {length:,} characters; it takes at most {maximum:,}."


def no_such_choice(text: str, labels: tuple[str, ...]) -> str:
    """A form's field has none of the values it offers."""
    return f"{said(text)} is not among these: {', '.join(labels)}."


def none_of(text: str, amount: int) -> str:
    """A form's field has none of the values it offers, which are too long to be told again."""
    return f"{said(text)} is none of the {amount} choices. Give the number of one."


def not_to_tick(texts: tuple[str, ...], amount: int) -> str:
    """A form's field has something ticked that it does not offer."""
    return f"{', '.join(map(said, texts))}: not among the {amount} choices. {HOW_TO_TICK}"


def bad_name(bad: BadName, what: str) -> str:
    """Why a text is no name; `what` is `person` or `channel`."""
    match bad.fault:
        case NameFault.EMPTY:
            why = "There is nothing to see in it."
        case NameFault.LONG:
            why = f"It is longer than {NAME_LENGTH} characters."
        case NameFault.UNSEEN:
            why = f"It has a character that nobody sees (U+{ord(bad.char):04X})."
        case NameFault.MARKS:
            why = "It has more accents on one letter than any writing needs."
        case NameFault.LETTERS:
            why = f"{said(bad.char)} cannot be in it."
    take = (
        "letters that can be seen, such as ada" if what == "person" else "a-z, 0-9 and hyphen, such as study"
    )
    return f"{said(bad.text)} is no name for a {what}. {why} Take 1 to {NAME_LENGTH} of {take}."


def hello(name: str, channel: str) -> str:
    """The first words of a visit."""
    return f"Hello {shown_name(name)}. This is #{channel}."


def first_steps(is_manager: bool) -> tuple[tuple[str, str], ...]:
    """What to type where nothing was asked yet, with what it does."""
    daily = (("/daily set 09:00", "one at nine every day"),) if is_manager else ()
    return (("/question backend", "a question to answer here"), *daily, ("/help", "everything I can do"))


def newest(title: str, answered: bool, closed: bool) -> str:
    """The newest question of the channel, and where the visitor stands with it."""
    if answered:
        return f"The newest question is {said(title)}. You have answered it; /question brings another."
    if closed:
        return f"The newest question is {said(title)}. It is closed; /question brings another."
    return f"Open: {said(title)}. Type your answer, or >Hint for help; /help tells the rest."


def saved(where: str) -> str:
    """An attachment was written to a file."""
    return f"Saved as {where}"


def not_saved(where: str, reason: str) -> str:
    """An attachment could not be written, and is shown instead."""
    return f"I could not write {where} ({reason}). Here it is instead:"


def keeps(interactive: bool) -> str:
    """A field has a text already."""
    return "Change it, then press Enter." if interactive else "An empty line keeps what is there."


HOW_TO_TICK = "Give the numbers, such as 1 3, or none."
CHOOSE_ONE = "Choose one of these."
TICK_TWICE = f"One of these stands there twice. {HOW_TO_TICK}"


def not_sent(title: str) -> str:
    """The input ended, or the writer gave up, inside a form."""
    return f"“{title}” was not sent; nothing of it was kept."


REVIEWS = "Reviews"
WAITING_HERE = "Answers that wait for your review"
WAITING_ABOUT = "A few minutes of yours help somebody forward. The form has the answer beside it."
NOTHING_WAITS = "None waits just now. Look again later, or use the time for one of these:"
TRY_GOLD = "Review a gold answer"
COMPARE_TWO = "Compare two answers"
OPEN_THREAD = "Open its thread"
NO_REVIEWS = "You have given none yet, and got none. Both begin with an answer in a thread."
REVIEW_FIGURES = ("Given", "Thanked for", "Got")
FOR_YOU_ONLY = "Only you see this."
TO_REVIEWS = "Answers that wait for you"
BOARD_REVIEWS = ("Reviews this month", "Thanked")
"""Heads of the board, once somebody has reviewed in the month."""
REVIEWS_OF_YOURS = "Reviews of your answers:"

FILE_TOO_BIG = Card(
    "That file is too big.",
    (Text(("A pack has at most 1 MB. Nothing was imported; split it into two packs.",)),),
    tone=Tone.REFUSED,
)
FILE_UNREADABLE = Card(
    "I did not get the whole file.",
    (Text(("Nothing was imported. Pick it once more.",)),),
    tone=Tone.CAREFUL,
)
HERE = Card(
    "In this terminal",
    (
        Bullets(
            (
                Text(
                    (
                        "A line is your reply to the newest question. End it with \\ to go on in the next line.",
                    )
                ),
                Text((">Answer presses the button of that name on the newest card that has it.",)),
                Text(("A line that begins with a blank is a reply, whatever follows it.",)),
                Text(("Ctrl-D or Ctrl-C leaves.",)),
            )
        ),
    ),
)
"""How this door is used, below /help."""


def _refused(text: str) -> Card:
    return Card("That did not work.", (Text((text,)),), tone=Tone.REFUSED)
