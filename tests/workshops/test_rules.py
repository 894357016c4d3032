"""The word list and link rules: what they see, what they do, and that nothing typed is lost."""

import unicodedata
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import Role
from core.models import AuditRecord
from notifications.models import Notification
from organisations.models import Organisation
from tests.factories import UserFactory, appoint
from tests.workshops.assessments import officer_of
from tests.workshops.factories import host, make_workshop, seat
from tests.workshops.talk import make_thread, say, write
from workshops.domain.inquiries import adopt, contribute
from workshops.domain.moderation import appeal, hide_post, keep_post, report_post, rule_appeal
from workshops.domain.posts import edit_post
from workshops.domain.rules.folding import FOLDED, INVISIBLE, bare, folded
from workshops.domain.rules.judging import entry_of
from workshops.domain.rules.keeping import make_rules, switch_on, try_rules
from workshops.domain.rules.links import host_of, is_allowed
from workshops.enums.talk import ThreadKind
from workshops.errors.moderation import (
    JudgeInOwnCause,
    LinkRefused,
    ReasonMissing,
    RulesChanged,
    RulesNotTried,
    RulesUnreadable,
    WordRefused,
)
from workshops.models import Draft, Hiding, Post, RulesInForce, TalkRules, WordHit
from workshops.queries.threads import thread_page

pytestmark = pytest.mark.django_db
TYPED = {"refuse": "代写\nFree Money", "hold": "加微信", "report": "广告"}


@pytest.fixture
def workshop():
    return make_workshop()


@pytest.fixture
def officer(workshop):
    person = UserFactory()
    appoint(person, Role.PROJECT_OFFICER, Organisation.objects.get(level=1))
    return person


def make(officer, typed=TYPED, **fields):
    newest = TalkRules.objects.order_by("-pk").first()
    values = {"hosts": "edu.cn", "links": "leaving", "why": "新学期"} | fields
    return make_rules(typed, newest=newest.pk if newest else 0, by=officer, **values)


def hold(officer, typed=TYPED, **fields):
    """A version that holds."""
    rules = make(officer, typed, **fields)
    try_rules(rules, days=7, by=officer)
    return switch_on(rules, why="试过", by=officer).rules


@pytest.mark.parametrize(
    "text",
    ["代写", "代 写", "代\u200b写", "代*写", "<b>代</b>写", "ＦＲＥＥ　money", "FREE\u00ad MONEY"],
)
def test_nothing_hides_a_word(workshop, officer, text):
    hold(officer)
    with pytest.raises(WordRefused):
        make_thread(workshop, seat(workshop).teacher, text=f"找我{text}吧")
    assert Post.objects.count() == 0


@pytest.mark.parametrize("text", ["代<p>写</p>", "free moneybox", "代表书写"])
def test_a_word_is_not_seen_where_it_is_not(workshop, officer, text):
    hold(officer)
    make_thread(workshop, seat(workshop).teacher, text=text)
    assert WordHit.objects.count() == 0


def test_titles_names_of_files_edits_and_results_are_judged_as_well(workshop, officer):
    hold(officer)
    member = seat(workshop).teacher
    with pytest.raises(WordRefused, match="代写"):
        make_thread(workshop, member, title="论文代写")
    thread = make_thread(workshop, member, kind=ThreadKind.INQUIRY)
    file = SimpleUploadedFile("代写.pdf", b"%PDF-1.7 x")
    with pytest.raises(WordRefused):
        say(thread, member, files=[file])
    with pytest.raises(WordRefused):
        edit_post(thread.posts.get(), "代写", edits=0, by=member)
    proposal = contribute(thread, write("分角色"), "proposal", by=member)
    contribute(thread, write("有效"), str(proposal.pk), by=member)
    for words in ("代写", "加微信"):  # what a post would be held for, a result is refused for
        with pytest.raises(WordRefused):
            adopt(thread, [proposal.pk], text=words, by=member)
    assert thread.posts.count() == 3


