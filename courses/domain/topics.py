"""The school's choice of topics (R16)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.domain.audit import record_act
from core.errors import DomainError
from courses.models import CourseChoice, TopicChoice
from courses.queries.offer import offers_by_topic, stages_of_school
from organisations.models import Organisation
from programmes.domain.phases import require_open
from programmes.domain.rulepacks import RulePack, rule_pack_of
from programmes.enums import PhaseKey, Stage
from programmes.models import Programme


class TopicUnknown(DomainError):
    message = _("“%(topic)s” is not a topic for this school's stages; choose from the list.")


class TopicsOfferTooLittle(DomainError):
    message = _(
        "For %(stage)s the chosen topics offer %(offered)s class hours, but a teacher needs "
        "%(needed)s; choose one more topic."
    )


class TopicInUse(DomainError):
    message = _("Teachers have already chosen courses of “%(topic)s”, so this topic must stay.")


@transaction.atomic
def choose_topics(
    programme: Programme, school: Organisation, topics: Iterable[str], *, by: User
) -> list[TopicChoice]:
    """Let ``school`` offer its teachers exactly ``topics``.

    Safe to repeat; may be changed until the window closes (A7). The school's row stays
    locked, so two principals' choices follow one another.

    Raises: PhaseClosed outside the school's window; TopicUnknown; TopicsOfferTooLittle when
    a stage of the school would not find ``elective_minimum_hours``; TopicInUse when a topic
    with chosen courses would go.
    Source: R16, A7.
    """
    school = Organisation.objects.select_for_update(no_key=True).get(pk=school.pk)
    require_open(programme, PhaseKey.TOPIC_SELECTION, school)
    wanted = set(topics)
    _require_enough(rule_pack_of(programme), stages_of_school(school, programme), wanted)
    held = TopicChoice.objects.select_for_update().filter(programme=programme, school=school)
    before = {choice.topic: choice for choice in held}
    _drop([choice for topic, choice in before.items() if topic not in wanted], programme)
    TopicChoice.objects.bulk_create(
        TopicChoice(programme=programme, school=school, topic=topic, chosen_by=by)
        for topic in sorted(wanted - before.keys())
    )
    if wanted != before.keys():
        record_act(
            "courses.choose_topics",
            school,
            by=by,
            why=f"{programme.code}: {', '.join(sorted(before))} → {', '.join(sorted(wanted))}",
        )
    return list(TopicChoice.objects.filter(programme=programme, school=school))


def _require_enough(pack: RulePack, stages: list[Stage], wanted: set[str]) -> None:
    offers = {stage: offers_by_topic(stage, pack) for stage in stages}
    known = {offer.topic.key for stage in stages for offer in offers[stage]}
    for topic in sorted(wanted - known):
        raise TopicUnknown(topic=topic)
    for stage in stages:
        hours = [offer.class_hours for offer in offers[stage] if offer.topic.key in wanted]
        offered = sum(hours, Decimal(0))
        if offered < pack.elective_minimum_hours:
            raise TopicsOfferTooLittle(
                stage=stage.label,
                offered=f"{offered.normalize():f}",
                needed=f"{pack.elective_minimum_hours.normalize():f}",
            )


def _drop(choices: list[TopicChoice], programme: Programme) -> None:
    used = CourseChoice.objects.filter(topic_choice__in=choices).values_list("topic", flat=True)
    if topic := used.order_by("topic").first():
        named = rule_pack_of(programme).topic(topic)
        raise TopicInUse(topic=named.title if named else topic)
    TopicChoice.objects.filter(pk__in=[choice.pk for choice in choices]).delete()
