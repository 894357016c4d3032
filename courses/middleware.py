from django.contrib.auth.models import Group
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied

from accounts.enums import Role

EDITORS_GROUP = "Moderators"  # Wagtail's own group with all rights over pages, images, documents


class EditorsDoorMiddleware:
    """Lets only today's content editors below /cms/, by the site's own sign-in.

    Wagtail knows groups, the house knows dated appointments: whoever is appointed is put
    into the group when they come, and whose appointment has ended is refused at this door.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith("/cms/"):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            self._admit(request.user)
        return self.get_response(request)

    def _admit(self, user):
        if user.is_superuser:
            return
        if not user.appointed_paths(Role.EDITOR):
            raise PermissionDenied
        if not user.groups.filter(name=EDITORS_GROUP).exists():
            user.groups.add(Group.objects.get(name=EDITORS_GROUP))
