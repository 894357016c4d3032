"""The chain of one person's ledger lines, written by the database and by nothing else.

The canonical text of a line is its values joined by line feeds; no value but the label could
hold one, and constraints forbid it there too. Moments are whole microseconds since 1970 UTC,
hours always carry two decimals, an absent ``reverses`` is 0.
"""

from django.db import migrations

FUNCTIONS = r"""
CREATE FUNCTION credits_entry_hash(line credits_ledgerentry) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT encode(sha256(convert_to(concat_ws(E'\n',
        'ledger-1',
        line.previous_hash,
        line.user_id,
        line.seq,
        line.programme_id,
        line.part,
        line.category,
        line.class_hours,
        line.source,
        coalesce(line.reverses_id, 0),
        (extract(epoch FROM line.earned_at) * 1000000)::bigint,
        (extract(epoch FROM line.posted_at) * 1000000)::bigint,
        line.label
    ), 'UTF8')), 'hex')
$$;

CREATE FUNCTION credits_require_reversal(line credits_ledgerentry) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM credits_ledgerentry reversed
    WHERE reversed.id = line.reverses_id
      AND reversed.reverses_id IS NULL
      AND reversed.user_id = line.user_id
      AND reversed.programme_id = line.programme_id
      AND reversed.part = line.part
      AND reversed.category = line.category
      AND reversed.class_hours = -line.class_hours;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'ledger line % is not the exact opposite of line %',
            line.source, line.reverses_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_reversal_is_exact';
    END IF;
END
$$;

-- A plan made while the tables were empty would read them whole for every later line, so
-- reading them whole is forbidden here.
CREATE FUNCTION credits_chain_entry() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    head credits_ledgerhead;
BEGIN
    SELECT * INTO head FROM credits_ledgerhead WHERE user_id = NEW.user_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        INSERT INTO credits_ledgerhead (user_id, seq, hash)
        VALUES (NEW.user_id, 0, repeat('0', 64)) ON CONFLICT (user_id) DO NOTHING;
        SELECT * INTO head FROM credits_ledgerhead WHERE user_id = NEW.user_id
        FOR NO KEY UPDATE;
    END IF;
    NEW.seq := head.seq + 1;
    -- A source that stands already is about to be refused or skipped by its unique
    -- constraint: the head must not move for a line that will not be written.
    PERFORM 1 FROM credits_ledgerentry
    WHERE programme_id = NEW.programme_id AND user_id = NEW.user_id AND source = NEW.source;
    IF FOUND THEN
        RETURN NEW;
    END IF;
    IF NEW.reverses_id IS NOT NULL THEN
        PERFORM credits_require_reversal(NEW);
    END IF;
    NEW.previous_hash := head.hash;
    NEW.posted_at := clock_timestamp();
    NEW.hash := credits_entry_hash(NEW);
    UPDATE credits_ledgerhead SET seq = NEW.seq, hash = NEW.hash WHERE user_id = NEW.user_id;
    RETURN NEW;
END
$$;

CREATE TRIGGER credits_chain_entry BEFORE INSERT ON credits_ledgerentry
FOR EACH ROW EXECUTE FUNCTION credits_chain_entry();

CREATE FUNCTION credits_refuse_head() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'heads are written by the ledger only'
        USING ERRCODE = 'insufficient_privilege';
END
$$;

-- Depth 0: a statement of a client. The chain's own trigger writes from depth 1.
CREATE TRIGGER credits_refuse_head BEFORE INSERT OR UPDATE ON credits_ledgerhead
FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION credits_refuse_head();
"""

AWAY = """
DROP TRIGGER credits_refuse_head ON credits_ledgerhead;
DROP FUNCTION credits_refuse_head();
DROP TRIGGER credits_chain_entry ON credits_ledgerentry;
DROP FUNCTION credits_chain_entry();
DROP FUNCTION credits_require_reversal(credits_ledgerentry);
DROP FUNCTION credits_entry_hash(credits_ledgerentry);
"""


class Migration(migrations.Migration):
    dependencies = [("credits", "0001_initial")]
    operations = [migrations.RunSQL(FUNCTIONS, AWAY)]
