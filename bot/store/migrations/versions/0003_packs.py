"""Packs that a workspace brought itself, and the questions that its members suggest."""

from alembic import op

from bot.store.dialects import POSTGRES, SQLITE

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE pack (
        workspace {text} NOT NULL,
        pack {text} NOT NULL,
        version {int} NOT NULL,
        body {text} NOT NULL,
        by_member {text},
        at {int} NOT NULL,
        PRIMARY KEY (workspace, pack)
    ){rows}
    """,
    """
    CREATE TABLE suggestion (
        workspace {text} NOT NULL,
        id {text} NOT NULL,
        member {text} NOT NULL,
        at {int} NOT NULL,
        body {text} NOT NULL,
        state {text} NOT NULL CHECK (state IN ('open', 'accepted', 'declined')),
        decided_at {int},
        decided_by {text},
        reason {text},
        PRIMARY KEY (workspace, id),
        CHECK ((state = 'open') = (decided_at IS NULL))
    ){rows}
    """,
    "CREATE INDEX suggestion_by_member ON suggestion (workspace, member, at)",
    "CREATE INDEX suggestion_open ON suggestion (workspace, at) WHERE state = 'open'",
)


def upgrade() -> None:
    """Add the tables and their indexes."""
    dialect = SQLITE if op.get_bind().dialect.name == SQLITE.name else POSTGRES
    for statement in STATEMENTS:
        op.execute(dialect.fill(statement))


def downgrade() -> None:
    """An older program works with the backup that was made before the migration."""
    raise NotImplementedError("restore a backup instead")
