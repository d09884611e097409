-- What waits for a review, who was asked for it, votes between answers, and who is there.

-- name: channels_of(workspace, member)
SELECT round.channel FROM answer
JOIN round ON round.workspace = answer.workspace AND round.id = answer.round
WHERE answer.workspace = :workspace AND answer.member = :member
UNION SELECT channel FROM round WHERE workspace = :workspace AND asked_by = :member
UNION SELECT round.channel FROM review
JOIN round ON round.workspace = review.workspace AND round.id = review.round
WHERE review.workspace = :workspace AND review.reviewer = :member;

-- name: open_answers(workspace, member, since, wanted, offered_since, channels, amount)
-- An offer counts until whoever has it has reviewed the answer.
SELECT {answer_columns}, question, given + offered AS load FROM (
    SELECT {answer_columns},
        (SELECT round.question FROM round
            WHERE round.workspace = answer.workspace AND round.id = answer.round) AS question,
        (SELECT COUNT(*) FROM review
            WHERE review.workspace = answer.workspace AND review.answer = answer.id
                AND review.removed_at IS NULL) AS given,
        (SELECT COUNT(*) FROM review_offer AS offer
            WHERE offer.workspace = answer.workspace AND offer.answer = answer.id AND offer.at >= :offered_since
                AND NOT EXISTS (SELECT 1 FROM review AS made
                    WHERE made.workspace = offer.workspace AND made.answer = offer.answer
                        AND made.reviewer = offer.member)) AS offered
    FROM answer
    WHERE answer.workspace = :workspace AND answer.at >= :since AND answer.withdrawn_at IS NULL
        AND answer.member <> :member
        AND EXISTS (SELECT 1 FROM round AS place
            WHERE place.workspace = answer.workspace AND place.id = answer.round
                AND place.channel IN (SELECT value FROM {listed}(:channels)))
        AND NOT EXISTS (SELECT 1 FROM closed_account AS gone
            WHERE gone.workspace = answer.workspace AND gone.member = answer.member)
        AND NOT EXISTS (SELECT 1 FROM review AS own
            WHERE own.workspace = answer.workspace AND own.answer = answer.id AND own.reviewer = :member)
        AND NOT EXISTS (SELECT 1 FROM review_offer AS had
            WHERE had.workspace = answer.workspace AND had.member = :member AND had.answer = answer.id)
    ) AS candidate
WHERE given < :wanted
ORDER BY load, at, id LIMIT :amount;

-- name: waiting_lately(workspace, member, since, wanted, channel, among, amount)^
-- As `open_answers`, without loads and order: told with every accepted answer, so it looks at few.
SELECT COUNT(*) FROM (
    SELECT 1 AS one FROM (
        SELECT workspace, id, round, member FROM answer
        WHERE workspace = :workspace AND at >= :since AND withdrawn_at IS NULL
        ORDER BY at DESC LIMIT :among
    ) AS recent
    WHERE recent.member <> :member
        AND EXISTS (SELECT 1 FROM round
            WHERE round.workspace = recent.workspace AND round.id = recent.round AND round.channel = :channel)
        AND NOT EXISTS (SELECT 1 FROM closed_account AS gone
            WHERE gone.workspace = recent.workspace AND gone.member = recent.member)
        AND NOT EXISTS (SELECT 1 FROM review AS own
            WHERE own.workspace = recent.workspace AND own.answer = recent.id AND own.reviewer = :member)
        AND NOT EXISTS (SELECT 1 FROM review_offer AS had
            WHERE had.workspace = recent.workspace AND had.member = :member AND had.answer = recent.id)
        AND (SELECT COUNT(*) FROM review AS given
            WHERE given.workspace = recent.workspace AND given.answer = recent.id
                AND given.removed_at IS NULL) < :wanted
    LIMIT :amount
) AS found;

-- name: add_offer(workspace, member, answer, at, local_date)!
INSERT INTO review_offer (workspace, member, answer, at, local_date)
VALUES (:workspace, :member, :answer, :at, :local_date)
ON CONFLICT DO NOTHING;

-- name: offers(workspace, member, amount)
SELECT offer.answer, offer.at, offer.local_date FROM review_offer AS offer
JOIN answer ON answer.workspace = offer.workspace AND answer.id = offer.answer AND answer.withdrawn_at IS NULL
WHERE offer.workspace = :workspace AND offer.member = :member
    AND NOT EXISTS (SELECT 1 FROM review AS made
        WHERE made.workspace = offer.workspace AND made.answer = offer.answer AND made.reviewer = :member)
ORDER BY offer.at DESC, offer.answer DESC LIMIT :amount;

