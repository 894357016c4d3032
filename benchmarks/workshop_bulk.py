"""Single joins over the workshops of a province, and the placing of a whole roster."""

JOINS = 3_000
ROSTER = 20_000  # at least; with more people in the world, as many again in the real counties


def join(stopwatch) -> tuple[float, int]:
    """People join one by one. Returns: CPU seconds and how many."""
    from accounts.models import User  # noqa: PLC0415
    from workshops.domain.building import build_workshops  # noqa: PLC0415
    from workshops.domain.seats import join_workshop  # noqa: PLC0415
    from workshops.models import Workshop  # noqa: PLC0415

    programme, province, officer = roster()
    build_workshops(programme, province, levels=[1, 2, 3], by=officer)
    rows = Workshop.objects.with_place().filter(programme=programme)
    workshops = {(one.organisation_id, one.field): one for one in rows}
    people = User.objects.filter(username__startswith="placed").order_by("pk")
    fields = people.values_list("enrolments__stage", "enrolments__subject")[:JOINS]
    asked = [
        (person, workshops[person.school.parent_id, f"subject:{stage}:{subject}"])
        for person, (stage, subject) in zip(
            people.select_related("school")[:JOINS], fields, strict=True
        )
    ]
    watch = stopwatch()
    for person, workshop in asked:
        join_workshop(workshop, teacher=person, by=person)
    return watch.seconds(), len(asked)


def place(stopwatch) -> tuple[float, int]:
    """Everybody without a seat is placed. Returns: CPU seconds and how many."""
    from workshops.domain.placing import placements  # noqa: PLC0415

    programme, province, officer = roster()
    watch = stopwatch()
    asked = placements.ask_placement(programme, province, by=officer, seed="bench")
    placements.try_placement(asked.pk, _quiet)
    done = placements.carry_out(asked.pk, _quiet, by=officer)
    return watch.seconds(), done["seated"]


def roster() -> tuple:
    """The year, the real province with its people (made once), and an officer."""
    from accounts.models import User  # noqa: PLC0415
    from organisations.models import Organisation  # noqa: PLC0415
    from programmes.models import Enrolment  # noqa: PLC0415
    from programmes.queries import current_programme  # noqa: PLC0415
    from tests.factories import UserFactory  # noqa: PLC0415
    from tests.workshops.rosters import make_roster  # noqa: PLC0415

    programme = current_programme()
    if not Organisation.objects.filter(code="370000").exists():
        make_roster(programme, max(ROSTER, Enrolment.objects.filter(programme=programme).count()))
    officer = User.objects.filter(username="bench-placer").first()
    officer = officer or UserFactory(username="bench-placer")
    return programme, Organisation.objects.get(code="370000"), officer


def _quiet(*_progress) -> None:
    """Nobody looks at the progress here."""
