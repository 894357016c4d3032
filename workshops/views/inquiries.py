"""What came out of a joint inquiry."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from workshops.domain.inquiries import adopt as adopt_result
from workshops.permissions.talk import can_adopt
from workshops.queries.inquiries import inquiry_of
from workshops.views.talk_door import thread_at
from workshops.views.threads import frame


@login_required
@require_http_methods(["GET", "POST"])
def adopt(request, pk):
    """Choose the proposals that worked, say what is taken into the classroom."""
    found, room = thread_at(request, pk)
    if not can_adopt(request.user, found, room.standing):
        raise PermissionDenied
    refusal, text = "", request.POST.get("text", "")
    chosen = [int(key) for key in request.POST.getlist("proposal") if key.isdecimal()]
    if request.method == "POST":
        try:
            adopt_result(found, chosen, text=text, by=request.user)
        except DomainError as fault:
            refusal = str(fault)
        else:
            messages.success(request, _("Adopted; everybody who took part has been told."))
            return redirect("workshops:thread", pk=pk)
    context = frame(request, found, room) | {
        "inquiry": inquiry_of(found),
        "chosen": chosen,
        "text": text,
        "refusal": refusal,
    }
    return render(request, "workshops/talk/adopt.html", context, status=422 if refusal else 200)
