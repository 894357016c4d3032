from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.domain.passwords import confirm_password, set_password
from accounts.errors import WrongPassword
from accounts.forms.passwords import ChangePasswordForm


@login_required
@never_cache
@sensitive_post_parameters()
def change(request):
    """A new password; every other session of the person ends."""
    form = ChangePasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirm_password(request.user, form.cleaned_data.get("current", ""))
        except WrongPassword as refusal:
            form.add_error("current", str(refusal))
        else:
            keep_session_with(request, form.cleaned_data["new_password"])
            messages.success(
                request, _("Your password is changed. You were signed out everywhere else.")
            )
            return redirect("accounts:profile")
    return render(request, "account/password_change.html", {"form": form})


def keep_session_with(request, password):
    """Change the password and go on in this session, the only one left."""
    verb = "accounts.password_changed"
    user = set_password(request.user, password, by=request.user, verb=verb)
    update_session_auth_hash(request, user)
