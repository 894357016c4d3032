import pytest

from videos.domain.captions import clean_captions
from videos.domain.synthetic import captions_for
from videos.errors import CaptionsUnreadable

CUE = "WEBVTT\n\n00:01.000 --> 00:02.000\n你好\n"


@pytest.mark.parametrize(
    "raw",
    [
        CUE.encode(),
        ("\ufeff" + CUE).encode(),
        CUE.replace("\n", "\r\n").encode(),
        CUE.replace("\n", "\r").encode(),
    ],
)
def test_webvtt_is_taken_with_plain_line_ends(raw):
    assert clean_captions(raw) == CUE


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"WEBVTT\n", b"1\n00:00:01,000 --> 00:00:02,000\nx\n", CUE.encode("gbk"),
        CUE.encode("utf-16"), b"WEBVTTx\n\n00:01.000 --> 00:02.000\nx",
        b"WEBVTT\n\n00:02.000 --> 00:01.000\nx", b"WEBVTT\n\n00:99.000 --> 01:99.000\nx",
        b"<html>WEBVTT 00:01.000 --> 00:02.000", CUE.encode() + b"\0",
    ],
)  # fmt: skip
def test_what_is_no_webvtt_is_refused(raw):
    with pytest.raises(CaptionsUnreadable):
        clean_captions(raw)


def test_synthetic_captions_cover_the_recording():
    text = captions_for(["甲", "乙", "丙"], seconds=90)
    assert clean_captions(text.encode()) == text
    assert "00:01:00.000 --> 00:01:30.000\n丙" in text
