"""What always holds in the ledger and around it, checked by ``manage.py verify``."""

from core.invariants import Invariant
from credits.domain.head_check import broken_exports

LEDGER = [
    Invariant(
        "ledger_hash_is_of_its_line",
        "The hash of every ledger line is the hash of what the line says.",
        """SELECT id, user_id, seq, source, class_hours FROM credits_ledgerentry line
            WHERE hash <> credits_entry_hash(line)""",
    ),
    Invariant(
        "ledger_lines_are_chained",
        "Every ledger line follows its predecessor: the next number, the predecessor's hash.",
        """SELECT id, user_id, seq, source FROM (
               SELECT id, user_id, seq, source, previous_hash,
                      lag(hash, 1, repeat('0', 64)) OVER chain AS hash_before,
                      lag(seq, 1, 0) OVER chain AS seq_before
               FROM credits_ledgerentry WINDOW chain AS (PARTITION BY user_id ORDER BY seq)
           ) line WHERE previous_hash <> hash_before OR seq <> seq_before + 1""",
    ),
    Invariant(
        "ledger_head_is_the_last_line",
        "Every person's head holds the number and the hash of the last ledger line.",
        """SELECT coalesce(head.user_id, last.user_id) AS user_id,
                  head.seq AS head_seq, last.seq AS last_seq
           FROM credits_ledgerhead head FULL JOIN (
               SELECT DISTINCT ON (user_id) user_id, seq, hash
               FROM credits_ledgerentry ORDER BY user_id, seq DESC
           ) last ON last.user_id = head.user_id
           WHERE (head.seq, head.hash) IS DISTINCT FROM (last.seq, last.hash)""",
    ),
    Invariant(
        "ledger_exports_still_hold",
        "Every chain still contains the line that an exported file names as its end.",
        find=broken_exports,
    ),
    Invariant(
        "ledger_part_is_in_the_rule_pack",
        "Every ledger line belongs to a part of its programme's rule pack, in its category.",
        """SELECT line.id, line.user_id, line.part, line.category
           FROM credits_ledgerentry line
           JOIN programmes_programme programme ON programme.id = line.programme_id
           WHERE NOT EXISTS (
               SELECT FROM jsonb_array_elements(programme.rule_pack -> 'parts') AS known
               WHERE known ->> 'key' = line.part AND known ->> 'category' = line.category)""",
    ),
    Invariant(
        "ledger_reversal_is_exact",
        "A line that takes hours back is the exact opposite of the one line it names.",
        """SELECT back.id, back.user_id, back.source, back.class_hours
           FROM credits_ledgerentry back
           LEFT JOIN credits_ledgerentry line ON line.id = back.reverses_id
           WHERE (back.class_hours < 0 OR back.reverses_id IS NOT NULL)
             AND (line.reverses_id IS NOT NULL
                  OR (line.user_id, line.programme_id, line.part, line.class_hours)
                     IS DISTINCT FROM
                     (back.user_id, back.programme_id, back.part, -back.class_hours))""",
    ),
    Invariant(
        "ledger_sum_is_of_standing_lines",
        "No sum is negative, and each equals the lines that were not taken back.",
        """SELECT line.user_id, line.programme_id, line.part, sum(line.class_hours) AS hours
           FROM credits_ledgerentry line
           LEFT JOIN credits_ledgerentry back ON back.reverses_id = line.id
           GROUP BY line.user_id, line.programme_id, line.part
           HAVING sum(line.class_hours) < 0 OR sum(line.class_hours) <> coalesce(
               sum(line.class_hours)
                   FILTER (WHERE line.reverses_id IS NULL AND back.id IS NULL), 0)""",
    ),
]

REGISTER = [
    Invariant(
        "registration_counted_every_part",
        "Whoever is registered had every part of the year when it was counted.",
        """SELECT registration.id, registration.user_id, part ->> 'key' AS part
           FROM credits_registration registration
           JOIN programmes_programme programme ON programme.id = registration.programme_id,
                jsonb_array_elements(programme.rule_pack -> 'parts') part
           WHERE registration.state IN ('registered', 'revoked')
             AND coalesce((registration.hours ->> (part ->> 'key'))::numeric, 0)
                 < (part ->> 'class_hours')::numeric""",
    ),
    Invariant(
        "registration_hours_were_in_the_ledger",
        "Registered hours are hours of the ledger, except those taken back since.",
        """SELECT registration.id, registration.user_id, counted.key AS part
           FROM credits_registration registration, jsonb_each_text(registration.hours) counted
           WHERE registration.state = 'registered' AND counted.value::numeric > coalesce((
               SELECT sum(line.class_hours) FROM credits_ledgerentry line
               LEFT JOIN credits_ledgerentry back ON back.reverses_id = line.id
               WHERE line.user_id = registration.user_id
                 AND line.programme_id = registration.programme_id
                 AND line.part = counted.key AND line.reverses_id IS NULL
                 AND (back.id IS NULL OR back.posted_at > registration.registered_at)), 0)""",
    ),
    Invariant(
        "certificate_stands_with_its_registration",
        "Every registered person has one valid certificate; a revoked one's is revoked.",
        """SELECT registration.id, registration.user_id, registration.state
           FROM credits_registration registration
           LEFT JOIN credits_certificate certificate
             ON certificate.registration_id = registration.id
           WHERE (registration.state = 'registered'
                  AND (certificate.id IS NULL OR certificate.revoked_at IS NOT NULL))
              OR (registration.state = 'revoked' AND certificate.revoked_at IS NULL)
              OR (registration.state NOT IN ('registered', 'revoked')
                  AND certificate.id IS NOT NULL)""",
    ),
    Invariant(
        "certificate_number_is_right",
        "Every certificate's number is its year, its place in the series and check digits.",
        """SELECT id, number FROM credits_certificate
           WHERE substr(number, 1, 12)::bigint <> year * 100000000::bigint + sequence
              OR number::numeric % 97 <> 1""",
    ),
    Invariant(
        "certificate_series_has_no_gap",
        "A year's certificates are numbered from 1 without a gap.",
        """SELECT series.year, series.last, count(certificate.id) AS issued
           FROM credits_certificateseries series
           LEFT JOIN credits_certificate certificate ON certificate.year = series.year
           GROUP BY series.year HAVING series.last <> count(certificate.id)""",
    ),
    Invariant(
        "award_has_evidence",
        "Every manual award has at least one file that proves it.",
        """SELECT id, user_id FROM credits_manualaward award WHERE NOT EXISTS (
               SELECT FROM credits_evidencefile file WHERE file.award_id = award.id)""",
    ),
    Invariant(
        "award_gave_what_it_says",
        "The ledger line of an approved award gives its person exactly its hours.",
        """SELECT award.id, award.user_id FROM credits_manualaward award
           JOIN credits_ledgerentry line ON line.id = award.entry_id
           WHERE (line.user_id, line.programme_id, line.part, line.class_hours)
                 IS DISTINCT FROM
                 (award.user_id, award.programme_id, award.part, award.class_hours)""",
    ),
    Invariant(
        "dispute_steps_tell_its_state",
        "The last step of every dispute is the state that it is in.",
        """SELECT dispute.id, dispute.state FROM credits_hourdispute dispute
           LEFT JOIN LATERAL (
               SELECT state, handler_id FROM credits_disputestep step
               WHERE step.dispute_id = dispute.id ORDER BY step.id DESC LIMIT 1) last ON TRUE
           WHERE (dispute.state, dispute.handler_id)
                 IS DISTINCT FROM (last.state, last.handler_id)""",
    ),
]

INVARIANTS = LEDGER + REGISTER
