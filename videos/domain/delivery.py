"""How a file that may be seen reaches the viewer."""

from typing import Any
from urllib.parse import quote

from django.core.files.storage import FileSystemStorage, Storage

from videos.domain.media_addresses import MediaGrant, sibling_address
from videos.models import Rendition
from videos.policy import STORE_ADDRESS_LIVES_FOR
from videos.queries import MediaFile, playlist_of


def is_on_disk(storage: Storage) -> bool:
    """Whether we can send the bytes ourselves without fetching them first."""
    return isinstance(storage, FileSystemStorage)


def store_address(found: MediaFile) -> str:
    """The store's own signed address of the file, for a browser that was just let in.

    It ends after minutes: the browser comes back for each part and is asked again.
    """
    storage: Any = found.file.storage
    if not hasattr(storage, "querystring_expire"):  # no store of django-storages
        return storage.url(found.file.name)
    parameters = {
        "ResponseContentType": found.content_type,
        "ResponseContentDisposition": disposition(found),
        "ResponseCacheControl": "private, no-store",
    }
    expire = int(STORE_ADDRESS_LIVES_FOR.total_seconds())
    return storage.url(found.file.name, parameters=parameters, expire=expire)


def disposition(found: MediaFile) -> str:
    """Content-Disposition: shown in the page, or kept under the name it came with."""
    if not found.save_as:
        return "inline"
    return f"attachment; filename*=UTF-8''{quote(found.save_as, safe='')}"


def personal_text(made: Rendition, grant: MediaGrant) -> str | None:
    """A playlist or thumbnail track whose file has this viewer's own address.

    Returns: None when ``made`` is another kind of file.
    """
    named = playlist_of(made)
    if named is None:
        return None
    name, rendition = named
    with made.file.open("rb") as opened:
        text = opened.read().decode()
    return text.replace(name, sibling_address(rendition, grant))
