from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from accounts.enums import PEOPLE_READERS
from accounts.models.appointment import Appointment
from organisations.enums import Level
from organisations.models import Organisation


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: User) -> UserQuerySet:
        """The user, and for officers who work with people those of their organisations.

        Somebody belongs to an organisation by working there or by an appointment there. An
        editor or marker does not see people: they work with texts and with homework.
        """
        reach = user.scope("school", *PEOPLE_READERS)
        if not user.appointed_paths(*PEOPLE_READERS):
            return self.filter(pk=user.pk)
        appointed = Appointment.objects.current().filter(
            user.scope("organisation", *PEOPLE_READERS)
        )
        return self.filter(Q(pk=user.pk) | reach | Q(pk__in=appointed.values("user")))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, username, password=None, **fields):
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username, password=None, **fields):
        return self.create_user(username, password, is_superuser=True, is_staff=True, **fields)

    def get_by_natural_key(self, username):
        return self.alias(account=Lower("username")).get(account=username.lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person: teacher, officer or editor. What one may do is in ``Appointment``.

    The ID number is stored encrypted, found by a keyed digest, and never shown whole. An
    account name never looks like a phone or an address, so one box serves all three.
    ``session_epoch`` is part of what a session is checked against: raising it ends every
    session of the person without a look at the session table.
    """

    username = models.CharField(max_length=40, unique=True)
    real_name = models.CharField(max_length=40)
    phone = models.CharField(max_length=20, null=True, unique=True)
    email = models.EmailField(null=True, unique=True)
    teacher_number = models.CharField(max_length=30, null=True, unique=True)
    id_number_cipher = models.BinaryField(null=True)
    id_number_digest = models.CharField(max_length=64, null=True, unique=True)
    school = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="people")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    activated_at = models.DateTimeField(null=True)
    session_epoch = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["real_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_id_number_cipher_with_digest",
                condition=Q(id_number_cipher=None, id_number_digest=None)
                | Q(id_number_cipher__isnull=False, id_number_digest__isnull=False),
            ),
            models.CheckConstraint(
                name="user_account_name_is_no_phone_or_address",
                condition=~Q(username__regex=r"^(1[3-9][0-9]{9}|\+.*|.*@.*)$"),
            ),
            models.CheckConstraint(
                name="user_phone_in_its_one_spelling",
                condition=Q(phone=None) | Q(phone__regex=r"^(1[3-9][0-9]{9}|\+[1-9][0-9]{6,14})$"),
            ),
            models.UniqueConstraint(Lower("username"), name="user_account_name_any_case"),
            models.UniqueConstraint(Lower("email"), name="user_email_any_case"),
        ]
        indexes = [
            models.Index(fields=["school", "real_name"], name="user_school_name"),
            models.Index(
                fields=["real_name"], name="user_name_prefix", opclasses=["varchar_pattern_ops"]
            ),
        ]

    def __str__(self):
        return self.real_name

    def __repr__(self):
        return f"<User {self.pk}>"

    def get_full_name(self):
        return self.real_name

    def get_short_name(self):
        return self.real_name

    def _get_session_auth_hash(self, secret=None):
        value = f"{self.password}:{self.session_epoch}"
        salt = "accounts.models.User.session"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def current_appointments(self) -> list[Appointment]:
        """Today's appointments with their organisations, read once per request."""
        return list(self.appointments.current().select_related("organisation"))

    @cached_property
    def standing_appointments(self) -> list[Appointment]:
        """Those of today and those to come, with their organisations."""
        return list(self.appointments.standing().select_related("organisation"))

    def appointed_paths(self, *roles: str) -> list[str]:
        """Paths of the subtrees in which the user holds one of ``roles`` (any, when none)."""
        return [appointment.organisation.path for appointment in self._appointed(roles)]

    def serves(self, role: str | Iterable[str], organisation: Organisation) -> bool:
        """Whether the user holds ``role`` (or one of several) over ``organisation``.

        A unit that acts as county for a city-run school serves it too (A15).
        """
        roles = (role,) if isinstance(role, str) else tuple(role)
        return any(
            organisation.path.startswith(appointment.organisation.path)
            or (organisation.acting_county_id or 0) == appointment.organisation_id
            for appointment in self._appointed(roles)
        )

    def scope(self, prefix: str, *roles: str) -> Q:
        """What the user serves with ``roles`` (any, when none), as a condition on rows.

        ``prefix`` is the lookup that leads to the organisation: ``"school"``, ``"user__school"``,
        ``""`` for organisations themselves. Without an appointment nothing fulfils it.
        """
        lead = f"{prefix}__" if prefix else ""
        within = Q(pk__in=[])
        for appointment in self._appointed(roles):
            within |= Q(**{f"{lead}path__startswith": appointment.organisation.path})
            if appointment.organisation.level == Level.COUNTY:
                within |= Q(**{f"{lead}acting_county": appointment.organisation_id})
        return within

    def _appointed(self, roles: Iterable[str]) -> list[Appointment]:
        wanted: set[str] = set(roles)
        return [one for one in self.current_appointments if not wanted or one.role in wanted]
