"""What tus tells in headers, read and checked."""

import base64
import binascii

from videos.domain.uploads import CHECKSUMS


class MalformedRequest(Exception):
    """The request is no proper tus, or asks for what is not there: sentence and status."""

    def __init__(self, sentence, *, status=400):
        super().__init__(sentence)
        self.status = status


def read_whole_number(request, header):
    """Raises: MalformedRequest; 411 when it is the length of the body that is not told."""
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        status = 411 if header == "Content-Length" and not text else 400
        raise MalformedRequest(f"{header} must be a whole number.", status=status)
    return int(text)


def read_metadata(header):
    """``key base64,key base64`` as a dictionary. Raises: MalformedRequest."""
    told = {}
    try:
        for item in filter(None, (part.strip() for part in header.split(","))):
            key, _space, value = item.partition(" ")
            told[key] = base64.b64decode(value, validate=True).decode().replace("\0", "")
    except (binascii.Error, ValueError) as unreadable:
        raise MalformedRequest("Upload-Metadata must be UTF-8 in base64.") from unreadable
    return told


def read_checksum(header):
    """Algorithm and digest, None without a header.

    Raises: MalformedRequest, also for an algorithm that is not known here.
    """
    if not header:
        return None
    algorithm, _space, digest = header.partition(" ")
    try:
        if algorithm in CHECKSUMS:
            return algorithm, base64.b64decode(digest, validate=True)
    except binascii.Error:
        pass
    known = " or ".join(CHECKSUMS)
    raise MalformedRequest(f"Upload-Checksum must be {known} and base64.")
