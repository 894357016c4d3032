"""Audiences that the tests decide: everybody signed in, the whole world, a list of people."""

from videos.domain import audiences

SIGNED_IN = "tests.signed_in"
PUBLIC = "tests.public:7"
MEMBERS = "tests.members:7"

members = set()
released = {"7"}


def _is_member(user, key):
    return key == "7" and user.pk in members


audiences.register(
    SIGNED_IN, lambda user, key: user.is_authenticated, may_download=lambda user, key: True
)
audiences.register(PUBLIC.partition(":")[0], lambda user, key: key in released)
audiences.register(MEMBERS.partition(":")[0], _is_member, may_download=_is_member)
