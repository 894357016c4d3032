"""ID numbers, names, phones and account names: one spelling, nothing leaked."""

import re
import unicodedata
from contextlib import suppress
from datetime import date

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from accounts.domain.identity import (
    clean_account_name,
    clean_id_number,
    clean_name,
    clean_phone,
    clean_teacher_number,
    decrypt_id_number,
    encrypt_id_number,
    id_number_digest,
    mask_id_number,
    mask_phone,
)
from accounts.errors import (
    AccountNameInvalid,
    IdNumberInvalid,
    NameInvalid,
    PhoneInvalid,
    TeacherNumberInvalid,
)
from accounts.models import User

VALID = "11010519491231002X"  # the example printed in GB 11643


def by_the_standard(first_seventeen):
    """The check character by the standard's own definition: the sum over all 18 is 1 mod 11."""
    for last in "0123456789X":
        values = [int(digit) for digit in first_seventeen] + [10 if last == "X" else int(last)]
        total = sum(value * pow(2, 18 - place) for place, value in enumerate(values, start=1))
        if total % 11 == 1:
            return last
    return None


first_seventeens = st.builds(
    lambda area, born, order: f"{area}{born:%Y%m%d}{order:03}",
    st.integers(110000, 659999),
    st.dates(date(1940, 1, 1), date(2009, 12, 31)),
    st.integers(0, 999),
)


@given(first_seventeens)
def test_exactly_one_last_character_fits(first):
    fitting = []
    for last in "0123456789X":
        with suppress(IdNumberInvalid):
            fitting.append(clean_id_number(first + last)[-1])
    assert fitting == [by_the_standard(first)]


@given(first_seventeens, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(first, place, shift):
    number = first + by_the_standard(first)
    wrong = str((int(number[place]) + shift) % 10)
    with pytest.raises(IdNumberInvalid):
        clean_id_number(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize(
    "typed",
    [" 110105 19491231 002x ", "１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X\n"],
)
def test_one_number_has_one_spelling_and_one_digest(typed):
    assert clean_id_number(typed) == VALID
    assert id_number_digest(typed) == id_number_digest(VALID)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "110105491231002",  # the old 15 digits
        "110105194912310021",  # wrong check digit
        "110105209912310024",  # born in the future
        "110105194913310020",  # month 13
        "1.10105E+17",
    ],
)
def test_what_is_no_id_number_is_refused(typed):
    with pytest.raises(IdNumberInvalid):
        clean_id_number(typed)


def test_the_stored_number_is_different_each_time_and_opens_with_the_key_only(settings):
    one, other = encrypt_id_number(VALID), encrypt_id_number(VALID)
    assert one != other
    assert decrypt_id_number(one) == VALID
    settings.IDENTITY_ENCRYPTION_KEY = "another"
    with pytest.raises(InvalidTag):
        decrypt_id_number(one)
    settings.IDENTITY_RETIRED_KEYS = ["test-only-encryption"]
    assert decrypt_id_number(one) == VALID


def test_the_digest_depends_on_the_secret(settings):
    before = id_number_digest(VALID)
    settings.IDENTITY_HMAC_KEY = "another"
    assert id_number_digest(VALID) != before


def test_a_person_shows_no_more_of_the_number_than_the_mask():
    user = User(pk=7, real_name="王芳", id_number_cipher=encrypt_id_number(VALID))
    user.id_number_digest = id_number_digest(VALID)
    assert mask_id_number(user) == "1101************2X"
    assert mask_id_number(User()) == ""
    shown = f"{user!r} {user} {user.get_full_name()} {mask_id_number(user)}"
    assert not re.search(r"\d{5}", shown)


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("王芳", "王芳"),
        ("  王  芳 ", "王 芳"),
        ("买买提•艾力", "买买提·艾力"),
        ("阿卜杜拉・玉素甫", "阿卜杜拉·玉素甫"),
        ("欧阳䶮", "欧阳䶮"),
        ("李𫖯", "李𫖯"),  # extension C
        ("张𰻞", "张𰻞"),  # extension G
        ("O'Brien-Smith", "O'Brien-Smith"),
        ("Zoe\u0308", "Zoë"),  # composed
        ("王" * 40, "王" * 40),
    ],
)
def test_names_as_people_bear_them(typed, clean):
    assert clean_name(typed) == clean


@pytest.mark.parametrize(
    "typed",
    ["", "王", "王" * 41, "王芳1", "王\u0000芳", "王\u200b芳", "·王芳", "王芳·", "王··芳"]
    + ["王\ue000芳", "=cmd", "王芳老师！", "<王芳>"],
)
def test_what_is_no_name_is_refused(typed):
    with pytest.raises(NameInvalid):
        clean_name(typed)


@given(st.text(max_size=45))
def test_a_clean_name_stays_clean_and_bears_no_digit_or_control(text):
    try:
        name = clean_name(text)
    except NameInvalid:
        return
    assert clean_name(name) == name
    assert 2 <= len(name) <= 40
    assert unicodedata.is_normalized("NFC", name)
    assert not any(unicodedata.category(sign)[0] in "NCZ" for sign in name if sign != " "
                   and not 0x20000 <= ord(sign) <= 0x3FFFD)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("13800138000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("0086 13800138000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("00852 9123 4567", "+85291234567"),
    ],
)
def test_a_phone_has_one_spelling(typed, clean):
    assert clean_phone(typed) == clean


@pytest.mark.parametrize("typed", ["", "1380013800", "12800138000", "053188888888", "1.38E+10"])
def test_what_is_no_mobile_is_refused(typed):
    with pytest.raises(PhoneInvalid):
        clean_phone(typed)


def test_readers_see_a_phone_masked():
    assert mask_phone("13800138000") == "138******00"
    assert mask_phone(None) == ""


@pytest.mark.parametrize("typed", ["13800138000", VALID, "a@b.cn", "ab", "a" * 41, "王芳", ".abc"])
def test_an_account_name_is_not_taken_for_anything_else(typed):
    with pytest.raises(AccountNameInvalid):
        clean_account_name(typed)


def test_account_names_and_teacher_numbers_have_one_spelling():
    assert clean_account_name(" SD0100001 ") == "sd0100001"
    assert clean_teacher_number(" sd 0100001") == "SD0100001"
    with pytest.raises(TeacherNumberInvalid):
        clean_teacher_number("4.4E+17")
