"""A resource's file in versions: the newest stands in the post, the old ones stay readable."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from core.models import AuditRecord
from tests.factories import UserFactory
from tests.workshops.factories import make_workshop, seat
from tests.workshops.talk import make_thread
from workshops.domain.moderation import hide_post
from workshops.domain.post_files import replace_file
from workshops.enums.talk import ThreadKind
from workshops.errors.moderation import ReasonMissing
from workshops.errors.talk import FileReplaced, SameFile, ThreadClosed
from workshops.invariants.talk import TALK
from workshops.models import PostFile
from workshops.queries.threads import posts_of, versions_of

pytestmark = pytest.mark.django_db


def pdf(number, name="教案.pdf"):
    return SimpleUploadedFile(name, b"%%PDF-1.7 %d" % number)


@pytest.fixture
def post():
    workshop = make_workshop()
    thread = make_thread(workshop, seat(workshop).teacher, kind=ThreadKind.RESOURCE, files=[pdf(1)])
    return thread.posts.get()


def test_the_newest_stands_and_the_old_ones_stay(post):
    first = post.files.get()
    second = replace_file(first, pdf(2), why="改了导入", by=post.author)
    third = replace_file(second, pdf(3, "教案三稿.pdf"), why="删去一题", by=post.author)
    assert [one.held_files for one in posts_of(post.thread, 1)] == [[third]]
    listed = versions_of(first)
    assert [(one.version, one.why) for one in listed] == [
        (3, "删去一题"),
        (2, "改了导入"),
        (1, ""),
    ]
    assert listed == versions_of(third)
    assert AuditRecord.objects.filter(verb="workshops.replace_file").count() == 2
    assert found("workshops.file_versions_without_gap") == []
    PostFile.objects.filter(pk=second.pk).update(replaced_at=None)
    assert len(found("workshops.file_versions_without_gap")) == 1


def found(name):
    rule = next(one for one in TALK if one.name == name)
    with connection.cursor() as cursor:
        cursor.execute(rule.sql)
        return cursor.fetchall()


def test_what_is_no_new_version_is_refused(post):
    first = post.files.get()
    with pytest.raises(ReasonMissing):
        replace_file(first, pdf(2), why=" ", by=post.author)
    with pytest.raises(SameFile):
        replace_file(first, pdf(1, "教案二稿.pdf"), why="改了", by=post.author)
    replace_file(first, pdf(2), why="改了", by=post.author)
    with pytest.raises(FileReplaced):
        replace_file(first, pdf(3), why="又改了", by=post.author)
    hide_post(post, why="错了", by=seat(post.thread.workshop).teacher)
    with pytest.raises(ThreadClosed):
        replace_file(PostFile.objects.get(version=2), pdf(3), why="又改了", by=post.author)


def test_the_page_lists_them_and_only_the_author_adds(post):
    client, reader = Client(), Client()
    client.force_login(post.author)
    reader.force_login(seat(post.thread.workshop).teacher)
    place = reverse("workshops:file_versions", args=[post.files.get().pk])
    assert place in client.get(reverse("workshops:thread", args=[post.thread_id])).content.decode()
    refused = client.post(place, {"file": pdf(2), "why": ""})
    assert refused.status_code == 422
    answer = client.post(place, {"file": pdf(2), "why": "改了导入"}, follow=True)
    assert "改了导入" in answer.content.decode()
    shown = reader.get(place).content.decode()
    assert ("改了导入" in shown, '<input type="file"' in shown) == (True, False)
    assert reader.post(place, {"file": pdf(3), "why": "改"}).status_code == 403
    old = reverse("workshops:post_file", args=[PostFile.objects.get(version=1).pk])
    assert b"".join(reader.get(old)) == b"%PDF-1.7 1"


def test_a_pdf_is_previewed_and_nothing_else(post):
    reader, stranger = Client(), Client()
    reader.force_login(seat(post.thread.workshop).teacher)
    stranger.force_login(UserFactory())
    held = post.files.get()
    place = reverse("workshops:file_preview", args=[held.pk])
    thread = reverse("workshops:thread", args=[post.thread_id])
    assert place in reader.get(thread).content.decode()
    assert place in reader.get(reverse("workshops:file_versions", args=[held.pk])).content.decode()
    shown = reader.get(place)
    assert b"".join(shown) == b"%PDF-1.7 1"
    assert {name: shown[name] for name in HEADERS} == HEADERS
    assert (shown["Content-Disposition"].split(";")[0], stranger.get(place).status_code) == (
        "inline",
        404,
    )
    held.name = "教案.docx"
    held.file.save("plan.docx", ContentFile(b"PK\x03\x04"))
    assert reader.get(place).status_code == 404
    assert place not in reader.get(thread).content.decode()
    saved = reader.get(reverse("workshops:post_file", args=[held.pk]))
    assert (b"".join(saved), saved["Content-Disposition"].split(";")[0]) == (
        b"PK\x03\x04",
        "attachment",
    )
    assert saved["Content-Security-Policy"] == "default-src 'none'; sandbox"


HEADERS = {
    "Content-Type": "application/pdf",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=3600",
    "Content-Security-Policy": "default-src 'none'; object-src 'self';"
    " style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}
