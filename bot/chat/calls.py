"""What people call, in shape: commands with their options, actions, who calls, and what comes back."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.chat.cards import Card, Form
from bot.domain.bank import Bank
from bot.domain.places import Channel, Member, Thread
from bot.domain.refusals import Refusal
from bot.domain.rounds import Reply
from bot.practice.ports import Ports

COMPLETIONS = 25
DESCRIPTION = 100
UPLOAD = 1_000_000
"""Bytes of a file that comes with a call, at most."""
MESSAGE_LABEL = 24
"""Characters of a message action: Slack's shortcuts have so many."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that comes with a call: its name as given, which is a label only, and its bytes (at most 1 MB)."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, and where. `thread` is the thread that a press or a command came from, if it was in one.

    `upload` is the file that came with the call.
    """

    ports: Ports
    member: Member
    channel: Channel
    is_manager: bool
    thread: Thread | None = None
    upload: Upload | None = None

    @property
    def bank(self) -> Bank:
        """The questions of the caller's workspace."""
        return self.ports.bank_for(self.member.workspace)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text file that comes with a response; the name is ours, never a member's."""

    name: str
    media_type: str
    text: str


@dataclass(frozen=True, slots=True)
class Response:
    """A card in return; a private one is seen by the caller only."""

    card: Card
    private: bool = True
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Quiet:
    """Nothing to add: what the call did shows in the channel already."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """A form goes back to its writer with a sentence at one field; nothing of it was kept."""

    field: str
    sentence: str


Outcome = Response | Form | FieldError | Quiet
"""What a command, a press or a filled-in form gives: a card, a form to open, a form to mend, or nothing."""


class Who(StrEnum):
    """Who may use a command."""

    EVERYBODY = "everybody"
    MANAGERS = "managers"


class OptionKind(StrEnum):
    """What an option's value is; it decides how a platform asks for it and where a bare word goes."""

    CHOICE = "choice"
    TEXT = "text"
    TIME = "time"
    ZONE = "zone"
    WEEKDAYS = "weekdays"
    MEMBER = "member"
    DATE = "date"
    NUMBER = "number"
    FILE = "file"


def no_completions(_bank: Bank) -> Sequence[str]:
    """The values of an option that offers none."""
    return ()


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a command.

    `known` gives the values that it offers; only a CHOICE must be one of them. A `by_name` option is taken only as
    `name:value`, never from a bare word.
    """

    name: str
    description: str
    kind: OptionKind
    required: bool = False
    known: Callable[[Bank], Sequence[str]] = no_completions
    by_name: bool = False


Values = Mapping[str, str]
"""The options that were given, by name, as typed."""


@dataclass(frozen=True, slots=True)
class Command:
    """One slash command. A name of two words is a subcommand: `daily set` is typed `/daily set`.

    `run` may raise a Refusal. `examples` are whole lines that a person may type. The answer of a `public` one is seen
    by everybody, unless it is a refusal.
    """

    name: str
    description: str
    run: Callable[[Caller, Values], Awaitable[Outcome]]
    options: tuple[Option, ...] = ()
    who: Who = Who.EVERYBODY
    examples: tuple[str, ...] = ()
    public: bool = False

    def __post_init__(self) -> None:
        texts = [self.description, *(option.description for option in self.options)]
        if any(not 0 < len(text) <= DESCRIPTION for text in texts):
            raise ValueError(f"/{self.name}: descriptions have 1 to {DESCRIPTION} characters")

    @property
    def words(self) -> tuple[str, ...]:
        """The words after the slash, one or two."""
        return tuple(self.name.split())

    def option(self, name: str) -> Option | None:
        """An option by its name."""
        return next((option for option in self.options if option.name == name), None)


@dataclass(frozen=True, slots=True)
class Call:
    """A command with the values given for it, whichever way they came."""

    command: Command
    values: Values


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was sent. `id` is the sending's own id, so that one sent twice counts once; `at` is the
    platform's time of it."""

    fields: Mapping[str, str]
    id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Action:
    """One button, and the form behind it if `submit` is there.

    `press` and `submit` are given the button's value, which proves nothing: who may is asked of the use case.
    """

    name: str
    label: str
    press: Callable[[Caller, str], Awaitable[Outcome]]
    submit: Callable[[Caller, str, Filled], Awaitable[Outcome]] | None = None


@dataclass(frozen=True, slots=True)
class MessageAction:
    """Something that a member does with a message from the platform's own menu; `label` has at most 24 characters.

    `run` is given None for a message that is no reply in a thread. One that `takes_file` finds the message's first file
    in `Caller.upload`; only managers bring files, so a platform asks who calls before it fetches one.
    """

    name: str
    label: str
    run: Callable[[Caller, Reply | None], Awaitable[Outcome]]
    takes_file: bool = False

    def __post_init__(self) -> None:
        if not 0 < len(self.label) <= MESSAGE_LABEL:
            raise ValueError(f"{self.name}: a label has 1 to {MESSAGE_LABEL} characters")


@dataclass(eq=False)
class NotManager(Refusal):
    """The command is for managers."""

    command: str


@dataclass(eq=False)
class UnknownCommand(Refusal):
    """No command is called so; `nearest` are those that look like it."""

    text: str
    nearest: tuple[str, ...] = ()


@dataclass(eq=False)
class NeedsSubcommand(Refusal):
    """The command is a group, and the word that says which of its commands is missing."""

    group: str
    known: tuple[str, ...]


@dataclass(eq=False)
class UnknownOption(Refusal):
    """The command has no such option."""

    command: str
    option: str
    nearest: str | None
    known: tuple[str, ...]


@dataclass(eq=False)
class MissingOption(Refusal):
    """The command needs an option that was not given."""

    command: str
    option: str
    example: str | None


@dataclass(eq=False)
class BadValue(Refusal):
    """A value fits no option, or not the one (`option`) it was given for; `wanted` says what would fit."""

    command: str
    option: str | None
    text: str
    nearest: tuple[str, ...] = ()
    wanted: str | None = None


@dataclass(eq=False)
class GivenTwice(Refusal):
    """An option was given twice with different values."""

    command: str
    option: str


@dataclass(eq=False)
class UnknownAction(Refusal):
    """No button or form is called so: it is from another version of the bot, or it is forged."""

    action: str


class SomebodyElsesButton(Refusal):
    """The button belongs to another member."""
