SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.answer (
    workspace text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    round text NOT NULL COLLATE pg_catalog."C",
    member text NOT NULL COLLATE pg_catalog."C",
    message text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    local_date text NOT NULL COLLATE pg_catalog."C",
    zone text NOT NULL COLLATE pg_catalog."C",
    late bigint NOT NULL,
    counts bigint NOT NULL,
    chosen bigint NOT NULL,
    version bigint NOT NULL,
    changed_at bigint,
    withdrawn_at bigint,
    CONSTRAINT answer_chosen_check CHECK ((chosen = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT answer_counts_check CHECK ((counts = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT answer_late_check CHECK ((late = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT answer_version_check CHECK ((version >= 1))
);
CREATE TABLE public.answer_version (
    workspace text NOT NULL COLLATE pg_catalog."C",
    answer text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    text text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL
);
CREATE TABLE public.checkpoint (
    workspace text NOT NULL COLLATE pg_catalog."C",
    member text NOT NULL COLLATE pg_catalog."C",
    through text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.closed_account (
    workspace text NOT NULL COLLATE pg_catalog."C",
    member text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL
);
CREATE TABLE public.credit (
    workspace text NOT NULL COLLATE pg_catalog."C",
    member text NOT NULL COLLATE pg_catalog."C",
    local_date text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    zone text NOT NULL COLLATE pg_catalog."C",
    withdrawn_at bigint
);
CREATE TABLE public.event (
    workspace text NOT NULL COLLATE pg_catalog."C",
    event text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    raw text COLLATE pg_catalog."C"
);
CREATE TABLE public.fact (
    workspace text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL
);
CREATE TABLE public.freeze_use (
    workspace text NOT NULL COLLATE pg_catalog."C",
    member text NOT NULL COLLATE pg_catalog."C",
    local_date text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL
);
CREATE TABLE public.gold_review (
    workspace text NOT NULL COLLATE pg_catalog."C",
    member text NOT NULL COLLATE pg_catalog."C",
    gold text NOT NULL COLLATE pg_catalog."C",
    track text NOT NULL COLLATE pg_catalog."C",
    structure bigint NOT NULL,
    substance bigint NOT NULL,
    covered text NOT NULL COLLATE pg_catalog."C",
    strong text NOT NULL COLLATE pg_catalog."C",
    to_change text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    CONSTRAINT gold_review_structure_check CHECK (((structure >= 1) AND (structure <= 5))),
    CONSTRAINT gold_review_substance_check CHECK (((substance >= 1) AND (substance <= 5)))
);
CREATE TABLE public.hint_use (
    workspace text NOT NULL COLLATE pg_catalog."C",
    member text NOT NULL COLLATE pg_catalog."C",
    round text NOT NULL COLLATE pg_catalog."C",
    taken bigint NOT NULL,
    CONSTRAINT hint_use_taken_check CHECK ((taken >= 1))
);
CREATE TABLE public.instance (
    name text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL
);
CREATE TABLE public.local_message (
    workspace text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    thread text COLLATE pg_catalog."C",
    author text COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C",
    card text COLLATE pg_catalog."C",
    only_for text COLLATE pg_catalog."C",
    marker text COLLATE pg_catalog."C",
    at bigint NOT NULL,
    edited_at bigint,
    deleted_at bigint
);
CREATE TABLE public.local_person (
    workspace text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    manager bigint NOT NULL,
    joined_at bigint NOT NULL,
    CONSTRAINT local_person_manager_check CHECK ((manager = ANY (ARRAY[(0)::bigint, (1)::bigint])))
);
CREATE TABLE public.mend (
    workspace text NOT NULL COLLATE pg_catalog."C",
    member text NOT NULL COLLATE pg_catalog."C",
    local_date text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    by_member text COLLATE pg_catalog."C",
    CONSTRAINT mend_kind_check CHECK ((kind = ANY (ARRAY['repair'::text, 'restore'::text])))
);
CREATE TABLE public.neutral_span (
    workspace text NOT NULL COLLATE pg_catalog."C",
    reason text NOT NULL COLLATE pg_catalog."C",
    began_at bigint NOT NULL,
    ended_at bigint
);
CREATE TABLE public.occurrence (
    workspace text NOT NULL COLLATE pg_catalog."C",
    channel text NOT NULL COLLATE pg_catalog."C",
    slot text NOT NULL COLLATE pg_catalog."C",
    local_date text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    zone text NOT NULL COLLATE pg_catalog."C",
    wall_time text NOT NULL COLLATE pg_catalog."C",
    shift text COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    reason text COLLATE pg_catalog."C",
    round text COLLATE pg_catalog."C",
    posted_at bigint,
    CONSTRAINT occurrence_check CHECK (((reason IS NOT NULL) OR (state <> ALL (ARRAY['skipped'::text, 'failed'::text])))),
    CONSTRAINT occurrence_check1 CHECK (((round IS NOT NULL) OR (state <> ALL (ARRAY['posting'::text, 'posted'::text])))),
    CONSTRAINT occurrence_shift_check CHECK ((shift = ANY (ARRAY['gap'::text, 'fold'::text]))),
    CONSTRAINT occurrence_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'posting'::text, 'posted'::text, 'skipped'::text, 'failed'::text])))
);
CREATE TABLE public.pack (
    workspace text NOT NULL COLLATE pg_catalog."C",
    pack text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    body text NOT NULL COLLATE pg_catalog."C",
    by_member text COLLATE pg_catalog."C",
    at bigint NOT NULL
);
CREATE TABLE public.question (
    workspace text NOT NULL COLLATE pg_catalog."C",
    question text NOT NULL COLLATE pg_catalog."C",
    version text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.record (
    workspace text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    at bigint NOT NULL,
    by_member text COLLATE pg_catalog."C",
    action text NOT NULL COLLATE pg_catalog."C",
    detail text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.reminder (
    workspace text NOT NULL COLLATE pg_catalog."C",
    member text NOT NULL COLLATE pg_catalog."C",
    sent bigint NOT NULL,
    next_at bigint NOT NULL,
    CONSTRAINT reminder_sent_check CHECK ((sent >= 0))
);
CREATE TABLE public.reply (
    workspace text NOT NULL COLLATE pg_catalog."C",
    channel text NOT NULL COLLATE pg_catalog."C",
    thread text NOT NULL COLLATE pg_catalog."C",
    message text NOT NULL COLLATE pg_catalog."C",
    round text NOT NULL COLLATE pg_catalog."C",
    author text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    by_form bigint NOT NULL,
    edited_at bigint,
    deleted_at bigint,
    enough_at bigint,
    fingerprint text COLLATE pg_catalog."C",
    CONSTRAINT reply_by_form_check CHECK ((by_form = ANY (ARRAY[(0)::bigint, (1)::bigint])))
);
CREATE TABLE public.rest_choice (
    workspace text NOT NULL COLLATE pg_catalog."C",
    member text NOT NULL COLLATE pg_catalog."C",
    from_date text NOT NULL COLLATE pg_catalog."C",
    weekdays text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.review (
    workspace text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    answer text NOT NULL COLLATE pg_catalog."C",
    round text NOT NULL COLLATE pg_catalog."C",
    author text COLLATE pg_catalog."C",
    reviewer text COLLATE pg_catalog."C",
    answer_version bigint NOT NULL,
    structure bigint,
    substance bigint,
    covered text NOT NULL COLLATE pg_catalog."C",
    strong text NOT NULL COLLATE pg_catalog."C",
    to_change text NOT NULL COLLATE pg_catalog."C",
    words text NOT NULL COLLATE pg_catalog."C",
    named bigint NOT NULL,
    version bigint NOT NULL,
    at bigint NOT NULL,
    changed_at bigint,
    local_date text NOT NULL COLLATE pg_catalog."C",
    zone text NOT NULL COLLATE pg_catalog."C",
    counts bigint NOT NULL,
    thanked_at bigint,
    flagged_at bigint,
    flag_reason text COLLATE pg_catalog."C",
    removed_at bigint,
    removed_by text COLLATE pg_catalog."C",
    opened_at bigint,
    message text COLLATE pg_catalog."C",
    due_at bigint,
    attempts bigint NOT NULL,
    CONSTRAINT review_answer_version_check CHECK ((answer_version >= 1)),
    CONSTRAINT review_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT review_check CHECK (((author IS NULL) OR (reviewer IS NULL) OR (author <> reviewer))),
    CONSTRAINT review_check1 CHECK ((((structure IS NULL) = (reviewer IS NULL)) AND ((substance IS NULL) = (reviewer IS NULL)))),
    CONSTRAINT review_check2 CHECK (((reviewer IS NOT NULL) OR ((removed_at IS NOT NULL) AND (strong = ''::text) AND (to_change = ''::text) AND (words = ''::text)))),
    CONSTRAINT review_counts_check CHECK ((counts = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT review_named_check CHECK ((named = ANY (ARRAY[(0)::bigint, (1)::bigint]))),
    CONSTRAINT review_structure_check CHECK (((structure >= 1) AND (structure <= 5))),
    CONSTRAINT review_substance_check CHECK (((substance >= 1) AND (substance <= 5))),
    CONSTRAINT review_version_check CHECK ((version >= 1))
);
CREATE TABLE public.review_offer (
    workspace text NOT NULL COLLATE pg_catalog."C",
    member text NOT NULL COLLATE pg_catalog."C",
    answer text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    local_date text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.round (
    workspace text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    channel text NOT NULL COLLATE pg_catalog."C",
    question text NOT NULL COLLATE pg_catalog."C",
    version text NOT NULL COLLATE pg_catalog."C",
    asked_by text COLLATE pg_catalog."C",
    asked_at bigint NOT NULL,
    reveal_at bigint NOT NULL,
    closes_at bigint NOT NULL,
    slot text COLLATE pg_catalog."C",
    planned_date text COLLATE pg_catalog."C",
    planned_at bigint,
    planned_zone text COLLATE pg_catalog."C",
    planned_time text COLLATE pg_catalog."C",
    posting text NOT NULL COLLATE pg_catalog."C",
    owner text NOT NULL COLLATE pg_catalog."C",
    attempt bigint NOT NULL,
    lease_until bigint NOT NULL,
    message text COLLATE pg_catalog."C",
    posted_at bigint,
    thread text COLLATE pg_catalog."C",
    reason text COLLATE pg_catalog."C",
    CONSTRAINT round_attempt_check CHECK ((attempt >= 1)),
    CONSTRAINT round_check CHECK (((slot IS NULL) = (planned_date IS NULL))),
    CONSTRAINT round_check1 CHECK (((posting = 'posted'::text) = (message IS NOT NULL))),
    CONSTRAINT round_check2 CHECK (((thread IS NULL) OR (posting = 'posted'::text))),
    CONSTRAINT round_posting_check CHECK ((posting = ANY (ARRAY['posting'::text, 'posted'::text, 'failed'::text])))
);
CREATE TABLE public.schedule (
    workspace text NOT NULL COLLATE pg_catalog."C",
    channel text NOT NULL COLLATE pg_catalog."C",
    slot text NOT NULL COLLATE pg_catalog."C",
    wall_time text NOT NULL COLLATE pg_catalog."C",
    weekdays text NOT NULL COLLATE pg_catalog."C",
    zone text NOT NULL COLLATE pg_catalog."C",
    filters text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    pause_reason text COLLATE pg_catalog."C",
    skip text COLLATE pg_catalog."C",
    next_at bigint,
    reveal_after bigint NOT NULL,
    seed bigint NOT NULL,
    created_by text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT schedule_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'removed'::text])))
);
CREATE TABLE public.suggestion (
    workspace text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    member text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    body text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    decided_at bigint,
    decided_by text COLLATE pg_catalog."C",
    reason text COLLATE pg_catalog."C",
    CONSTRAINT suggestion_check CHECK (((state = 'open'::text) = (decided_at IS NULL))),
    CONSTRAINT suggestion_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'declined'::text])))
);
CREATE TABLE public.tally (
    workspace text NOT NULL COLLATE pg_catalog."C",
    member text NOT NULL COLLATE pg_catalog."C",
    month text NOT NULL COLLATE pg_catalog."C",
    days bigint NOT NULL,
    all_days bigint NOT NULL,
    answers bigint NOT NULL
);
CREATE TABLE public.vote (
    workspace text NOT NULL COLLATE pg_catalog."C",
    member text NOT NULL COLLATE pg_catalog."C",
    first_answer text NOT NULL COLLATE pg_catalog."C",
    second_answer text NOT NULL COLLATE pg_catalog."C",
    stronger text NOT NULL COLLATE pg_catalog."C",
    why text NOT NULL COLLATE pg_catalog."C",
    version bigint NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT vote_check CHECK ((first_answer < second_answer)),
    CONSTRAINT vote_check1 CHECK (((stronger = first_answer) OR (stronger = second_answer))),
    CONSTRAINT vote_version_check CHECK ((version >= 1))
);
CREATE TABLE public.watermark (
    workspace text NOT NULL COLLATE pg_catalog."C",
    channel text NOT NULL COLLATE pg_catalog."C",
    thread text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL
);
CREATE TABLE public.zone_choice (
    workspace text NOT NULL COLLATE pg_catalog."C",
    member text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    zone text NOT NULL COLLATE pg_catalog."C",
    told bigint DEFAULT 0 NOT NULL,
    CONSTRAINT zone_choice_told_check CHECK ((told = ANY (ARRAY[(0)::bigint, (1)::bigint])))
);
INSERT INTO public.alembic_version VALUES ('0004');
INSERT INTO public.answer VALUES ('local:home', 'a-1', 'r-1', 'ada', 'm-a-1', 'other words, also long enough', 1795176000123456, '2026-11-20', 'Europe/Berlin', 0, 1, 0, 2, 1795179600123456, NULL);
INSERT INTO public.answer VALUES ('local:home', 'a-2', 'r-1', 'ben', 'm-a-2', 'My own words, ''quoted''; DROP TABLE answer; %s {0} \x00 🦉', 1795176000123456, '2026-11-20', 'Europe/Berlin', 0, 1, 0, 1, NULL, NULL);
INSERT INTO public.answer_version VALUES ('local:home', 'a-1', 1, 'My own words, ''quoted''; DROP TABLE answer; %s {0} \x00 🦉', 1795176000123456);
INSERT INTO public.checkpoint VALUES ('local:home', 'ada', '2026-10-21', '{"through": "2026-10-21", "length": 1, "best": 4, "freezes": 2, "earned": 0, "last_date": null, "last_at": null, "last_grace": null, "missed": false, "mend": null, "broken": null, "steps": [], "format": 1}');
INSERT INTO public.closed_account VALUES ('local:home', 'dan', 1795176000123456);
INSERT INTO public.credit VALUES ('local:home', 'ada', '2026-11-20', 1795176000123456, 'Europe/Berlin', NULL);
INSERT INTO public.credit VALUES ('local:home', 'ada', '2026-11-19', 1795089600123456, 'Europe/Berlin', NULL);
INSERT INTO public.credit VALUES ('local:home', 'ada', '2026-10-16', 1792152000123456, 'Europe/Berlin', NULL);
INSERT INTO public.event VALUES ('local:home', 'e-1', 1795176000123456, '{}');
INSERT INTO public.fact VALUES ('local:home', 'commands', 'abc', 1795176000123456);
INSERT INTO public.freeze_use VALUES ('local:home', 'ada', '2026-11-17', 1795176000123456);
INSERT INTO public.gold_review VALUES ('local:home', 'ben', 'g-1', 'backend', 4, 2, '[0, 2]', 'Strong, says v-1: the ''reads''; %s 🦉', 'Say when it is stale.', 1795176000123456);
INSERT INTO public.hint_use VALUES ('local:home', 'ada', 'r-1', 1);
INSERT INTO public.instance VALUES ('an-instance', 1795176000123456);
INSERT INTO public.local_message VALUES ('local:home', 1, 'study', NULL, 'ada', 'hello', '{}', NULL, 'r-1', 1795176000123456, NULL, NULL);
INSERT INTO public.local_person VALUES ('local:home', 'ada', 1, 1, 1795176000123456);
INSERT INTO public.mend VALUES ('local:home', 'ada', '2026-11-18', 'restore', 1795176000123456, 'ben');
INSERT INTO public.neutral_span VALUES ('local:home', 'down', 1791720000123456, 1791806400123456);
INSERT INTO public.occurrence VALUES ('local:home', 'study', 'daily', '2026-11-19', 1795176000123456, 'Europe/Berlin', '09:05', NULL, 'skipped', 'late', NULL, NULL);
INSERT INTO public.occurrence VALUES ('local:home', 'study', 'daily', '2026-11-20', 1795176000123456, 'Europe/Berlin', '09:05', NULL, 'posted', NULL, 'r-1', 1795176001123456);
INSERT INTO public.pack VALUES ('local:home', 'own', 1, '{"id": "own", "version": 1, "title": "Own", "notice": "", "tracks": [], "rubrics": [], "questions": [{"follow_ups": ["and across regions?"], "hints": ["think of reads", "think of writes"], "id": "q-1", "key_points": ["invalidation"], "kind": "system-design", "level": "senior", "mistakes": [], "pack": "netflix", "sample_answer": {"full": "in full", "short": "in short"}, "sources": ["own work"], "stages": ["onsite"], "text": "Tell me about `caches` \u2014 and why?", "time_box": {"first_pass": 2, "full": 20}, "title": "Caches", "topics": ["caches", "memory"], "track": "backend", "why": "it shows judgement"}], "gold": []}', 'ada', 1795176000123456);
INSERT INTO public.question VALUES ('local:home', 'q-1', '7d265117ed22b574d547603616afeaa6', '{"follow_ups":["and across regions?"],"hints":["think of reads","think of writes"],"id":"q-1","key_points":["invalidation"],"kind":"system-design","level":"senior","mistakes":[],"pack":"netflix","sample_answer":{"full":"in full","short":"in short"},"sources":["own work"],"stages":["onsite"],"text":"Tell me about `caches` — and why?","time_box":{"first_pass":2,"full":20},"title":"Caches","topics":["caches","memory"],"track":"backend","why":"it shows judgement"}');
INSERT INTO public.record VALUES ('local:home', 1, 1795176000123456, 'ben', 'restore day', 'ada 2026-11-18');
INSERT INTO public.reminder VALUES ('local:home', 'ben', 1, 1795262400123456);
INSERT INTO public.reply VALUES ('local:home', 'study', '100', 'm-1', 'r-1', 'ada', 'text of m-1', 1795176000123456, 0, NULL, NULL, 1795176000123456, 'print of m-1');
INSERT INTO public.reply VALUES ('local:home', 'study', '100', 'm-2', 'r-1', 'ben', 'text of m-2', 1795179600123456, 0, NULL, 1795183200123456, 1795179600123456, 'print of m-2');
INSERT INTO public.rest_choice VALUES ('local:home', 'ada', '2026-11-20', '56');
INSERT INTO public.review VALUES ('local:home', 'v-1', 'a-1', 'r-1', 'ada', 'ben', 1, 4, 2, '[0, 2]', 'Strong, says v-1: the ''reads''; %s 🦉', 'Say when it is stale.', '3cab2b5d7f4ee3993ed585ef6640f7f957c02f4103b9d108bbc181b1df2354b2', 1, 2, 1795176000123456, NULL, '2026-11-20', 'Asia/Tokyo', 1, NULL, 1795179600123456, 'it is about another text', NULL, NULL, NULL, 'c-1', 1795176000123456, 0);
INSERT INTO public.review_offer VALUES ('local:home', 'ben', 'a-1', 1795176000123456, '2026-11-20');
INSERT INTO public.round VALUES ('local:home', 'r-1', 'study', 'q-1', '7d265117ed22b574d547603616afeaa6', 'ada', 1795176000123456, 1795262400123456, 1795780800123456, 'daily', '2026-11-20', 1795176000123456, 'Europe/Berlin', '09:05', 'posted', 'this-instance', 1, 1795176060123456, 'prompt-r-1', 1795176001123456, '100', NULL);
INSERT INTO public.round VALUES ('local:home', 'r-2', 'study', 'q-1', '7d265117ed22b574d547603616afeaa6', NULL, 1795176000123456, 1795262400123456, 1795780800123456, NULL, NULL, NULL, NULL, NULL, 'posting', 'this-instance', 1, 1795176060123456, NULL, NULL, NULL, NULL);
INSERT INTO public.schedule VALUES ('local:home', 'study', 'daily', '09:05', '024', 'Europe/Berlin', '{"track": "backend", "level": "senior"}', 'active', NULL, '2026-11-21', 1795176000123456, 86400000000, 1099511627783, 'ada');
INSERT INTO public.suggestion VALUES ('local:home', 's-1', 'ada', 1795176000123456, '{"text": "Why is the sky blue at noon?", "points": ["scattering", "wavelength"], "track": "backend", "level": "mid", "kind": "coding"}', 'open', NULL, NULL, NULL);
INSERT INTO public.tally VALUES ('local:home', 'ada', '2026-11', 2, 3, 1);
INSERT INTO public.tally VALUES ('local:home', 'ada', '2026-10', 1, 1, 0);
INSERT INTO public.tally VALUES ('local:home', 'ben', '2026-11', 0, 0, 1);
INSERT INTO public.vote VALUES ('local:home', 'cy', 'a-1', 'a-2', 'a-2', 'it says why', 1, 1795176000123456);
INSERT INTO public.watermark VALUES ('local:home', 'study', 't-1', 1795176000123456);
INSERT INTO public.zone_choice VALUES ('local:home', 'ada', 1787400000123456, 'Europe/Berlin', 0);
INSERT INTO public.zone_choice VALUES ('local:home', 'ben', 1795176000123456, 'Asia/Tokyo', 1);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_pkey PRIMARY KEY (workspace, id);
ALTER TABLE ONLY public.answer_version
    ADD CONSTRAINT answer_version_pkey PRIMARY KEY (workspace, answer, version);
ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_workspace_round_member_key UNIQUE (workspace, round, member);
ALTER TABLE ONLY public.checkpoint
    ADD CONSTRAINT checkpoint_pkey PRIMARY KEY (workspace, member);
ALTER TABLE ONLY public.closed_account
    ADD CONSTRAINT closed_account_pkey PRIMARY KEY (workspace, member);
ALTER TABLE ONLY public.credit
    ADD CONSTRAINT credit_pkey PRIMARY KEY (workspace, member, local_date);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (workspace, event);
ALTER TABLE ONLY public.fact
    ADD CONSTRAINT fact_pkey PRIMARY KEY (workspace, name);
ALTER TABLE ONLY public.freeze_use
    ADD CONSTRAINT freeze_use_pkey PRIMARY KEY (workspace, member, local_date);
ALTER TABLE ONLY public.gold_review
    ADD CONSTRAINT gold_review_pkey PRIMARY KEY (workspace, member, gold);
ALTER TABLE ONLY public.hint_use
    ADD CONSTRAINT hint_use_pkey PRIMARY KEY (workspace, member, round);
ALTER TABLE ONLY public.instance
    ADD CONSTRAINT instance_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.local_message
    ADD CONSTRAINT local_message_pkey PRIMARY KEY (workspace, seq);
ALTER TABLE ONLY public.local_person
    ADD CONSTRAINT local_person_pkey PRIMARY KEY (workspace, name);
ALTER TABLE ONLY public.mend
    ADD CONSTRAINT mend_pkey PRIMARY KEY (workspace, member, local_date, kind);
ALTER TABLE ONLY public.neutral_span
    ADD CONSTRAINT neutral_span_pkey PRIMARY KEY (workspace, reason, began_at);
ALTER TABLE ONLY public.occurrence
    ADD CONSTRAINT occurrence_pkey PRIMARY KEY (workspace, channel, slot, local_date);
ALTER TABLE ONLY public.pack
    ADD CONSTRAINT pack_pkey PRIMARY KEY (workspace, pack);
ALTER TABLE ONLY public.question
    ADD CONSTRAINT question_pkey PRIMARY KEY (workspace, question, version);
ALTER TABLE ONLY public.record
    ADD CONSTRAINT record_pkey PRIMARY KEY (workspace, seq);
ALTER TABLE ONLY public.reminder
    ADD CONSTRAINT reminder_pkey PRIMARY KEY (workspace, member);
ALTER TABLE ONLY public.reply
    ADD CONSTRAINT reply_pkey PRIMARY KEY (workspace, channel, thread, message);
ALTER TABLE ONLY public.rest_choice
    ADD CONSTRAINT rest_choice_pkey PRIMARY KEY (workspace, member, from_date);
ALTER TABLE ONLY public.review_offer
    ADD CONSTRAINT review_offer_pkey PRIMARY KEY (workspace, member, answer);
ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_pkey PRIMARY KEY (workspace, id);
ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_workspace_answer_reviewer_key UNIQUE (workspace, answer, reviewer);
ALTER TABLE ONLY public.round
    ADD CONSTRAINT round_pkey PRIMARY KEY (workspace, id);
ALTER TABLE ONLY public.schedule
    ADD CONSTRAINT schedule_pkey PRIMARY KEY (workspace, channel, slot);
ALTER TABLE ONLY public.suggestion
    ADD CONSTRAINT suggestion_pkey PRIMARY KEY (workspace, id);
ALTER TABLE ONLY public.tally
    ADD CONSTRAINT tally_pkey PRIMARY KEY (workspace, member, month);
ALTER TABLE ONLY public.vote
    ADD CONSTRAINT vote_pkey PRIMARY KEY (workspace, member, first_answer, second_answer);
ALTER TABLE ONLY public.watermark
    ADD CONSTRAINT watermark_pkey PRIMARY KEY (workspace, channel, thread);
ALTER TABLE ONLY public.zone_choice
    ADD CONSTRAINT zone_choice_pkey PRIMARY KEY (workspace, member, at);
CREATE INDEX answer_by_member ON public.answer USING btree (workspace, member, local_date);
CREATE INDEX answer_standing ON public.answer USING btree (workspace, at) WHERE (withdrawn_at IS NULL);
CREATE INDEX event_by_age ON public.event USING btree (at);
CREATE INDEX fact_by_name ON public.fact USING btree (name, workspace);
CREATE INDEX local_message_by_author ON public.local_message USING btree (workspace, author) WHERE (author IS NOT NULL);
CREATE INDEX local_message_by_channel ON public.local_message USING btree (workspace, channel, seq);
CREATE UNIQUE INDEX local_message_marker ON public.local_message USING btree (workspace, marker) WHERE (marker IS NOT NULL);
CREATE UNIQUE INDEX neutral_span_open ON public.neutral_span USING btree (workspace, reason) WHERE (ended_at IS NULL);
CREATE INDEX occurrence_by_age ON public.occurrence USING btree (workspace, channel, at);
CREATE INDEX occurrence_open ON public.occurrence USING btree (at) WHERE (state = ANY (ARRAY['pending'::text, 'posting'::text]));
CREATE INDEX reminder_due ON public.reminder USING btree (next_at);
CREATE INDEX reply_by_author ON public.reply USING btree (workspace, author, round, at);
CREATE INDEX reply_by_fingerprint ON public.reply USING btree (workspace, fingerprint, at, message) WHERE (fingerprint IS NOT NULL);
CREATE INDEX review_by_age ON public.review USING btree (workspace, at);
CREATE INDEX review_by_answer ON public.review USING btree (workspace, answer, at);
CREATE INDEX review_by_author ON public.review USING btree (workspace, author, at) WHERE (author IS NOT NULL);
CREATE INDEX review_by_day ON public.review USING btree (workspace, reviewer, local_date, at) WHERE (reviewer IS NOT NULL);
CREATE INDEX review_by_month ON public.review USING btree (workspace, local_date) WHERE (reviewer IS NOT NULL);
CREATE INDEX review_by_reviewer ON public.review USING btree (workspace, reviewer, at) WHERE (reviewer IS NOT NULL);
CREATE INDEX review_due ON public.review USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX review_flagged ON public.review USING btree (workspace, at) WHERE (flagged_at IS NOT NULL);
CREATE INDEX review_offer_by_age ON public.review_offer USING btree (workspace, member, at);
CREATE INDEX review_offer_by_answer ON public.review_offer USING btree (workspace, answer, at);
CREATE INDEX round_by_age ON public.round USING btree (workspace, channel, asked_at);
CREATE INDEX round_by_asker ON public.round USING btree (workspace, asked_by) WHERE (asked_by IS NOT NULL);
CREATE INDEX round_by_end ON public.round USING btree (closes_at) WHERE (thread IS NOT NULL);
CREATE INDEX round_by_question ON public.round USING btree (workspace, channel, question, posting);
CREATE UNIQUE INDEX round_by_thread ON public.round USING btree (workspace, channel, thread) WHERE (thread IS NOT NULL);
CREATE INDEX round_posting ON public.round USING btree (lease_until) WHERE (posting = 'posting'::text);
CREATE INDEX round_threadless ON public.round USING btree (asked_at) WHERE ((posting = 'posted'::text) AND (thread IS NULL));
CREATE INDEX schedule_due ON public.schedule USING btree (next_at) WHERE (state = 'active'::text);
CREATE INDEX suggestion_by_member ON public.suggestion USING btree (workspace, member, at);
CREATE INDEX suggestion_open ON public.suggestion USING btree (workspace, at) WHERE (state = 'open'::text);
CREATE INDEX tally_board ON public.tally USING btree (workspace, month, days DESC, all_days DESC, member, answers);
CREATE INDEX vote_by_pair ON public.vote USING btree (workspace, first_answer, second_answer);
ALTER TABLE ONLY public.answer_version
    ADD CONSTRAINT answer_version_workspace_answer_fkey FOREIGN KEY (workspace, answer) REFERENCES public.answer(workspace, id);
ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_workspace_round_fkey FOREIGN KEY (workspace, round) REFERENCES public.round(workspace, id);
ALTER TABLE ONLY public.reply
    ADD CONSTRAINT reply_workspace_round_fkey FOREIGN KEY (workspace, round) REFERENCES public.round(workspace, id);
ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_workspace_round_fkey FOREIGN KEY (workspace, round) REFERENCES public.round(workspace, id);
ALTER TABLE ONLY public.round
    ADD CONSTRAINT round_workspace_question_version_fkey FOREIGN KEY (workspace, question, version) REFERENCES public.question(workspace, question, version);
