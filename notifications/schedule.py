"""When the clock calls this app; read by the settings."""

from celery.schedules import crontab

SCHEDULE = {
    "deadline-notes": {
        "task": "notifications.deadline_notes",
        "schedule": crontab(hour=7, minute=30),
    },
    "urgent-mails": {
        "task": "notifications.urgent_mails",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "daily-digest": {
        "task": "notifications.digests",
        "schedule": crontab(hour=18, minute=0),
    },
}
