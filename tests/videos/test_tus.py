"""The protocol, header by header."""

import base64
import hashlib

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory
from tests.videos.uploading import begin, film, finished, make_editor, send
from videos.domain import uploads_files as files
from videos.domain.uploads import end_upload
from videos.models import Upload
from videos.views import pieces

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
CONTENT = film(10_000)
PIECE = "application/offset+octet-stream"
NEW = reverse("videos:uploads")


def signed_in(user, **more):
    client = Client(**more)
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def editor():
    return make_editor()


@pytest.fixture
def client(editor):
    return signed_in(editor)


@pytest.fixture
def upload(editor):
    return begin(editor, CONTENT)


def address(upload):
    return reverse("videos:upload", args=[upload.pk])


def told(**words):
    return ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in words.items())


METADATA = told(filename="第1课.mp4", purpose="videos.course", fingerprint="a|1|2")


def create(client, length="10000", metadata=METADATA, **headers):
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": length, "Upload-Metadata": metadata} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return client.post(NEW, b"", content_type="text/plain", headers=headers)


def patch(client, upload, piece, offset=0, *, content_type=PIECE, **headers):
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset)} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return client.patch(address(upload), piece, content_type=content_type, headers=headers)


def head(client, upload):
    return client.head(address(upload), headers={"Tus-Resumable": "1.0.0"})


def test_the_server_tells_anybody_what_it_can(client):
    answer = Client().options(NEW)
    assert (answer.status_code, answer["Tus-Version"]) == (204, "1.0.0")
    assert answer["Tus-Extension"].split(",") == [
        "creation", "creation-with-upload", "termination", "expiration", "checksum",
    ]  # fmt: skip
    assert answer["Tus-Checksum-Algorithm"] == "sha1,sha256"
    assert answer["Tus-Max-Size"] == str(4 * 1024**3)


def test_an_upload_from_its_beginning_to_its_digest(client, django_capture_on_commit_callbacks):
    answer = create(client)
    upload = Upload.objects.get()
    assert (answer.status_code, answer["Location"]) == (201, address(upload))
    assert (upload.name, upload.length, upload.fingerprint) == ("第1课.mp4", 10_000, "a|1|2")
    answer = patch(client, upload, CONTENT[:6000])
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "6000")
    assert answer["Upload-Expires"].endswith("GMT")
    answer = head(client, upload)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert (answer["Upload-Offset"], answer["Upload-Length"]) == ("6000", "10000")
    with django_capture_on_commit_callbacks(execute=True):
        answer = patch(client, upload, CONTENT[6000:], 6000)
    assert answer["Upload-Offset"] == "10000"
    assert head(client, upload)["Upload-Offset"] == "10000"
    found = client.get(address(upload)).json()
    assert found["state"] == "finished"
    assert found["sha256"] == hashlib.sha256(CONTENT).hexdigest()


def test_the_first_piece_may_come_with_the_creation(client):
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "10000", "Upload-Metadata": METADATA}
    answer = client.post(NEW, CONTENT[:500], content_type=PIECE, headers=headers)
    assert (answer.status_code, answer["Upload-Offset"]) == (201, "500")
    assert head(client, Upload.objects.get())["Upload-Offset"] == "500"


def test_a_termination_removes_the_upload(client, upload, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.delete(address(upload), headers={"Tus-Resumable": "1.0.0"})
    assert (answer.status_code, answer["Tus-Resumable"]) == (204, "1.0.0")
    assert files.size_of(upload.pk) is None
    assert head(client, upload).status_code == 410
    assert patch(client, upload, CONTENT).status_code == 410


def test_a_proxy_that_knows_no_patch_is_helped(client, upload):
    headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    answer = client.post(address(upload), CONTENT[:10], content_type=PIECE, headers=headers)
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "10")


@pytest.mark.parametrize("method", ["head", "patch", "delete", "get"])
def test_somebody_elses_upload_is_not_there(upload, method):
    stranger = signed_in(make_editor())
    answer = getattr(stranger, method)(address(upload), headers={"Tus-Resumable": "1.0.0"})
    assert answer.status_code == 404
    assert files.size_of(upload.pk) == 0


def test_whoever_is_signed_out_is_told_so(upload):
    assert create(Client()).status_code == 401
    answer = patch(Client(), upload, CONTENT)
    assert (answer.status_code, "登录" in answer.json()["error"]) == (401, True)


def test_no_other_site_can_send_pieces(editor, upload):
    client = signed_in(editor, enforce_csrf_checks=True)
    client.cookies["csrftoken"] = token = "a" * 32
    assert patch(client, upload, CONTENT).status_code == 403
    assert create(client).status_code == 403
    assert patch(client, upload, CONTENT[:9], X_CSRFToken=token).status_code == 204


def test_without_the_versions_header_nothing_happens(client, upload):
    answer = client.patch(address(upload), CONTENT, content_type=PIECE)
    assert (answer.status_code, answer["Tus-Resumable"]) == (412, "1.0.0")
    assert files.size_of(upload.pk) == 0


def test_a_wrong_offset_is_a_conflict(client, upload):
    patch(client, upload, CONTENT[:100])
    answer = patch(client, upload, CONTENT[50:], 50)
    assert (answer.status_code, answer["Upload-Offset"]) == (409, "100")
    assert files.size_of(upload.pk) == 100


