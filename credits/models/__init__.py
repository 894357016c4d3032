from credits.models.award import ManualAward, ManualAwardQuerySet
from credits.models.certificate import Certificate, CertificateQuerySet, CertificateSeries
from credits.models.dispute import DisputeStep, HourDispute, HourDisputeQuerySet
from credits.models.evidence import EvidenceFile, EvidenceFileQuerySet
from credits.models.ledger import (
    LedgerEntry,
    LedgerEntryQuerySet,
    LedgerHead,
    LedgerHeadExport,
)
from credits.models.registration import Registration, RegistrationQuerySet

__all__ = [
    "Certificate",
    "CertificateQuerySet",
    "CertificateSeries",
    "DisputeStep",
    "EvidenceFile",
    "EvidenceFileQuerySet",
    "HourDispute",
    "HourDisputeQuerySet",
    "LedgerEntry",
    "LedgerEntryQuerySet",
    "LedgerHead",
    "LedgerHeadExport",
    "ManualAward",
    "ManualAwardQuerySet",
    "Registration",
    "RegistrationQuerySet",
]
