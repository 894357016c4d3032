"""Evening out the workshops of a family, with a preview."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from organisations.models import Organisation
from workshops.domain.balance import balance, changes_for
from workshops.domain.placing.balancing import digest_of
from workshops.models import Workshop
from workshops.queries.seats import rooms_of
from workshops.queries.titles import title_of
from workshops.views.door import run_workshop


@login_required
@require_http_methods(["GET", "POST"])
def even(request, pk):
    """Which schools would change the workshop, and the button that moves them."""
    found = run_workshop(request, pk)
    if request.method == "POST":
        try:
            moved = balance(found, digest=request.POST.get("digest", ""), by=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("workshops:balance", pk=pk)
        sentence = ngettext("%(moved)s person was moved.", "%(moved)s people were moved.", moved)
        messages.success(request, sentence % {"moved": moved})
        return redirect("workshops:seats", pk=pk)
    main = Workshop.objects.with_place().get(pk=found.main_id)
    changes = changes_for(main)
    schools = Organisation.objects.in_bulk({one.school for one in changes})
    rooms = rooms_of(main.pk)
    numbers = {room.id: room.number for room in rooms}
    context = {
        "workshop": found,
        "title": title_of(main),
        "digest": digest_of(changes),
        "people": sum(one.people for one in changes),
        "lines": [
            (schools.get(one.school), one.people, numbers[one.source], numbers[one.target])
            for one in changes
        ],
        "sizes": sizes_after(rooms, changes),
    }
    return render(request, "workshops/balance.html", context)


def sizes_after(rooms, changes):
    """Number, people now and people then, of every workshop of the family."""
    then = {room.id: room.taken for room in rooms}
    for one in changes:
        then[one.source] -= one.people
        then[one.target] += one.people
    return [(room.number, room.taken, then[room.id]) for room in rooms]
