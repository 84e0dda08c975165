"""Making tokens for one's programs, ending them, and opening the API with one.

Source: guarantees AUTH-08, AUTH-13, CC-04, RL-02, RL-03.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.errors import NotNow, Refused
from core.secrets import hash_secret, new_secret
from people.models import ApiUse, Token, User
from people.viewer import Viewer

PREFIX = "okr_"  # by which programs that look for lost secrets know one of ours
MOST = 20  # tokens of one person that work at a time
WINDOW, PER_TOKEN, PER_PERSON = timedelta(minutes=5), 300, 1500  # requests (RL-03)
SAME_PRESS = timedelta(minutes=1)  # the same form again within it is a double click


@dataclass(frozen=True)
class Count:
    """How many requests of so many (`of`) are `left` in these five minutes, which end in so many `seconds`.

    Below 0 there were too many.
    """

    left: int
    seconds: int
    of: int = PER_TOKEN


class TokenInvalid(Refused):
    """No such token can be made; a sentence says why."""

    status = 422


@transaction.atomic
def make(*, by: Viewer, name: str, scope: str, days: int, client_key: UUID | None, now: datetime) -> tuple[Token, str]:
    """A token for `days` days, and its secret, which is kept nowhere. Records TOKEN_MADE.

    The same form sent twice within a minute makes one: its secret is a new one, so that the last page shows what works.
    Raises TokenInvalid (422: there are enough), NotNow (409: the form made one some time ago).
    """
    User.objects.filter(pk=by.pk).update(zone=F("zone"))  # two forms at once: the second finds the first one's row
    if client_key and (earlier := Token.objects.filter(person=by.pk, client_key=client_key).first()):
        return earlier, _shown_anew(earlier, now)
    if Token.objects.filter(person=by.pk).working(now).count() >= MOST:
        raise TokenInvalid(_("You have %(num)d tokens. End one that you no longer need.") % {"num": MOST})
    secret = PREFIX + new_secret()
    token = Token.objects.create(
        person_id=by.pk,
        name=name,
        scope=scope,
        secret_hash=hash_secret(secret),
        created_at=now,
        expires_at=now + timedelta(days=days),
        client_key=client_key,
    )
    record("TOKEN_MADE", token, by_pk=by.pk, now=now, data={"scope": scope, "days": days})
    return token, secret


def _shown_anew(token: Token, now: datetime) -> str:
    secret = PREFIX + new_secret()
    unused = Token.objects.working(now).filter(pk=token.pk, used_on=None, created_at__gt=now - SAME_PRESS)
    if not unused.update(secret_hash=hash_secret(secret)):
        raise NotNow(_("That token was made already, and its secret was shown once. Make another if it is lost."))
    return secret


@transaction.atomic
def revoke(*, by: Viewer, token: Token, now: datetime) -> None:
    """End one of one's own, at once. Records TOKEN_REVOKED once, however often it is pressed."""
    if Token.objects.filter(pk=token.pk, person=by.pk, revoked_at=None).update(revoked_at=now):
        record("TOKEN_REVOKED", token, by_pk=by.pk, now=now, data={"scope": token.scope})


@transaction.atomic
def revoke_all(*, person: User, by_pk: int | None, now: datetime) -> int:
    """End every token of `person` for good, as when they are switched off; how many. Records TOKEN_REVOKED for each."""
    ended = 0
    for token in Token.objects.filter(person=person.pk, revoked_at=None).order_by("pk"):
        ended += Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)
        record("TOKEN_REVOKED", token, by_pk=by_pk, now=now, data={"scope": token.scope})
    return ended


def opened_by(secret: str, *, now: datetime) -> Token | None:
    """The token that works with `secret`, with its person, or None; one query."""
    rows = Token.objects.for_everyone(because="the secret is the right").working(now).select_related("person")
    return rows.filter(secret_hash=hash_secret(secret)).first()


def count_use(token: Token, *, now: datetime) -> Count:
    """It opens something once more: at once for all processes, and with the day of use. Two queries."""
    begun = _begun(now)
    Token.objects.filter(pk=token.pk).update(uses=_one_more(begun), counted_from=begun, used_on=now.date())
    counts = _counts(token.person_id, begun)
    left = min(PER_TOKEN - counts[token.pk], PER_PERSON - sum(counts.values()))
    return Count(left=left, seconds=_seconds(begun, now))


def count_session(person_pk: int, *, now: datetime) -> Count:
    """Somebody's session asks once more; it counts among all that is asked for them. Two queries, at first four."""
    begun, mine = _begun(now), ApiUse.objects.filter(person=person_pk)
    if not mine.update(uses=_one_more(begun), counted_from=begun):
        ApiUse.objects.bulk_create([ApiUse(person_id=person_pk, counted_from=begun)], ignore_conflicts=True)
        mine.update(uses=_one_more(begun), counted_from=begun)
    left = PER_PERSON - sum(_counts(person_pk, begun).values())
    return Count(left=left, seconds=_seconds(begun, now), of=PER_PERSON)


def _begun(now: datetime) -> datetime:
    return now - timedelta(seconds=now.timestamp() % WINDOW.total_seconds())


def _seconds(begun: datetime, now: datetime) -> int:
    return int((begun + WINDOW - now).total_seconds()) + 1


def _one_more(begun: datetime) -> Case:
    """Counted by the database, so that no two are counted as one (RL-02)."""
    return Case(When(counted_from=begun, then=F("uses") + 1), default=Value(1))


def _counts(person_pk: int, begun: datetime) -> dict[int, int]:
    """What was asked in these five minutes: by each token of a person, and by their session; one query."""
    tokens, session = (
        model.objects.filter(person=person_pk, counted_from=begun).values_list("pk", "uses")
        for model in (Token, ApiUse)
    )
    return dict(tokens.union(session, all=True))
