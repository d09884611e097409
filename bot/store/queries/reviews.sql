-- Reviews of answers, and the drawing of their cards.

-- name: add_review(workspace, id, answer, reviewer, answer_version, structure, substance, covered, strong, to_change, words, named, version, at, changed_at, local_date, zone, counts, thanked_at, flagged_at, flag_reason, removed_at, removed_by, message, due_at, attempts)!
-- Round and author are those of the answer, and there is nothing to add without one that may be reviewed.
INSERT INTO review (workspace, id, answer, round, author, reviewer, answer_version, structure, substance, covered,
    strong, to_change, words, named, version, at, changed_at, local_date, zone, counts, thanked_at, flagged_at,
    flag_reason, removed_at, removed_by, message, due_at, attempts)
SELECT :workspace, :id, answer.id, answer.round, answer.member, :reviewer, :answer_version, :structure, :substance,
    :covered, :strong, :to_change, :words, :named, :version, :at, :changed_at, :local_date, :zone, :counts,
    :thanked_at, :flagged_at, :flag_reason, :removed_at, :removed_by, :message, :due_at, :attempts
FROM answer
WHERE answer.workspace = :workspace AND answer.id = :answer AND answer.withdrawn_at IS NULL
    AND answer.member <> :reviewer
    AND NOT EXISTS (SELECT 1 FROM closed_account
        WHERE closed_account.workspace = :workspace AND closed_account.member = answer.member)
ON CONFLICT (workspace, answer, reviewer) DO NOTHING;

-- name: change_review(workspace, id, answer_version, structure, substance, covered, strong, to_change, words, named, version, at, changed_at, local_date, zone, counts, thanked_at, flagged_at, flag_reason, removed_at, removed_by)!
-- What a reviewer who is gone has left stays as it is.
UPDATE review SET answer_version = :answer_version, structure = :structure, substance = :substance,
    covered = :covered, strong = :strong, to_change = :to_change,
    words = CASE WHEN words LIKE '%' || :words || '%' THEN words ELSE words || ' ' || :words END, named = :named,
    version = :version, at = :at, changed_at = :changed_at, local_date = :local_date, zone = :zone,
    counts = :counts, thanked_at = :thanked_at, flagged_at = :flagged_at, flag_reason = :flag_reason,
    removed_at = :removed_at, removed_by = :removed_by
WHERE workspace = :workspace AND id = :id AND reviewer IS NOT NULL;

-- name: review(workspace, id)^
SELECT {review_columns} FROM review WHERE workspace = :workspace AND id = :id;

-- name: review_by(workspace, reviewer, answer)^
SELECT {review_columns} FROM review
WHERE workspace = :workspace AND answer = :answer AND reviewer = :reviewer;

-- name: reviews_of(workspace, answer)
SELECT {review_columns} FROM review
WHERE workspace = :workspace AND answer = :answer AND removed_at IS NULL
ORDER BY at, id;

-- name: reviews_given(workspace, reviewer, amount)
SELECT {review_columns} FROM review
WHERE workspace = :workspace AND reviewer = :reviewer AND removed_at IS NULL
ORDER BY at DESC, id DESC LIMIT :amount;

-- name: reviews_got(workspace, author, amount)
SELECT {review_columns} FROM review
WHERE workspace = :workspace AND author = :author AND removed_at IS NULL
ORDER BY at DESC, id DESC LIMIT :amount;

-- name: flagged_reviews(workspace, amount)
SELECT {review_columns} FROM review
WHERE workspace = :workspace AND flagged_at IS NOT NULL AND removed_at IS NULL
ORDER BY at DESC, id DESC LIMIT :amount;

-- name: other_reviews(workspace, amount)
-- Those that are not flagged.
SELECT {review_columns} FROM review
WHERE workspace = :workspace AND flagged_at IS NULL AND removed_at IS NULL
ORDER BY at DESC, id DESC LIMIT :amount;

-- name: given_since(workspace, reviewer, since)^
SELECT COUNT(*) FROM review
WHERE workspace = :workspace AND reviewer = :reviewer AND at >= :since AND removed_at IS NULL;

-- name: giving(workspace, members, first, last, unnamed)
SELECT reviewer, COUNT(*), SUM(CASE WHEN thanked_at IS NULL THEN 0 ELSE 1 END) FROM review
WHERE workspace = :workspace AND reviewer IN (SELECT value FROM {listed}(:members))
    AND local_date >= :first AND local_date <= :last AND removed_at IS NULL AND (named = 1 OR :unnamed = 1)
GROUP BY reviewer;

