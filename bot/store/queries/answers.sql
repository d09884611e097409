-- Replies as they came, and the answers derived from them.

-- name: keep_reply(workspace, channel, thread, message, round, author, text, at, by_form, edited_at, deleted_at, enough_at, fingerprint)!
INSERT INTO reply (workspace, channel, thread, message, round, author, text, at, by_form,
    edited_at, deleted_at, enough_at, fingerprint)
VALUES (:workspace, :channel, :thread, :message, :round, :author, :text, :at, :by_form,
    :edited_at, :deleted_at, :enough_at, :fingerprint)
ON CONFLICT DO NOTHING;

-- name: reply(workspace, channel, thread, message)^
SELECT {reply_columns} FROM reply
WHERE workspace = :workspace AND channel = :channel AND thread = :thread AND message = :message;

-- name: change_reply(workspace, channel, thread, message, text, at, by_form, edited_at, deleted_at, enough_at, fingerprint)!
UPDATE reply SET text = :text, at = :at, by_form = :by_form, edited_at = :edited_at, deleted_at = :deleted_at,
    enough_at = :enough_at, fingerprint = :fingerprint
WHERE workspace = :workspace AND channel = :channel AND thread = :thread AND message = :message;

-- name: replies(workspace, author, round)
SELECT {reply_columns} FROM reply
WHERE workspace = :workspace AND author = :author AND round = :round
ORDER BY at, message;

-- name: same_words(workspace, fingerprint, at, message, author, round)
-- Of the earlier ones any will do; the later ones have to be judged again.
SELECT * FROM (SELECT {reply_columns} FROM reply
    WHERE workspace = :workspace AND fingerprint = :fingerprint AND (at, message) < (:at, :message)
    AND CASE WHEN author = :author THEN round <> :round ELSE EXISTS (
        SELECT 1 FROM round theirs
        JOIN round ours ON ours.workspace = theirs.workspace AND ours.question = theirs.question
        WHERE theirs.workspace = :workspace AND theirs.id = reply.round AND ours.id = :round
    ) END
    LIMIT 1) AS earlier
UNION ALL
SELECT {reply_columns} FROM reply
WHERE workspace = :workspace AND fingerprint = :fingerprint AND (at, message) > (:at, :message)
    AND CASE WHEN author = :author THEN round <> :round ELSE EXISTS (
        SELECT 1 FROM round theirs
        JOIN round ours ON ours.workspace = theirs.workspace AND ours.question = theirs.question
        WHERE theirs.workspace = :workspace AND theirs.id = reply.round AND ours.id = :round
    ) END;

-- name: answer(workspace, round, member)^
SELECT {answer_columns} FROM answer
WHERE workspace = :workspace AND round = :round AND member = :member;

-- name: answer_by_id(workspace, id)^
SELECT {answer_columns} FROM answer WHERE workspace = :workspace AND id = :id;

-- name: add_answer(workspace, id, round, member, message, text, at, local_date, zone, late, counts, chosen, version, changed_at, withdrawn_at)!
INSERT INTO answer (workspace, id, round, member, message, text, at, local_date, zone, late, counts,
    chosen, version, changed_at, withdrawn_at)
VALUES (:workspace, :id, :round, :member, :message, :text, :at, :local_date, :zone, :late, :counts,
    :chosen, :version, :changed_at, :withdrawn_at)
ON CONFLICT (workspace, round, member) DO NOTHING;

-- name: keep_version(workspace, id, version)!
-- The text that is about to be replaced; an answer itself holds only its newest one.
INSERT INTO answer_version (workspace, answer, version, text, at)
SELECT workspace, id, version, text, COALESCE(changed_at, at) FROM answer
WHERE workspace = :workspace AND id = :id AND version < :version
ON CONFLICT DO NOTHING;

-- name: change_answer(workspace, id, message, text, at, local_date, zone, late, counts, chosen, version, changed_at, withdrawn_at)!
UPDATE answer SET message = :message, text = :text, at = :at, local_date = :local_date, zone = :zone,
    late = :late, counts = :counts, chosen = :chosen, version = :version, changed_at = :changed_at,
    withdrawn_at = :withdrawn_at
WHERE workspace = :workspace AND id = :id;

-- name: answers_of(workspace, round)
SELECT {answer_columns} FROM answer
WHERE workspace = :workspace AND round = :round AND withdrawn_at IS NULL
ORDER BY at, id;

-- name: counted(workspace, member, local_date)
SELECT {answer_columns} FROM answer
WHERE workspace = :workspace AND member = :member AND local_date = :local_date AND counts = 1
ORDER BY at, id;
