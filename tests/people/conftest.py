"""What the tests of people share."""

from uuid import uuid4

import pytest


@pytest.fixture(autouse=True)
def _no_tries_so_far(settings) -> None:
    """The counts of sign-in limits begin at nothing, and are no queries."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": uuid4().hex}}
