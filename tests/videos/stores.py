"""The stores that files may lie in: this disk, and a bucket of a real S3 server."""

import os
from urllib.parse import urlsplit
from uuid import uuid4

from config.settings.files import bucket


def new_bucket() -> dict:
    """Django's setting for a fresh bucket on the server of ``YANXIU_TEST_S3_URL``."""
    address = urlsplit(os.environ["YANXIU_TEST_S3_URL"])
    return bucket(
        bucket_name=f"test-{uuid4().hex}",
        endpoint_url=f"http://{address.hostname}:{address.port}",
        access_key=address.username,
        secret_key=address.password,
        region_name="us-east-1",
    )
