"""Letters of the accounts. Each job takes ids and may run twice: a second letter does no harm."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.domain.attempts import sweep_attempts
from accounts.domain.resets import email_token, reset_parts
from accounts.models import User
from accounts.sessions import SessionStore
from core.domain.jobs import job_kind


@job_kind("accounts.send_reset_link")
def send_reset_link(job):
    """Send the link to a new password, or nothing when nobody reachable was meant."""
    user = User.objects.filter(pk=job.arguments["user_id"], is_active=True).first()
    if user is None or not user.email:
        return
    path = reverse("account_reset_confirm", kwargs=reset_parts(user))
    send_letter(user, user.email, "account/email/reset.txt", path, lambda: _("Set a new password"))


@job_kind("accounts.send_email_link")
def send_email_link(job):
    """Send the link that proves an address."""
    user = User.objects.filter(pk=job.arguments["user_id"], is_active=True).first()
    if user is None:
        return
    email = job.arguments["email"]
    path = reverse("accounts:confirm_email", kwargs={"token": email_token(user, email)})
    send_letter(
        user, email, "account/email/confirm.txt", path, lambda: _("Confirm your e-mail address")
    )


def send_letter(user, to, template, path, subject):
    with translation.override(user.language or settings.LANGUAGE_CODE):
        link = f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"
        text = render_to_string(template, {"person": user, "link": link})
        send_mail(subject(), text, None, [to])


@shared_task(name="accounts.sweep_attempts", ignore_result=True)
def sweep_old_attempts():
    """Forget yesterday's counts: no limit looks back further than an hour. May run twice."""
    sweep_attempts(timezone.now() - timedelta(days=1))


@shared_task(name="accounts.sweep_sessions", ignore_result=True)
def sweep_old_sessions():
    """Delete sessions that are over. May run twice."""
    SessionStore.clear_expired()
