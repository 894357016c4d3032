from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.domain.activation import activate
from accounts.errors import CodeRefused
from accounts.forms.passwords import ActivationForm


@never_cache
@sensitive_post_parameters()
def activate_account(request):
    """The first password, by the code on the slip."""
    if request.user.is_authenticated:
        return redirect("/")
    form = ActivationForm(None, request.POST or None)
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        try:
            activate(entered["login"], entered["code"], entered["new_password"])
        except CodeRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your password is set. Sign in with it now."))
            return redirect("account_login")
    return render(request, "account/activate.html", {"form": form})
