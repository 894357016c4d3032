from organisations.models.organisation import Organisation, OrganisationQuerySet
from organisations.models.period import OrganisationPeriod

__all__ = ["Organisation", "OrganisationPeriod", "OrganisationQuerySet"]
