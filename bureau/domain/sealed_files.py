"""Files that hold other people's data: kept encrypted, read only through this module.

An uploaded list carries ID numbers as typed. Whoever gets at the file store, or at its
backup, finds nothing readable there.
"""

from __future__ import annotations

import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from bureau.errors import FileGone

NONCE_BYTES = 12


def put_sealed(folder: str, content: bytes) -> str:
    """Store ``content`` encrypted under a name that tells nothing. Returns: that name."""
    name = f"sealed/{folder}/{secrets.token_hex(16)}"
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = nonce + _cipher(settings.IDENTITY_ENCRYPTION_KEY).encrypt(
        nonce, content, folder.encode()
    )
    return default_storage.save(name, ContentFile(sealed))


def read_sealed(name: str) -> bytes:
    """The content as it was stored.

    Raises: FileGone when it was deleted; InvalidTag when it was tampered with.
    """
    if not name or not default_storage.exists(name):
        raise FileGone
    with default_storage.open(name) as file:
        sealed = file.read()
    folder = name.split("/")[1].encode()
    for key in [settings.IDENTITY_ENCRYPTION_KEY, *getattr(settings, "IDENTITY_RETIRED_KEYS", [])]:
        try:
            return _cipher(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], folder)
        except InvalidTag:
            continue
    raise InvalidTag


def delete_sealed(*names: str) -> None:
    """Safe to repeat: a name that is gone is passed over."""
    for name in filter(None, names):
        default_storage.delete(name)


def _cipher(key: str) -> AESGCM:
    return AESGCM(sha256(b"yanxiu sealed files" + key.encode()).digest())
