"""Cheers, as they are read and as they are given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkins.models import CheckIn, Cheer
from checkins.rows.weeks import person_week_url
from people.viewer import Viewer

ON_STAGE = 3  # that the gallery holds
SIGNS = {
    Cheer.Sign.CLAP.value: ("👏", gettext_lazy("Clap")),
    Cheer.Sign.HOORAY.value: ("🎉", gettext_lazy("Hooray")),
    Cheer.Sign.THANKS.value: ("🙌", gettext_lazy("Thanks")),
    Cheer.Sign.WITH_YOU.value: ("💪", gettext_lazy("With you")),
}


@dataclass(frozen=True)
class SignRow:
    """One of the signs to press: what is sent, its picture, and its name."""

    value: str
    picture: str
    label: str


def signs() -> list[SignRow]:
    """All of them, in one order everywhere."""
    return [SignRow(value, picture, str(label)) for value, (picture, label) in SIGNS.items()]


@dataclass(frozen=True)
class Neighbour:
    """A teammate who is in, and whom one has not cheered: their week, and where a cheer for it goes."""

    name: str
    week_url: str
    cheers_url: str


def neighbour(mine: CheckIn) -> Neighbour | None:
    """Whom one may give a cheer to after one's own week `mine`, `with_neighbour`; None for nobody."""
    if mine.mate_name is None or mine.mate_username is None:
        return None
    place = {"username": mine.mate_username, "week": str(mine.week)}
    return Neighbour(
        name=mine.mate_name,
        week_url=person_week_url(mine.mate_username, mine.week),
        cheers_url=reverse("checkins:cheers", kwargs=place),
    )


@dataclass(frozen=True)
class CheerRow:
    """A cheer; `back_url` is where its giver takes it back, "" for everybody else."""

    picture: str
    label: str
    name: str
    text: str
    back_url: str


def cheer_rows(found: Iterable[Cheer], check_in: CheckIn, viewer: Viewer) -> list[CheerRow]:
    """Those of a week; needs who gave them, and the week's person."""
    return [_row(one, check_in, viewer) for one in found]


@dataclass(frozen=True)
class CheerSaid:
    """A cheer as a room reads it."""

    pk: int
    picture: str
    label: str
    name: str
    text: str


def cheers_said(found: Iterable[Cheer], names: Mapping[str, str]) -> list[CheerSaid]:
    """For everybody alike; needs who gave them. `names` are what people call each other."""
    return [
        CheerSaid(one.pk, SIGNS[one.sign][0], str(SIGNS[one.sign][1]), names.get(one.by.name, one.by.name), one.text)
        for one in found
    ]


def _row(cheer: Cheer, check_in: CheckIn, viewer: Viewer) -> CheerRow:
    picture, label = SIGNS[cheer.sign]
    is_mine = cheer.by_id == viewer.pk
    return CheerRow(
        picture=picture,
        label=str(label),
        name=_("You") if is_mine else cheer.by.name,
        text=cheer.text,
        back_url=_back_url(cheer, check_in) if is_mine else "",
    )


def _back_url(cheer: Cheer, check_in: CheckIn) -> str:
    place = {"username": check_in.person.username, "week": str(check_in.week)}
    return reverse("checkins:cheer_return", kwargs={**place, "pk": cheer.pk})
