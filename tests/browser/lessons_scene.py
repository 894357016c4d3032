"""What stands around the journeys of the lessons: colleagues, films that play, a draw."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from lessons.domain.drawing.announcing import announce_draw, prepare_draw
from lessons.domain.drawing.seeds import enter_seed
from lessons.domain.drawing.storing import deal_draw
from lessons.models import LessonRecording
from organisations.enums import Level
from programmes.domain.rulepacks import rule_pack_of
from tests.browser import journey
from tests.factories import UserFactory, make_organisation
from tests.lessons.factories import make_lesson, make_national, make_outstanding
from videos.domain.units import reading_unit, save_unit
from videos.enums import UnitKind
from videos.models import Rendition, Video

READING_SECONDS = 2
PDF = b"%PDF-1.7 a paper of the lesson"
PAPERS = {
    "plan": {"name": "教学设计.pdf", "mimeType": "application/pdf", "buffer": PDF},
    "slides": {"name": "教学课件.pdf", "mimeType": "application/pdf", "buffer": PDF + b" 2"},
}
NOTE = (
    "这节课最打动我的是教师肯等：问题抛出后留足了半分钟，几个平时不举手的孩子也开了口。"
    "我想把先写后说的办法带回自己的班里。建议最后的练习减少一道，把时间留给还没有说完的那一组，"
    "让他们把自己的想法讲清楚，再请别的同学补充和追问。"
)
REFLECTION = (
    "我打算把先猜再验证的办法用到下周的课上：先请每个学生写下自己的猜想，再两人交流，最后用学具验证。"
    "点评里说的“让错误留在黑板上”提醒了我，不急着擦掉学生的错误，请他们自己说出哪里不对。"
) * 3


def colleague_of(world, name):
    """Another teacher of the home school, who can sign in."""
    world.people[name] = UserFactory(username=name, school=world.home_school)
    return world.people[name]


def offer_two(programme, film):
    """Two national lessons with commentaries that are read in a moment."""
    first = journey.film_unit(film).video
    for number in (1, 2):
        video = first if number == 1 else twin(first)
        unit = reading_unit(f"点评{number}", READING_SECONDS)
        make_national(programme, number, subject="chinese", video=video, commentary_unit=unit)


def draw_four(programme, film, world):
    """Four lessons of another county, announced and drawn. Returns: the lessons."""
    first = journey.film_unit(film).video
    school = make_organisation(Level.SCHOOL, world.home_county)
    lessons = []
    for number in range(4):
        lesson = make_lesson(programme, school=school, title=f"随机课例{number + 1}")
        video = first if number == 0 else twin(first)
        LessonRecording.objects.create(
            lesson=lesson, number=1, video=video, added_by=lesson.teacher
        )
        make_outstanding(programme, lesson)
        lessons.append(lesson)
    opens_on = rule_pack_of(programme).draw.opens_on
    announced_at = timezone.make_aware(datetime.combine(opens_on, time(10)))
    known_at = announced_at + timedelta(hours=1)
    officers = [world.people[name] for name in ("project_officer", "province_administrator")]
    draw = prepare_draw(programme)
    announce_draw(
        draw.pk,
        seed_event="当期开奖号码",
        seed_known_at=known_at,
        by=officers[0],
        now=announced_at,
    )
    for officer in officers:
        enter_seed(draw.pk, "03 08 15 22 27 31 + 09", by=officer)
    deal_draw(draw.pk, lambda *_progress: None)
    return lessons


def twin(video):
    """Another recording that plays the same files, on a clock of its own."""
    renditions = list(video.renditions.all())
    copy = Video.objects.get(pk=video.pk)
    copy.pk, copy.preparing = None, None
    copy.unit = save_unit(None, UnitKind.VIDEO, video.title, video.duration_seconds)
    copy.save()
    for rendition in renditions:
        Rendition.objects.create(
            video=copy,
            kind=rendition.kind,
            file=rendition.file.name,
            size_bytes=rendition.size_bytes,
            sha256=rendition.sha256,
        )
    return copy
