"""When the clock calls this app; read by the settings."""

from celery.schedules import crontab

SCHEDULE = {
    "workshops-duty-round": {
        "task": "workshops.duty_round",
        "schedule": 300.0,
        "options": {"expires": 240},
    },
    "workshops-morning-calls": {
        "task": "workshops.morning_calls",
        "schedule": crontab(hour=6, minute=40),
    },
    "workshops-duty-reminders": {
        "task": "workshops.duty_reminders",
        "schedule": crontab(hour=17, minute=30),
    },
}
