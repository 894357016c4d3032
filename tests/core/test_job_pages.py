from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import Job, JobState
from tests.factories import UserFactory
from tests.world import make_world

HTMX = {"HX-Request": "true"}


@pytest.fixture
def teacher(db, client):
    teacher = UserFactory(language="en")
    client.force_login(teacher, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "en"
    return teacher


def page_of(client, job, **headers):
    return client.get(reverse("core:job_progress", args=[job.pk]), headers=headers)


def test_a_running_job_shows_how_far_it_is_and_asks_again(client, teacher):
    job = Job.objects.create(
        kind="test.count",
        created_by=teacher,
        state=JobState.RUNNING,
        lease_token=uuid4(),
        lease_until=timezone.now(),
        progress_done=2500,
        progress_total=10000,
        started_at=timezone.now() - timedelta(seconds=1000),
    )
    response = page_of(client, job, **HTMX)
    text = " ".join(response.content.decode().split())
    assert "2,500 of 10,000 · about 3" in text
    assert 'hx-trigger="every 1s"' in text
    assert "<html" not in text


def test_a_finished_job_asks_no_more_and_leads_on(client, teacher):
    job = Job.objects.create(
        kind="test.count",
        created_by=teacher,
        state=JobState.DONE,
        result={"sentence": "195 people were added.", "url": "/bureau/imports/7/"},
    )
    response = page_of(client, job, **HTMX)
    text = response.content.decode()
    assert "195 people were added." in text
    assert 'href="/bureau/imports/7/"' in text
    assert "hx-get" not in text
    assert response["HX-Trigger-After-Swap"] == "job-finished"


def test_without_scripts_the_page_reloads_itself_until_the_end(client, teacher):
    job = Job.objects.create(kind="test.count", created_by=teacher)
    assert page_of(client, job)["Refresh"] == "3"
    Job.objects.update(state=JobState.FAILED, reason="Choose another file.")
    response = page_of(client, job)
    assert "Refresh" not in response
    assert "Choose another file." in response.content.decode()


def test_a_job_of_somebody_else_is_not_found(client, teacher):
    assert page_of(client, Job.objects.create(kind="test.count")).status_code == 404
    assert (
        page_of(client, Job.objects.create(kind="test.count", created_by=teacher)).status_code
        == 200
    )


@pytest.mark.django_db
def test_the_list_of_parked_jobs_costs_the_same_for_any_number(
    client, django_assert_max_num_queries
):
    world = make_world()
    officer = world.people["province_administrator"]
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    for _ in range(30):
        Job.objects.create(
            kind="test.count", state=JobState.PARKED, created_by=UserFactory(), reason="ValueError"
        )
    with django_assert_max_num_queries(12):
        response = client.get(reverse("core:parked_jobs"))
    assert response.content.decode().count("ValueError") == 30


@pytest.mark.django_db
def test_readiness_counts_living_workers(client):
    from core.domain.heartbeats import record_heartbeat  # noqa: PLC0415
    from core.models import WorkerHeartbeat  # noqa: PLC0415

    assert client.get("/readyz").json() == {"database": True, "workers": 0}
    record_heartbeat("one")
    record_heartbeat("one")
    record_heartbeat("two")
    WorkerHeartbeat.objects.filter(name="two").update(
        seen_at=timezone.now() - timedelta(seconds=40)
    )
    assert client.get("/readyz").json() == {"database": True, "workers": 1}
