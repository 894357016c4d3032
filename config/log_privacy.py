"""Numbers that name a person do not reach a log, wherever they came from."""

import re

ID_NUMBER = re.compile(r"(?<!\d)\d{6}(?:18|19|20)\d{9}[\dXx](?![\dXx])")
PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def mask(text: str) -> str:
    """``text`` without ID numbers and mobile phones."""
    return PHONE.sub("[phone]", ID_NUMBER.sub("[id number]", text))


def mask_personal_numbers(_logger, _method: str, event: dict) -> dict:
    """A structlog processor: also masks the traceback and every added value."""
    return {
        key: value if isinstance(value, (int, float, bool, type(None))) else _masked(value)
        for key, value in event.items()
    }


def _masked(value):
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, (list, tuple)):
        return type(value)(map(_masked, value))
    if isinstance(value, dict):
        return {key: _masked(item) for key, item in value.items()}
    return value
