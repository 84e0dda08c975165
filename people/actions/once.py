"""Doing once what is asked twice with the same Idempotency-Key.

Source: guarantees CC-05.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _

from core.errors import NotNow, Refused
from people.models import KeptAnswer

MOST = 200  # characters of a key


class OtherBody(Refused):
    """The key was used for something else."""

    status = 422


class KeyInvalid(Refused):
    """That is no key: 400."""


def once(
    do: Callable[[], HttpResponse], *, person_pk: int, route: str, key: str, body: bytes, now: datetime
) -> HttpResponse:
    """What `do` answers, or what it answered when the same was asked before; a 5xx does not use the key up.

    What is done and what is kept of it are one transaction. The key belongs to the person and the route.
    Raises KeyInvalid (400), OtherBody (422), NotNow (409: the same is on its way).
    """
    if not (key.isascii() and key.isprintable() and 0 < len(key) <= MOST):
        raise KeyInvalid(_("An Idempotency-Key has 1 to 200 plain characters."))
    mine, is_new = _claim(person_pk, route, key, hashlib.sha256(body).hexdigest(), now)
    if not is_new:
        return _again(mine, hashlib.sha256(body).hexdigest())
    try:
        with transaction.atomic():
            response = do()
            kept = {"status": response.status_code, "kind": response.headers["Content-Type"]}
            KeptAnswer.objects.filter(pk=mine.pk).update(**kept, body=response.content.decode())
    except BaseException:
        KeptAnswer.objects.filter(pk=mine.pk, status=None).delete()
        raise
    return response


def _claim(person_pk: int, route: str, key: str, body_hash: str, now: datetime) -> tuple[KeptAnswer, bool]:
    asked = {"person_id": person_pk, "route": route, "key": key}
    KeptAnswer.objects.filter(**asked).given_up(now).delete()
    try:
        with transaction.atomic():
            return KeptAnswer.objects.create(**asked, body_hash=body_hash, created_at=now), True
    except IntegrityError:
        known = KeptAnswer.objects.filter(**asked).first()
    if known is None:
        raise NotNow(_("The same request was on its way a moment ago. Send it again."))
    return known, False


def _again(known: KeptAnswer, body_hash: str) -> HttpResponse:
    if known.body_hash != body_hash:
        raise OtherBody(_("This Idempotency-Key came with another body before. Take a new one."))
    if known.status is None:
        raise NotNow(_("The same request is on its way. Send it again in a moment."))
    response = HttpResponse(known.body, status=known.status, content_type=known.kind)
    response.headers["Idempotency-Replayed"] = "true"
    return response
