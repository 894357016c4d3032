"""What the tree's news and allauth's mean for people."""

from allauth.account.signals import user_logged_in
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.dispatch import receiver

from accounts.domain.passwords import end_sessions
from accounts.domain.succession import follow, leave
from core.domain.audit import record_act
from organisations.signals import organisation_closing, organisation_succeeded


@receiver(organisation_succeeded)
def people_follow(source, into, on, by, **kwargs):
    follow(source, into, on=on, by=by)


@receiver(organisation_closing)
def appointments_end(organisation, on, by, **kwargs):
    leave(organisation, on=on, by=by)


@receiver(user_logged_in)
def note_sign_in(request, user, response, **kwargs):
    """Each sign-in is on record, and the page comes in the person's language."""
    record_act("accounts.signed_in", user, by=user)
    if user.language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=365 * 24 * 3600,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )


@receiver(authenticator_added)
@receiver(authenticator_removed)
def other_sessions_end(request, user, authenticator, signal, **kwargs):
    """Sessions opened under the former rule end; the one at work goes on."""
    if authenticator.type != "totp":
        return
    verb = "added" if signal is authenticator_added else "removed"
    update_session_auth_hash(request, end_sessions(user, by=user, why=f"second factor {verb}"))


@receiver(authenticator_reset)
def note_new_codes(user, **kwargs):
    record_act("accounts.recovery_codes_made", user, by=user)
