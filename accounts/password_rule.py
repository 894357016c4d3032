"""What a password must be made of, in words that stand under the field."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MIN_LENGTH = 10
MIN_CLASSES = 3
OWN_NAMES = ("username", "phone", "teacher_number")

RULE = _(
    "At least 10 characters, of at least three kinds: small letters, capital letters, "
    "digits, other signs. Not your account name or phone number."
)


class PasswordRule:
    """At least ten characters of three kinds that do not contain the person's own names.

    Source: requirements 4.3 (at least 3 character classes at the first sign-in).
    """

    def validate(self, password, user=None):
        kinds = {_kind(character) for character in password}
        own = [str(getattr(user, name, None) or "").lower() for name in OWN_NAMES]
        contains_own = any(len(name) >= 4 and name in password.lower() for name in own)
        if len(password) < MIN_LENGTH or len(kinds) < MIN_CLASSES or contains_own:
            raise ValidationError(RULE, code="password_rule")

    def get_help_text(self):
        return RULE


def _kind(character):
    if character.islower():
        return "small"
    if character.isupper():
        return "capital"
    return "digit" if character.isdigit() else "sign"
