"""Files people send: how much anybody may send, and where it is kept."""

import os

GIGABYTE = 1024**3

# Set to the path of an internal nginx location to let nginx send the bytes (X-Accel-Redirect)
MEDIA_XACCEL = os.environ.get("MEDIA_XACCEL", "")

# Half-sent files; empty for a folder below MEDIA_ROOT, whence a finished file moves at no cost
UPLOAD_ROOT = os.environ.get("UPLOAD_ROOT", "")
# What one person, one editor of the province, one school may send in a calendar year
UPLOAD_PERSON_BYTES = int(os.environ.get("UPLOAD_PERSON_GB", "50")) * GIGABYTE
UPLOAD_EDITOR_BYTES = int(os.environ.get("UPLOAD_EDITOR_GB", "4096")) * GIGABYTE
UPLOAD_SCHOOL_BYTES = int(os.environ.get("UPLOAD_SCHOOL_GB", "500")) * GIGABYTE
# What has to stay free on the disk of the half-sent files
UPLOAD_SPARE_BYTES = int(os.environ.get("UPLOAD_SPARE_GB", "1")) * GIGABYTE
# A sender that is silent for so long is gone: its bytes are kept, and the next may go on
UPLOAD_STALLED_SECONDS = float(os.environ.get("UPLOAD_STALLED_SECONDS", "30"))
# Pieces that one web process receives at the same time; fewer than its threads
UPLOADS_AT_ONCE = int(os.environ.get("UPLOADS_AT_ONCE", "8"))

# An S3-compatible store instead of the disk, when a bucket is named
S3_BUCKET = os.environ.get("S3_BUCKET", "")
S3_ENDPOINT_URL = os.environ.get("S3_ENDPOINT_URL") or None
# The origins to which the bucket's signed addresses lead; browsers must reach them
STORE_ORIGINS = os.environ.get("S3_ORIGINS", S3_ENDPOINT_URL or "").split() if S3_BUCKET else []

DISK = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def bucket(**place) -> dict:
    """The store in an S3 bucket; its addresses are signed (Signature V4) and end after minutes."""
    from boto3.s3.transfer import TransferConfig  # noqa: PLC0415 - slow to load, rarely needed

    options = {
        # In the caller's own thread: progress is told, and a lost lease noticed, while reading.
        "transfer_config": TransferConfig(use_threads=False, multipart_chunksize=16 * 1024**2),
        "signature_version": "s3v4",
        "addressing_style": os.environ.get("S3_ADDRESSING_STYLE", "auto"),
        "default_acl": None,
        "file_overwrite": False,
        "querystring_auth": True,
        "querystring_expire": 300,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {**options, **place}}


def storages(static: str) -> dict:
    """Django's STORAGES: files in the bucket or on the disk, static files by ``static``."""
    files = DISK
    if S3_BUCKET:
        files = bucket(
            bucket_name=S3_BUCKET,
            endpoint_url=S3_ENDPOINT_URL,
            access_key=os.environ.get("S3_ACCESS_KEY") or None,
            secret_key=os.environ.get("S3_SECRET_KEY") or None,
            region_name=os.environ.get("S3_REGION") or None,
        )
    return {"default": files, "staticfiles": {"BACKEND": static}}
