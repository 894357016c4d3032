from datetime import datetime

import pytest
import time_machine

from programmes.domain.phases import BEIJING
from tests.credits import factories


@pytest.fixture(autouse=True)
def _heads_in_a_folder_of_their_own(settings, tmp_path):
    settings.LEDGER_HEADS_DIR = tmp_path / "heads"


@pytest.fixture
def programme(db):
    return factories.make_programme()


@pytest.fixture
def teacher(db):
    return factories.make_teacher()


@pytest.fixture
def _in_october():  # with usefixtures
    """The middle of the 2017 registration window."""
    with time_machine.travel(datetime(2017, 10, 16, 9, tzinfo=BEIJING), tick=True):
        yield


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
