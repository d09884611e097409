"""Reviews: who said what of which answer, who was asked to, votes between answers, and who wants to be reminded."""

from alembic import op

from bot.store.dialects import POSTGRES, SQLITE

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATEMENTS = (
    # It stays when its answer is deleted, so `answer` refers to nothing. Whoever has their data deleted leaves
    # NULL where their id was, and a reviewer takes the words and scores along.
    """
    CREATE TABLE review (
        workspace {text} NOT NULL,
        id {text} NOT NULL,
        answer {text} NOT NULL,
        round {text} NOT NULL,
        author {text},
        reviewer {text},
        answer_version {int} NOT NULL CHECK (answer_version >= 1),
        structure {int} CHECK (structure BETWEEN 1 AND 5),
        substance {int} CHECK (substance BETWEEN 1 AND 5),
        covered {text} NOT NULL,
        strong {text} NOT NULL,
        to_change {text} NOT NULL,
        words {text} NOT NULL,
        named {int} NOT NULL CHECK (named IN (0, 1)),
        version {int} NOT NULL CHECK (version >= 1),
        at {int} NOT NULL,
        changed_at {int},
        local_date {text} NOT NULL,
        zone {text} NOT NULL,
        counts {int} NOT NULL CHECK (counts IN (0, 1)),
        thanked_at {int},
        flagged_at {int},
        flag_reason {text},
        removed_at {int},
        removed_by {text},
        opened_at {int},
        message {text},
        due_at {int},
        attempts {int} NOT NULL CHECK (attempts >= 0),
        PRIMARY KEY (workspace, id),
        UNIQUE (workspace, answer, reviewer),
        FOREIGN KEY (workspace, round) REFERENCES round (workspace, id),
        CHECK (author IS NULL OR reviewer IS NULL OR author <> reviewer),
        CHECK ((structure IS NULL) = (reviewer IS NULL) AND (substance IS NULL) = (reviewer IS NULL)),
        CHECK (reviewer IS NOT NULL OR (removed_at IS NOT NULL AND strong = '' AND to_change = '' AND words = ''))
    ){rows}
    """,
    """
    CREATE TABLE review_offer (
        workspace {text} NOT NULL,
        member {text} NOT NULL,
        answer {text} NOT NULL,
        at {int} NOT NULL,
        local_date {text} NOT NULL,
        PRIMARY KEY (workspace, member, answer)
    ){keyed}
    """,
    """
    CREATE TABLE gold_review (
        workspace {text} NOT NULL,
        member {text} NOT NULL,
        gold {text} NOT NULL,
        track {text} NOT NULL,
        structure {int} NOT NULL CHECK (structure BETWEEN 1 AND 5),
        substance {int} NOT NULL CHECK (substance BETWEEN 1 AND 5),
        covered {text} NOT NULL,
        strong {text} NOT NULL,
        to_change {text} NOT NULL,
        at {int} NOT NULL,
        PRIMARY KEY (workspace, member, gold)
    ){rows}
    """,
    """
    CREATE TABLE vote (
        workspace {text} NOT NULL,
        member {text} NOT NULL,
        first_answer {text} NOT NULL,
        second_answer {text} NOT NULL,
        stronger {text} NOT NULL,
        why {text} NOT NULL,
        version {int} NOT NULL CHECK (version >= 1),
        at {int} NOT NULL,
        PRIMARY KEY (workspace, member, first_answer, second_answer),
        CHECK (first_answer < second_answer),
        CHECK (stronger IN (first_answer, second_answer))
    ){rows}
    """,
    # Nobody is asked to review an answer of somebody who is not there any more.
    """
    CREATE TABLE closed_account (
        workspace {text} NOT NULL,
        member {text} NOT NULL,
        at {int} NOT NULL,
        PRIMARY KEY (workspace, member)
    ){keyed}
    """,
    """
    CREATE TABLE reminder (
        workspace {text} NOT NULL,
        member {text} NOT NULL,
        sent {int} NOT NULL CHECK (sent >= 0),
        next_at {int} NOT NULL,
        PRIMARY KEY (workspace, member)
    ){keyed}
    """,
    "CREATE INDEX review_by_answer ON review (workspace, answer, at)",
    "CREATE INDEX review_by_reviewer ON review (workspace, reviewer, at) WHERE reviewer IS NOT NULL",
    "CREATE INDEX review_by_day ON review (workspace, reviewer, local_date, at) WHERE reviewer IS NOT NULL",
    "CREATE INDEX review_by_month ON review (workspace, local_date) WHERE reviewer IS NOT NULL",
    "CREATE INDEX review_by_author ON review (workspace, author, at) WHERE author IS NOT NULL",
    "CREATE INDEX review_by_age ON review (workspace, at)",
    "CREATE INDEX review_flagged ON review (workspace, at) WHERE flagged_at IS NOT NULL",
    "CREATE INDEX review_due ON review (due_at) WHERE due_at IS NOT NULL",
    "CREATE INDEX review_offer_by_answer ON review_offer (workspace, answer, at)",
    "CREATE INDEX review_offer_by_age ON review_offer (workspace, member, at)",
    "CREATE INDEX vote_by_pair ON vote (workspace, first_answer, second_answer)",
    "CREATE INDEX answer_standing ON answer (workspace, at) WHERE withdrawn_at IS NULL",
    "CREATE INDEX reminder_due ON reminder (next_at)",
)


def upgrade() -> None:
    """Add the tables and their indexes, and one by which the answers that stand are found by time."""
    dialect = SQLITE if op.get_bind().dialect.name == SQLITE.name else POSTGRES
    for statement in STATEMENTS:
        op.execute(dialect.fill(statement))


def downgrade() -> None:
    """An older program works with the backup that was made before the migration."""
    raise NotImplementedError("restore a backup instead")
