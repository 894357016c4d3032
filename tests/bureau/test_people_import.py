from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.domain.identity import decrypt_id_number, id_number_digest, mask_phone
from accounts.enums import Role
from accounts.models import User
from bureau.errors import ImportNotReady, NothingToImport, ScopeLost
from bureau.models import StagedRow
from core.models import AuditRecord
from programmes.models import Enrolment, Phase, PhaseExtension
from tests.bureau.importing import bring_in, codes, counts, dry_run, take_over
from tests.bureau.make_workbooks import id_number, teacher_row, two_hundred_teachers
from tests.factories import UserFactory, appoint

pytestmark = pytest.mark.django_db
FIRST_LINE = 3


def test_a_dry_run_changes_nothing(county):
    people = User.objects.count()
    batch = dry_run(
        [teacher_row(1, county.first.code)], by=county.officer, organisation=county.county
    )
    assert counts(batch) == (1, 0, 0, 0)
    assert User.objects.count() == people
    assert Enrolment.objects.count() == 0


def test_two_hundred_teachers_come_in_and_five_bad_rows_come_back(county):
    rows = two_hundred_teachers(county.first.code, county.second.code)
    batch = bring_in(rows, by=county.officer, organisation=county.county)
    assert counts(batch) == (195, 0, 0, 5)
    assert codes(batch) == {
        FIRST_LINE + 11: ["id_number_wrong"],
        FIRST_LINE + 46: ["subject_unknown"],
        FIRST_LINE + 87: ["school_unknown"],
        FIRST_LINE + 132: ["duplicate_row"],
        FIRST_LINE + 179: ["phone_repeated"],
    }
    assert Enrolment.objects.filter(programme=county.programme, state="entered").count() == 195


def test_a_new_person_is_written_whole(county):
    row = teacher_row(7, county.first.code, email="Wang@Example.CN", account="wang.7")
    bring_in([row], by=county.officer, organisation=county.county)
    user = User.objects.get(username="wang.7")
    assert user.real_name == row["real_name"]
    assert decrypt_id_number(user.id_number_cipher) == row["id_number"]
    assert user.id_number_digest == id_number_digest(row["id_number"])
    assert (user.phone, user.email) == (row["phone"], "wang@example.cn")
    assert user.school == county.first
    assert not user.has_usable_password()
    enrolment = user.enrolments.get()
    assert (enrolment.stage, enrolment.subject) == ("primary", "chinese")
    assert enrolment.person_type == "teacher"


def test_the_same_file_again_changes_nothing(county):
    rows = [teacher_row(serial, county.first.code) for serial in range(1, 6)]
    bring_in(rows, by=county.officer, organisation=county.county)
    before = list(User.objects.order_by("pk").values())
    again = dry_run(rows, by=county.officer, organisation=county.county)
    assert counts(again) == (0, 0, 5, 0)
    with pytest.raises(NothingToImport):
        take_over(again)
    assert list(User.objects.order_by("pk").values()) == before


def test_a_batch_is_applied_once(county):
    rows = [teacher_row(1, county.first.code)]
    batch = bring_in(rows, by=county.officer, organisation=county.county)
    with pytest.raises(ImportNotReady):
        take_over(batch)
    assert User.objects.filter(teacher_number="T00000001").count() == 1


def test_changes_are_named_and_written(county):
    row = teacher_row(1, county.first.code)
    bring_in([row], by=county.officer, organisation=county.county)
    moved = row | {
        "phone": "13711112222",
        "school_code": county.second.code,
        "subject": "mathematics",
    }
    batch = dry_run([moved], by=county.officer, organisation=county.county)
    assert counts(batch) == (0, 1, 0, 0)
    assert StagedRow.objects.get(batch=batch).changes == ["phone", "school_code", "subject"]
    take_over(batch)
    user = User.objects.get(teacher_number="T00000001")
    assert (user.phone, user.school) == ("13711112222", county.second)
    assert (user.enrolments.get().subject, user.enrolments.get().school) == (
        "mathematics",
        county.second,
    )


