"""Fictional people: names, ID numbers, phones. Pure functions of a seed, so a run repeats."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
    "余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯"
    "龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
DOUBLE_SURNAMES = ("欧阳", "司马", "上官", "诸葛")
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文斌波宇浩然欣怡子涵"
    "雨泽梓轩思源晓东海燕春光志远佳慧雪琴俊峰立新庆山鲁宁泰安德润"
)
RARE = ("欧阳䶮", "王㛃", "买买提·艾力", "阿依古丽·吐尔逊", "李𬱖")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"


@dataclass(frozen=True)
class Person:
    """What a school's list says about a teacher. Nobody of this name and number exists."""

    name: str
    id_number: str
    phone: str


def person_name(rng: random.Random) -> str:
    """A name of two to four characters; now and then a rare one."""
    if rng.random() < 0.002:
        return rng.choice(RARE)
    surname = rng.choice(DOUBLE_SURNAMES) if rng.random() < 0.01 else rng.choice(SURNAMES)
    return surname + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2, 2))))


def id_number(number: int, county_code: str) -> str:
    """An 18-character ID number with a right check digit (GB 11643).

    ``number`` makes it unique: the birthday counts days from 1963, the sequence the rest.
    The area begins with 9, which no area does, so no real person has it.
    """
    day = date(1963, 1, 1) + timedelta(days=number % 13000)
    sequence = number // 13000 % 1000
    area = f"9{county_code[1:6]}"
    body = f"{area}{day:%Y%m%d}{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + CHECKS[total % 11]


def phone(number: int) -> str:
    """A unique phone of a series that is not handed out."""
    return f"199{number:08d}"


def people(count: int, county_code: str, seed: int, start: int = 0) -> Iterator[Person]:
    """``count`` people of a county; the same arguments give the same people."""
    rng = random.Random(f"{seed}/{county_code}/{start}")  # noqa: S311 - repeatable, not secret
    for number in range(start, start + count):
        yield Person(person_name(rng), id_number(number, county_code), phone(number))
