"""A full workshop in the measured programme, with a short and a long thread."""

from datetime import timedelta

MEMBERS = 300
SHORT, LONG = 50, 1_500  # posts of a thread: one page, thirty pages
TEXT = (
    "<p>第{}帖：我们学校的做法是先让学生自己<strong>提问</strong>，再分组讨论：</p>"
    "<ul><li>每组一张问题单，写下最想弄清楚的三个问题；</li><li>组长归并，全班选出两个；</li></ul>"
    "<p>这样一来，课堂上的问题是学生自己的，讨论也就真的发生了。附上两次试教的记录，请大家指正。</p>"
)


def add_workshop(programme, teachers: list[dict]) -> dict:
    """Seat the sessions beside 292 others and let all of them talk.

    Returns: the keys of the workshop and of its two threads, for the clients.
    """
    from django.utils import timezone  # noqa: PLC0415 - after django.setup

    from accounts.models import User  # noqa: PLC0415
    from tests.factories import UserFactory  # noqa: PLC0415
    from tests.workshops.factories import fill, host, make_workshop, seat  # noqa: PLC0415
    from workshops.models import Membership  # noqa: PLC0415

    people = list(User.objects.filter(pk__in=[one["id"] for one in teachers]))
    county = people[0].school.parent
    workshop = make_workshop(county, programme=programme)
    fill(workshop, MEMBERS - len(people))
    for person in people:
        seat(workshop, person)
    runs = host(workshop, UserFactory(school=people[0].school)).user
    User.objects.filter(pk__in=[runs.pk, *(one.pk for one in people)]).update(
        activated_at=timezone.now() - timedelta(days=30)  # else a new account: five posts at most
    )
    runs.refresh_from_db()
    authors = Membership.objects.current().filter(workshop=workshop).order_by("seat")
    keys = list(authors.values_list("teacher", flat=True))
    short, long = (_thread(workshop, runs, keys, posts) for posts in (SHORT, LONG))
    for _ in range(8):
        _thread(workshop, runs, keys, 3)
    spoken = _thread(workshop, runs, keys, 3)
    return {"workshop": workshop.pk, "short": short.pk, "long": long.pk, "spoken": spoken.pk}


def _thread(workshop, host, authors: list[int], posts: int):
    """As people would have written it, one after another, in one statement."""
    from tests.workshops.talk import make_thread  # noqa: PLC0415
    from workshops.models import Post  # noqa: PLC0415

    thread = make_thread(workshop, host, text=TEXT.format(1))
    Post.objects.bulk_create(
        Post(
            thread=thread,
            kind=thread.kind,
            number=number,
            author_id=authors[number % len(authors)],
            text=TEXT.format(number),
        )
        for number in range(2, posts + 1)
    )
    thread.posts_count = posts
    thread.save()
    return thread