-- name: offers_on(workspace, member, local_date)^
SELECT COUNT(*) FROM review_offer
WHERE workspace = :workspace AND member = :member AND local_date = :local_date;

-- name: drop_offers_of(workspace, member)!
-- Before the member's answers go.
DELETE FROM review_offer
WHERE workspace = :workspace
    AND answer IN (SELECT id FROM answer WHERE answer.workspace = :workspace AND answer.member = :member);

-- name: waiting_of(workspace, member, since, amount)
-- The plus sign lets SQLite look among the member's answers, and not among everybody's in their order.
SELECT {answer_columns} FROM answer
WHERE workspace = :workspace AND member = :member AND +at >= :since AND withdrawn_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM review
        WHERE review.workspace = answer.workspace AND review.answer = answer.id AND review.removed_at IS NULL)
ORDER BY +at DESC, id DESC LIMIT :amount;

-- name: standing_answers(workspace, since, channels, amount)
SELECT {answer_columns},
    (SELECT round.question FROM round WHERE round.workspace = answer.workspace AND round.id = answer.round)
FROM answer
WHERE workspace = :workspace AND at >= :since AND withdrawn_at IS NULL
    AND EXISTS (SELECT 1 FROM round AS place
        WHERE place.workspace = answer.workspace AND place.id = answer.round
            AND place.channel IN (SELECT value FROM {listed}(:channels)))
    AND NOT EXISTS (SELECT 1 FROM closed_account AS gone
        WHERE gone.workspace = answer.workspace AND gone.member = answer.member)
ORDER BY at DESC, id DESC LIMIT :amount;

-- name: add_gold_review(workspace, member, gold, track, structure, substance, covered, strong, to_change, at)!
INSERT INTO gold_review (workspace, member, gold, track, structure, substance, covered, strong, to_change, at)
VALUES (:workspace, :member, :gold, :track, :structure, :substance, :covered, :strong, :to_change, :at)
ON CONFLICT DO NOTHING;

-- name: gold_reviews(workspace, member)
SELECT gold, track, structure, substance, covered, strong, to_change, at FROM gold_review
WHERE workspace = :workspace AND member = :member
ORDER BY at, gold;

-- name: put_vote(workspace, member, first_answer, second_answer, stronger, why, version, at)!
INSERT INTO vote (workspace, member, first_answer, second_answer, stronger, why, version, at)
VALUES (:workspace, :member, :first_answer, :second_answer, :stronger, :why, :version, :at)
ON CONFLICT (workspace, member, first_answer, second_answer)
DO UPDATE SET stronger = excluded.stronger, why = excluded.why, version = excluded.version, at = excluded.at;

-- name: vote(workspace, member, first_answer, second_answer)^
SELECT member, first_answer, second_answer, stronger, why, version, at FROM vote
WHERE workspace = :workspace AND member = :member
    AND first_answer = :first_answer AND second_answer = :second_answer;

-- name: votes_of(workspace, member)
SELECT first_answer, second_answer FROM vote
WHERE workspace = :workspace AND member = :member
ORDER BY first_answer, second_answer;

-- name: votes_on(workspace, answers)
SELECT member, first_answer, second_answer, stronger, why, version, at FROM vote
WHERE workspace = :workspace AND first_answer IN (SELECT value FROM {listed}(:answers))
    AND second_answer IN (SELECT value FROM {listed}(:answers))
ORDER BY at, member, first_answer, second_answer;

-- name: close_account(workspace, member, at)!
INSERT INTO closed_account (workspace, member, at) VALUES (:workspace, :member, :at)
ON CONFLICT DO NOTHING;

-- name: reopen_account(workspace, member)!
DELETE FROM closed_account WHERE workspace = :workspace AND member = :member;

-- name: closed_since(workspace, member)^
SELECT at FROM closed_account WHERE workspace = :workspace AND member = :member;

-- name: reminders(workspace, member)^
SELECT workspace, member, sent, next_at FROM reminder WHERE workspace = :workspace AND member = :member;

-- name: put_reminders(workspace, member, sent, next_at)!
INSERT INTO reminder (workspace, member, sent, next_at) VALUES (:workspace, :member, :sent, :next_at)
ON CONFLICT (workspace, member) DO UPDATE SET sent = excluded.sent, next_at = excluded.next_at;

-- name: drop_reminders(workspace, member)!
DELETE FROM reminder WHERE workspace = :workspace AND member = :member;

-- name: reminders_due(now, first, second, third, most, amount)
SELECT workspace, member, sent, next_at FROM reminder
WHERE next_at <= :now AND (workspace LIKE :first OR workspace LIKE :second OR workspace LIKE :third)
    AND sent < :most
ORDER BY next_at, workspace, member LIMIT :amount;
