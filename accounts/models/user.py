from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.enums import Role
from organisations.models import Organisation


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: User) -> UserQuerySet:
        """The user and everybody in the subtrees of the user's appointments."""
        visible = Q(pk=user.pk)
        for path in user.appointed_paths():
            visible |= Q(school__path__startswith=path)
        return self.filter(visible)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, username, password=None, **fields):
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username, password=None, **fields):
        return self.create_user(username, password, is_superuser=True, is_staff=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person: teacher, officer or editor. What one may do is in ``Appointment``.

    The ID number is stored encrypted, found by a keyed digest, and never shown whole.
    """

    username = models.CharField(max_length=40, unique=True)
    real_name = models.CharField(max_length=40)
    sort_pinyin = models.CharField(max_length=200, blank=True)
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
        ]
        indexes = [models.Index(fields=["school", "real_name"], name="user_school_name")]

    def __str__(self):
        return self.real_name

    def get_full_name(self):
        return self.real_name

    def get_short_name(self):
        return self.real_name

    @cached_property
    def current_appointments(self) -> list:
        """Today's appointments with their organisations, read once per request."""
        return list(self.appointments.current().select_related("organisation"))

    def appointed_paths(self, *roles: Role) -> list[str]:
        """Paths of the subtrees in which the user holds one of ``roles`` (any, when none)."""
        return [
            appointment.organisation.path
            for appointment in self.current_appointments
            if not roles or appointment.role in roles
        ]

    def serves(self, role: Role | Iterable[Role], organisation: Organisation) -> bool:
        """Whether the user holds ``role`` (or one of several) over ``organisation``."""
        roles = (role,) if isinstance(role, str) else tuple(role)
        return any(organisation.path.startswith(path) for path in self.appointed_paths(*roles))
