"""The words of an objective, and who shares in writing them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField, NameField, NumberField, ParagraphField
from objectives import rules
from objectives.actions.objectives import Wording
from objectives.forms.audiences import audiences
from objectives.forms.picks import PickField, PicksField, members_of
from objectives.models import Objective, Quarter
from objectives.rows import quarter_words
from people.models import Organisation, Team, User
from people.viewer import Viewer

MOST_MONEY = Decimal(9_999_999_999)
PERSONAL_KINDS = [
    (rules.ObjectiveKind.GROWTH.value, gettext_lazy("Growth: something I want to get better at")),
    (rules.ObjectiveKind.RECOVERY.value, gettext_lazy("Recovery: something light, after a hard quarter")),
]


class ObjectiveForm(forms.Form):
    """The words of an objective. `team` is whose objective it is, or None for a personal one.

    `objective` is the one that is changed; `today` is the organisation's.
    """

    kind = forms.ChoiceField(
        choices=PERSONAL_KINDS, label=gettext_lazy("Kind"), widget=forms.RadioSelect, initial="GROWTH"
    )
    title = NameField(
        max_length=200,
        label=gettext_lazy("Objective"),
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Say in a sentence what you want to be true.")},
    )
    why = ParagraphField(max_length=2000, label=gettext_lazy("Why"), required=False, rows=2)
    first_step = LineField(max_length=300, label=gettext_lazy("First step"), required=False)
    quarter = PickField(label=gettext_lazy("Quarter"))
    home = forms.TypedChoiceField(
        label=gettext_lazy("Home team"), required=False, coerce=int, empty_value=None, choices=()
    )
    owner = PickField(label=gettext_lazy("Who answers for it"))
    hours = NumberField(
        label=gettext_lazy("Hours a week"), required=False, least=Decimal(0), most=Decimal(168), places=1
    )
    money = NumberField(label=gettext_lazy("Money"), required=False, least=Decimal(0), most=MOST_MONEY, places=2)
    audience = forms.ChoiceField(label=gettext_lazy("Who may read it"), widget=forms.RadioSelect)
    on_wall = forms.BooleanField(
        label=gettext_lazy("May stand on my teams’ walls for everyone in the room, without signing in"), required=False
    )
    client_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(
        self,
        *args: Any,
        viewer: Viewer,
        organisation: Organisation,
        today: date,
        team: Team | None = None,
        objective: Objective | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.team, self.today = team, today
        self._was_on_wall = objective is not None and objective.on_wall
        self.fields["title"].widget.attrs |= {"rows": "2", "class": "objective-input"}
        self._offer_quarters(viewer, today, objective)
        self._offer_audiences(viewer, organisation)
        self._count_money_in(organisation.currency)
        if team is None:
            self._offer_homes(viewer, objective)
            del self.fields["owner"]
        else:
            del self.fields["kind"], self.fields["home"], self.fields["on_wall"]
            self._offer_owners(viewer, team, objective)
        if objective is not None:
            self.fields.pop("kind", None)
            del self.fields["client_key"]

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def _offer_quarters(self, viewer: Viewer, today: date, objective: Objective | None) -> None:
        rows = Quarter.objects.visible_to(viewer).open_for_planning(today)
        rows = rows.offered_to(viewer) if self.team is None else rows.of_team(self.team)
        if objective is not None:
            rows = rows | Quarter.objects.visible_to(viewer).filter(pk=objective.quarter_id)
        self._field("quarter").offer(rows.in_order(), quarter_words)

    def _offer_audiences(self, viewer: Viewer, organisation: Organisation) -> None:
        readers = audiences(viewer, self.team, organisation)
        self._field("audience").choices = [(audience.value, words) for audience, words in readers.items()]
        kind = rules.ObjectiveKind.TEAM if self.team else rules.ObjectiveKind.GROWTH
        self.fields["audience"].initial = rules.default_audience(kind).value

    def _count_money_in(self, currency: str) -> None:
        if currency:
            self._field("money").unit = currency
            self.fields["money"].label = _("Money, %(currency)s") % {"currency": currency}

    def _offer_homes(self, viewer: Viewer, objective: Objective | None) -> None:
        homes = {place.pk: place.name for place in viewer.teams}
        if objective is not None and objective.team is not None:
            over = _("%(team)s, closed") if objective.team.closed_at else _("%(team)s, which you have left")
            homes.setdefault(objective.team.pk, over % {"team": objective.team.name})
        self._field("home").choices = [("", _("none")), *homes.items()]

    def _offer_owners(self, viewer: Viewer, team: Team, objective: Objective | None) -> None:
        if objective is not None or not viewer.leads(team.pk):
            del self.fields["owner"]
            return
        self._field("owner").offer(members_of(viewer, team.pk))
        self.fields["owner"].initial = viewer.pk

    def clean_on_wall(self) -> bool:
        """Together with who may read it. Narrowed, what stood there leaves the walls, and nobody has to untick it."""
        on_wall: bool = self.cleaned_data["on_wall"]
        is_narrow = self.cleaned_data.get("audience") not in rules.WALL_AUDIENCES
        if on_wall and is_narrow and not self._was_on_wall:
            raise forms.ValidationError(_("Only what your teams or everyone may read can stand on a wall."))
        return on_wall

    def owner_pk(self) -> int | None:
        """Who was named to answer for it, or None."""
        owner: User | None = self.cleaned_data.get("owner")
        return owner.pk if owner else None

    def wording(self) -> Wording:
        """What was written, as the actions take it."""
        data = self.cleaned_data
        return Wording(
            title=data["title"],
            quarter_id=data["quarter"].pk,
            audience=data["audience"],
            why=data["why"],
            first_step=data["first_step"],
            hours=data["hours"],
            money=data["money"],
            team_id=self.team.pk if self.team else data["home"],
            on_wall=data.get("on_wall", False),
        )


def wording_as_typed(words: Objective | Wording) -> dict[str, Any]:
    """An objective's words as they would be typed into the form."""
    return {
        "title": words.title,
        "why": words.why,
        "first_step": words.first_step,
        "quarter": words.quarter_id,
        "home": words.team_id,
        "hours": "" if words.hours is None else f"{words.hours.normalize():f}",
        "money": "" if words.money is None else f"{words.money.normalize():f}",
        "audience": words.audience,
        "on_wall": _("yes") if words.on_wall else "",
    }


class CoOwnersForm(forms.Form):
    """Who words a team objective beside its owner. The page says under `opened` who did when it was opened."""

    people = PicksField(label=gettext_lazy("Co-owners"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, viewer: Viewer, objective: Objective, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [one for one in members_of(viewer, objective.team_id) if one.pk != objective.owner_id]
        self.fields["people"].offer(people)  # type: ignore[attr-defined]  # the stubs know a plain Field
        self._offered = {str(one.pk): one for one in people}

    def opened(self) -> list[User]:
        """Who words it as the page shows or showed it, of those who are offered."""
        pks = self.data.getlist("opened") if isinstance(self.data, QueryDict) else map(str, self.initial["people"])
        return [self._offered[pk] for pk in pks if pk in self._offered]
