"""Reviews in the simulated life of a study group, and the promises about them: I1, I4 to I6 and I10."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from bot.domain.places import Member, Workspace
from bot.domain.reviews import Draft, Review, ReviewState
from bot.domain.rounds import Answer
from bot.practice import answering, privacy, review_queue, review_rules, reviewing
from bot.practice.outcomes import GivenReview, Kept, Task
from bot.practice.records import Transaction
from tests.fakes import EVERYWHERE, Outcome
from tests.memory_store import MemoryStore
from tests.practice.group import ABROAD, ADA, HERE, STRANGER, STUDY, THERE
from tests.scenarios.crashing import CrashingStore
from tests.scenarios.simulated_life import MEMBERS, Life

members = st.sampled_from(MEMBERS)
numbers = st.integers(0, 50)
CARD_OUTCOMES = (Outcome.LOST, Outcome.ANSWER_LOST, timedelta(seconds=20))
MANY = 10_000


@dataclass(frozen=True)
class Given:
    """A review that its reviewer was told is kept."""

    review: str
    answer: str
    reviewer: Member
    draft: Draft
    author: Member


def words(number: int) -> Draft:
    """One of a few reviews, so that the same words come again."""
    return Draft(
        (1 + number % 5, 3),
        (number % 2,),
        f"It is strong in part {number % 7}.",
        "Say more of the end of it.",
    )


class ReviewSteps(Life):
    """What members do with reviews, and what holds of them after each step."""

    def __init__(self) -> None:
        super().__init__()
        self.given: dict[str, Given] = {}
        self.offered: set[tuple[Member, str]] = set()

    def answers(self, workspace: Workspace) -> list[Answer]:
        """What stands in a workspace, newest first."""
        found = self.look(lambda tx: tx.standing_answers(workspace, self.began, (STUDY, ABROAD), MANY))
        assert isinstance(found, list)
        return [answer for answer, _ in found]

    def chosen_answer(self, which: int, workspace: Workspace) -> Answer | None:
        found = self.answers(workspace)
        return found[which % min(len(found), 4)] if found else None

    @rule(member=members, which=numbers, number=numbers)
    def a_member_reviews(self, member: Member, which: int, number: int) -> None:
        """Any answer that stands in the workspace, one's own too."""
        answer = self.chosen_answer(which, member.workspace)
        if answer is not None:
            given = self.run(
                reviewing.give(self.here.ports, answer.id, member, words(number), self.here.clock.now())
            )
            self.note(given, member, words(number))

    def note(self, given: object, member: Member, draft: Draft) -> None:
        if isinstance(given, GivenReview):
            review = given.shown.review
            assert review.author is not None
            self.given[review.id] = Given(review.id, review.answer, member, draft, review.author)

    @rule(step=st.integers(1, 25), member=members, which=numbers, number=numbers)
    def the_program_ends_while_a_member_reviews(
        self, step: int, member: Member, which: int, number: int
    ) -> None:
        answer = self.chosen_answer(which, member.workspace)
        if answer is None:
            return
        assert isinstance(self.store, MemoryStore)
        owner = self.here.ports.owner
        self.here = self.here.restarted(owner, CrashingStore(self.store.restarted(owner), step))
        draft = words(number)
        self.note(
            self.run(reviewing.give(self.here.ports, answer.id, member, draft, self.here.clock.now())),
            member,
            draft,
        )
        for each in list(self.given.values()):  # what was kept and not told may be either
            if (each.answer, each.reviewer) == (answer.id, member) and self.kept(each) != each.draft:
                assert self.kept(each) == draft
                del self.given[each.review]
        self.restart()

    def kept(self, given: Given) -> Draft:
        review = self.look(lambda tx: tx.review(given.reviewer.workspace, given.review))
        assert isinstance(review, Review)
        return review.draft

    @precondition(lambda self: self.rounds())
    @rule(member=members, reviewer=members, which=numbers, number=numbers)
    def a_review_comes_before_its_answer(
        self, member: Member, reviewer: Member, which: int, number: int
    ) -> None:
        """The message menu tells of a message whose event comes only afterwards (I5)."""
        round_ = self.chosen_round(member, which)
        if round_ is None or round_.thread is None or reviewer.workspace != member.workspace:
            return
        reply = self.here.reply(
            round_, member, "Unheard {} words, and enough of them.", f"u{number}-{member.id}"
        )
        if (reply.thread, reply.message) in self.acknowledged or (
            reply.thread,
            reply.message,
        ) in self.deleted:
            return
        answer = self.run(reviewing.answer_at(self.here.ports, reply, reviewer))
        if isinstance(answer, str):
            draft = words(number)
            self.note(
                self.run(reviewing.give(self.here.ports, answer, reviewer, draft, self.here.clock.now())),
                reviewer,
                draft,
            )
        before = self.look(lambda tx: tx.answer(round_.id, member))
        kept = self.run(answering.receive(self.here.ports, reply))
        assert isinstance(kept, Kept)
        if isinstance(answer, str):
            assert self.look(lambda tx: tx.answer(round_.id, member)) == before
        self.acknowledged[reply.thread, reply.message] = reply

    @rule(member=members, number=numbers)
    def a_member_asks_for_an_answer(self, member: Member, number: int) -> None:
        task = self.run(review_queue.next_task(self.here.ports, member, STUDY if number % 2 else None))
        if isinstance(task, Task):
            assert (
                task.answer is not None and task.answer.withdrawn_at is None and task.answer.member != member
            )
            assert task.answer.member.workspace == member.workspace
            assert (member, task.answer.id) not in self.offered
            self.offered.add((member, task.answer.id))

    @precondition(lambda self: self.given)
    @rule(which=numbers, member=members, use_case=st.sampled_from((reviewing.thank, reviewing.unthank)))
    def somebody_says_thanks_or_takes_it_back(self, which: int, member: Member, use_case: object) -> None:
        review = list(self.given)[which % len(self.given)]
        self.run(use_case(self.here.ports, review, member))  # type: ignore[operator]

    @precondition(lambda self: self.given)
    @rule(which=numbers, member=members)
    def somebody_flags(self, which: int, member: Member) -> None:
        review = list(self.given)[which % len(self.given)]
        self.run(reviewing.flag(self.here.ports, review, member, "It is not about my answer."))

    @precondition(lambda self: self.given)
    @rule(which=numbers, is_kept=st.booleans())
    def a_manager_looks_at_a_review(self, which: int, is_kept: bool) -> None:
        given = list(self.given.values())[which % len(self.given)]
        by = ADA if given.reviewer.workspace == HERE else STRANGER
        self.run((reviewing.dismiss if is_kept else reviewing.remove)(self.here.ports, given.review, by))

    @rule(
        member=st.sampled_from((ADA, STRANGER)),
        give=st.sampled_from("012"),
        practice=st.sampled_from(("yes", "no")),
    )
    def a_manager_sets_how_to_review(self, member: Member, give: str, practice: str) -> None:
        self.run(review_rules.set_rules(self.here.ports, member, {"give": give, "practice": practice}))

    @rule(outcome=st.sampled_from(CARD_OUTCOMES))
    def the_next_card_has_an_outcome(self, outcome: Outcome | timedelta) -> None:
        self.here.chat.review_outcomes[:] = [outcome]

    @rule(member=members)
    def a_member_deletes_their_data(self, member: Member) -> None:
        gone = {answer.id for answer in self.answers(member.workspace) if answer.member == member}
        self.run(privacy.delete(self.here.ports, member))
        self.acknowledged = {key: each for key, each in self.acknowledged.items() if each.author != member}
        self.deleted &= set(self.acknowledged)
        self.told = [each for each in self.told if each[0] != member]
        self.given = {id_: each for id_, each in self.given.items() if each.reviewer != member}
        self.offered = {each for each in self.offered if each[0] != member and each[1] not in gone}

    def reviews(self, workspace: Workspace) -> list[Review]:
        found = self.look(lambda tx: tx.newest_reviews(workspace, MANY))
        assert isinstance(found, list)
        return found

    @invariant()
    def i1_what_a_reviewer_was_told_is_kept(self) -> None:
        for given in self.given.values():
            assert self.kept(given) == given.draft

    @invariant()
    def i6_nobody_reviews_their_own_answer_or_one_twice(self) -> None:
        for workspace in (HERE, THERE):
            found = self.reviews(workspace)
            assert all(review.reviewer not in (None, review.author) for review in found)
            assert all(n == 1 for n in Counter((r.answer, r.reviewer) for r in found).values())

    @invariant()
    def i10_reviews_stay_in_their_workspace(self) -> None:
        for workspace, other in ((HERE, THERE), (THERE, HERE)):
            for review in self.reviews(workspace):
                people = [each for each in (review.author, review.reviewer) if each is not None]
                assert review.workspace == workspace and {each.workspace for each in people} == {workspace}
                assert self.look(lambda tx, id_=review.id, w=other: tx.review(w, id_)) is None
        for card in self.here.chat.world.reviews:
            assert card.shown.review.workspace == card.shown.round.channel.workspace

    @invariant()
    def there_is_one_card_at_most(self) -> None:
        cards = Counter(card.shown.review.id for card in self.here.chat.world.reviews)
        assert all(n == 1 for n in cards.values())

    def check_cards(self) -> None:
        """All is quiet: each review has its card as it is kept, and of what was deleted no word is left."""
        cards = {card.shown.review.id: card for card in self.here.chat.world.reviews}
        now = self.here.clock.now()
        assert self.look(lambda tx: tx.due_reviews(now, EVERYWHERE, 9)) == []
        for workspace in (HERE, THERE):
            for review in self.reviews(workspace):
                card = cards[review.id]
                assert (card.id, card.shown.review.draft) == (review.message, review.draft)
                assert card.shown.review.thanked_at == review.thanked_at
                assert card.shown.state is not ReviewState.REMOVED
        for id_, card in cards.items():
            workspace = card.shown.review.workspace
            kept = self.look(lambda tx, id_=id_, w=workspace: self.draft(tx, w, id_))
            assert kept == card.shown.review.draft

    def draft(self, tx: Transaction, workspace: Workspace, id_: str) -> Draft:
        review = tx.review(workspace, id_)
        return review.draft if review is not None else Draft((0, 0), (), "", "")
