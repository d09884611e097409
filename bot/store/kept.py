"""Which rows are kept about one member, the statements that show, count and delete them, and how one is shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.store.rows import Row, instant

_YES_OR_NO = frozenset(("by_form", "chosen", "counts", "late", "manager", "named", "told"))


@dataclass(frozen=True)
class Kept:
    """Rows of one table about a member: `whose` is the condition, `shown` the columns of an export.

    `name` is what they are called there: a table, or a part of one.
    """

    name: str
    table: str
    whose: str
    shown: tuple[str, ...]


def _kept(name: str, whose: str, shown: str, table: str | None = None) -> Kept:
    return Kept(name, table or name, whose, tuple(shown.split()))


# What is a member's own, in the order in which they can be deleted: versions before their answers.
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
    _kept("review_offer", "member = :member", "answer at local_date"),
    _kept("gold_review", "member = :member", "gold track structure substance covered strong to_change at"),
    _kept("vote", "member = :member", "first_answer second_answer stronger why version at"),
    _kept("closed_account", "member = :member", "at"),
    _kept("reminder", "member = :member", "sent next_at"),
    _kept(
        "local_message",
        "(author = :member OR only_for = :member)",
        "seq channel thread author text card only_for at edited_at deleted_at",
    ),
    _kept("local_person", "name = :member", "name seq manager joined_at"),
)

# What is two members': it stays when one of them is deleted, without that one (`ForgettingPart`). What others said of a
# member's answers is theirs; of it a member is shown what they did themselves.
SHARED = (
    _kept(
        "review",
        "reviewer = :member",
        "id answer round answer_version structure substance covered strong to_change named version at changed_at"
        " local_date zone counts thanked_at removed_at",
    ),
    _kept("review_got", "author = :member", "id answer at thanked_at flagged_at flag_reason", "review"),
)

# Every table with rows of a workspace, in the order in which they can be emptied.
TENANT_TABLES = (
    *(kept.table for kept in KEPT),
    *(
        "review",
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


def shown(columns: tuple[str, ...], row: Row) -> dict[str, object]:
    """A row for its owner to read: columns by name, instants as ISO text, yes and no as such."""

    def readable() -> Iterator[tuple[str, object]]:
        for name, value in zip(columns, row, strict=True):
            is_instant = value is not None and (name == "at" or name.endswith("_at"))
            yield (
                name,
                instant(value).isoformat() if is_instant else value == 1 if name in _YES_OR_NO else value,
            )

    return dict(readable())


def statements() -> str:
    """The named statements for each table: `show_reply`, `count_reply`, `delete_reply`, `empty_reply` and so on."""
    told = "".join(map(_told, (*KEPT, *SHARED)))
    return "\n".join((told, *map(_deleted, KEPT), *map(_emptied, TENANT_TABLES)))


def _emptied(table: str) -> str:
    return f"""
-- name: empty_{table}(workspace)!
DELETE FROM {table} WHERE workspace = :workspace;
"""


def _where(kept: Kept) -> str:
    return f"FROM {kept.table} WHERE workspace = :workspace AND {kept.whose};"


def _told(kept: Kept) -> str:
    return f"""
-- name: show_{kept.name}(workspace, member)
SELECT {", ".join(kept.shown)} {_where(kept)}

-- name: count_{kept.name}(workspace, member)^
SELECT COUNT(*) {_where(kept)}
"""


def _deleted(kept: Kept) -> str:
    return f"""
-- name: delete_{kept.name}(workspace, member)!
DELETE {_where(kept)}
"""
