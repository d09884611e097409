-- The stored facts that streaks are derived from, and the cached folds of older days.

-- name: zones(workspace, member)
-- The one without an instant is the zone of the workspace's first schedule, if there is any.
SELECT at, zone, told FROM zone_choice
WHERE workspace = :workspace AND member = :member
UNION ALL
SELECT NULL, (SELECT zone FROM schedule
    WHERE workspace = :workspace AND state <> 'removed'
    ORDER BY channel, slot LIMIT 1), 0;

-- name: choose_zone(workspace, member, at, zone, told)!
INSERT INTO zone_choice (workspace, member, at, zone, told)
VALUES (:workspace, :member, :at, :zone, :told)
ON CONFLICT (workspace, member, at) DO UPDATE SET zone = excluded.zone, told = excluded.told;

-- name: rest_choices(workspace, member)
SELECT from_date, weekdays FROM rest_choice
WHERE workspace = :workspace AND member = :member
ORDER BY from_date;

-- name: choose_rest(workspace, member, from_date, weekdays)!
INSERT INTO rest_choice (workspace, member, from_date, weekdays)
VALUES (:workspace, :member, :from_date, :weekdays)
ON CONFLICT (workspace, member, from_date) DO UPDATE SET weekdays = excluded.weekdays;

-- name: credits_after(workspace, member, after)
SELECT local_date, at, zone, withdrawn_at FROM credit
WHERE workspace = :workspace AND member = :member AND local_date > :after
ORDER BY local_date;

-- name: credit(workspace, member, local_date)^
SELECT at, zone, withdrawn_at FROM credit
WHERE workspace = :workspace AND member = :member AND local_date = :local_date;

-- name: add_credit(workspace, member, local_date, at, zone, withdrawn_at)!
INSERT INTO credit (workspace, member, local_date, at, zone, withdrawn_at)
VALUES (:workspace, :member, :local_date, :at, :zone, :withdrawn_at)
ON CONFLICT DO NOTHING;

-- name: change_credit(workspace, member, local_date, at, zone, withdrawn_at)!
UPDATE credit SET at = :at, zone = :zone, withdrawn_at = :withdrawn_at
WHERE workspace = :workspace AND member = :member AND local_date = :local_date;

-- name: drop_credit(workspace, member, local_date)!
DELETE FROM credit
WHERE workspace = :workspace AND member = :member AND local_date = :local_date;

-- name: practice_days(workspace, member, first)
SELECT local_date FROM credit
WHERE workspace = :workspace AND member = :member AND local_date >= :first AND withdrawn_at IS NULL
ORDER BY local_date;

-- name: mends(workspace, member)
SELECT local_date, kind, at, by_member FROM mend
WHERE workspace = :workspace AND member = :member
ORDER BY local_date, at, kind;

-- name: add_mend(workspace, member, local_date, kind, at, by_member)!
INSERT INTO mend (workspace, member, local_date, kind, at, by_member)
VALUES (:workspace, :member, :local_date, :kind, :at, :by_member)
ON CONFLICT (workspace, member, local_date, kind)
DO UPDATE SET at = excluded.at, by_member = excluded.by_member;

-- name: add_freeze_use(workspace, member, local_date, at)!
INSERT INTO freeze_use (workspace, member, local_date, at)
VALUES (:workspace, :member, :local_date, :at)
ON CONFLICT DO NOTHING;

-- name: neutral_spans(workspace, since)
-- `since` is an instant; spans that ended before it touch no later date.
SELECT began_at, ended_at, reason FROM neutral_span
WHERE workspace = :workspace AND (ended_at IS NULL OR ended_at >= :since)
ORDER BY began_at, reason;

-- name: open_neutral(workspace, reason, at)!
INSERT INTO neutral_span (workspace, reason, began_at)
VALUES (:workspace, :reason, :at)
ON CONFLICT DO NOTHING;

-- name: close_neutral(workspace, reason, at)!
UPDATE neutral_span SET ended_at = CASE WHEN began_at < :at THEN :at ELSE began_at END
WHERE workspace = :workspace AND reason = :reason AND ended_at IS NULL;

-- name: checkpoint(workspace, member)^
SELECT state FROM checkpoint WHERE workspace = :workspace AND member = :member;

-- name: put_checkpoint(workspace, member, through, state)!
INSERT INTO checkpoint (workspace, member, through, state)
VALUES (:workspace, :member, :through, :state)
ON CONFLICT (workspace, member) DO UPDATE SET through = excluded.through, state = excluded.state;

-- name: drop_checkpoint(workspace, member, since)!
DELETE FROM checkpoint WHERE workspace = :workspace AND member = :member AND through >= :since;

-- name: drop_checkpoints(workspace, since)!
DELETE FROM checkpoint WHERE workspace = :workspace AND through >= :since;
