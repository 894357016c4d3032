"""Who one is: account name, phone or e-mail with the password, in time that tells nothing."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password

from accounts.domain.sign_in import person_by_login


class AccountBackend(ModelBackend):
    """One query and one password hash, whether or not the account exists or is active."""

    def authenticate(self, request, username=None, password=None, **credentials):
        if not username or password is None:
            return None
        person = person_by_login(username)
        if person is None or not person.has_usable_password():
            make_password(password)  # the same work as a check
            return None
        right = person.check_password(password)
        return person if right and self.user_can_authenticate(person) else None
