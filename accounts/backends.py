"""Who one is: account name, phone or e-mail with the password, in time that tells nothing."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission

from accounts.domain.cms_rights import is_editor
from accounts.domain.sign_in import person_by_login


class AccountBackend(ModelBackend):
    """One query and one password hash, whether or not the account exists or is active.

    What groups allow (the Wagtail admin) holds for current editors only, whatever a group's
    list of members says.
    """

    def authenticate(self, request, username=None, password=None, **credentials):
        if not username or password is None:
            return None
        person = person_by_login(username)
        if person is None or not person.has_usable_password():
            make_password(password)  # the same work as a check
            return None
        right = person.check_password(password)
        return person if right and self.user_can_authenticate(person) else None

    def _get_group_permissions(self, user_obj):
        if not is_editor(user_obj):
            return Permission.objects.none()
        return super()._get_group_permissions(user_obj)
