-- The workspace's record, who and what is kept, and the heartbeats of instances.
-- What is kept about one member is built from a table in bot/store/membership.py.

-- name: add_record(workspace, at, by_member, action, detail)!
INSERT INTO record (workspace, seq, at, by_member, action, detail)
VALUES (:workspace, (SELECT COALESCE(MAX(seq), 0) + 1 FROM record WHERE workspace = :workspace),
    :at, :by_member, :action, :detail)
ON CONFLICT DO NOTHING;

-- name: records(workspace, amount)
SELECT at, by_member, action, detail FROM record
WHERE workspace = :workspace
ORDER BY seq DESC LIMIT :amount;

-- name: workspaces()
SELECT workspace FROM round
UNION SELECT workspace FROM credit
UNION SELECT workspace FROM schedule
UNION SELECT workspace FROM zone_choice
UNION SELECT workspace FROM rest_choice
UNION SELECT workspace FROM neutral_span
UNION SELECT workspace FROM record
UNION SELECT workspace FROM local_person
UNION SELECT workspace FROM local_message
ORDER BY 1;

-- name: members(workspace)
SELECT member FROM credit WHERE workspace = :workspace
UNION SELECT member FROM answer WHERE workspace = :workspace
ORDER BY 1;

-- name: beat(name, at)!
INSERT INTO instance (name, at) VALUES (:name, :at)
ON CONFLICT (name) DO UPDATE SET at = CASE WHEN excluded.at > instance.at THEN excluded.at ELSE instance.at END;

-- name: beat_of(name)^
SELECT at FROM instance WHERE name = :name;

-- name: last_beat()^
SELECT MAX(at) FROM instance;

-- name: forget_asker(workspace, member)!
UPDATE round SET asked_by = NULL WHERE workspace = :workspace AND asked_by = :member;

-- name: forget_planner(workspace, member)!
UPDATE schedule SET created_by = '' WHERE workspace = :workspace AND created_by = :member;

-- name: forget_pauser(workspace, reason)!
UPDATE schedule SET pause_reason = NULL WHERE workspace = :workspace AND pause_reason = :reason;

-- name: forget_mender(workspace, member)!
UPDATE mend SET by_member = NULL WHERE workspace = :workspace AND by_member = :member;

-- name: forget_recorded(workspace, member)!
UPDATE record SET by_member = NULL WHERE workspace = :workspace AND by_member = :member;

-- name: forget_mended(workspace, whom)!
-- `2026-11-18 for ben`: the date stays.
UPDATE record SET detail = substr(detail, 1, 10)
WHERE workspace = :workspace AND action = 'restore' AND substr(detail, 11) = :whom;
