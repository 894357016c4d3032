from credits.models.ledger import (
    LedgerEntry,
    LedgerEntryQuerySet,
    LedgerHead,
    LedgerHeadExport,
)

__all__ = [
    "LedgerEntry",
    "LedgerEntryQuerySet",
    "LedgerHead",
    "LedgerHeadExport",
]
