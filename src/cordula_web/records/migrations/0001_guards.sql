-- What was recorded is not changed and not taken away. ENABLE ALWAYS holds even for a session that
-- calls itself a replica. Against the owner of the database only checkpoints kept elsewhere help.
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger is append-only: % on % is refused. A correction is a new entry.',
        TG_OP, TG_TABLE_NAME USING ERRCODE = 'CD001';
END $$;

CREATE FUNCTION entry_comes_next() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE next bigint := coalesce((SELECT max(index) + 1 FROM entry), 0);
BEGIN
    IF NEW.index <> next THEN
        RAISE EXCEPTION 'The next entry is %, not %: the ledger has no gaps.', next, NEW.index
            USING ERRCODE = 'CD002';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION version_comes_next() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE next integer :=
    coalesce((SELECT max(version) + 1 FROM entry_subject WHERE stream = NEW.stream), 1);
BEGIN
    IF NEW.version <> next THEN
        RAISE EXCEPTION 'The next version of this history is %, not %.', next, NEW.version
            USING ERRCODE = 'CD002';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER entry_comes_next BEFORE INSERT ON entry
    FOR EACH ROW EXECUTE FUNCTION entry_comes_next();
ALTER TABLE entry ENABLE ALWAYS TRIGGER entry_comes_next;
CREATE TRIGGER version_comes_next BEFORE INSERT ON entry_subject
    FOR EACH ROW EXECUTE FUNCTION version_comes_next();
ALTER TABLE entry_subject ENABLE ALWAYS TRIGGER version_comes_next;

DO $$
DECLARE guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['entry', 'entry_subject', 'node', 'checkpoint'] LOOP
        EXECUTE format('CREATE TRIGGER %I_not_changed BEFORE UPDATE OR DELETE ON %I
            FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only()', guarded, guarded);
        EXECUTE format('CREATE TRIGGER %I_not_emptied BEFORE TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only()', guarded, guarded);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I_not_changed', guarded, guarded);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER %I_not_emptied', guarded, guarded);
    END LOOP;
END $$;
