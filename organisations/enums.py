from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """The four administrative levels, highest first."""

    PROVINCE = 1, _("province")
    CITY = 2, _("city")
    COUNTY = 3, _("county")
    SCHOOL = 4, _("school")


class SchoolKind(models.TextChoices):
    """What a school-level organisation is; decides which stages its people may enrol for."""

    SCHOOL = "school", _("school")
    KINDERGARTEN = "kindergarten", _("kindergarten")
    RESEARCH = "research", _("research or training body")
    SPECIAL = "special", _("special-education school")
