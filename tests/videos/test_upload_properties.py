"""Whatever happens to an upload, its file is a true beginning of what is being sent."""

import hashlib
from io import BytesIO

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from tests.videos.uploading import Broken, begin, film, make_editor, send
from videos import errors
from videos.domain import uploads_files as files
from videos.domain.uploads import add_piece, close_when_complete, end_upload
from videos.domain.uploads_digest import finish_upload
from videos.domain.uploads_sweeping import sweep_uploads
from videos.enums import UploadState
from videos.models import Upload

LENGTH = 9_000
sizes = st.integers(1, LENGTH)


class Killed(BaseException):
    """The process dies here: nothing after it runs, nothing catches it."""


class Dying(BytesIO):
    """Gives what it has and takes the process along."""

    def read(self, size):
        piece = super().read(size)
        if not piece:
            raise Killed
        return piece


class OneUpload(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.editor = make_editor()
        self.again()

    def again(self):
        self.content = film(LENGTH)
        self.upload = begin(self.editor, self.content)
        self.confirmed = 0

    @property
    def arrived(self):
        return files.size_of(self.upload.pk)

    @property
    def is_open(self):
        return Upload.objects.get(pk=self.upload.pk).state == UploadState.OPEN

    def next_piece(self, size):
        return self.content[self.arrived : self.arrived + size]

    @precondition(lambda self: self.is_open and self.arrived < LENGTH)
    @rule(size=sizes, named=st.sampled_from([None, "sha1", "sha256"]))
    def the_next_piece_comes(self, size, named):
        piece = self.next_piece(size)
        checksum = (named, hashlib.new(named, piece).digest()) if named else None
        before = self.arrived
        self.confirmed = send(self.upload, piece, before, checksum=checksum)
        assert self.confirmed == before + len(piece)

    @precondition(lambda self: self.is_open)
    @rule(offset=st.integers(0, LENGTH + 1), size=sizes)
    def a_piece_comes_that_does_not_follow(self, offset, size):
        if offset != self.arrived:
            with pytest.raises(errors.WrongOffset):
                send(self.upload, self.content[:size], offset)

    @precondition(lambda self: self.is_open and self.arrived < LENGTH)
    @rule(size=sizes, part=st.integers(0, 100))
    def the_sender_goes_away(self, size, part):
        piece = self.next_piece(size)
        before, came = self.arrived, len(piece) * part // 100
        sender = Broken(piece[:came])
        self.confirmed = add_piece(self.upload, sender, offset=before, size=len(piece))
        assert self.confirmed == before + came

    @precondition(lambda self: self.is_open and self.arrived < LENGTH)
    @rule(size=sizes, part=st.integers(0, 100), whole=st.booleans())
    def the_server_is_killed(self, size, part, whole):
        piece = self.next_piece(size)
        checksum = ("sha256", hashlib.sha256(piece).digest()) if whole else None
        sender = Dying(piece[: len(piece) * part // 101])
        with pytest.raises(Killed):
            add_piece(self.upload, sender, offset=self.arrived, size=len(piece), checksum=checksum)

    @precondition(lambda self: self.is_open and self.arrived < LENGTH)
    @rule(size=sizes)
    def a_damaged_piece_comes(self, size):
        piece = self.next_piece(size)
        digest = hashlib.sha256(piece + b"x").digest()
        with pytest.raises(errors.ChecksumWrong):
            send(self.upload, piece, self.arrived, checksum=("sha256", digest))

    @precondition(lambda self: self.is_open)
    @rule()
    def the_last_bytes_were_written_and_nothing_else(self):
        files.path_of(self.upload.pk).write_bytes(self.content)
        sweep_uploads()

    @rule()
    def somebody_asks_and_the_clock_goes_round(self):
        close_when_complete(Upload.objects.get(pk=self.upload.pk))
        sweep_uploads()

    @rule()
    def the_upload_is_ended_and_begun_anew(self):
        end_upload(self.upload, by=self.editor)
        self.again()

    @invariant()
    def what_is_here_is_a_true_beginning_and_holds_all_that_was_confirmed(self):
        here = files.path_of(self.upload.pk).read_bytes()
        assert here == self.content[: len(here)]
        assert len(here) >= self.confirmed

    @invariant()
    def what_is_complete_has_the_right_digest(self):
        self.upload.refresh_from_db()
        if self.upload.state == UploadState.RECEIVED:
            assert finish_upload(self.upload.pk).sha256 == hashlib.sha256(self.content).hexdigest()


@pytest.mark.django_db
def test_an_upload_is_always_a_true_beginning():
    run(OneUpload, settings=settings(max_examples=20, stateful_step_count=20, deadline=None))
