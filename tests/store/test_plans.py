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
}

HARMLESS = (
    "SCAN occurrence USING INDEX occurrence_open",  # only what is open
    "SCAN round USING INDEX round_threadless",  # only what has no thread
    "SCAN earlier",  # one row
    "SCAN CONSTANT ROW",
)


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
        if name != "counted":  # one member's answers of one day
            assert "TEMP B-TREE FOR ORDER BY" not in plan  # sorting ties is no sorting of everything
