"""What costs much: two at a time for one person.

Source: guarantees RL-04. Counted in the cache, which all processes share.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.utils.translation import gettext as _

from core.errors import TooMany

AT_A_TIME = 2
GIVEN_UP = 300  # seconds: whoever died on the way is not waited for any longer


@contextmanager
def costly(person_pk: int) -> Iterator[None]:
    """Inside it something costly is done for that person. Raises TooMany (429) while two others are."""
    for place in range(AT_A_TIME):
        key = f"costly-{person_pk}-{place}"
        if cache.add(key, True, GIVEN_UP):
            break
    else:
        raise TooMany(_("Two of your requests that take long are still on their way. Try again in a moment."))
    try:
        yield
    finally:
        cache.delete(key)