def test_empty_and_masked_cells_leave_the_record_as_it_is(county):
    row = teacher_row(1, county.first.code, account="zhang.1")
    bring_in([row], by=county.officer, organisation=county.county)
    bare = {
        "real_name": row["real_name"],
        "account": "zhang.1",
        "id_number": "3701************12",
        "phone": mask_phone(row["phone"]),
        "school_code": county.first.code,
    }
    assert counts(dry_run([bare], by=county.officer, organisation=county.county)) == (0, 0, 1, 0)
    wrong_mask = bare | {"phone": "138******00"}
    refused = dry_run([wrong_mask], by=county.officer, organisation=county.county)
    assert codes(refused) == {FIRST_LINE: ["contact_masked"]}


def known(county, **fields):
    """Somebody on record in the first school."""
    row = teacher_row(1, county.first.code, account="known.1")
    bring_in([row], by=county.officer, organisation=county.county)
    User.objects.filter(username="known.1").update(**fields)
    return row


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"real_name": "别的人"}, "name_differs"),
        ({"account": "other.name"}, "account_differs"),
        ({"id_number": id_number(2)}, "id_number_differs"),
        ({"school_code": "3137000003"}, "school_outside"),
        ({"school_code": "0000000000"}, "school_unknown"),
        ({"stage": "primary", "subject": ""}, "subject_alone"),
        ({"stage": "kindergarten", "subject": "preschool"}, "place_stage"),
        ({"phone": "123"}, "phone_wrong"),
        ({"email": "nobody"}, "email_wrong"),
        ({"id_number": 370102198506010017}, "digits_lost"),
        ({"id_number": "3.70102E+17"}, "digits_lost"),
        ({"real_name": ""}, "name_missing"),
    ],
)
def test_contradictions_are_refused_with_their_reason(county, change, code):
    row = known(county)
    batch = dry_run([row | change], by=county.officer, organisation=county.county)
    assert codes(batch)[FIRST_LINE] == [code]


def test_keys_of_two_people_are_refused(county):
    rows = [teacher_row(serial, county.first.code) for serial in (1, 2)]
    bring_in(rows, by=county.officer, organisation=county.county)
    mixed = rows[0] | {"teacher_number": rows[1]["teacher_number"]}
    batch = dry_run([mixed], by=county.officer, organisation=county.county)
    assert codes(batch) == {FIRST_LINE: ["identities_disagree"]}


def test_somebody_elses_phone_is_refused_and_ones_own_is_not(county):
    row = known(county)
    newcomer = teacher_row(2, county.first.code, phone=row["phone"])
    batch = dry_run([row, newcomer], by=county.officer, organisation=county.county)
    assert counts(batch) == (0, 0, 1, 1)
    assert codes(batch) == {FIRST_LINE + 1: ["phone_taken", "phone_repeated"]}


def test_a_person_of_another_county_is_not_touched(county):
    row = known(county, school=county.foreign)
    batch = dry_run([row], by=county.officer, organisation=county.county)
    assert codes(batch) == {FIRST_LINE: ["person_elsewhere"]}


def test_a_principal_reaches_only_the_own_school(county):
    rows = [teacher_row(1, county.first.code), teacher_row(2, county.second.code)]
    batch = dry_run(rows, by=county.principal, organisation=county.first)
    assert counts(batch) == (1, 0, 0, 1)
    assert codes(batch) == {FIRST_LINE + 1: ["school_outside"]}
    with pytest.raises(ScopeLost):
        dry_run(rows, by=county.principal, organisation=county.county)


def test_a_principal_cannot_redirect_the_sign_in_of_an_officer_above(county):
    row = known(county)
    appoint(User.objects.get(username="known.1"), Role.ADMINISTRATOR, county.county)
    grab = row | {"phone": "13600000000"}
    refused = dry_run([grab], by=county.principal, organisation=county.first)
    assert codes(refused) == {FIRST_LINE: ["person_appointed"]}
    allowed = dry_run([grab], by=county.officer, organisation=county.county)
    assert counts(allowed) == (0, 1, 0, 0)