def test_a_held_post_is_its_authors_and_the_hosts_until_one_shows_it(workshop, officer):
    hold(officer)
    runs, writer, other = host(workshop).user, seat(workshop).teacher, seat(workshop).teacher
    thread = make_thread(workshop, other)
    post = say(thread, writer, text="加微信群")
    assert post.held_at is not None
    assert post not in Post.objects.visible_to(other)
    assert post in Post.objects.visible_to(writer)
    assert told() == [("workshops.held", runs.pk)]  # the follower learns nothing yet
    with pytest.raises(JudgeInOwnCause):
        keep_post(post, by=writer)
    keep_post(post, by=runs)
    keep_post(post, by=runs)  # twice is once
    post.refresh_from_db()
    assert (post.held_at, post.hidden_at) == (None, None)
    assert told() == [
        ("workshops.held", runs.pk),
        ("workshops.released", writer.pk),
        ("workshops.reply", other.pk),
    ]


def told():
    return sorted(Notification.objects.values_list("kind", "user"))


def test_a_held_post_that_a_host_hides_can_be_appealed_against(workshop, officer):
    hold(officer)
    writer = seat(workshop).teacher
    thread = make_thread(workshop, writer, title="加微信群")
    assert thread_page(workshop, host(workshop).user).lines == []
    hide_post(thread.posts.get(), why="广告", by=workshop.hosts.get().user)
    post = thread.posts.get()
    assert (post.held_at, post.hidden_at is not None) == (None, True)
    assert (Hiding.objects.get().post, WordHit.objects.get().settled_at is not None) == (post, True)


def test_hosts_are_pointed_out_and_never_hold_themselves(workshop, officer):
    hold(officer)
    runs = host(workshop).user
    post = make_thread(workshop, runs, text="加微信，广告", as_host=True).posts.get()
    assert post.hidden_at is None
    assert set(post.word_hits.values_list("word", flat=True)) == {"加微信", "广告"}


def test_links_elsewhere_are_refused_only_when_the_office_says_so(workshop, officer):
    member = seat(workshop).teacher
    hold(officer)
    make_thread(workshop, member, text="看 http://evil.example/a")
    hold(officer, links="refused")
    make_thread(workshop, member, text="看 https://smart.EDU.cn/a")
    for text in ("看 http://evil.example/a", '<a href="http://evil.example">x</a>'):
        with pytest.raises(LinkRefused, match="evil"):
            make_thread(workshop, member, text=text)
    with pytest.raises(LinkRefused):
        make_thread(workshop, member, title="http://edu.cn@evil.example")


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://a.edu.cn/x", "a.edu.cn"),
        ("http://edu.cn@evil.example", "evil.example"),
        ("http://evil.example\\@edu.cn", ""),
        ("http://[x", ""),
        ("javascript:alert(1)//edu.cn", ""),
        ("//edu.cn", ""),
    ],
)
def test_where_an_address_leads(address, host):
    assert host_of(address) == host
    assert is_allowed(address, ["edu.cn"]) == host.endswith("edu.cn")


def test_a_host_beside_an_allowed_one_is_not_allowed():
    assert not is_allowed("https://notedu.cn", ["edu.cn"])


def test_versions_stay_and_hold_only_after_a_trial(workshop, officer):
    member = seat(workshop).teacher
    make_thread(workshop, member, text="代&nbsp;写 http://evil.example/x 广 告")
    first = make(officer)
    assert make(officer) == first  # the same content is one version
    with pytest.raises(RulesNotTried):
        switch_on(first, why="急", by=officer)
    trial = try_rules(first, days=7, by=officer)
    post = Post.objects.get()
    assert [(one["what"], one["posts"], one["post"]) for one in trial.found] == [
        ("代写", 1, post.pk),
        ("广告", 1, post.pk),
        ("http://evil.example", 1, post.pk),
    ]
    switch_on(first, why="试过", by=officer)
    switch_on(first, why="试过", by=officer)
    assert RulesInForce.objects.count() == 1
    with pytest.raises(RulesChanged):
        make_rules({}, hosts="", links="leaving", why="空", newest=0, by=officer)
    with pytest.raises(ReasonMissing):
        make(officer, {}, why=" ")
    with pytest.raises(DatabaseError), transaction.atomic():
        TalkRules.objects.update(words=[])
    verbs = AuditRecord.objects.filter(verb__contains="rules").values_list("verb", flat=True)
    assert sorted(verbs) == ["workshops.make_rules", "workshops.switch_rules"]


