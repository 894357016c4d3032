from django.core.management import call_command

from tests.matrix.row import EVERYONE, Row


def portal(world):
    call_command("load_portal", verbosity=0)
    return {}


ROWS = [Row("portal:front", EVERYONE, build=portal)]
