-- Packs that a workspace brought itself, and suggested questions.

-- name: packs_of(workspace)
SELECT body FROM pack WHERE workspace = :workspace ORDER BY pack;

-- name: put_pack(workspace, pack, version, body, by_member, at)!
INSERT INTO pack (workspace, pack, version, body, by_member, at)
VALUES (:workspace, :pack, :version, :body, :by_member, :at)
ON CONFLICT (workspace, pack) DO UPDATE SET version = excluded.version, body = excluded.body,
    by_member = excluded.by_member, at = excluded.at;

-- name: drop_pack(workspace, pack)!
DELETE FROM pack WHERE workspace = :workspace AND pack = :pack;

-- name: pack_marks()
SELECT workspace, COUNT(*), SUM(version), MAX(at) FROM pack GROUP BY workspace;

-- name: forget_packer(workspace, member)!
UPDATE pack SET by_member = NULL WHERE workspace = :workspace AND by_member = :member;

-- name: add_suggestion(workspace, id, member, at, body)!
INSERT INTO suggestion (workspace, id, member, at, body, state)
VALUES (:workspace, :id, :member, :at, :body, 'open')
ON CONFLICT DO NOTHING;

-- name: suggestion(workspace, id)^
SELECT {suggestion_columns} FROM suggestion WHERE workspace = :workspace AND id = :id;

-- name: open_suggestions(workspace, amount)
SELECT {suggestion_columns} FROM suggestion
WHERE workspace = :workspace AND state = 'open'
ORDER BY at, id LIMIT :amount;

-- name: suggestions_of(workspace, member, amount)
SELECT {suggestion_columns} FROM suggestion
WHERE workspace = :workspace AND member = :member
ORDER BY CASE WHEN state = 'open' THEN 0 ELSE 1 END, at DESC, id LIMIT :amount;

-- name: decide_suggestion(workspace, id, state, at, by_member, reason)!
UPDATE suggestion SET state = :state, decided_at = :at, decided_by = :by_member, reason = :reason
WHERE workspace = :workspace AND id = :id AND state = 'open';

-- name: forget_decider(workspace, member)!
UPDATE suggestion SET decided_by = NULL WHERE workspace = :workspace AND decided_by = :member;
