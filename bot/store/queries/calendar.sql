-- Schedules, their occurrences, and the ledger.

-- name: schedules(workspace)
SELECT {schedule_columns} FROM schedule
WHERE workspace = :workspace AND state <> 'removed'
ORDER BY channel, slot;

-- name: schedule(workspace, channel, slot)^
SELECT {schedule_columns} FROM schedule
WHERE workspace = :workspace AND channel = :channel AND slot = :slot;

-- name: put_schedule(workspace, channel, slot, wall_time, weekdays, zone, filters, state, pause_reason, skip, next_at, reveal_after, seed, created_by)!
INSERT INTO schedule (workspace, channel, slot, wall_time, weekdays, zone, filters, state, pause_reason, skip,
    next_at, reveal_after, seed, created_by)
VALUES (:workspace, :channel, :slot, :wall_time, :weekdays, :zone, :filters, :state, :pause_reason, :skip,
    :next_at, :reveal_after, :seed, :created_by)
ON CONFLICT (workspace, channel, slot) DO UPDATE SET wall_time = excluded.wall_time,
    weekdays = excluded.weekdays, zone = excluded.zone, filters = excluded.filters, state = excluded.state,
    pause_reason = excluded.pause_reason, skip = excluded.skip, next_at = excluded.next_at,
    reveal_after = excluded.reveal_after, seed = excluded.seed, created_by = excluded.created_by;

-- name: due_schedules(now, amount)
SELECT {schedule_columns} FROM schedule
WHERE state = 'active' AND next_at <= :now
ORDER BY next_at LIMIT :amount {skip_locked};

-- name: advance_schedule(next_at, skip, workspace, channel, slot)!
UPDATE schedule SET next_at = :next_at, skip = :skip
WHERE workspace = :workspace AND channel = :channel AND slot = :slot;

-- name: add_occurrence(workspace, channel, slot, local_date, at, zone, wall_time, shift, state, reason, round, posted_at)!
INSERT INTO occurrence (workspace, channel, slot, local_date, at, zone, wall_time, shift,
    state, reason, round, posted_at)
VALUES (:workspace, :channel, :slot, :local_date, :at, :zone, :wall_time, :shift,
    :state, :reason, :round, :posted_at)
ON CONFLICT DO NOTHING;

-- name: pending(first, second, third, late, amount)
-- The first condition is the one that the index is made for.
SELECT {occurrence_columns} FROM occurrence
WHERE state IN ('pending', 'posting') AND state = 'pending'
    AND (workspace LIKE :first OR workspace LIKE :second OR workspace LIKE :third OR at < :late)
ORDER BY at LIMIT :amount {skip_locked};

-- name: take_occurrence(workspace, channel, slot, local_date, round)!
UPDATE occurrence SET state = 'posting', round = :round
WHERE workspace = :workspace AND channel = :channel AND slot = :slot AND local_date = :local_date
    AND state = 'pending';

-- name: skip_occurrence(workspace, channel, slot, local_date, reason)!
UPDATE occurrence SET state = 'skipped', reason = :reason
WHERE workspace = :workspace AND channel = :channel AND slot = :slot AND local_date = :local_date
    AND state = 'pending';

-- name: reopen_occurrence(workspace, channel, slot, local_date, at)!
UPDATE occurrence SET state = 'pending', reason = NULL, round = NULL, at = :at
WHERE workspace = :workspace AND channel = :channel AND slot = :slot AND local_date = :local_date
    AND state = 'failed';

-- name: occurrence(workspace, channel, slot, local_date)^
SELECT {occurrence_columns}, state, reason, round, posted_at FROM occurrence
WHERE workspace = :workspace AND channel = :channel AND slot = :slot AND local_date = :local_date;

-- name: ledger(workspace, channel, amount)
SELECT {occurrence_columns}, state, reason, round, posted_at FROM occurrence
WHERE workspace = :workspace AND channel = :channel
ORDER BY at DESC, slot DESC LIMIT :amount;

-- name: overdue(before)^
SELECT COUNT(*) FROM occurrence
WHERE state IN ('pending', 'posting') AND at < :before;
