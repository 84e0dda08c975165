"""Looking back by oneself: nobody is told, and nothing is logged.

Source: practices P103–P105; guarantees CC-01.
"""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.errors import Stale
from objectives.models import Quarter
from people.viewer import Viewer
from retros.models import OwnRetro


@transaction.atomic
def save(*, by: Viewer, quarter: Quarter, version: int, well: str, better: str, stop: str) -> None:
    """Keep what `by` wrote about a quarter in the place of `version` (0: nothing yet). Raises Stale (409)."""
    words = {"well": well, "better": better, "stop": stop}
    row, is_new = OwnRetro.objects.get_or_create(owner_id=by.pk, quarter=quarter, defaults=words)
    if is_new or all(getattr(row, name) == text for name, text in words.items()):
        return
    same = OwnRetro.objects.visible_to(by).filter(pk=row.pk, version=version)
    if not same.update(**words, version=F("version") + 1):
        raise Stale(_("Somebody saved a newer version."))