def test_outside_the_window_nobody_new_enrols_unless_extended(county):
    today = timezone.localdate()
    phase = Phase.objects.get(programme=county.programme, key="enrolment")
    Phase.objects.filter(pk=phase.pk).update(closes_on=today - timedelta(days=1))
    rows = [
        teacher_row(1, county.first.code),
        teacher_row(2, county.first.code, stage="", subject=""),
    ]
    batch = dry_run(rows, by=county.officer, organisation=county.county)
    assert codes(batch) == {FIRST_LINE: ["enrolment_closed"]}
    PhaseExtension.objects.create(
        phase=phase,
        organisation=county.county,
        closes_on=today,
        reason="snow",
        granted_by=county.officer,
    )
    assert counts(dry_run(rows, by=county.officer, organisation=county.county)) == (2, 0, 0, 0)


def test_what_happened_since_the_dry_run_is_seen_at_the_import(county):
    rows = [teacher_row(1, county.first.code), teacher_row(2, county.first.code)]
    batch = dry_run(rows, by=county.officer, organisation=county.county)
    UserFactory(phone=rows[0]["phone"])
    batch = take_over(batch)
    assert counts(batch) == (1, 0, 0, 1)
    assert codes(batch) == {FIRST_LINE: ["phone_taken"]}


def test_an_appointment_that_ended_ends_the_right_to_import(county):
    batch = dry_run(
        [teacher_row(1, county.first.code)], by=county.officer, organisation=county.county
    )
    county.officer.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(ScopeLost):
        take_over(type(batch).objects.get(pk=batch.pk))


def test_no_id_number_lies_open_anywhere(county, settings):
    row = teacher_row(1, county.first.code)
    bad = teacher_row(2, county.first.code, subject="physics")
    batch = bring_in([row, bad], by=county.officer, organisation=county.county)
    kept = [str(staged.__dict__) for staged in StagedRow.objects.filter(batch=batch)]
    kept += [str(record.__dict__) for record in AuditRecord.objects.all()]
    files = [path.read_bytes() for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert files
    for number in (row["id_number"], bad["id_number"]):
        assert not [text for text in kept if number in text]
        assert not [content for content in files if number.encode() in content]


def test_each_person_touched_has_an_audit_record(county):
    batch = bring_in(
        [teacher_row(1, county.first.code)], by=county.officer, organisation=county.county
    )
    user = User.objects.get(teacher_number="T00000001")
    record = AuditRecord.objects.get(verb="import.people_added")
    assert (record.object_key, record.by, record.why) == (
        str(user.pk),
        county.officer,
        f"bureau.importbatch {batch.pk}",
    )


def test_a_school_leaves_an_approved_enrolment_to_the_county(county):
    row = known(county)
    Enrolment.objects.update(state="approved", approved_at=timezone.now())
    other = row | {"subject": "mathematics"}
    refused = dry_run([other], by=county.principal, organisation=county.first)
    assert codes(refused) == {FIRST_LINE: ["enrolment_approved"]}
    bring_in([other], by=county.officer, organisation=county.county)
    enrolment = Enrolment.objects.get()
    assert (enrolment.state, enrolment.subject) == ("approved", "mathematics")


def test_a_confirmed_person_is_asked_again_after_a_correction(county):
    row = known(county)
    Enrolment.objects.update(state="confirmed", confirmed_at=timezone.now())
    bring_in([row | {"subject": "english"}], by=county.officer, organisation=county.county)
    enrolment = Enrolment.objects.get()
    assert (enrolment.state, enrolment.confirmed_at) == ("entered", None)
    user_notes = enrolment.user.notifications.values_list("kind", flat=True)
    assert sorted(user_notes) == [
        "programmes.enrolment_corrected",
        "programmes.enrolment_entered",
    ]


def test_a_move_without_stage_takes_the_enrolment_along(county):
    row = known(county)
    moved = row | {"school_code": county.second.code, "stage": "", "subject": ""}
    bring_in([moved], by=county.officer, organisation=county.county)
    enrolment = Enrolment.objects.get()
    assert (enrolment.school, enrolment.user.school) == (county.second, county.second)
    assert enrolment.subject == "chinese"
