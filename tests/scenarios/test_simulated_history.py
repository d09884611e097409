"""Months of a study group in a few steps, with outages, crashes and lost requests; the promises hold after each.

The invariants are those of PROMISES: I1 to I7 and I10, those of reviews in `review_steps`. I5 has a test of its own
beside (`test_answers_in_any_order`); the others belong to the chats.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from bot.domain import streaks
from bot.domain.places import Channel, Member
from bot.domain.rounds import PostingState, Reply, Round
from bot.practice import answering, choosing, mending, recounting, scheduling, standing
from bot.practice.answering import Use
from bot.practice.outcomes import Verdict
from bot.practice.ports import PostRefused
from bot.practice.records import OccurrenceState, Transaction
from bot.practice.scheduling import Wish
from tests.fakes import EVERYWHERE, Outcome
from tests.memory_store import MemoryStore
from tests.practice.group import ABROAD, ADA, HERE, STRANGER, STUDY, THERE
from tests.scenarios.crashing import CrashingStore
from tests.scenarios.review_steps import ReviewSteps, members, numbers
from tests.scenarios.simulated_life import MEMBERS

CHANNELS = (STUDY, ABROAD)
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Pacific/Honolulu")
TEXTS = (
    "ok",
    "The same words for everybody.",
    "Words {}, that are nobody else's.",
    "Others {}, and quite long enough.",
)
OUTCOMES = (
    None, None, Outcome.LOST, Outcome.ANSWER_LOST, Outcome.REFUSED, timedelta(seconds=20),
    PostRefused("gone", channel_gone=True),
)  # fmt: skip


class History(ReviewSteps):
    """What may happen, and what holds after each of it."""

    @rule(minutes=st.sampled_from((1, 7, 45, 300, 1440)))
    def time_passes(self, minutes: int) -> None:
        self.pass_time(minutes)

    @rule(hours=st.sampled_from((0.05, 3, 30, 80, 3000)))
    def the_bot_is_down(self, hours: float) -> None:
        self.here.clock.advance(hours=hours)
        self.restart()
        self.ring()

    @rule(step=st.integers(1, 14), member=members, minutes=st.sampled_from((0, 60)))
    def the_program_ends_while_something_happens(self, step: int, member: Member, minutes: int) -> None:
        assert isinstance(self.store, MemoryStore)
        crashing = CrashingStore(self.store.restarted(self.here.ports.owner), step)
        self.here = self.here.restarted(self.here.ports.owner, crashing)
        if minutes:
            self.pass_time(minutes)
        else:
            channel = STUDY if member.workspace == HERE else ABROAD
            self.run(self.here.asked(channel, member))
        self.restart()

    @rule(member=members, outcome=st.sampled_from(OUTCOMES))
    def a_member_asks(self, member: Member, outcome: Outcome | PostRefused | timedelta | None) -> None:
        if outcome is not None:
            self.here.chat.outcomes.append(outcome)
        self.run(self.here.asked(STUDY if member.workspace == HERE else ABROAD, member))
        self.here.chat.outcomes.clear()

    @rule(outcome=st.sampled_from(OUTCOMES))
    def the_next_request_has_an_outcome(self, outcome: Outcome | PostRefused | timedelta | None) -> None:
        self.here.chat.outcomes[:] = [] if outcome is None else [outcome]

    @rule(
        channel=st.sampled_from(CHANNELS),
        hour=st.integers(0, 23),
        zone=st.sampled_from((None, *ZONES)),
        slot=st.sampled_from(("daily", "second")),
        weekdays=st.sampled_from((None, "mon-fri", "sun")),
    )
    def a_manager_sets_a_schedule(
        self, channel: Channel, hour: int, zone: str | None, slot: str, weekdays: str | None
    ) -> None:
        by = ADA if channel == STUDY else STRANGER
        wish = Wish(f"{hour}:00", weekdays, zone, slot=slot)
        self.run(scheduling.set_daily(self.here.ports, channel, by, wish))

    @rule(
        channel=st.sampled_from(CHANNELS),
        slot=st.sampled_from(("daily", "second")),
        use_case=st.sampled_from(
            (scheduling.pause, scheduling.resume, scheduling.skip, scheduling.remove, scheduling.post_now)
        ),
    )
    def a_manager_changes_a_schedule(self, channel: Channel, slot: str, use_case: object) -> None:
        by = ADA if channel == STUDY else STRANGER
        self.run(use_case(self.here.ports, channel, by, slot))  # type: ignore[operator]

    @precondition(lambda self: self.rounds())
    @rule(member=members, which=numbers, text=st.sampled_from(TEXTS), late=st.sampled_from((0, 0, 5, 200)))
    def a_member_replies(self, member: Member, which: int, text: str, late: int) -> None:
        round_ = self.chosen_round(member, which)
        if round_ is None or round_.thread is None:
            return
        message = f"m{len(self.acknowledged) + len(self.deleted) + 1}-{self.here.clock.now().timestamp()}"
        at = max(round_.asked_at, self.here.clock.now() - timedelta(minutes=late))
        reply = Reply(round_.thread, message, member, text.format(message), at)
        if self.run(answering.receive(self.here.ports, reply)) is not None:
            self.acknowledged[reply.thread, message] = reply

    @precondition(lambda self: self.acknowledged)
    @rule(which=numbers, text=st.sampled_from(TEXTS))
    def a_message_is_edited(self, which: int, text: str) -> None:
        key = list(self.acknowledged)[which % len(self.acknowledged)]
        old = self.acknowledged[key]
        self.here.clock.advance(seconds=1)
        new = Reply(old.thread, old.message, old.author, text.format(old.message), old.at)
        self.run(answering.edited(self.here.ports, new, self.here.clock.now()))
        self.acknowledged[key] = new

    @precondition(lambda self: self.acknowledged)
    @rule(which=numbers)
    def a_message_is_deleted(self, which: int) -> None:
        key = list(self.acknowledged)[which % len(self.acknowledged)]
        old, now = self.acknowledged[key], self.here.clock.now()
        self.run(answering.deleted(self.here.ports, old.thread, old.message, old.author, old.at, now))
        self.deleted.add(key)

    @precondition(lambda self: self.acknowledged)
    @rule(which=numbers, how=st.sampled_from(Use))
    def a_reply_is_used(self, which: int, how: Use) -> None:
        reply = self.acknowledged[list(self.acknowledged)[which % len(self.acknowledged)]]
        self.run(answering.use_reply(self.here.ports, reply.thread, reply.message, reply.author, how))

    @precondition(lambda self: self.rounds())
    @rule(member=members, which=numbers)
    def a_form_is_sent(self, member: Member, which: int) -> None:
        round_ = self.chosen_round(member, which)
        if round_ is not None:
            now = self.here.clock.now()
            text, form = f"By the form at {now}, long enough.", f"form-{now.timestamp()}-{member.id}"
            self.run(answering.submit(self.here.ports, round_.id, member, text, form, now))

    @precondition(lambda self: self.rounds())
    @rule(member=members, which=numbers, use_case=st.sampled_from((answering.withdraw, answering.restore)))
    def an_answer_is_taken_back_or_restored(self, member: Member, which: int, use_case: object) -> None:
        round_ = self.chosen_round(member, which)
        if round_ is not None:
            answer = self.look(lambda tx: tx.answer(round_.id, member))
            if answer is not None:
                self.run(use_case(self.here.ports, answer.id, member))  # type: ignore[operator, attr-defined]
            self.here.clock.advance(seconds=1)

    @rule(member=members, zone=st.sampled_from(ZONES))
    def a_member_travels(self, member: Member, zone: str) -> None:
        self.run(choosing.choose_zone(self.here.ports, member, zone))

    @rule(member=members, days=st.sampled_from(("sat,sun", "none", "mon")))
    def a_member_rests(self, member: Member, days: str) -> None:
        self.run(choosing.choose_rest(self.here.ports, member, days))

    @rule(member=members)
    def a_member_repairs(self, member: Member) -> None:
        self.run(mending.repair(self.here.ports, member))

    @rule(member=members, days=st.integers(8, 15))
    def a_member_practices_daily(self, member: Member, days: int) -> None:
        for _ in range(days):
            round_ = self.run(self.here.asked(STUDY if member.workspace == HERE else ABROAD, member))
            if isinstance(round_, Round) and round_.thread is not None:
                message = f"d{self.here.clock.now().timestamp()}-{member.id}"
                reply = self.here.reply(round_, member, TEXTS[2], message)
                kept = self.run(answering.receive(self.here.ports, reply))
                assert kept is not None
                assert kept.verdict is Verdict.ACCEPTED  # type: ignore[attr-defined]
                self.tell(member, kept.freezes)  # type: ignore[attr-defined]
                self.acknowledged[reply.thread, message] = reply
            self.here.clock.advance(days=1)
            self.ring()

    def tell(self, member: Member, freezes: tuple[date, ...]) -> None:
        for day in freezes:
            assert (member, day) not in self.told, "a freeze is told once"
            self.told.append((member, day))

    @invariant()
    def i1_what_was_acknowledged_is_kept(self) -> None:
        for key, reply in self.acknowledged.items():
            stored = self.look(lambda tx, key=key: tx.reply(*key))
            assert stored is not None
            text = "" if key in self.deleted else reply.text
            assert stored.reply.text == text  # type: ignore[attr-defined]

    @invariant()
    def i2_i3_one_live_prompt_or_a_reason_for_each_occurrence(self) -> None:
        markers = [prompt.marker for prompt in self.here.chat.world.prompts]
        assert len(set(markers)) == len(markers)
        for channel in CHANNELS:
            lines = self.look(lambda tx, channel=channel: tx.ledger(channel, 5000))
            assert isinstance(lines, list)
            for line in lines:
                is_explained = line.reason is not None
                assert is_explained == (line.state in (OccurrenceState.SKIPPED, OccurrenceState.FAILED))
                if line.state is OccurrenceState.POSTED:
                    assert line.round in markers
                if line.state in (OccurrenceState.SKIPPED, OccurrenceState.FAILED):
                    assert line.round not in markers

    @invariant()
    def i4_streaks_and_credits_are_those_of_the_facts(self) -> None:
        now = self.here.clock.now()
        for member in MEMBERS:
            shown = self.runner.run(standing.streak_of(self.here.ports, member))
            facts = self.look(lambda tx, m=member: self.facts(tx, m, now))
            assert isinstance(facts, streaks.Facts)
            assert shown == streaks.streak(facts, now)
            for credit in facts.credits:
                counted = self.look(lambda tx, m=member, day=credit.local_date: tx.counted(m, day))
                assert isinstance(counted, list)
                reviews = self.look(lambda tx, m=member, day=credit.local_date: tx.counted_reviews(m, day))
                assert isinstance(reviews, list)
                is_live = any(answer.withdrawn_at is None for answer in counted)
                is_live |= any(review.removed_at is None for review in reviews)
                assert (credit.withdrawn_at is None) == is_live

    def facts(self, tx: Transaction, member: Member, now: datetime) -> streaks.Facts:
        zone = next((schedule.zone for schedule in tx.schedules(member.workspace)), "UTC")
        return tx.facts(member, zone, None, now)

    @invariant()
    def i7_nobody_has_more_days_than_have_passed(self) -> None:
        passed = (self.here.clock.now() - self.began).days
        for member in MEMBERS:
            days = self.look(lambda tx, m=member: tx.practice_days(m, date(2026, 1, 1)))
            assert isinstance(days, tuple)
            assert len(days) <= passed + 2

    @invariant()
    def i10_no_workspace_has_a_row_of_another(self) -> None:
        for prompt in self.here.chat.world.prompts:
            other = THERE if prompt.channel.workspace == HERE else HERE
            assert self.look(lambda tx, p=prompt, w=other: tx.round(w, p.marker)) is None
        for workspace in (HERE, THERE):
            for member in self.runner.run(self.here.ports.store.read(lambda tx, w=workspace: tx.members(w))):  # type: ignore[misc]
                assert member.workspace == workspace

    @rule()
    def all_is_quiet_after_a_while(self) -> None:
        """Whatever was begun is finished or given up, and a recount changes nothing."""
        self.here.chat.outcomes.clear()
        for _ in range(6):
            self.here.clock.advance(minutes=2)
            self.ring()
        far = self.here.clock.now() + timedelta(days=900)
        assert self.look(lambda tx: tx.stale_postings(far, EVERYWHERE, 9)) == []
        assert self.look(lambda tx: tx.overdue(self.here.clock.now())) == 0
        assert self.look(lambda tx: tx.threadless(datetime.min.replace(tzinfo=UTC), EVERYWHERE, 9)) == []
        for round_ in self.rounds():
            assert round_.posting is PostingState.POSTED
        self.check_cards()
        before = [self.runner.run(standing.streak_of(self.here.ports, member)) for member in MEMBERS]
        self.runner.run(recounting.recount(self.here.ports))
        assert [self.runner.run(standing.streak_of(self.here.ports, member)) for member in MEMBERS] == before


TestHistory = pytest.mark.bad_input(52, 54, 59, 87, 94, 95, 96)(History.TestCase)
TestHistory.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
