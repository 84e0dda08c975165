"""Whose push an objective is, and who reads it."""

from enum import StrEnum


class ObjectiveKind(StrEnum):
    """Whose push it is, and of what sort."""

    TEAM = "TEAM"
    GROWTH = "GROWTH"
    RECOVERY = "RECOVERY"


class Audience(StrEnum):
    """Who reads an objective; each holds those before it."""

    ONLY_ME = "ONLY_ME"
    MANAGER = "MANAGER"
    MY_TEAMS = "MY_TEAMS"
    TEAM = "TEAM"
    EVERYONE = "EVERYONE"


PERSONAL_AUDIENCES = (Audience.ONLY_ME, Audience.MANAGER, Audience.MY_TEAMS, Audience.EVERYONE)
TEAM_AUDIENCES = (Audience.TEAM, Audience.EVERYONE)
WALL_AUDIENCES = (Audience.MY_TEAMS, Audience.EVERYONE)  # of personal ones that a room may read


def is_narrower(was: str, now: str) -> bool:
    """Whether fewer may read an objective now than did."""
    order = [*Audience]
    return order.index(Audience(now)) < order.index(Audience(was))


def default_audience(kind: ObjectiveKind) -> Audience:
    """What a new objective begins with."""
    return {ObjectiveKind.TEAM: Audience.EVERYONE, ObjectiveKind.RECOVERY: Audience.MANAGER}.get(
        kind, Audience.MY_TEAMS
    )
