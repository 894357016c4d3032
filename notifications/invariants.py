"""What must always hold about telling people."""

from core.invariants import Invariant
from notifications.models import URGENT_MAILS_A_DAY

INVARIANTS = [
    Invariant(
        "never_a_flood",
        "Nobody gets more than one digest and a few urgent mails on one day.",
        f"""SELECT user_id, day, kind, count(*) FROM notifications_mailing
             GROUP BY user_id, day, kind
            HAVING count(*) > CASE kind WHEN 'digest' THEN 1
                                        ELSE {URGENT_MAILS_A_DAY} END""",  # noqa: S608 - ours
    ),
    Invariant(
        "told_once_per_key",
        "Nobody is told twice under the same key.",
        """SELECT user_id, key, count(*) FROM notifications_notification
            WHERE key IS NOT NULL GROUP BY user_id, key HAVING count(*) > 1""",
    ),
    Invariant(
        "mailed_after_written",
        "No notice was mailed or read before it was written.",
        """SELECT id, user_id, created_at, mailed_at, read_at FROM notifications_notification
            WHERE least(mailed_at, read_at) < created_at - interval '1 minute'""",
    ),
    Invariant(
        "leads_inside",
        "Every notice leads to a page of this site.",
        """SELECT id, url FROM notifications_notification
            WHERE url <> '' AND (url NOT LIKE '/%' OR url LIKE '//%')""",
    ),
]
