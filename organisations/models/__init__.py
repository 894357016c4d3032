from organisations.models.organisation import Organisation, OrganisationQuerySet
from organisations.models.period import OrganisationPeriod, OrganisationPeriodQuerySet

__all__ = [
    "Organisation",
    "OrganisationPeriod",
    "OrganisationPeriodQuerySet",
    "OrganisationQuerySet",
]