@pytest.mark.parametrize("typed", [{"refuse": "*"}, {"hold": "长" * 41}, {"report": "\u200b"}])
def test_what_is_no_word_is_said_with_its_line(officer, typed):
    with pytest.raises(RulesUnreadable, match="1"):
        make(officer, typed)


def test_what_is_no_host_is_said(officer):
    with pytest.raises(RulesUnreadable):
        make(officer, hosts="http://edu.cn/a")


SIGNS = st.text(st.sampled_from("代写Ａa ｗＷ*\u200b\u00adﬁ㍿é①<>&;pblr/"), max_size=20)


@given(text=SIGNS)
def test_python_and_the_database_fold_alike(text):
    if "\u0149" in unicodedata.normalize("NFKC", text):
        return
    with connection.cursor() as cursor:
        statement = f"SELECT {FOLDED.format(text='%(text)s::text', plain='%(plain)s::text')}"
        cursor.execute(statement, {"text": text, "plain": "x", "invisible": INVISIBLE})
        assert cursor.fetchone()[0] == folded("x\n" + bare(text))


@given(word=st.text(st.sampled_from("代写Aaｗ *.(-[\\"), min_size=1, max_size=6))
def test_a_word_is_found_in_itself_by_both(word):
    entry = entry_of(word, "refuse")
    if not entry.core:
        return
    assert entry.pattern.search(folded(word))
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s ~ %s", [folded(word), entry.pattern.pattern])
        assert cursor.fetchone() == (True,)


def test_what_was_refused_comes_back_and_is_a_draft(workshop, officer):
    hold(officer)
    client = Client()
    client.force_login(member := seat(workshop).teacher)
    sent = {"title": "求助", "text": "谁能代写", "token": str(uuid4())}
    answer = client.post(reverse("workshops:start", args=[workshop.pk, "question"]), sent)
    shown = answer.content.decode()
    assert (answer.status_code, "代写" in shown, "谁能代写" in shown) == (422, True, True)
    assert Draft.objects.get(user=member).text == "谁能代写"
    sent |= {"text": "加微信聊", "token": str(uuid4())}
    place = reverse("workshops:start", args=[workshop.pk, "question"])
    held = client.post(place, sent, follow=True).content.decode()
    assert ("主持人查看" in held, "已发布到工作坊" in held) == (True, False)


def test_the_rules_cost_a_reply_no_statement(workshop, officer):
    thread = make_thread(workshop, seat(workshop).teacher)
    member = seat(workshop).teacher
    say(thread, member)
    counts = []
    for rules in (None, hold, None):
        if rules:
            rules(officer)
            say(thread, member)  # the version is read once
        with CaptureQueriesContext(connection) as seen:
            say(thread, member)
        counts.append(len(seen))
    assert counts[0] == counts[1] == counts[2]


def test_a_complaint_quotes_the_word_and_reaches_its_judge_as_it_was_written(workshop, officer):
    author, reader = seat(workshop).teacher, seat(workshop).teacher
    post = make_thread(workshop, author).posts.get()
    hold(officer)
    said = "他在群里说“代写，加微信”"
    assert report_post(post, why=said, by=reader).why == said
    hide_post(post, why=said, by=officer)
    hiding = appeal(post, text=said, by=author)
    rule_appeal(hiding, restore=False, why=said, by=officer_of(workshop.organisation.parent))
    hiding.refresh_from_db()
    assert (hiding.why, hiding.appeal, hiding.ruling) == (said, said, said)
