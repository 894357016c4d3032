"""Models read by plain SQL are the models that a query set reads."""

import pytest

from accounts.models import User
from core.rows import Columns, rows_of
from organisations.models import Organisation
from programmes.domain.rulepacks import load_programme
from programmes.models import Programme
from programmes.queries import current_place, current_programme, enrolment_of
from tests.courses.factories import make_enrolment
from tests.factories import UserFactory, make_branch

pytestmark = pytest.mark.django_db
PERSON, SCHOOL = Columns(User, "person"), Columns(Organisation, "school")
JOINED = f"""
SELECT {PERSON}, {SCHOOL} FROM accounts_user person
  LEFT JOIN organisations_organisation school ON school.id = person.school_id ORDER BY person.id
"""  # noqa: S608 - names of columns


def values(model):
    return {key: value for key, value in vars(model).items() if not key.startswith("_")}


def test_each_model_takes_its_own_columns_off_the_row():
    school = make_branch()[3]
    people = [
        UserFactory(school=school, id_number_cipher=b"x", id_number_digest="y"),
        UserFactory(),
    ]
    read = [(PERSON.read(row), SCHOOL.read(row)) for row in rows_of(JOINED, [])]
    assert [person for person, _school in read] == people
    assert [found for _person, found in read] == [school, None]
    asked = User.objects.get(pk=people[0].pk)
    assert values(read[0][0]) == values(asked)
    assert not read[0][0]._state.adding


def test_a_column_left_out_is_read_when_it_is_asked_for(django_assert_num_queries):
    load_programme("2017", make_current=True)
    with django_assert_num_queries(1):
        programme = current_programme()
    assert programme.get_deferred_fields() == {"rule_pack"}
    with django_assert_num_queries(1):
        assert programme.rule_pack["year"] == programme.year


def test_a_model_whose_columns_need_converting_is_refused():
    with pytest.raises(TypeError, match="rule_pack"):
        Columns(Programme, "programme")


def test_the_year_and_the_persons_place_come_together(django_assert_num_queries):
    enrolment = make_enrolment(load_programme("2017", make_current=True))
    with django_assert_num_queries(1):
        programme, place = current_place(enrolment.user)
    assert (programme, place) == (enrolment.programme, enrolment)
    assert place.school == enrolment.school
    assert values(place) == values(enrolment_of(enrolment.user, programme))
    assert current_place(UserFactory()) == (programme, None)
    Programme.objects.update(is_current=False)
    assert current_place(enrolment.user) == (None, None)
