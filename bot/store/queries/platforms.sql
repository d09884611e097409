-- What platforms on a network need: the inbox, watermarks, small facts, and workspaces that left.

-- name: take_event(workspace, event, at, raw)!
INSERT INTO event (workspace, event, at, raw) VALUES (:workspace, :event, :at, :raw)
ON CONFLICT DO NOTHING;

-- name: forget_events(before)!
DELETE FROM event WHERE at < :before;

-- name: forget_set_aside(workspace)!
-- What could not be understood may hold anybody's words, so a member who is deleted takes all of it along.
UPDATE event SET raw = NULL WHERE workspace = :workspace AND raw IS NOT NULL;

-- name: watermark(workspace, channel, thread)^
SELECT at FROM watermark WHERE workspace = :workspace AND channel = :channel AND thread = :thread;

-- name: put_watermark(workspace, channel, thread, at)!
INSERT INTO watermark (workspace, channel, thread, at) VALUES (:workspace, :channel, :thread, :at)
ON CONFLICT (workspace, channel, thread)
DO UPDATE SET at = CASE WHEN excluded.at > watermark.at THEN excluded.at ELSE watermark.at END;

-- name: recalled(workspace, name)^
SELECT value FROM fact WHERE workspace = :workspace AND name = :name;

-- name: remember(workspace, name, value, at)!
INSERT INTO fact (workspace, name, value, at) VALUES (:workspace, :name, :value, :at)
ON CONFLICT (workspace, name) DO UPDATE SET value = excluded.value, at = excluded.at;

-- name: forget_fact(workspace, name)!
DELETE FROM fact WHERE workspace = :workspace AND name = :name;

-- name: remembering(name, before)
SELECT workspace FROM fact WHERE name = :name AND at < :before ORDER BY workspace;

-- name: open_threads(pattern, after)
SELECT {round_columns} FROM round
WHERE thread IS NOT NULL AND closes_at > :after AND workspace LIKE :pattern
ORDER BY closes_at, workspace, id;

-- name: replies_in(workspace, channel, thread, since)
SELECT {reply_columns} FROM reply
WHERE workspace = :workspace AND channel = :channel AND thread = :thread AND at >= :since AND by_form = 0
ORDER BY at, message;

-- name: newest_rounds(workspace, channel, amount)
SELECT {round_columns} FROM round
WHERE workspace = :workspace AND channel = :channel
ORDER BY asked_at DESC, id DESC LIMIT :amount;
