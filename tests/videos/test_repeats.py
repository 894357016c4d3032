"""A copy is found with both places; two lessons are never taken for one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import UserFactory
from tests.videos.lessons import copy_lesson, draw_lesson
from videos.domain.fingerprinting import can_hear, take_fingerprint
from videos.domain.likeness import like_pictures, like_sounds, picture_hashes, picture_words
from videos.domain.repeats import find_repeats
from videos.domain.synthetic import make_recording
from videos.domain.versions import replace_video
from videos.models import Fingerprint, Video

START, LONG = 9.3, 28.0


@pytest.fixture(scope="module")
def prints(tmp_path_factory):
    """Fingerprints of two lessons, of a poor copy out of the first, and of silent ones."""
    folder = tmp_path_factory.mktemp("lessons")
    first = draw_lesson(folder / "first.mp4", 1)
    films = {"first": first, "second": draw_lesson(folder / "second.mp4", 2)}
    films["copy"] = copy_lesson(first, folder / "copy.mp4", start=START, seconds=LONG)
    found = {name: take_fingerprint(film, folder, with_sound=True) for name, film in films.items()}
    for name in ("first", "copy"):
        (folder / "sounds.raw").unlink(missing_ok=True)
        found[f"mute {name}"] = take_fingerprint(films[name], folder, with_sound=False)
    return found


@pytest.fixture
def add(prints):
    """Adds a recording with one of these fingerprints."""

    def adder(name):
        video = Video.objects.create(
            title=name, original="a.mp4", size_bytes=1, sha256="0" * 64, added_by=UserFactory()
        )
        Fingerprint.objects.create(video=video, **prints[name])
        return video

    return adder


def near(value, aim, by=2.5):
    return abs(value - aim) <= by


def test_the_sound_is_heard():
    assert can_hear()


@pytest.mark.django_db
def test_a_copy_is_found_with_both_places(add):
    first, _second, copy = add("first"), add("second"), add("copy")
    (repeat,) = find_repeats(copy)
    assert repeat.other_id == first.pk
    assert (repeat.in_picture, repeat.in_sound) == (True, True)
    assert near(repeat.here, 0)
    assert near(repeat.there, START)
    assert near(repeat.seconds, LONG, by=5)
    (mirrored,) = find_repeats(first)
    assert mirrored.other_id == copy.pk
    assert near(mirrored.here, START)
    assert near(mirrored.there, 0)


@pytest.mark.django_db
def test_a_copy_without_its_sound_is_found_by_the_pictures(add):
    add("second")
    first, copy = add("mute first"), add("mute copy")
    (repeat,) = find_repeats(copy, shortest=10)
    assert (repeat.other_id, repeat.in_picture, repeat.in_sound) == (first.pk, True, False)
    assert near(repeat.there - repeat.here, START)


@pytest.mark.django_db
def test_two_lessons_are_not_taken_for_one(add):
    first, second = add("first"), add("second")
    assert find_repeats(first, shortest=5) == find_repeats(second, shortest=5) == []


@pytest.mark.django_db
def test_another_version_of_the_same_lesson_is_no_repeat(add):
    former, later = add("first"), add("copy")
    replace_video(former, later, by=None)
    assert find_repeats(former) == find_repeats(later) == []


@pytest.mark.django_db
@pytest.mark.parametrize("others", [1, 3])
def test_the_search_asks_the_same_of_one_and_of_three(add, others, django_assert_num_queries):
    for _ in range(others):
        add("first")
    copy = add("copy")
    with django_assert_num_queries(8):  # a savepoint and the planner's switch among them
        assert len(find_repeats(copy)) == others


@pytest.mark.django_db
def test_a_recording_without_fingerprint_repeats_nothing():
    video = Video(pk=1)
    assert find_repeats(video) == []


def test_a_still_picture_and_a_hum_say_nothing(tmp_path):
    """Two slides and one tone for half a minute: nobody is accused of that."""
    films = [
        make_recording(tmp_path / f"{title}.mp4", title, [title], seconds=24)
        for title in ("甲", "乙")
    ]
    one, other = (take_fingerprint(film, tmp_path, with_sound=True) for film in films)
    assert one["sound_words"] == one["picture_words"] == []
    assert like_sounds(one["sounds"], other["sounds"], 0.124, 10) == []
    assert like_pictures(one["pictures"], one["pictures"], 2, 10) == []


def test_a_hash_tells_where_it_gets_brighter():
    rising = bytes(range(0, 90, 10)) * 8
    assert picture_hashes(rising, 9, 8) == [-1]  # every neighbour is clearly brighter
    assert picture_hashes(bytes(72), 9, 8) == [0]
    assert picture_words([0, -1]) == []  # plain pictures say nothing


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(-(2**31), 2**31 - 1), min_size=240, max_size=400, unique=True),
       st.integers(0, 100))  # fmt: skip
def test_any_cut_of_any_sound_is_found_where_it_was(prints, start):
    """A property of the comparison itself, whatever the prints are."""
    cut = prints[start : start + 120]
    lively = [value for value in cut if 6 <= (value & 0xFFFFFFFF).bit_count() <= 26]
    if len(lively) < len(cut) * 0.9:
        return
    found = like_sounds(cut, prints, 1 / 8, 10)
    assert len(found) == 1
    assert found[0].there - found[0].here == start / 8
