"""Why an action did not happen, as something to raise; `core.answers` turns it into HTTP once.

Source: guarantees CON-01.
"""


class Refused(Exception):
    """An action that was not carried out; its text is a sentence for the person."""

    status = 400


class NotYours(Refused):
    """Seen, but not theirs to do: 403."""

    status = 403


class NotNow(Refused):
    """Theirs to do, but not in this state: 409."""

    status = 409


class Stale(Refused):
    """Somebody saved a newer version since it was read: 409."""

    status = 409


class LinkOver(Refused):
    """A link that was good once: used, withdrawn or past its time: 410."""

    status = 410


class TooMany(Refused):
    """More tries than anybody needs: 429."""

    status = 429
