"""The suite's own ground: clones, and committed rows that do not leak."""

import pytest
from django.db import connection

from core.domain.audit import record_act
from core.models import AuditRecord
from tests.factories import UserFactory


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", [1, 2])
def test_a_committed_append_only_row_is_gone_for_the_next_test(run):
    assert AuditRecord.objects.count() == 0
    record_act("test.act", UserFactory(), by=None)
    assert AuditRecord.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", [1, 2])
def test_rows_that_migrations_wrote_are_there_in_every_committing_test(run):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM wagtailcore_page WHERE depth = 1")
        assert cursor.fetchone() == (1,)
        cursor.execute("TRUNCATE wagtailcore_page CASCADE")


@pytest.mark.django_db
def test_the_suite_never_works_on_the_development_database():
    assert connection.settings_dict["NAME"].startswith("test_yanxiu")
