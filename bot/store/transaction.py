"""The Transaction port over named statements, composed of one part for each subject."""

from bot.store.answers import AnswersPart
from bot.store.calendar import CalendarPart
from bot.store.days import DaysPart
from bot.store.local_chat import LocalChatPart
from bot.store.membership import MembershipPart
from bot.store.packs import PacksPart
from bot.store.platforms import PlatformsPart
from bot.store.review_queue import ReviewQueuePart
from bot.store.reviews import ReviewsPart
from bot.store.statements import Runner


class StoreTransaction(
    PlatformsPart,
    AnswersPart,
    DaysPart,
    CalendarPart,
    MembershipPart,
    LocalChatPart,
    PacksPart,
    ReviewsPart,
    ReviewQueuePart,
):
    """One transaction of `owner`, this instance; the store begins it, calls `finish`, and commits.

    It serves one work only: what a failed work left in it goes with it.
    """

    def __init__(self, runner: Runner, owner: str) -> None:
        super().__init__(runner)
        self._owner = owner
