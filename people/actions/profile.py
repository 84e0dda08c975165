"""One's own name, time zone and look."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from activity.actions.events import record
from core.errors import Refused
from core.text import clean_name
from people.models import User
from people.viewer import Viewer


class ProfileInvalid(Refused):
    """Something of a profile cannot be kept; a sentence says what."""

    status = 422


@transaction.atomic
def change(*, by: Viewer, name: str, zone: str, theme: str, now: datetime) -> None:
    """Save one's own profile; the username stays, and no stored week moves with the zone (decisions 17).

    Records PROFILE_CHANGED with the names of the fields. Raises ProfileInvalid (422), TextInvalid.
    """
    if theme not in User.Theme.values:
        raise ProfileInvalid(_("A look is light, dark, or as your system has it."))
    wanted = {"name": clean_name(name, most=80), "zone": zone, "theme": theme}
    user = User.objects.get(pk=by.pk)
    changed = {field: value for field, value in wanted.items() if getattr(user, field) != value}
    if not changed:
        return
    User.objects.filter(pk=by.pk).update(**changed)
    record("PROFILE_CHANGED", user, by_pk=by.pk, now=now, data={"fields": sorted(changed)})
