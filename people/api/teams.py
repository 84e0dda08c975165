"""Teams and circles, and who is in them."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers

from core.api.fields import IdField, moment
from core.calendar import Length
from people.api.access import AccessList, AccessObject
from people.models import Membership, Team
from people.viewer import Viewer


class Member(serializers.Serializer[Any]):
    """Somebody who is in it today."""

    person_id = IdField(source="user_id")
    role = serializers.ChoiceField(choices=Membership.Role.values)
    joined_on = serializers.DateField()


class TeamShape(serializers.Serializer[Any]):
    """A team, a circle, or the organisation itself, to which everybody belongs without being listed."""

    id = IdField(source="pk")
    version = serializers.IntegerField()
    slug = serializers.CharField()
    kind = serializers.ChoiceField(choices=Team.Kind.values)
    name = serializers.CharField()
    purpose = serializers.CharField()
    parent_id = IdField(allow_null=True)
    length = serializers.ChoiceField(choices=[one.value for one in Length])
    zone = serializers.CharField()
    created_at = moment()
    closed_at = moment(allow_null=True)
    members = Member(source="memberships", many=True)


def teams(viewer: Viewer) -> QuerySet[Team]:
    """Those that `viewer` may know, with today's members; one further query."""
    members = Membership.objects.visible_to(viewer).present().by_name()
    return Team.objects.visible_to(viewer).prefetch_related(Prefetch("memberships", members))


class TeamList(AccessList):
    """Teams and circles, closed ones too, with who is in them today."""

    called = "list_teams"
    output = TeamShape
    filters = {
        "slug": serializers.CharField(max_length=60, help_text="as in the address of its board"),
        "kind": serializers.ChoiceField(choices=Team.Kind.values),
    }

    def rows(self) -> QuerySet[Team]:
        """All of them."""
        return teams(self.viewer)


class TeamObject(AccessObject):
    """A team or circle, with who is in it today."""

    called = "get_team"
    output = TeamShape

    def rows(self) -> QuerySet[Team]:
        """All of them."""
        return teams(self.viewer)
