from itertools import islice

from rehearsal.names import people


def test_fictional_people_repeat_and_never_share_a_number():
    first, second = (list(people(20_000, "370102", seed=1)) for _ in range(2))
    assert first == second
    assert len({person.id_number for person in first}) == 20_000
    assert len({person.phone for person in first}) == 20_000


def test_fictional_id_numbers_carry_the_right_check_digit():
    weights = [2**power % 11 for power in range(17, 0, -1)]
    for person in islice(people(200, "370102", seed=1), 200):
        total = sum(
            int(digit) * weight for digit, weight in zip(person.id_number, weights, strict=False)
        )
        assert person.id_number[17] == "10X98765432"[total % 11]
        assert 2 <= len(person.name) <= 40
