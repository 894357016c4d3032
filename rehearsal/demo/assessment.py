"""The province's formula in the demo: last month confirmed, this month shown, one request."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from organisations.models import Organisation
from programmes.queries import current_programme
from rehearsal.demo.cast import PROVINCE
from rehearsal.demo.workshops import HOST
from workshops.domain.assessment.asking import ask_about_act, ask_correction
from workshops.domain.assessment.decisions import decide
from workshops.domain.assessment.methods import draft_method, publish_method, save_method
from workshops.domain.assessment.rounds import confirm_assessment, start_assessment
from workshops.domain.assessment.scoring import DEFAULT, Formula, Term
from workshops.domain.assessment.service import issue_service_certificates
from workshops.enums.assessment import Consequence, Counted, Fault, Grade
from workshops.models import Assessment
from workshops.queries.acts import act_page

INTRO = "本办法只看在工作坊里做了什么，不看资历。每一项都列出明细，发现漏记可以申请更正。"
WHY_STAYS = "答疑及时，简报按时，继续主持"
ASKED_OF_ONE = "这次答疑附了整套教学资料，应当另计一次资源"
ASKED = "三次线下集体答疑没有录入平台，签到表见附件清单"


TRIAL = {
    Counted.GUIDE: (10, 10),
    Counted.BULLETIN: (10, 10),
    Counted.RESOURCE: (5, 10),
    Counted.ANSWER: (5, 15),
    Counted.PROMPT: (10, 10),
    Counted.TOPIC: (10, 10),
    Counted.DISCUSSION: (5, 10),
    Counted.DUTY: (0, 15),
    Counted.TRAINING: (5, 5),
    Counted.SEMINAR: (5, 5),
}
"""A month's formula: points for one and ceiling."""


def assess_hosts() -> None:
    """One assessment stands and is decided, the next is open to corrections."""
    officer = User.objects.get(username="xiangmu")
    province = Organisation.objects.get(code=PROVINCE)
    method = draft_method(current_programme(), province, by=officer)
    terms = [Term(kind, Decimal(one), Decimal(most)) for kind, (one, most) in TRIAL.items()]
    bands = DEFAULT.bands | {Grade.PASSED: Decimal(40)}
    save_method(method, Formula(tuple(terms), bands), intro=INTRO, by=officer)
    publish_method(method, by=officer)
    method.refresh_from_db()
    today = timezone.localdate()
    passed, month = today - timedelta(days=1), timedelta(days=30)
    first = start_assessment(method, starts_on=passed - month, ends_on=passed, by=officer)
    Assessment.objects.filter(pk=first.pk).update(corrections_until=passed)
    confirm_assessment(first, by=officer)
    issue_service_certificates(first, by=officer)
    host = User.objects.get(username=HOST)
    decide(first.results.get(user=host), Consequence.STAYS, why=WHY_STAYS, by=officer)
    shown = start_assessment(method, starts_on=today - month, ends_on=today, by=officer)
    own = shown.results.get(user=host)
    ask_correction(own, kind=Counted.ANSWER, asked=3, why=ASKED, by=host)
    (answer, *_rest) = act_page(host, [own.workshop_id], kind=Counted.ANSWER).acts
    ask_about_act(
        own,
        act_kind=answer.kind,
        act_key=answer.key,
        fault=Fault.MISSING,
        counts_as=Counted.RESOURCE,
        why=ASKED_OF_ONE,
        by=host,
    )