-- name: most_giving(workspace, first, last, amount)
SELECT reviewer, COUNT(*) AS given, SUM(CASE WHEN thanked_at IS NULL THEN 0 ELSE 1 END) AS thanked FROM review
WHERE workspace = :workspace AND local_date >= :first AND local_date <= :last AND reviewer IS NOT NULL
    AND removed_at IS NULL AND named = 1
GROUP BY reviewer
ORDER BY given DESC, thanked DESC, reviewer LIMIT :amount;

-- name: counted_reviews(workspace, reviewer, local_date)
SELECT {review_columns} FROM review
WHERE workspace = :workspace AND reviewer = :reviewer AND local_date = :local_date AND counts = 1
ORDER BY at, id;

-- name: said_before(workspace, words, id)^
-- `words` are the fingerprints of all versions, one after the other.
SELECT EXISTS (SELECT 1 FROM review
    WHERE workspace = :workspace AND words LIKE '%' || :words || '%' AND id <> :id);

-- name: due_reviews(now, first, second, third, amount)
SELECT {review_columns} FROM review
WHERE due_at <= :now AND (workspace LIKE :first OR workspace LIKE :second OR workspace LIKE :third)
ORDER BY due_at, workspace, id LIMIT :amount;

-- name: claim_showing(workspace, id, due_at, until)!
UPDATE review SET due_at = :until, attempts = attempts + 1
WHERE workspace = :workspace AND id = :id AND due_at = :due_at;

-- name: end_showing(workspace, id, until, message, due_at, at, opened_at)!
-- Within a second after `until` it was called for meanwhile; anything else is another's claim.
UPDATE review SET message = :message, opened_at = COALESCE(opened_at, :opened_at),
    due_at = CASE WHEN due_at = :until THEN :due_at
        WHEN due_at > :until AND due_at < :until + 1000000 THEN :at ELSE due_at END,
    attempts = CASE WHEN due_at >= :until AND due_at < :until + 1000000 THEN 0 ELSE attempts END
WHERE workspace = :workspace AND id = :id;

-- name: call_for_showing(workspace, answer, at)!
-- What is being drawn is marked as called for, by a microsecond.
UPDATE review SET due_at = CASE WHEN attempts > 0 THEN due_at + 1 WHEN due_at < :at THEN due_at ELSE :at END
WHERE workspace = :workspace AND answer = :answer AND removed_at IS NULL;

-- name: call_for_card(workspace, id, at)!
UPDATE review SET due_at = CASE WHEN attempts > 0 THEN due_at + 1 WHEN due_at < :at THEN due_at ELSE :at END
WHERE workspace = :workspace AND id = :id AND removed_at IS NULL;

-- name: call_for_held(workspace, author, at)!
UPDATE review SET due_at = CASE WHEN attempts > 0 THEN due_at + 1 ELSE :at END
WHERE workspace = :workspace AND author = :author AND due_at > :at AND removed_at IS NULL;

-- name: call_for_every_held(workspace, at)!
UPDATE review SET due_at = CASE WHEN attempts > 0 THEN due_at + 1 ELSE :at END
WHERE workspace = :workspace AND due_at > :at AND removed_at IS NULL;

-- name: forget_review(workspace, id)!
DELETE FROM review WHERE workspace = :workspace AND id = :id;

-- name: ids_of(workspace, member)
-- Everything of a member that others may have been shown in private: answers, reviews given, and flags of reviews got.
SELECT id FROM answer WHERE workspace = :workspace AND member = :member
UNION ALL
SELECT id FROM review WHERE workspace = :workspace AND (reviewer = :member OR author = :member);

-- name: bury_reviews(workspace, member, at)!
-- What a reviewer who is deleted leaves: a card of theirs may still stand in a thread, and has to be drawn anew.
UPDATE review SET reviewer = NULL, structure = NULL, substance = NULL, covered = '[]', strong = '', to_change = '',
    words = '', zone = 'UTC', counts = 0, flag_reason = NULL, removed_at = :at,
    due_at = CASE WHEN attempts > 0 THEN due_at + 1 ELSE :at END
WHERE workspace = :workspace AND reviewer = :member;

-- name: drop_unseen(workspace)!
-- Of a drawing that was begun nobody knows yet whether there is a card.
DELETE FROM review
WHERE workspace = :workspace AND reviewer IS NULL AND message IS NULL AND attempts = 0;

-- name: forget_reviewed(workspace, member, at)!
UPDATE review SET author = NULL, flag_reason = NULL,
    due_at = CASE WHEN attempts > 0 THEN due_at + 1 WHEN message IS NULL AND due_at IS NULL THEN NULL ELSE :at END
WHERE workspace = :workspace AND author = :member;

-- name: forget_remover(workspace, member)!
UPDATE review SET removed_by = NULL WHERE workspace = :workspace AND removed_by = :member;
