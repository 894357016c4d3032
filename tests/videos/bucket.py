"""A store that is no disk of ours and signs its own addresses, as one of django-storages does."""

import os

from django.core.files.storage import InMemoryStorage


class Bucket(InMemoryStorage):
    querystring_expire = 3600

    def path(self, name):
        raise NotImplementedError

    def _relative_path(self, name):
        return os.path.relpath(super().path(name), self.location)

    def url(self, name, parameters=None, expire=None):
        told = parameters or {}
        return f"https://bucket.example/{name}?expire={expire}&as={told.get('ResponseContentType')}"
