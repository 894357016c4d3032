from core.models.audit import AuditRecord
from core.models.job import Job, JobState

__all__ = ["AuditRecord", "Job", "JobState"]
