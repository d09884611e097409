"""What is asked often is found by an index: SQLite's own plan of each statement says so."""

from pathlib import Path

import pytest

from bot.store.sqlite import opened
from bot.store.statements import parameters

PLANS = {
    "round_in": "INDEX round_by_thread",
    "reply": "INDEX sqlite_autoindex_reply_1",
    "same_words": "INDEX reply_by_fingerprint",
    "replies": "INDEX reply_by_author",
    "counted": "INDEX answer_by_member",
    "zones": "PRIMARY KEY",
    "credits_after": "PRIMARY KEY",
    "board": "COVERING INDEX tally_board",
    "due_schedules": "INDEX schedule_due",
    "pending": "INDEX occurrence_open",
    "overdue": "INDEX occurrence_open",
    "ledger": "INDEX occurrence_by_age",
    "stale_postings": "INDEX round_posting",
    "threadless": "INDEX round_threadless",
    "newest_round": "INDEX round_by_age",
    "answered_by": "INDEX answer_by_member",
    "times_asked": "COVERING INDEX round_by_question",
    "newest_messages": "INDEX local_message_by_channel",
    "channel_messages": "INDEX local_message_by_channel",
    "thread_messages": "INDEX local_message_by_channel",
    "thread_sizes": "INDEX local_message_by_channel",
    "messages_after": "INDEX sqlite_autoindex_local_message_1",
    "marked_message": "INDEX local_message_marker",
    "add_review": "INDEX sqlite_autoindex_answer_1",
    "review": "INDEX sqlite_autoindex_review_1",
    "review_by": "INDEX sqlite_autoindex_review_2",
    "reviews_of": "INDEX review_by_answer",
    "reviews_given": "INDEX review_by_reviewer",
    "reviews_got": "INDEX review_by_author",
    "flagged_reviews": "INDEX review_flagged",
    "other_reviews": "INDEX review_by_age",
    "given_since": "INDEX review_by_reviewer",
    "giving": "INDEX review_by_day",
    "most_giving": "INDEX review_by_month",
    "counted_reviews": "INDEX review_by_day",
    "said_before": "INDEX review_by_age",
    "due_reviews": "INDEX review_due",
    "call_for_showing": "INDEX review_by_answer",
    "call_for_held": "INDEX review_by_author",
    "open_answers": "INDEX answer_standing",
    "waiting_lately": "INDEX answer_standing",
    "standing_answers": "INDEX answer_standing",
    "offers": "INDEX review_offer_by_age",
    "offers_on": "PRIMARY KEY",
    "waiting_of": "INDEX answer_by_member",
    "gold_reviews": "INDEX sqlite_autoindex_gold_review_1",
    "vote": "INDEX sqlite_autoindex_vote_1",
    "votes_of": "COVERING INDEX sqlite_autoindex_vote_1",
    "votes_on": "INDEX vote_by_pair",
    "closed_since": "PRIMARY KEY",
    "reminders": "PRIMARY KEY",
    "reminders_due": "INDEX reminder_due",
}

HARMLESS = (
    "SCAN occurrence USING INDEX occurrence_open",  # only what is open
    "SCAN round USING INDEX round_threadless",  # only what has no thread
    "SCAN earlier",  # one row
    "SCAN recent",  # at most 200 rows
    "SCAN found",  # at most 20 of them
    "SCAN CONSTANT ROW",
    "SCAN json_each VIRTUAL TABLE",  # a list that was asked about
)

SORTED = {
    "counted": "one member's answers of one day",
    "open_answers": "the load is counted anew each time",
    "waiting_of": "one member's answers",
    "gold_reviews": "one member's",
    "most_giving": "a line for each member who gave any in a month",
    "votes_on": "those on one question's answers",
}


@pytest.mark.parametrize("name", PLANS)
async def test_what_is_asked_often_is_found_by_an_index_without_sorting(tmp_path: Path, name: str) -> None:
    async with opened(tmp_path / "practice.sqlite", "me") as store:
        sql = store._writer.session._runner._statements[name]
        values = (1,) * len(parameters(name))

        def explain() -> str:
            rows = store._writer.session.connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)
            return "\n".join(row[3] for row in rows)

        plan = await store._writer.hop(explain)
        assert PLANS[name] in plan
        for harmless in HARMLESS:
            plan = plan.replace(harmless, "")
        assert "SCAN" not in plan
        if name not in SORTED:
            assert "TEMP B-TREE FOR ORDER BY" not in plan  # sorting ties is no sorting of everything
