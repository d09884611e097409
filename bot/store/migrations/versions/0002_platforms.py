"""What platforms on a network need: an inbox, watermarks of threads, small facts, and zones that a platform told."""

from alembic import op

from bot.store.dialects import POSTGRES, SQLITE

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    # What arrived, by the platform's own id of it, so that what is sent again is known; `raw` is what was not
    # understood.
    """
    CREATE TABLE event (
        workspace {text} NOT NULL,
        event {text} NOT NULL,
        at {int} NOT NULL,
        raw {text},
        PRIMARY KEY (workspace, event)
    ){keyed}
    """,
    # Up to where a thread's messages were read.
    """
    CREATE TABLE watermark (
        workspace {text} NOT NULL,
        channel {text} NOT NULL,
        thread {text} NOT NULL,
        at {int} NOT NULL,
        PRIMARY KEY (workspace, channel, thread)
    ){keyed}
    """,
    """
    CREATE TABLE fact (
        workspace {text} NOT NULL,
        name {text} NOT NULL,
        value {text} NOT NULL,
        at {int} NOT NULL,
        PRIMARY KEY (workspace, name)
    ){keyed}
    """,
    "ALTER TABLE zone_choice ADD COLUMN told {int} NOT NULL DEFAULT 0 CHECK (told IN (0, 1))",
    "CREATE INDEX event_by_age ON event (at)",
    "CREATE INDEX fact_by_name ON fact (name, workspace)",
    "CREATE INDEX round_by_end ON round (closes_at) WHERE thread IS NOT NULL",
)


def upgrade() -> None:
    """Add the tables, the column and the indexes."""
    dialect = SQLITE if op.get_bind().dialect.name == SQLITE.name else POSTGRES
    for statement in STATEMENTS:
        op.execute(dialect.fill(statement))


def downgrade() -> None:
    """An older program works with the backup that was made before the migration."""
    raise NotImplementedError("restore a backup instead")
