from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matrix.row import Row
from tests.matrix.rows_workshops import HOST, MEMBER, OFFICE, READ, county
from tests.workshops.talk import make_thread, say, write
from workshops.domain.inquiries import contribute
from workshops.enums.talk import ThreadKind
from workshops.models import Draft, PostFile, Workshop


def question(world):
    """The home teacher asked, the home marker (who hosts) replied with a picture."""
    county(world)
    if "thread" not in world.things:
        asker, runs = world.people["teacher_home"], world.people["marker_home"]
        thread = make_thread(world.things["workshop"], asker, kind=ThreadKind.QUESTION)
        post = say(thread, runs, as_host=True)
        picture = PostFile(post=post, name="板书.png", size_bytes=9, sha256="0" * 64)
        picture.file.save("board.png", ContentFile(b"\x89PNG\r\n\x1a\n0"))
        world.things |= {"thread": thread, "post": post, "picture": picture}
        assert not Draft.objects.exists()
    return {"pk": world.things["thread"].pk}


def reply_of_the_host(world):
    question(world)
    return {"pk": world.things["post"].pk}


def own_post(world):
    question(world)
    return {"pk": world.things["thread"].posts.get(number=1).pk}


def picture(world):
    question(world)
    return {"pk": world.things["picture"].pk}


def paper(world):
    question(world)
    made = PostFile(post=world.things["post"], name="教案.pdf", size_bytes=8, sha256="1" * 64)
    made.file.save("plan.pdf", ContentFile(b"%PDF-1.7"))
    return {"pk": made.pk}


def tried(world):
    """A joint inquiry of the home teacher with a proposal that was tried."""
    county(world)
    if "inquiry" not in world.things:
        asker = world.people["teacher_home"]
        thread = make_thread(world.things["workshop"], asker, kind=ThreadKind.INQUIRY)
        proposal = contribute(thread, write("分角色"), "proposal", by=asker)
        contribute(thread, write("有效"), str(proposal.pk), by=asker)
        world.things |= {"inquiry": thread, "proposal": proposal.pk}
    return {"pk": world.things["inquiry"].pk}


def result(world):
    return {"proposal": world.things["proposal"], "text": "先定角色"}


def of_kind(kind):
    def made(world):
        return county(world) | {"kind": kind}

    return made


def written(world):
    return {"title": "提问", "text": "怎样追问？", "token": str(uuid4())}


def as_answer(world):
    return {"post": world.things["post"].pk}


def elsewhere(world):
    """A sub-workshop to which the thread can go."""
    found = question(world)
    main = world.things["workshop"]
    Workshop.objects.get_or_create(
        programme=main.programme,
        kind=main.kind,
        stage=main.stage,
        subject=main.subject,
        organisation=main.organisation,
        parent=main,
        number=2,
    )
    return found


def to_sub(world):
    return {"workshop": Workshop.objects.get(parent=world.things["workshop"]).pk}


def next_version(world):
    picture = SimpleUploadedFile("board.png", b"\x89PNG\r\n\x1a\n1")
    return {"file": picture, "why": "更清楚"}


WRITE, MODERATE = MEMBER | HOST, HOST | OFFICE
NEWER = {"number": 1}

ROWS = [
    Row("workshops:talk", READ | WRITE, county),
    Row("workshops:start", WRITE, of_kind("question")),
    Row("workshops:start", WRITE, of_kind("topic"), method="post", data=written),
    Row("workshops:start", HOST, of_kind("guide"), method="post", data=written),
    Row("workshops:start", HOST, of_kind("announcement"), query="?"),
    Row("workshops:start", HOST, of_kind("bulletin"), query="?draft"),
    Row("workshops:start_draft", WRITE, of_kind("topic"), method="post", data=written),
    Row("workshops:thread", READ | WRITE, question),
    Row("workshops:news", READ | WRITE, question),
    Row("workshops:since", READ | WRITE, lambda world: question(world) | NEWER),
    Row("workshops:reply", WRITE, question, method="post", data=written),
    Row("workshops:reply_draft", WRITE, question, method="post", data=written),
    Row("workshops:follow", READ | WRITE, question, method="post"),
    Row("workshops:answered", WRITE, question, method="post", data=as_answer),
    Row("workshops:thread", READ | WRITE, tried, query="?of=inquiry"),
    Row("workshops:adopt", WRITE, tried),
    Row("workshops:adopt", WRITE, tried, method="post", data=result),
    Row("workshops:keep", MODERATE, question, method="post", data=lambda world: {"act": "pin"}),
    Row("workshops:thread_move", MODERATE, elsewhere),
    Row("workshops:thread_move", MODERATE, elsewhere, method="post", data=to_sub),
    Row("workshops:post", READ | WRITE, reply_of_the_host),
    Row("workshops:edit", MEMBER, own_post),
    Row("workshops:edit", MEMBER, own_post, method="post", data=written),
    Row("workshops:versions", READ | WRITE, reply_of_the_host),
    Row("workshops:post_file", READ | WRITE, picture),
    Row("workshops:file_preview", READ | WRITE, paper),
    Row("workshops:file_versions", READ | WRITE, picture),
    Row("workshops:file_versions", HOST, picture, method="post", data=next_version),
]
