from core.models.audit import AuditRecord
from core.models.job import Job, JobState, WorkerHeartbeat

__all__ = ["AuditRecord", "Job", "JobState", "WorkerHeartbeat"]
