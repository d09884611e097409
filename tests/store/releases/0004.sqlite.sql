BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE answer (
        workspace TEXT NOT NULL,
        id TEXT NOT NULL,
        round TEXT NOT NULL,
        member TEXT NOT NULL,
        message TEXT NOT NULL,
        text TEXT NOT NULL,
        at INTEGER NOT NULL,
        local_date TEXT NOT NULL,
        zone TEXT NOT NULL,
        late INTEGER NOT NULL CHECK (late IN (0, 1)),
        counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
        chosen INTEGER NOT NULL CHECK (chosen IN (0, 1)),
        version INTEGER NOT NULL CHECK (version >= 1),
        changed_at INTEGER,
        withdrawn_at INTEGER,
        PRIMARY KEY (workspace, id),
        UNIQUE (workspace, round, member),
        FOREIGN KEY (workspace, round) REFERENCES round (workspace, id)
    ) STRICT
    ;
INSERT INTO "answer" VALUES('local:home','a-1','r-1','ada','m-a-1','other words, also long enough',1795176000123456,'2026-11-20','Europe/Berlin',0,1,0,2,1795179600123456,NULL);
INSERT INTO "answer" VALUES('local:home','a-2','r-1','ben','m-a-2','My own words, ''quoted''; DROP TABLE answer; %s {0} \x00 🦉',1795176000123456,'2026-11-20','Europe/Berlin',0,1,0,1,NULL,NULL);
CREATE TABLE answer_version (
        workspace TEXT NOT NULL,
        answer TEXT NOT NULL,
        version INTEGER NOT NULL,
        text TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (workspace, answer, version),
        FOREIGN KEY (workspace, answer) REFERENCES answer (workspace, id)
    ) STRICT
    ;
INSERT INTO "answer_version" VALUES('local:home','a-1',1,'My own words, ''quoted''; DROP TABLE answer; %s {0} \x00 🦉',1795176000123456);
CREATE TABLE checkpoint (
        workspace TEXT NOT NULL,
        member TEXT NOT NULL,
        through TEXT NOT NULL,
        state TEXT NOT NULL,
        PRIMARY KEY (workspace, member)
    ) STRICT
    ;
