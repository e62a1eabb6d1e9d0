-- Roles for a PostgreSQL server of one's own. Run once by its administrator, in Cordula's database, after the
-- first `migrate`; then let the site sign in as cordula_app, and migrate as cordula_owner alone.
-- The embedded server needs none of this: there is one user on one machine.
--
-- Who can do what to the ledger itself: cordula_app adds and reads, nobody changes. Triggers refuse changes
-- to all; the owner can take triggers away, and then only checkpoints kept elsewhere tell.
CREATE ROLE cordula_owner NOLOGIN;
CREATE ROLE cordula_app NOLOGIN;
CREATE ROLE cordula_ro NOLOGIN;
CREATE ROLE cordula_backup NOLOGIN;

DO $$
DECLARE made text;
BEGIN
    FOR made IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
                WHERE schemaname = current_schema() LOOP
        EXECUTE 'ALTER TABLE ' || made || ' OWNER TO cordula_owner';
    END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO cordula_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO cordula_app;
REVOKE UPDATE, DELETE, TRUNCATE ON entry, entry_subject, node, checkpoint FROM cordula_app;
REVOKE INSERT, DELETE, TRUNCATE ON head FROM cordula_app;
REVOKE DELETE, TRUNCATE ON stream_head FROM cordula_app;

-- Reading the ledger and its cards, and nothing about people: for reports and for the audit of a copy.
GRANT SELECT ON entry, entry_subject, node, head, stream_head, checkpoint TO cordula_ro;
GRANT SELECT ON unit_card, infant_card, place_card, stay_card, task_card TO cordula_ro;

GRANT SELECT ON ALL TABLES IN SCHEMA public TO cordula_backup;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO cordula_backup;