def test_a_second_writer_finds_it_locked(client, upload):
    with files.sole_writer(upload.pk):
        assert patch(client, upload, CONTENT).status_code == 423
        assert head(client, upload).status_code == 423
    assert patch(client, upload, CONTENT).status_code == 204


def checksum(algorithm, content):
    digest = hashlib.new(algorithm, content).digest()
    return f"{algorithm} {base64.b64encode(digest).decode()}"


def test_a_checksum_is_verified(client, upload):
    right, wrong = checksum("sha1", CONTENT[:500]), checksum("sha256", CONTENT)
    assert patch(client, upload, CONTENT[:500], Upload_Checksum=wrong).status_code == 460
    assert files.size_of(upload.pk) == 0
    assert patch(client, upload, CONTENT[:500], Upload_Checksum=right).status_code == 204


@pytest.mark.parametrize(
    ("status", "change"),
    [
        (415, {"content_type": "application/octet-stream"}),
        (400, {"offset": "x"}),
        (400, {"offset": "-1"}),
        (400, {"offset": "１"}),
        (400, {"Upload_Checksum": "md5 AAAA"}),
        (400, {"Upload_Checksum": "sha1 ="}),
        (413, {"piece": CONTENT + b"x"}),
    ],
)
def test_a_piece_out_of_order_is_refused(client, upload, status, change):
    change = {"piece": CONTENT} | change
    assert patch(client, upload, change.pop("piece"), **change).status_code == status
    assert files.size_of(upload.pk) == 0


@pytest.mark.parametrize(
    ("status", "change"),
    [
        (400, {"length": ""}),
        (400, {"length": "1e3"}),
        (400, {"length": "9" * 19}),
        (400, {"length": "0"}),
        (413, {"length": str(4 * 1024**3 + 1)}),
        (400, {"metadata": "filename 第"}),
        (400, {"metadata": "filename /w=="}),
        (403, {"metadata": told(purpose="videos.unknown")}),
        (403, {"metadata": ""}),
    ],
)
def test_a_creation_out_of_order_is_refused(client, status, change):
    assert create(client, **change).status_code == status
    assert not Upload.objects.exists()


def test_a_quota_is_said_in_words(client, settings):
    settings.UPLOAD_EDITOR_BYTES = 9_999
    answer = create(client)
    assert answer.status_code == 403
    assert "9.8" in answer.json()["error"]


def test_a_file_of_another_kind_is_refused_in_words(client, upload):
    answer = patch(client, upload, b"GIF89a" + bytes(9_994))
    assert answer.status_code == 422
    assert "图片" in answer.json()["error"]
    assert client.get(address(upload)).json()["reason"] == answer.json()["error"]


def test_a_full_disk_keeps_what_fitted(client, upload, monkeypatch):
    write, room = files.os.write, [3000]

    def write_until_full(number, piece):
        if not room[0]:
            raise OSError(28, "No space left on device")
        written = write(number, piece[: room[0]])
        room[0] -= written
        return written

    monkeypatch.setattr(files.os, "write", write_until_full)
    assert patch(client, upload, CONTENT).status_code == 507
    assert files.path_of(upload.pk).read_bytes() == CONTENT[:3000]


def test_receiving_never_takes_the_last_thread(client, upload, monkeypatch):
    monkeypatch.setattr(pieces, "places", pieces.threading.BoundedSemaphore(1))
    with pieces.place_taken():
        answer = patch(client, upload, CONTENT)
        assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert patch(client, upload, CONTENT).status_code == 204


def test_a_piece_costs_few_statements(client, upload, django_assert_num_queries):
    with django_assert_num_queries(3):  # session with person, upload; the person's right, once
        patch(client, upload, CONTENT[:5000])
    with django_assert_num_queries(2):
        patch(client, upload, CONTENT[5000:6000], 5000)


@pytest.mark.parametrize("number", [1, 3])
def test_my_uploads_ask_the_same_for_one_and_for_three(
    client, editor, number, django_assert_num_queries
):
    for _number in range(number):
        send(begin(editor, CONTENT), CONTENT[:2500])
    client.get(NEW)
    with django_assert_num_queries(4):
        page = client.get(NEW).content.decode()
    assert page.count("25\xa0%") == number
    assert page.count('href="/videos/add/"') == number


def test_my_uploads_shows_mine_only(client, editor):
    finished(make_editor())
    assert "第1课" not in client.get(NEW).content.decode()
    end_upload(begin(editor, CONTENT), by=editor)
    assert "第1课" not in client.get(NEW).content.decode()


def test_without_scripts_an_upload_is_ended_by_a_form(client, upload):
    answer = client.post(reverse("videos:end_upload", args=[upload.pk]))
    assert answer["Location"] == NEW
    assert Upload.objects.get().state == "ended"
    other = begin(make_editor(), CONTENT)
    assert client.post(reverse("videos:end_upload", args=[other.pk])).status_code == 404


def test_whoever_may_add_no_video_sees_no_box():
    assert signed_in(UserFactory()).get(reverse("videos:add")).status_code == 403
