from core.invariants import Invariant

INVARIANTS = [
    Invariant(
        name="import_applied_once",
        sentence="No list was imported twice, and each imported list says when.",
        sql="""SELECT object_key, count(*) FROM core_auditrecord
               WHERE object_label = 'bureau.importbatch' AND verb = 'import.imported'
               GROUP BY object_key HAVING count(*) > 1
               UNION ALL
               SELECT id::text, 0 FROM bureau_importbatch b WHERE state = 'imported'
               AND NOT EXISTS (SELECT FROM core_auditrecord a
                 WHERE a.object_label = 'bureau.importbatch' AND a.object_key = b.id::text
                   AND a.verb = 'import.imported')""",
    ),
    Invariant(
        name="import_counts_match_audit",
        sentence="Every row that a list added or changed has its audit record.",
        sql="""SELECT b.id, b.added + b.changed AS rows, count(a.id) AS records
               FROM bureau_importbatch b
               LEFT JOIN core_auditrecord a ON a.why = 'bureau.importbatch ' || b.id
                 AND a.verb LIKE 'import.%%'
               WHERE b.state = 'imported' GROUP BY b.id
               HAVING b.added + b.changed <> count(a.id)""",
    ),
    Invariant(
        name="staged_rows_cleaned",
        sentence="Staged rows go when a list is imported, discarded or past its time.",
        sql="""SELECT s.batch_id, s.line FROM bureau_stagedrow s
               JOIN bureau_importbatch b ON b.id = s.batch_id
               WHERE b.cleared_at IS NOT NULL OR b.state = 'discarded'
                  OR (b.state = 'imported' AND (s.outcome <> 'refused' OR s.data <> '{}'))
                  OR b.expires_at < now() - interval '1 day'""",
    ),
    Invariant(
        name="staged_id_numbers_sealed",
        sentence="No staged row holds an ID number that can be read.",
        sql="""SELECT batch_id, line FROM bureau_stagedrow
               WHERE cells->>'id_number' ~ '[1-9][0-9]{16}[0-9Xx]'
                  OR (data - 'id_number_digest' - 'id_number_cipher')::text
                     ~ '(^|[^0-9a-f])[1-9][0-9]{16}[0-9Xx]([^0-9a-f]|$)'""",
    ),
    Invariant(
        name="files_have_live_owners",
        sentence="A kept file belongs to a list or export that is not past its time by a day.",
        sql="""SELECT 'import' AS kind, id FROM bureau_importbatch
               WHERE upload <> '' AND expires_at < now() - interval '1 day'
               UNION ALL
               SELECT 'export', id FROM bureau_exportfile
               WHERE file <> '' AND expires_at < now() - interval '1 day'""",
    ),
    Invariant(
        name="roll_up_adds_up",
        sentence="The figures of a unit are the sum of the units directly below it.",
        sql="""SELECT p.programme_id, p.organisation_id FROM bureau_unitprogress p
               JOIN organisations_organisation o ON o.id = p.organisation_id AND o.level < 4
               LEFT JOIN bureau_unitprogress c ON c.programme_id = p.programme_id
                 AND c.organisation_id IN (
                   SELECT id FROM organisations_organisation
                    WHERE coalesce(acting_county_id, parent_id) = o.id)
               GROUP BY p.id
               HAVING (p.approved, p.required_complete, p.all_complete) IS DISTINCT FROM
                 (coalesce(sum(c.approved), 0), coalesce(sum(c.required_complete), 0),
                  coalesce(sum(c.all_complete), 0))""",
    ),
    Invariant(
        name="lessons_roll_up_adds_up",
        sentence="A unit's figures of lessons and reviews are the sum of those directly below it.",
        sql="""SELECT p.programme_id, p.organisation_id FROM bureau_unitlessons p
               JOIN organisations_organisation o ON o.id = p.organisation_id AND o.level < 4
               LEFT JOIN bureau_unitlessons c ON c.programme_id = p.programme_id
                 AND c.organisation_id IN (
                   SELECT id FROM organisations_organisation
                    WHERE coalesce(acting_county_id, parent_id) = o.id)
               GROUP BY p.id
               HAVING (p.research_given, p.lessons_chosen, p.reviews_finished,
                       p.national_finished) IS DISTINCT FROM
                 (coalesce(sum(c.research_given), 0), coalesce(sum(c.lessons_chosen), 0),
                  coalesce(sum(c.reviews_finished), 0), coalesce(sum(c.national_finished), 0))""",
    ),
]
