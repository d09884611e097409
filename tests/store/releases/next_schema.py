"""A schema after the newest one, for tests of the way there: it changes, adds and fills."""

from alembic import op

revision = "9999"
down_revision = "newest"  # the test writes the real one here
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change a table, add one, and carry rows over."""
    op.execute("ALTER TABLE round ADD COLUMN mood TEXT")
    op.execute("UPDATE round SET mood = 'calm'")
    op.execute("CREATE TABLE mood (workspace TEXT NOT NULL, round TEXT NOT NULL, mood TEXT NOT NULL)")
    op.execute("INSERT INTO mood SELECT workspace, id, mood FROM round")
    op.execute("DROP INDEX round_threadless")
