"""By what the author of an anonymous note is known again: a secret of their browser, mixed with who reads.

In the database stands one hash a note, each of another thing, so that two notes of one hand look like those of two.
Without the browser's secret nothing can be compared with them. Source: guarantees PRIV-02; decisions 27.
"""

import hmac
from hashlib import sha256


def key_of(secret: str, person_pk: int) -> str:
    """What opens the notes that this person wrote in the browser with this secret; "" without one.

    Mixed with the person, so that who signs in there later is shown nothing of theirs.
    """
    if not secret:
        return ""
    return hmac.new(secret.encode(), f"person {person_pk}".encode(), sha256).hexdigest()


def seal_of(key: str, note_pk: int) -> str:
    """What is kept of a note that was written with `key`."""
    return hmac.new(key.encode(), f"note {note_pk}".encode(), sha256).hexdigest()


def opens(key: str, note_pk: int, seal: str) -> bool:
    """Whether a note with this seal was written with `key`."""
    return bool(key and seal) and hmac.compare_digest(seal_of(key, note_pk), seal)
