"""What a look into a recording says, and how urgent it is."""

from dataclasses import replace

import pytest
from django.utils import translation

from programmes.domain.rulepacks import load_programme, parse_rule_pack, read_rule_pack
from tests.factories import UserFactory
from videos.domain.checking import findings_of, hold_against
from videos.domain.checks import check_recording
from videos.domain.findings import SENTENCES, Finding, as_data, from_data
from videos.domain.preparation import prepare_video
from videos.domain.probing import Recording
from videos.domain.videos import add_video
from videos.enums import Severity

MINUTES = 60
PROFILE = parse_rule_pack(read_rule_pack("2017")).recording
GOOD = Recording(
    container="mov", format="mp4", seconds=40 * MINUTES, width=1280, height=720,
    video_codec="h264", audio_codec="aac", channels=2, frame_rate=25.0,
)  # fmt: skip
SIZE = 300 * 1024**2


def found(severity=None, *, size=SIZE, profile=PROFILE, readable=None, **changes):
    recording = replace(GOOD, **changes)
    findings = check_recording(recording, size, readable_seconds=readable, profile=profile)
    return [one.code for one in findings if severity in (None, one.severity)]


def test_a_good_lesson_leaves_nothing_to_do():
    assert found() == ["length", "picture", "sound", "title_card"]
    assert found(Severity.ACT) == found(Severity.REPAIRED) == []


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("too_short", {"seconds": 30 * MINUTES - 1}),
        ("too_long", {"seconds": 46 * MINUTES}),
        ("small_picture", {"width": 640, "height": 480}),
        ("no_sound", {"audio_codec": "", "channels": 0}),
        ("too_large", {"size": 2048 * 1024**2 + 1}),
        ("thin", {"size": 100 * 1024**2}),
        ("cut_short", {"readable": 35 * MINUTES}),
    ],
)
def test_a_fault_against_the_profile_is_for_a_person(code, changes):
    assert found(Severity.ACT, **changes) == [code]
    assert found(**changes)[0] == code  # the most urgent comes first


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("container", {"format": "avi"}),
        ("video_codec", {"video_codec": "hevc"}),
        ("audio_codec", {"audio_codec": "ac3"}),
        ("channels", {"channels": 6}),
        ("rotation", {"rotation": -90}),
        ("pixel_aspect", {"pixel_aspect": 1.0667}),
        ("interlaced", {"interlaced": True}),
        ("uneven", {"uneven": True}),
        ("fast", {"frame_rate": 50.0}),
        ("deep_colour", {"bits": 10}),
        ("high_range", {"high_range": True}),
        ("heavy", {"size": 2000 * 1024**2}),
    ],
)
def test_what_the_conversion_mends_is_said_with_and_without_a_profile(code, changes):
    assert code in found(Severity.REPAIRED, **changes)
    assert code in found(Severity.REPAIRED, **changes, profile=None)
    assert found(Severity.ACT, **changes) == []


def test_a_larger_picture_is_shown_smaller():
    assert found(Severity.REPAIRED, width=1920, height=1080) == ["large_picture"]


@pytest.mark.parametrize("seconds", [30 * MINUTES, 45 * MINUTES + 59])
def test_the_limits_themselves_are_fine(seconds):
    assert found(Severity.ACT, seconds=seconds) == []


def test_an_upright_telephone_and_an_old_camera_are_large_enough():
    assert found(Severity.ACT, width=1080, height=1920, rotation=0) == []
    assert "modest_picture" in found(Severity.FINE, width=720, height=576)


def test_a_course_recording_has_no_demands():
    assert found(profile=None, seconds=20, audio_codec="", size=1) == [
        "length",
        "picture",
        "silent",
    ]


def test_every_sentence_can_be_said_in_both_languages():
    odd = replace(
        GOOD, format="avi", video_codec="hevc", audio_codec="ac3", channels=6, rotation=90,
        pixel_aspect=1.5, frame_rate=60.0, uneven=True, interlaced=True, bits=10, high_range=True,
        width=1920, height=1080,
    )  # fmt: skip
    small = replace(GOOD, seconds=60, width=320, height=240, audio_codec="")
    long = replace(GOOD, seconds=3600, width=720, height=576)
    said = [
        *check_recording(odd, 10 * 1024**3, profile=PROFILE),
        *check_recording(small, 1, readable_seconds=30, profile=PROFILE),
        *check_recording(long, SIZE, profile=PROFILE),
        *check_recording(replace(GOOD, audio_codec=""), SIZE),
    ]
    assert {one.code for one in said} == set(SENTENCES)
    for language in ("zh-hans", "en"):
        with translation.override(language):
            sentences = [one.sentence for one in said]
        assert all("%(" not in sentence and sentence for sentence in sentences)


def test_a_finding_says_its_numbers():
    (short,) = [one for one in check_recording(
        replace(GOOD, seconds=754), SIZE, profile=PROFILE) if one.code == "too_short"]  # fmt: skip
    with translation.override("en"):
        assert short.sentence == (
            "It lasts 12:34, a whole lesson at least 30 minutes: "
            "add the recording of the whole lesson."
        )


def test_findings_are_kept_as_codes():
    findings = check_recording(replace(GOOD, bits=10), SIZE, profile=PROFILE)
    assert from_data(as_data(findings)) == findings
    assert from_data([{"code": "of another time", "severity": "act", "numbers": {}}]) == []
    assert Finding.of("sound", Severity.FINE).severity == "fine"


@pytest.mark.django_db
def test_a_video_is_held_against_the_profile_its_owner_chooses(ready_video):
    assert "too_short" not in {one.code for one in findings_of(ready_video)}
    programme = load_programme("2017")
    held = hold_against(ready_video, programme, by=ready_video.added_by)
    assert findings_of(held)[0].code == "too_short"
    held.refresh_from_db()
    assert (held.state, held.programme) == ("ready", programme)
    freed = hold_against(held, None, by=None)
    assert "too_short" not in {one.code for one in findings_of(freed)}


@pytest.mark.django_db
def test_a_profile_chosen_before_the_preparation_is_used_by_it(upload):
    video = add_video(upload, "短片", UserFactory())
    hold_against(video, load_programme("2017"), by=None)
    assert findings_of(prepare_video(video.pk))[0].code == "too_short"
