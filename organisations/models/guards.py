"""What the database itself refuses about the tree."""

import pgtrigger

STANDS_RIGHT = pgtrigger.Trigger(
    name="organisation_stands_right",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id", "level", "acting_county_id"),
    declare=[("above", "organisations_organisation%ROWTYPE"), ("acting", "above%TYPE")],
    func="""
        SELECT * INTO above FROM organisations_organisation WHERE id = NEW.parent_id;
        IF NEW.parent_id IS NOT NULL AND above.level >= NEW.level THEN
            RAISE EXCEPTION 'organisation % does not stand below its parent''s level', NEW.code
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.level = 4 AND above.level < 3 AND NEW.acting_county_id IS NULL THEN
            RAISE EXCEPTION 'city-run school % names no acting county', NEW.code
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.acting_county_id IS NOT NULL THEN
            SELECT * INTO acting FROM organisations_organisation WHERE id = NEW.acting_county_id;
            IF acting.level NOT IN (2, 3) OR above.level <> 2
               OR NEW.parent_id NOT IN (acting.id, acting.parent_id) THEN
                RAISE EXCEPTION 'acting county of % is not in its city', NEW.code
                    USING ERRCODE = 'check_violation';
            END IF;
        END IF;
        IF TG_OP = 'INSERT' OR NEW.parent_id IS DISTINCT FROM OLD.parent_id THEN
            NEW.path := coalesce(above.path, '') || NEW.id || '/';
        END IF;
        RETURN NEW;
    """,
)

PATH_FOLLOWS_PARENT = pgtrigger.Trigger(
    name="organisation_path_follows_parent",
    when=pgtrigger.After,
    timing=pgtrigger.Deferred,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("path", "parent_id"),
    declare=[("self", "organisations_organisation%ROWTYPE"), ("expected", "text")],
    func="""
        SELECT * INTO self FROM organisations_organisation WHERE id = NEW.id;
        IF NOT FOUND THEN RETURN NULL; END IF;
        SELECT coalesce((SELECT path FROM organisations_organisation WHERE id = self.parent_id), '')
               || self.id || '/' INTO expected;
        IF self.path <> expected OR EXISTS (
            SELECT 1 FROM organisations_organisation child
            WHERE child.parent_id = self.id AND child.path <> self.path || child.id || '/'
        ) THEN
            RAISE EXCEPTION 'path of organisation % does not follow its parent', self.code
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    """,
)
