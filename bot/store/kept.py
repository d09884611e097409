"""Which rows are kept about one member, and the statements that show, count and delete them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kept:
    """Rows of one table that are a member's own: `whose` is the condition, `shown` the columns of an export."""

    table: str
    whose: str
    shown: tuple[str, ...]


def _kept(table: str, whose: str, shown: str) -> Kept:
    return Kept(table, whose, tuple(shown.split()))


# In the order in which they can be deleted: versions before their answers.
KEPT = (
    _kept(
        "answer_version",
        "answer IN (SELECT id FROM answer WHERE workspace = :workspace AND member = :member)",
        "answer version text at",
    ),
    _kept(
        "answer",
        "member = :member",
        "id round message text at local_date zone late counts chosen version changed_at withdrawn_at",
    ),
    _kept(
        "reply",
        "author = :member",
        "channel thread message round text at by_form edited_at deleted_at enough_at",
    ),
    _kept("hint_use", "member = :member", "round taken"),
    _kept("credit", "member = :member", "local_date at zone withdrawn_at"),
    _kept("freeze_use", "member = :member", "local_date at"),
    _kept("mend", "member = :member", "local_date kind at by_member"),
    _kept("zone_choice", "member = :member", "at zone told"),
    _kept("rest_choice", "member = :member", "from_date weekdays"),
    _kept("checkpoint", "member = :member", "through state"),
    _kept("tally", "member = :member", "month days all_days answers"),
    _kept("suggestion", "member = :member", "id at body state decided_at reason"),
    _kept(
        "local_message",
        "(author = :member OR only_for = :member)",
        "seq channel thread author text card only_for at edited_at deleted_at",
    ),
    _kept("local_person", "name = :member", "name seq manager joined_at"),
)


# Every table with rows of a workspace, in the order in which they can be emptied.
TENANT_TABLES = (
    *(kept.table for kept in KEPT),
    *(
        "occurrence",
        "schedule",
        "round",
        "question",
        "neutral_span",
        "record",
        "event",
        "watermark",
        "fact",
        "pack",
    ),
)


def statements() -> str:
    """The named statements for each table: `show_reply`, `count_reply`, `delete_reply`, `empty_reply` and so on."""
    return "\n".join((*(_of_table(kept) for kept in KEPT), *map(_emptied, TENANT_TABLES)))


def _emptied(table: str) -> str:
    return f"""
-- name: empty_{table}(workspace)!
DELETE FROM {table} WHERE workspace = :workspace;
"""


def _of_table(kept: Kept) -> str:
    where = f"WHERE workspace = :workspace AND {kept.whose};"
    return f"""
-- name: show_{kept.table}(workspace, member)
SELECT {", ".join(kept.shown)} FROM {kept.table} {where}

-- name: count_{kept.table}(workspace, member)^
SELECT COUNT(*) FROM {kept.table} {where}

-- name: delete_{kept.table}(workspace, member)!
DELETE FROM {kept.table} {where}
"""
