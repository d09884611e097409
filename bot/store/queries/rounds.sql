-- Rounds, the question texts they were asked with, and the hints taken in them.

-- name: keep_question(workspace, question, version, body)!
INSERT INTO question (workspace, question, version, body)
VALUES (:workspace, :question, :version, :body)
ON CONFLICT DO NOTHING;

-- name: question_body(workspace, question, version)^
SELECT body FROM question
WHERE workspace = :workspace AND question = :question AND version = :version;

-- name: add_round(workspace, id, channel, question, version, asked_by, asked_at, reveal_at, closes_at, slot, planned_date, planned_at, planned_zone, planned_time, posting, owner, attempt, lease_until, message, thread, reason)!
INSERT INTO round (workspace, id, channel, question, version, asked_by, asked_at, reveal_at, closes_at,
    slot, planned_date, planned_at, planned_zone, planned_time,
    posting, owner, attempt, lease_until, message, thread, reason)
VALUES (:workspace, :id, :channel, :question, :version, :asked_by, :asked_at, :reveal_at, :closes_at,
    :slot, :planned_date, :planned_at, :planned_zone, :planned_time,
    :posting, :owner, :attempt, :lease_until, :message, :thread, :reason);

-- name: round_by_id(workspace, id)^
SELECT {round_columns} FROM round WHERE workspace = :workspace AND id = :id;

-- name: round_in(workspace, channel, thread)^
SELECT {round_columns} FROM round
WHERE workspace = :workspace AND channel = :channel AND thread = :thread;

-- name: newest_round(workspace, channel)^
SELECT {round_columns} FROM round
WHERE workspace = :workspace AND channel = :channel AND posting = 'posted'
ORDER BY asked_at DESC, id DESC LIMIT 1;

-- name: times_asked(workspace, channel)
SELECT question, COUNT(*) FROM round
WHERE workspace = :workspace AND channel = :channel AND posting <> 'failed'
GROUP BY question;

-- name: seen_by(workspace, member)
SELECT question FROM round
WHERE workspace = :workspace AND asked_by = :member AND posting <> 'failed'
UNION
SELECT round.question FROM answer
JOIN round ON round.workspace = answer.workspace AND round.id = answer.round
WHERE answer.workspace = :workspace AND answer.member = :member;

-- name: answered_by(workspace, member)
SELECT DISTINCT round.question FROM answer
JOIN round ON round.workspace = answer.workspace AND round.id = answer.round
WHERE answer.workspace = :workspace AND answer.member = :member AND answer.withdrawn_at IS NULL;

-- name: reclaim_round(workspace, id, expected, owner, attempt, lease_until)!
UPDATE round SET owner = :owner, attempt = :attempt, lease_until = :lease_until
WHERE workspace = :workspace AND id = :id AND posting = 'posting' AND attempt = :expected
    AND (owner = :owner OR {owner_gone});

-- name: bind_prompt(workspace, id, attempt, message, at)!
UPDATE round SET posting = 'posted', message = :message, posted_at = :at
WHERE workspace = :workspace AND id = :id AND posting = 'posting' AND attempt = :attempt;

-- name: bind_thread(workspace, id, thread)!
UPDATE round SET thread = :thread
WHERE workspace = :workspace AND id = :id AND posting = 'posted';

-- name: fail_round(workspace, id, attempt, reason)!
UPDATE round SET posting = 'failed', reason = :reason
WHERE workspace = :workspace AND id = :id AND posting = 'posting' AND attempt = :attempt;

-- name: settle_occurrence(workspace, channel, slot, local_date, round, state, reason, posted_at)!
UPDATE occurrence SET state = :state, reason = :reason, posted_at = :posted_at
WHERE workspace = :workspace AND channel = :channel AND slot = :slot AND local_date = :local_date
    AND state = 'posting' AND round = :round;

-- name: stale_postings(now, owner, first, second, third, amount)
SELECT {round_columns} FROM round
WHERE posting = 'posting' AND lease_until <= :now AND (owner = :owner OR {owner_gone})
    AND (workspace LIKE :first OR workspace LIKE :second OR workspace LIKE :third)
ORDER BY lease_until, workspace, id LIMIT :amount;

-- name: threadless(since, first, second, third, amount)
SELECT {round_columns} FROM round
WHERE posting = 'posted' AND thread IS NULL AND asked_at >= :since
    AND (workspace LIKE :first OR workspace LIKE :second OR workspace LIKE :third)
ORDER BY asked_at, workspace, id LIMIT :amount;

-- name: take_hint(workspace, member, round, upto)^
INSERT INTO hint_use (workspace, member, round, taken)
VALUES (:workspace, :member, :round, 1)
ON CONFLICT (workspace, member, round)
DO UPDATE SET taken = CASE WHEN hint_use.taken < :upto THEN hint_use.taken + 1 ELSE hint_use.taken END
RETURNING taken;
