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

INVARIANTS = LEDGER
