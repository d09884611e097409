-- People, channels and messages of the local platform.

-- name: join_person(workspace, name, at)!
INSERT INTO local_person (workspace, name, seq, manager, joined_at)
VALUES (:workspace, :name,
    (SELECT COALESCE(MAX(seq), 0) + 1 FROM local_person WHERE workspace = :workspace),
    CASE WHEN EXISTS (SELECT 1 FROM local_person WHERE workspace = :workspace AND manager = 1)
        THEN 0 ELSE 1 END,
    :at)
ON CONFLICT DO NOTHING;

-- name: appoint_manager(workspace)!
-- Where nobody is left who may manage, the one who has been there longest may.
UPDATE local_person SET manager = 1
WHERE workspace = :workspace
    AND seq = (SELECT MIN(first.seq) FROM local_person AS first WHERE first.workspace = :workspace)
    AND NOT EXISTS (SELECT 1 FROM local_person AS other WHERE other.workspace = :workspace AND other.manager = 1);

-- name: person_is_manager(workspace, name)^
SELECT manager FROM local_person WHERE workspace = :workspace AND name = :name;

-- name: people(workspace)
SELECT name FROM local_person WHERE workspace = :workspace ORDER BY seq, name;

-- name: channels(workspace)
SELECT DISTINCT channel FROM local_message WHERE workspace = :workspace ORDER BY channel;

-- name: add_message(workspace, channel, thread, author, text, card, only_for, marker, at, edited_at, deleted_at)
INSERT INTO local_message (workspace, seq, channel, thread, author, text, card, only_for, marker,
    at, edited_at, deleted_at)
VALUES (:workspace, (SELECT COALESCE(MAX(seq), 0) + 1 FROM local_message WHERE workspace = :workspace),
    :channel, :thread, :author, :text, :card, :only_for, :marker, :at, :edited_at, :deleted_at)
ON CONFLICT DO NOTHING
RETURNING seq;

-- name: message(workspace, seq)^
SELECT {message_columns} FROM local_message WHERE workspace = :workspace AND seq = :seq;

-- name: marked_message(workspace, marker)^
SELECT {message_columns} FROM local_message WHERE workspace = :workspace AND marker = :marker;

-- name: change_message(workspace, seq, text, card, edited_at, deleted_at)!
UPDATE local_message SET text = :text, card = :card, edited_at = :edited_at, deleted_at = :deleted_at
WHERE workspace = :workspace AND seq = :seq;

-- name: cards_naming(workspace, pattern)
SELECT seq, card FROM local_message
WHERE workspace = :workspace AND card LIKE :pattern ESCAPE '!'
ORDER BY seq;

-- name: private_cards(workspace, member, without)
-- Those of others.
SELECT seq, card FROM local_message
WHERE workspace = :workspace AND only_for <> :member AND card IS NOT NULL AND card NOT LIKE :without
ORDER BY seq;

-- name: drop_message(workspace, seq)!
-- Any but the newest.
DELETE FROM local_message
WHERE workspace = :workspace AND seq = :seq
    AND seq < (SELECT MAX(seq) FROM local_message WHERE workspace = :workspace);

-- name: change_card(workspace, seq, card)!
UPDATE local_message SET card = :card WHERE workspace = :workspace AND seq = :seq;

-- name: empty_newest(workspace, member)!
-- A number that was given out never comes back: the newest message is emptied where others are deleted.
UPDATE local_message SET author = NULL, only_for = NULL, text = '', card = NULL, marker = NULL, deleted_at = at
WHERE workspace = :workspace AND (author = :member OR only_for = :member)
    AND seq = (SELECT MAX(seq) FROM local_message WHERE workspace = :workspace);

-- name: newest_messages(workspace, channel, reader, before, amount)
-- Newest first.
SELECT {message_columns} FROM local_message
WHERE workspace = :workspace AND channel = :channel AND seq < :before
    AND (only_for IS NULL OR only_for = :reader)
ORDER BY seq DESC LIMIT :amount;

-- name: channel_messages(workspace, channel, reader, before, amount)
-- Newest first.
SELECT {message_columns} FROM local_message
WHERE workspace = :workspace AND channel = :channel AND seq < :before AND thread IS NULL
    AND (only_for IS NULL OR only_for = :reader)
ORDER BY seq DESC LIMIT :amount;

-- name: thread_messages(workspace, channel, thread, reader, amount)
-- Newest first.
SELECT {message_columns} FROM local_message
WHERE workspace = :workspace AND channel = :channel AND thread = :thread AND deleted_at IS NULL
    AND (only_for IS NULL OR only_for = :reader)
ORDER BY seq DESC LIMIT :amount;

-- name: thread_sizes(workspace, channel, after)
SELECT thread, COUNT(*) FROM local_message
WHERE workspace = :workspace AND channel = :channel AND seq > :after AND thread IS NOT NULL
    AND author IS NOT NULL AND deleted_at IS NULL
GROUP BY thread;

-- name: messages_after(workspace, reader, after, amount)
SELECT {message_columns} FROM local_message
WHERE workspace = :workspace AND seq > :after AND (only_for IS NULL OR only_for = :reader)
ORDER BY seq LIMIT :amount;