INSERT INTO "checkpoint" VALUES('local:home','ada','2026-10-21','{"through": "2026-10-21", "length": 1, "best": 4, "freezes": 2, "earned": 0, "last_date": null, "last_at": null, "last_grace": null, "missed": false, "mend": null, "broken": null, "steps": [], "format": 1}');
CREATE TABLE closed_account (
        workspace TEXT NOT NULL,
        member TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (workspace, member)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "closed_account" VALUES('local:home','dan',1795176000123456);
CREATE TABLE credit (
        workspace TEXT NOT NULL,
        member TEXT NOT NULL,
        local_date TEXT NOT NULL,
        at INTEGER NOT NULL,
        zone TEXT NOT NULL,
        withdrawn_at INTEGER,
        PRIMARY KEY (workspace, member, local_date)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "credit" VALUES('local:home','ada','2026-10-16',1792152000123456,'Europe/Berlin',NULL);
INSERT INTO "credit" VALUES('local:home','ada','2026-11-19',1795089600123456,'Europe/Berlin',NULL);
INSERT INTO "credit" VALUES('local:home','ada','2026-11-20',1795176000123456,'Europe/Berlin',NULL);
CREATE TABLE event (
        workspace TEXT NOT NULL,
        event TEXT NOT NULL,
        at INTEGER NOT NULL,
        raw TEXT,
        PRIMARY KEY (workspace, event)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "event" VALUES('local:home','e-1',1795176000123456,'{}');
CREATE TABLE fact (
        workspace TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (workspace, name)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "fact" VALUES('local:home','commands','abc',1795176000123456);
CREATE TABLE freeze_use (
        workspace TEXT NOT NULL,
        member TEXT NOT NULL,
        local_date TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (workspace, member, local_date)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "freeze_use" VALUES('local:home','ada','2026-11-17',1795176000123456);
CREATE TABLE gold_review (
        workspace TEXT NOT NULL,
        member TEXT NOT NULL,
        gold TEXT NOT NULL,
        track TEXT NOT NULL,
        structure INTEGER NOT NULL CHECK (structure BETWEEN 1 AND 5),
        substance INTEGER NOT NULL CHECK (substance BETWEEN 1 AND 5),
        covered TEXT NOT NULL,
        strong TEXT NOT NULL,
        to_change TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (workspace, member, gold)
    ) STRICT
    ;
INSERT INTO "gold_review" VALUES('local:home','ben','g-1','backend',4,2,'[0, 2]','Strong, says v-1: the ''reads''; %s 🦉','Say when it is stale.',1795176000123456);
CREATE TABLE hint_use (
        workspace TEXT NOT NULL,
        member TEXT NOT NULL,
        round TEXT NOT NULL,
        taken INTEGER NOT NULL CHECK (taken >= 1),
        PRIMARY KEY (workspace, member, round)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "hint_use" VALUES('local:home','ada','r-1',1);
CREATE TABLE instance (
        name TEXT NOT NULL PRIMARY KEY,
        at INTEGER NOT NULL
    ) STRICT
    ;
INSERT INTO "instance" VALUES('an-instance',1795176000123456);
CREATE TABLE local_message (
        workspace TEXT NOT NULL,
        seq INTEGER NOT NULL,
        channel TEXT NOT NULL,
        thread TEXT,
        author TEXT,
        text TEXT NOT NULL,
        card TEXT,
        only_for TEXT,
        marker TEXT,
        at INTEGER NOT NULL,
        edited_at INTEGER,
        deleted_at INTEGER,
        PRIMARY KEY (workspace, seq)
    ) STRICT
    ;
INSERT INTO "local_message" VALUES('local:home',1,'study',NULL,'ada','hello','{}',NULL,'r-1',1795176000123456,NULL,NULL);
CREATE TABLE local_person (
        workspace TEXT NOT NULL,
        name TEXT NOT NULL,
        seq INTEGER NOT NULL,
        manager INTEGER NOT NULL CHECK (manager IN (0, 1)),
        joined_at INTEGER NOT NULL,
        PRIMARY KEY (workspace, name)
    ) STRICT
    ;
INSERT INTO "local_person" VALUES('local:home','ada',1,1,1795176000123456);
CREATE TABLE mend (
        workspace TEXT NOT NULL,
        member TEXT NOT NULL,
        local_date TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('repair', 'restore')),
        at INTEGER NOT NULL,
        by_member TEXT,
        PRIMARY KEY (workspace, member, local_date, kind)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "mend" VALUES('local:home','ada','2026-11-18','restore',1795176000123456,'ben');
CREATE TABLE neutral_span (
        workspace TEXT NOT NULL,
        reason TEXT NOT NULL,
        began_at INTEGER NOT NULL,
        ended_at INTEGER,
        PRIMARY KEY (workspace, reason, began_at)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "neutral_span" VALUES('local:home','down',1791720000123456,1791806400123456);
CREATE TABLE occurrence (
        workspace TEXT NOT NULL,
        channel TEXT NOT NULL,
        slot TEXT NOT NULL,
        local_date TEXT NOT NULL,
        at INTEGER NOT NULL,
        zone TEXT NOT NULL,
        wall_time TEXT NOT NULL,
        shift TEXT CHECK (shift IN ('gap', 'fold')),
        state TEXT NOT NULL CHECK (state IN ('pending', 'posting', 'posted', 'skipped', 'failed')),
        reason TEXT,
        round TEXT,
        posted_at INTEGER,
        PRIMARY KEY (workspace, channel, slot, local_date),
        CHECK (reason IS NOT NULL OR state NOT IN ('skipped', 'failed')),
        CHECK (round IS NOT NULL OR state NOT IN ('posting', 'posted'))
    ) STRICT
    ;
INSERT INTO "occurrence" VALUES('local:home','study','daily','2026-11-20',1795176000123456,'Europe/Berlin','09:05',NULL,'posted',NULL,'r-1',1795176001123456);
INSERT INTO "occurrence" VALUES('local:home','study','daily','2026-11-19',1795176000123456,'Europe/Berlin','09:05',NULL,'skipped','late',NULL,NULL);
CREATE TABLE pack (
        workspace TEXT NOT NULL,
        pack TEXT NOT NULL,
        version INTEGER NOT NULL,
        body TEXT NOT NULL,
        by_member TEXT,
        at INTEGER NOT NULL,
        PRIMARY KEY (workspace, pack)
    ) STRICT
    ;
INSERT INTO "pack" VALUES('local:home','own',1,'{"id": "own", "version": 1, "title": "Own", "notice": "", "tracks": [], "rubrics": [], "questions": [{"follow_ups": ["and across regions?"], "hints": ["think of reads", "think of writes"], "id": "q-1", "key_points": ["invalidation"], "kind": "system-design", "level": "senior", "mistakes": [], "pack": "netflix", "sample_answer": {"full": "in full", "short": "in short"}, "sources": ["own work"], "stages": ["onsite"], "text": "Tell me about `caches` \u2014 and why?", "time_box": {"first_pass": 2, "full": 20}, "title": "Caches", "topics": ["caches", "memory"], "track": "backend", "why": "it shows judgement"}], "gold": []}','ada',1795176000123456);
CREATE TABLE question (
        workspace TEXT NOT NULL,
        question TEXT NOT NULL,
        version TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (workspace, question, version)
    ) STRICT
    ;
INSERT INTO "question" VALUES('local:home','q-1','7d265117ed22b574d547603616afeaa6','{"follow_ups":["and across regions?"],"hints":["think of reads","think of writes"],"id":"q-1","key_points":["invalidation"],"kind":"system-design","level":"senior","mistakes":[],"pack":"netflix","sample_answer":{"full":"in full","short":"in short"},"sources":["own work"],"stages":["onsite"],"text":"Tell me about `caches` — and why?","time_box":{"first_pass":2,"full":20},"title":"Caches","topics":["caches","memory"],"track":"backend","why":"it shows judgement"}');
CREATE TABLE record (
        workspace TEXT NOT NULL,
        seq INTEGER NOT NULL,
        at INTEGER NOT NULL,
        by_member TEXT,
        action TEXT NOT NULL,
        detail TEXT NOT NULL,
        PRIMARY KEY (workspace, seq)
    ) STRICT
    ;
INSERT INTO "record" VALUES('local:home',1,1795176000123456,'ben','restore day','ada 2026-11-18');
CREATE TABLE reminder (
        workspace TEXT NOT NULL,
        member TEXT NOT NULL,
        sent INTEGER NOT NULL CHECK (sent >= 0),
        next_at INTEGER NOT NULL,
        PRIMARY KEY (workspace, member)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "reminder" VALUES('local:home','ben',1,1795262400123456);
CREATE TABLE reply (
        workspace TEXT NOT NULL,
        channel TEXT NOT NULL,
        thread TEXT NOT NULL,
        message TEXT NOT NULL,
        round TEXT NOT NULL,
        author TEXT NOT NULL,
        text TEXT NOT NULL,
        at INTEGER NOT NULL,
        by_form INTEGER NOT NULL CHECK (by_form IN (0, 1)),
        edited_at INTEGER,
        deleted_at INTEGER,
        enough_at INTEGER,
        fingerprint TEXT,
        PRIMARY KEY (workspace, channel, thread, message),
        FOREIGN KEY (workspace, round) REFERENCES round (workspace, id)
    ) STRICT
    ;
INSERT INTO "reply" VALUES('local:home','study','100','m-1','r-1','ada','text of m-1',1795176000123456,0,NULL,NULL,1795176000123456,'print of m-1');
INSERT INTO "reply" VALUES('local:home','study','100','m-2','r-1','ben','text of m-2',1795179600123456,0,NULL,1795183200123456,1795179600123456,'print of m-2');
CREATE TABLE rest_choice (
        workspace TEXT NOT NULL,
        member TEXT NOT NULL,
        from_date TEXT NOT NULL,
        weekdays TEXT NOT NULL,
        PRIMARY KEY (workspace, member, from_date)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "rest_choice" VALUES('local:home','ada','2026-11-20','56');
CREATE TABLE review (
        workspace TEXT NOT NULL,
        id TEXT NOT NULL,
        answer TEXT NOT NULL,
        round TEXT NOT NULL,
        author TEXT,
        reviewer TEXT,
        answer_version INTEGER NOT NULL CHECK (answer_version >= 1),
        structure INTEGER CHECK (structure BETWEEN 1 AND 5),
        substance INTEGER CHECK (substance BETWEEN 1 AND 5),
        covered TEXT NOT NULL,
        strong TEXT NOT NULL,
        to_change TEXT NOT NULL,
        words TEXT NOT NULL,
        named INTEGER NOT NULL CHECK (named IN (0, 1)),
        version INTEGER NOT NULL CHECK (version >= 1),
        at INTEGER NOT NULL,
        changed_at INTEGER,
        local_date TEXT NOT NULL,
        zone TEXT NOT NULL,
        counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
        thanked_at INTEGER,
        flagged_at INTEGER,
        flag_reason TEXT,
        removed_at INTEGER,
        removed_by TEXT,
        opened_at INTEGER,
        message TEXT,
        due_at INTEGER,
        attempts INTEGER NOT NULL CHECK (attempts >= 0),
        PRIMARY KEY (workspace, id),
        UNIQUE (workspace, answer, reviewer),
        FOREIGN KEY (workspace, round) REFERENCES round (workspace, id),
        CHECK (author IS NULL OR reviewer IS NULL OR author <> reviewer),
        CHECK ((structure IS NULL) = (reviewer IS NULL) AND (substance IS NULL) = (reviewer IS NULL)),
        CHECK (reviewer IS NOT NULL OR (removed_at IS NOT NULL AND strong = '' AND to_change = '' AND words = ''))
    ) STRICT
    ;
INSERT INTO "review" VALUES('local:home','v-1','a-1','r-1','ada','ben',1,4,2,'[0, 2]','Strong, says v-1: the ''reads''; %s 🦉','Say when it is stale.','3cab2b5d7f4ee3993ed585ef6640f7f957c02f4103b9d108bbc181b1df2354b2',1,2,1795176000123456,NULL,'2026-11-20','Asia/Tokyo',1,NULL,1795179600123456,'it is about another text',NULL,NULL,NULL,'c-1',1795176000123456,0);
CREATE TABLE review_offer (
        workspace TEXT NOT NULL,
        member TEXT NOT NULL,
        answer TEXT NOT NULL,
        at INTEGER NOT NULL,
        local_date TEXT NOT NULL,
        PRIMARY KEY (workspace, member, answer)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "review_offer" VALUES('local:home','ben','a-1',1795176000123456,'2026-11-20');
CREATE TABLE round (
        workspace TEXT NOT NULL,
        id TEXT NOT NULL,
        channel TEXT NOT NULL,
        question TEXT NOT NULL,
        version TEXT NOT NULL,
        asked_by TEXT,
        asked_at INTEGER NOT NULL,
        reveal_at INTEGER NOT NULL,
        closes_at INTEGER NOT NULL,
        slot TEXT,
        planned_date TEXT,
        planned_at INTEGER,
        planned_zone TEXT,
        planned_time TEXT,
        posting TEXT NOT NULL CHECK (posting IN ('posting', 'posted', 'failed')),
        owner TEXT NOT NULL,
        attempt INTEGER NOT NULL CHECK (attempt >= 1),
        lease_until INTEGER NOT NULL,
        message TEXT,
        posted_at INTEGER,
        thread TEXT,
        reason TEXT,
        PRIMARY KEY (workspace, id),
        FOREIGN KEY (workspace, question, version) REFERENCES question (workspace, question, version),
        CHECK ((slot IS NULL) = (planned_date IS NULL)),
        CHECK ((posting = 'posted') = (message IS NOT NULL)),
        CHECK (thread IS NULL OR posting = 'posted')
    ) STRICT
    ;
INSERT INTO "round" VALUES('local:home','r-1','study','q-1','7d265117ed22b574d547603616afeaa6','ada',1795176000123456,1795262400123456,1795780800123456,'daily','2026-11-20',1795176000123456,'Europe/Berlin','09:05','posted','this-instance',1,1795176060123456,'prompt-r-1',1795176001123456,'100',NULL);
INSERT INTO "round" VALUES('local:home','r-2','study','q-1','7d265117ed22b574d547603616afeaa6',NULL,1795176000123456,1795262400123456,1795780800123456,NULL,NULL,NULL,NULL,NULL,'posting','this-instance',1,1795176060123456,NULL,NULL,NULL,NULL);
CREATE TABLE schedule (
        workspace TEXT NOT NULL,
        channel TEXT NOT NULL,
        slot TEXT NOT NULL,
        wall_time TEXT NOT NULL,
        weekdays TEXT NOT NULL,
        zone TEXT NOT NULL,
        filters TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'removed')),
        pause_reason TEXT,
        skip TEXT,
        next_at INTEGER,
        reveal_after INTEGER NOT NULL,
        seed INTEGER NOT NULL,
        created_by TEXT NOT NULL,
        PRIMARY KEY (workspace, channel, slot)
    ) STRICT
    ;
INSERT INTO "schedule" VALUES('local:home','study','daily','09:05','024','Europe/Berlin','{"track": "backend", "level": "senior"}','active',NULL,'2026-11-21',1795176000123456,86400000000,1099511627783,'ada');
CREATE TABLE suggestion (
        workspace TEXT NOT NULL,
        id TEXT NOT NULL,
        member TEXT NOT NULL,
        at INTEGER NOT NULL,
        body TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined')),
        decided_at INTEGER,
        decided_by TEXT,
        reason TEXT,
        PRIMARY KEY (workspace, id),
        CHECK ((state = 'open') = (decided_at IS NULL))
    ) STRICT
    ;
INSERT INTO "suggestion" VALUES('local:home','s-1','ada',1795176000123456,'{"text": "Why is the sky blue at noon?", "points": ["scattering", "wavelength"], "track": "backend", "level": "mid", "kind": "coding"}','open',NULL,NULL,NULL);
CREATE TABLE tally (
        workspace TEXT NOT NULL,
        member TEXT NOT NULL,
        month TEXT NOT NULL,
        days INTEGER NOT NULL,
        all_days INTEGER NOT NULL,
        answers INTEGER NOT NULL,
        PRIMARY KEY (workspace, member, month)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "tally" VALUES('local:home','ada','2026-10',1,1,0);
INSERT INTO "tally" VALUES('local:home','ada','2026-11',2,3,1);
INSERT INTO "tally" VALUES('local:home','ben','2026-11',0,0,1);
CREATE TABLE vote (
        workspace TEXT NOT NULL,
        member TEXT NOT NULL,
        first_answer TEXT NOT NULL,
        second_answer TEXT NOT NULL,
        stronger TEXT NOT NULL,
        why TEXT NOT NULL,
        version INTEGER NOT NULL CHECK (version >= 1),
        at INTEGER NOT NULL,
        PRIMARY KEY (workspace, member, first_answer, second_answer),
        CHECK (first_answer < second_answer),
        CHECK (stronger IN (first_answer, second_answer))
    ) STRICT
    ;
INSERT INTO "vote" VALUES('local:home','cy','a-1','a-2','a-2','it says why',1,1795176000123456);
CREATE TABLE watermark (
        workspace TEXT NOT NULL,
        channel TEXT NOT NULL,
        thread TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (workspace, channel, thread)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "watermark" VALUES('local:home','study','t-1',1795176000123456);
CREATE TABLE zone_choice (
        workspace TEXT NOT NULL,
        member TEXT NOT NULL,
        at INTEGER NOT NULL,
        zone TEXT NOT NULL, told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
        PRIMARY KEY (workspace, member, at)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "zone_choice" VALUES('local:home','ada',1787400000123456,'Europe/Berlin',0);
INSERT INTO "zone_choice" VALUES('local:home','ben',1795176000123456,'Asia/Tokyo',1);
CREATE UNIQUE INDEX round_by_thread ON round (workspace, channel, thread) WHERE thread IS NOT NULL;
CREATE INDEX round_by_age ON round (workspace, channel, asked_at);
CREATE INDEX round_by_question ON round (workspace, channel, question, posting);
CREATE INDEX round_by_asker ON round (workspace, asked_by) WHERE asked_by IS NOT NULL;
CREATE INDEX round_posting ON round (lease_until) WHERE posting = 'posting';
CREATE INDEX round_threadless ON round (asked_at) WHERE posting = 'posted' AND thread IS NULL;
CREATE INDEX reply_by_author ON reply (workspace, author, round, at);
CREATE INDEX reply_by_fingerprint ON reply (workspace, fingerprint, at, message) WHERE fingerprint IS NOT NULL;
CREATE INDEX answer_by_member ON answer (workspace, member, local_date);
CREATE UNIQUE INDEX neutral_span_open ON neutral_span (workspace, reason) WHERE ended_at IS NULL;
CREATE INDEX tally_board ON tally (workspace, month, days DESC, all_days DESC, member, answers);
CREATE INDEX schedule_due ON schedule (next_at) WHERE state = 'active';
CREATE INDEX occurrence_open ON occurrence (at) WHERE state IN ('pending', 'posting');
CREATE INDEX occurrence_by_age ON occurrence (workspace, channel, at);
CREATE INDEX local_message_by_channel ON local_message (workspace, channel, seq);
CREATE INDEX local_message_by_author ON local_message (workspace, author) WHERE author IS NOT NULL;
CREATE UNIQUE INDEX local_message_marker ON local_message (workspace, marker) WHERE marker IS NOT NULL;
CREATE INDEX event_by_age ON event (at);
CREATE INDEX fact_by_name ON fact (name, workspace);
CREATE INDEX round_by_end ON round (closes_at) WHERE thread IS NOT NULL;
CREATE INDEX suggestion_by_member ON suggestion (workspace, member, at);
CREATE INDEX suggestion_open ON suggestion (workspace, at) WHERE state = 'open';
CREATE INDEX review_by_answer ON review (workspace, answer, at);
CREATE INDEX review_by_reviewer ON review (workspace, reviewer, at) WHERE reviewer IS NOT NULL;
CREATE INDEX review_by_day ON review (workspace, reviewer, local_date, at) WHERE reviewer IS NOT NULL;
CREATE INDEX review_by_month ON review (workspace, local_date) WHERE reviewer IS NOT NULL;
CREATE INDEX review_by_author ON review (workspace, author, at) WHERE author IS NOT NULL;
CREATE INDEX review_by_age ON review (workspace, at);
CREATE INDEX review_flagged ON review (workspace, at) WHERE flagged_at IS NOT NULL;
CREATE INDEX review_due ON review (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX review_offer_by_answer ON review_offer (workspace, answer, at);
CREATE INDEX review_offer_by_age ON review_offer (workspace, member, at);
CREATE INDEX vote_by_pair ON vote (workspace, first_answer, second_answer);
CREATE INDEX answer_standing ON answer (workspace, at) WHERE withdrawn_at IS NULL;
CREATE INDEX reminder_due ON reminder (next_at);
COMMIT;
