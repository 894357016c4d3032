from django.core.management import call_command
from django.utils import timezone

from programmes.domain.rulepacks import load_programme
from tests.browser.pages import Look
from tests.courses.factories import make_course_page


def portal_at(path):
    def build(world):
        call_command("load_portal", verbosity=0)
        load_programme("2017", shift_to=timezone.localdate(), make_current=True)
        make_course_page(title="教育政策法规")
        return path

    return build


MORE = [
    Look("portal home", portal_at("/")),
    Look("portal home in English", portal_at("/"), language="en"),
    Look("portal news", portal_at("/news/")),
    Look("portal article", portal_at("/help/hours/")),
    Look("portal article in English", portal_at("/help/hours/"), language="en"),
    Look("portal help", portal_at("/help/")),
    Look("sign-in", lambda world: "/accounts/login/"),
    Look("forgotten password", lambda world: "/accounts/password/reset/"),
    Look("missing page", lambda world: "/nowhere/", status=404),
    Look("page of an officer", lambda world: "/jobs/parked/", "teacher_home", status=403),
    Look("form opened by hand", lambda world: "/language/", status=405),
]
