"""What `/review next` may give and must give, written plainly beside the program: lists, and no store."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

WAITS = timedelta(days=30)
HOLDS = timedelta(hours=24)


@dataclass
class Said:
    """An answer as the oracle knows it; people are known by their ids."""

    id: str
    author: str
    round: str
    channel: str
    track: str
    at: datetime
    stands: bool = True


@dataclass
class QueueOracle:
    """Everything that happened in one workspace, and what follows from it for who asks next.

    `reviews` says of each (answer, member) whether the review stands; `offers` has when (member, answer) was given, and
    on which of the member's dates; `reviewed_in` has the channels in which a member reviewed.
    """

    wanted: int
    answers: dict[str, Said] = field(default_factory=dict)
    reviews: dict[tuple[str, str], bool] = field(default_factory=dict)
    offers: dict[tuple[str, str], tuple[datetime, date]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    reviewed_in: set[tuple[str, str]] = field(default_factory=set)

    def may_review(self, member: str, answer: Said) -> bool:
        """Whether a review of this member could be kept."""
        is_others = answer.author != member and answer.author not in self.closed
        return answer.stands and is_others and (answer.id, member) not in self.reviews

    def standing_reviews(self, answer: Said) -> int:
        """How many reviews of an answer stand."""
        return sum(stands for (id_, _), stands in self.reviews.items() if id_ == answer.id)

    def load(self, answer: Said, now: datetime) -> int:
        """Its reviews, and the offers of it that hold."""
        held = [
            member
            for (member, id_), (at, _) in self.offers.items()
            if id_ == answer.id and at >= now - HOLDS and (id_, member) not in self.reviews
        ]
        return self.standing_reviews(answer) + len(held)

    def channels(self, member: str, here: str | None) -> set[str | None]:
        """Where the member asks, and where they answered or reviewed before; others may be private."""
        answered = {each.channel for each in self.answers.values() if each.author == member}
        return {here, *answered, *(channel for of, channel in self.reviewed_in if of == member)}

    def review(self, member: str, answer: Said) -> None:
        """The member reviewed an answer, or amended that."""
        self.reviews[answer.id, member] = True
        self.reviewed_in.add((member, answer.channel))

    def open_to(self, member: str, now: datetime, channels: Collection[str | None]) -> list[Said]:
        """What a member may be given now."""
        return [
            answer
            for answer in self.answers.values()
            if self.may_review(member, answer)
            and answer.channel in channels
            and answer.at >= now - WAITS
            and (member, answer.id) not in self.offers
            and self.standing_reviews(answer) < self.wanted
        ]

    def neediest(self, member: str, found: Iterable[Said], now: datetime) -> Said:
        """The one of them that comes first: practiced tracks, then the least load, then the oldest."""
        practiced = {each.track for each in self.answers.values() if each.author == member and each.stands}
        found = list(found)
        first = [each for each in found if each.track in practiced] or found
        least = min(self.load(each, now) for each in first)
        return min(
            (each for each in first if self.load(each, now) == least), key=lambda one: (one.at, one.id)
        )

    def offered_on(self, member: str, day: date) -> int:
        """How many answers a member was given on a date."""
        return sum(of == member and on == day for (of, _), (_, on) in self.offers.items())

    def forget(self, member: str) -> None:
        """The member had their data deleted."""
        gone = {each.id for each in self.answers.values() if each.author == member}
        self.answers = {id_: each for id_, each in self.answers.items() if id_ not in gone}
        self.reviews = {key: stands for key, stands in self.reviews.items() if key[1] != member}
        self.offers = {key: at for key, at in self.offers.items() if key[0] != member and key[1] not in gone}
        self.reviewed_in = {each for each in self.reviewed_in if each[0] != member}
        self.closed.discard(member)
