"""The first schema.

Instants are whole microseconds since 1970 in UTC, dates and months ISO text, yes and no 1 and 0, lists and
mappings JSON text. Every key begins with the workspace, so that its rows stay together and apart from others.
"""

from alembic import op

from bot.store.dialects import POSTGRES, SQLITE

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE question (
        workspace {text} NOT NULL,
        question {text} NOT NULL,
        version {text} NOT NULL,
        body {text} NOT NULL,
        PRIMARY KEY (workspace, question, version)
    ){rows}
    """,
    """
    CREATE TABLE round (
        workspace {text} NOT NULL,
        id {text} NOT NULL,
        channel {text} NOT NULL,
        question {text} NOT NULL,
        version {text} NOT NULL,
        asked_by {text},
        asked_at {int} NOT NULL,
        reveal_at {int} NOT NULL,
        closes_at {int} NOT NULL,
        slot {text},
        planned_date {text},
        planned_at {int},
        planned_zone {text},
        planned_time {text},
        posting {text} NOT NULL CHECK (posting IN ('posting', 'posted', 'failed')),
        owner {text} NOT NULL,
        attempt {int} NOT NULL CHECK (attempt >= 1),
        lease_until {int} NOT NULL,
        message {text},
        posted_at {int},
        thread {text},
        reason {text},
        PRIMARY KEY (workspace, id),
        FOREIGN KEY (workspace, question, version) REFERENCES question (workspace, question, version),
        CHECK ((slot IS NULL) = (planned_date IS NULL)),
        CHECK ((posting = 'posted') = (message IS NOT NULL)),
        CHECK (thread IS NULL OR posting = 'posted')
    ){rows}
    """,
    """
    CREATE TABLE hint_use (
        workspace {text} NOT NULL,
        member {text} NOT NULL,
        round {text} NOT NULL,
        taken {int} NOT NULL CHECK (taken >= 1),
        PRIMARY KEY (workspace, member, round)
    ){keyed}
    """,
    """
    CREATE TABLE reply (
        workspace {text} NOT NULL,
        channel {text} NOT NULL,
        thread {text} NOT NULL,
        message {text} NOT NULL,
        round {text} NOT NULL,
        author {text} NOT NULL,
        text {text} NOT NULL,
        at {int} NOT NULL,
        by_form {int} NOT NULL CHECK (by_form IN (0, 1)),
        edited_at {int},
        deleted_at {int},
        enough_at {int},
        fingerprint {text},
        PRIMARY KEY (workspace, channel, thread, message),
        FOREIGN KEY (workspace, round) REFERENCES round (workspace, id)
    ){rows}
    """,
    """
    CREATE TABLE answer (
        workspace {text} NOT NULL,
        id {text} NOT NULL,
        round {text} NOT NULL,
        member {text} NOT NULL,
        message {text} NOT NULL,
        text {text} NOT NULL,
        at {int} NOT NULL,
        local_date {text} NOT NULL,
        zone {text} NOT NULL,
        late {int} NOT NULL CHECK (late IN (0, 1)),
        counts {int} NOT NULL CHECK (counts IN (0, 1)),
        chosen {int} NOT NULL CHECK (chosen IN (0, 1)),
        version {int} NOT NULL CHECK (version >= 1),
        changed_at {int},
        withdrawn_at {int},
        PRIMARY KEY (workspace, id),
        UNIQUE (workspace, round, member),
        FOREIGN KEY (workspace, round) REFERENCES round (workspace, id)
    ){rows}
    """,
    """
    CREATE TABLE answer_version (
        workspace {text} NOT NULL,
        answer {text} NOT NULL,
        version {int} NOT NULL,
        text {text} NOT NULL,
        at {int} NOT NULL,
        PRIMARY KEY (workspace, answer, version),
        FOREIGN KEY (workspace, answer) REFERENCES answer (workspace, id)
    ){rows}
    """,
    """
    CREATE TABLE credit (
        workspace {text} NOT NULL,
        member {text} NOT NULL,
        local_date {text} NOT NULL,
        at {int} NOT NULL,
        zone {text} NOT NULL,
        withdrawn_at {int},
        PRIMARY KEY (workspace, member, local_date)
    ){keyed}
    """,
    """
    CREATE TABLE freeze_use (
        workspace {text} NOT NULL,
        member {text} NOT NULL,
        local_date {text} NOT NULL,
        at {int} NOT NULL,
        PRIMARY KEY (workspace, member, local_date)
    ){keyed}
    """,
    """
    CREATE TABLE zone_choice (
        workspace {text} NOT NULL,
        member {text} NOT NULL,
        at {int} NOT NULL,
        zone {text} NOT NULL,
        PRIMARY KEY (workspace, member, at)
    ){keyed}
    """,
    """
    CREATE TABLE rest_choice (
        workspace {text} NOT NULL,
        member {text} NOT NULL,
        from_date {text} NOT NULL,
        weekdays {text} NOT NULL,
        PRIMARY KEY (workspace, member, from_date)
    ){keyed}
    """,
    """
    CREATE TABLE neutral_span (
        workspace {text} NOT NULL,
        reason {text} NOT NULL,
        began_at {int} NOT NULL,
        ended_at {int},
        PRIMARY KEY (workspace, reason, began_at)
    ){keyed}
    """,
    """
    CREATE TABLE mend (
        workspace {text} NOT NULL,
        member {text} NOT NULL,
        local_date {text} NOT NULL,
        kind {text} NOT NULL CHECK (kind IN ('repair', 'restore')),
        at {int} NOT NULL,
        by_member {text},
        PRIMARY KEY (workspace, member, local_date, kind)
    ){keyed}
    """,
    """
    CREATE TABLE checkpoint (
        workspace {text} NOT NULL,
        member {text} NOT NULL,
        through {text} NOT NULL,
        state {text} NOT NULL,
        PRIMARY KEY (workspace, member)
    ){rows}
    """,
    # A sum that `recount` can rebuild: the practice days of a month, and all days and answers up to its end.
    """
    CREATE TABLE tally (
        workspace {text} NOT NULL,
        member {text} NOT NULL,
        month {text} NOT NULL,
        days {int} NOT NULL,
        all_days {int} NOT NULL,
        answers {int} NOT NULL,
        PRIMARY KEY (workspace, member, month)
    ){keyed}
    """,
    """
    CREATE TABLE schedule (
        workspace {text} NOT NULL,
        channel {text} NOT NULL,
        slot {text} NOT NULL,
        wall_time {text} NOT NULL,
        weekdays {text} NOT NULL,
        zone {text} NOT NULL,
        filters {text} NOT NULL,
        state {text} NOT NULL CHECK (state IN ('active', 'paused', 'removed')),
        pause_reason {text},
        skip {text},
        next_at {int},
        reveal_after {int} NOT NULL,
        seed {int} NOT NULL,
        created_by {text} NOT NULL,
        PRIMARY KEY (workspace, channel, slot)
    ){rows}
    """,
    """
    CREATE TABLE occurrence (
        workspace {text} NOT NULL,
        channel {text} NOT NULL,
        slot {text} NOT NULL,
        local_date {text} NOT NULL,
        at {int} NOT NULL,
        zone {text} NOT NULL,
        wall_time {text} NOT NULL,
        shift {text} CHECK (shift IN ('gap', 'fold')),
        state {text} NOT NULL CHECK (state IN ('pending', 'posting', 'posted', 'skipped', 'failed')),
        reason {text},
        round {text},
        posted_at {int},
        PRIMARY KEY (workspace, channel, slot, local_date),
        CHECK (reason IS NOT NULL OR state NOT IN ('skipped', 'failed')),
        CHECK (round IS NOT NULL OR state NOT IN ('posting', 'posted'))
    ){rows}
    """,
    """
    CREATE TABLE record (
        workspace {text} NOT NULL,
        seq {int} NOT NULL,
        at {int} NOT NULL,
        by_member {text},
        action {text} NOT NULL,
        detail {text} NOT NULL,
        PRIMARY KEY (workspace, seq)
    ){rows}
    """,
    # No workspace's data: when each instance of the program was last alive.
    """
    CREATE TABLE instance (
        name {text} NOT NULL PRIMARY KEY,
        at {int} NOT NULL
    ){rows}
    """,
    """
    CREATE TABLE local_person (
        workspace {text} NOT NULL,
        name {text} NOT NULL,
        seq {int} NOT NULL,
        manager {int} NOT NULL CHECK (manager IN (0, 1)),
        joined_at {int} NOT NULL,
        PRIMARY KEY (workspace, name)
    ){rows}
    """,
    """
    CREATE TABLE local_message (
        workspace {text} NOT NULL,
        seq {int} NOT NULL,
        channel {text} NOT NULL,
        thread {text},
        author {text},
        text {text} NOT NULL,
        card {text},
        only_for {text},
        marker {text},
        at {int} NOT NULL,
        edited_at {int},
        deleted_at {int},
        PRIMARY KEY (workspace, seq)
    ){rows}
    """,
)

INDEXES = (
    "CREATE UNIQUE INDEX round_by_thread ON round (workspace, channel, thread) WHERE thread IS NOT NULL",
    "CREATE INDEX round_by_age ON round (workspace, channel, asked_at)",
    "CREATE INDEX round_by_question ON round (workspace, channel, question, posting)",
    "CREATE INDEX round_by_asker ON round (workspace, asked_by) WHERE asked_by IS NOT NULL",
    "CREATE INDEX round_posting ON round (lease_until) WHERE posting = 'posting'",
    "CREATE INDEX round_threadless ON round (asked_at) WHERE posting = 'posted' AND thread IS NULL",
    "CREATE INDEX reply_by_author ON reply (workspace, author, round, at)",
    "CREATE INDEX reply_by_fingerprint ON reply (workspace, fingerprint, at, message)"
    " WHERE fingerprint IS NOT NULL",
    "CREATE INDEX answer_by_member ON answer (workspace, member, local_date)",
    "CREATE UNIQUE INDEX neutral_span_open ON neutral_span (workspace, reason) WHERE ended_at IS NULL",
    "CREATE INDEX tally_board ON tally (workspace, month, days DESC, all_days DESC, member, answers)",
    "CREATE INDEX schedule_due ON schedule (next_at) WHERE state = 'active'",
    "CREATE INDEX occurrence_open ON occurrence (at) WHERE state IN ('pending', 'posting')",
    "CREATE INDEX occurrence_by_age ON occurrence (workspace, channel, at)",
    "CREATE INDEX local_message_by_channel ON local_message (workspace, channel, seq)",
    "CREATE INDEX local_message_by_author ON local_message (workspace, author) WHERE author IS NOT NULL",
    "CREATE UNIQUE INDEX local_message_marker ON local_message (workspace, marker) WHERE marker IS NOT NULL",
)


def upgrade() -> None:
    """Make every table and index."""
    dialect = SQLITE if op.get_bind().dialect.name == SQLITE.name else POSTGRES
    for statement in (*TABLES, *INDEXES):
        op.execute(dialect.fill(statement))


def downgrade() -> None:
    """There is nothing before the first schema."""
    raise NotImplementedError("restore a backup instead")
