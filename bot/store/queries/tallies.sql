-- The sums behind the board: facts are credits and answers, this is a cache that can be rebuilt from them.

-- name: add_to_tally(workspace, member, month, days, answers)
-- Later months carry all days and answers up to their own end, so they grow as well.
UPDATE tally SET days = days + CASE WHEN month = :month THEN :days ELSE 0 END,
    all_days = all_days + :days, answers = answers + :answers
WHERE workspace = :workspace AND member = :member AND month >= :month
RETURNING month;

-- name: begin_tally(workspace, member, month, days, answers)!
INSERT INTO tally (workspace, member, month, days, all_days, answers)
VALUES (:workspace, :member, :month, :days,
    :days + COALESCE((SELECT earlier.all_days FROM tally AS earlier
        WHERE earlier.workspace = :workspace AND earlier.member = :member AND earlier.month < :month
        ORDER BY earlier.month DESC LIMIT 1), 0),
    :answers + COALESCE((SELECT earlier.answers FROM tally AS earlier
        WHERE earlier.workspace = :workspace AND earlier.member = :member AND earlier.month < :month
        ORDER BY earlier.month DESC LIMIT 1), 0));

-- name: board(workspace, month, amount)
SELECT member, days, all_days, answers FROM tally
WHERE workspace = :workspace AND month = :month AND days > 0
ORDER BY days DESC, all_days DESC, member LIMIT :amount;

-- name: standing(workspace, member, month)^
SELECT COALESCE(MAX(CASE WHEN month = :month THEN days END), 0), COALESCE(MAX(all_days), 0),
    COALESCE(MAX(answers), 0)
FROM (SELECT month, days, all_days, answers FROM tally
    WHERE workspace = :workspace AND member = :member AND month >= :month
    UNION ALL
    SELECT * FROM (SELECT month, days, all_days, answers FROM tally
        WHERE workspace = :workspace AND member = :member AND month < :month
        ORDER BY month DESC LIMIT 1) AS earlier) AS newest;

-- name: drop_tallies(workspace)!
DELETE FROM tally WHERE workspace = :workspace;

-- name: derive_tallies(workspace)!
INSERT INTO tally (workspace, member, month, days, all_days, answers)
SELECT :workspace, member, month, days,
    SUM(days) OVER (PARTITION BY member ORDER BY month),
    SUM(answers) OVER (PARTITION BY member ORDER BY month)
FROM (SELECT member, month, SUM(days) AS days, SUM(answers) AS answers
    FROM (SELECT member, substr(local_date, 1, 7) AS month, 1 AS days, 0 AS answers FROM credit
        WHERE workspace = :workspace AND withdrawn_at IS NULL
        UNION ALL
        SELECT member, substr(local_date, 1, 7), 0, 1 FROM answer
        WHERE workspace = :workspace AND withdrawn_at IS NULL) AS facts
    GROUP BY member, month) AS months;
