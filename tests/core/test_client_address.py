"""A header is believed only as far as our own proxies wrote it."""

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AttemptCount
from config import refusals
from core.actor import current_address
from core.client_address import TrustedProxies
from core.middleware import ActorMiddleware, ClientAddressMiddleware

OURS = ["10.0.0.1", "10.0.7.0/24", "2001:db8:1::/48"]


@pytest.mark.parametrize(
    ("peer", "header", "client"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),  # a stranger's word
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"),  # the client's own invention
        ("10.0.0.1", "1.2.3.4, 198.51.100.7, 10.0.7.30", "198.51.100.7"),
        ("10.0.0.1", "10.0.7.31,10.0.7.30", "10.0.7.31"),  # from inside, through two of ours
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.7, <script>", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.7,", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.7:4711", "198.51.100.7"),
        ("10.0.0.1", "[2001:db8:2::7]:443", "2001:db8:2::7"),
        ("2001:db8:1::5", "2001:db8:2::7", "2001:db8:2::7"),
        ("::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("", "198.51.100.7", ""),  # a socket that nobody named
    ],
)
def test_the_client_is_the_first_address_that_is_none_of_ours(peer, header, client):
    assert TrustedProxies(OURS).client_of(peer, header) == client


def test_a_socket_is_trusted_when_it_is_named():
    assert TrustedProxies(["unix"]).client_of("", "1.2.3.4, 198.51.100.7") == "198.51.100.7"


@given(invented=st.text(max_size=80), client=st.ip_addresses(v=4))
def test_nothing_that_a_client_sends_changes_who_it_is(invented, client):
    proxies = TrustedProxies(["10.0.0.1"])
    if str(client) != "10.0.0.1":
        assert proxies.client_of("10.0.0.1", f"{invented}, {client}") == str(client)
        assert proxies.client_of(str(client), invented) == str(client)


@pytest.mark.parametrize("name", ["0.0.0.0/0", "::/0", "proxy.example.cn", "10.0.0.0/33", "*"])
def test_production_refuses_proxies_that_are_everybody_or_nobody(name):
    [fault] = [one for one in refusals.reasons({"TRUSTED_PROXIES": [name]}) if "PROXIES" in one]
    assert "name the proxies' own addresses" in fault


def address_seen(**meta):
    """What the audit would write for such a request."""
    seen = []
    inner = ActorMiddleware(lambda request: seen.append(current_address()))
    ClientAddressMiddleware(inner)(RequestFactory().get("/", **meta))
    return seen[0]


def test_the_audit_names_the_client(settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    assert address_seen(HTTP_X_FORWARDED_FOR="198.51.100.7") == "198.51.100.7"
    assert address_seen(REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="1.1.1.1") == "203.0.113.9"


def test_without_the_setting_the_header_is_not_even_read(settings):
    settings.TRUSTED_PROXIES = []
    with pytest.raises(MiddlewareNotUsed):
        ClientAddressMiddleware(lambda request: None)


def sources_of_wrong_sign_ins(*headers):
    """How many sources the limits saw; each sign-in counts for account, source and both."""
    client = Client()
    form = {"login": "nobody", "password": "Wrong-password-1"}
    for header in headers:
        client.post("/accounts/login/", form, HTTP_X_FORWARDED_FOR=header)
    return AttemptCount.objects.count()


@pytest.mark.django_db
def test_limits_count_by_the_client_behind_a_named_proxy_only(settings):
    one = sources_of_wrong_sign_ins("198.51.100.7")
    assert sources_of_wrong_sign_ins("198.51.100.8", "198.51.100.9") == one
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    assert sources_of_wrong_sign_ins("198.51.100.8", "198.51.100.9") > one
