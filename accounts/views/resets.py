from django.contrib import messages
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.domain.passwords import set_password
from accounts.domain.resets import ask_for_reset_link
from accounts.forms.passwords import AskForResetForm, NewPasswordForm


@never_cache
def ask_for_reset(request):
    """Always the same answer at the same speed, whoever is meant."""
    form = AskForResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask_for_reset_link(form.cleaned_data["login"])
        return render(request, "account/password_reset_done.html")
    return render(request, "account/password_reset.html", {"form": form})


class ResetView(PasswordResetConfirmView):
    """The link from the letter: once, for two hours, and not after another sign-in."""

    form_class = NewPasswordForm
    template_name = "account/password_reset_from_key.html"

    def form_valid(self, form):
        new = form.cleaned_data["new_password"]
        set_password(self.user, new, by=self.user, verb="accounts.password_reset")
        del self.request.session[INTERNAL_RESET_SESSION_TOKEN]
        messages.success(self.request, _("Your password is set. Sign in with it now."))
        return redirect("account_login")


reset = ResetView.as_view()
