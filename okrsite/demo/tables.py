"""The shapes in which the sample organisation is written down.

Weeks count back from this one: 0 is this week, 1 the last. A series ends in the newest week its owner has
logged, so its numbers stand right whatever day the demo is made on; a longer quarter repeats the first one.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Person:
    """Somebody of the sample organisation; the first word of `name` signs in.

    `behind` is how many weeks ago they last checked in (0 when this week is in); `away` is the first and
    the last week of an absence, from Monday to Monday, counted back from this week.
    """

    name: str
    team: str
    role: str = "MEMBER"
    manager: str = ""
    behind: int = 0
    away: tuple[int, int] | None = None
    is_site_admin: bool = False

    @property
    def first(self) -> str:
        """Their first name, in small letters: the key of this person, and of their address."""
        return self.name.split()[0].lower()


@dataclass(frozen=True)
class Group:
    """A team or a circle; `guests` are first names with roles, beside those whose own team it is.

    `own` are the quarters of one that plans by dates of its own: label, first week counted from this one, and weeks.
    """

    slug: str
    name: str
    purpose: str
    kind: str = "TEAM"
    weekday: int = 4
    at: str = "15:30"
    every: int = 1
    guests: tuple[tuple[str, str], ...] = ()
    own: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True)
class Decision:
    """Something decided so many days ago `by` somebody, about a `person`, in a `team`, or about the organisation.

    `names` are first names by the keys under which the log holds ids.
    """

    days_ago: int
    by: str
    verb: str
    data: dict[str, Any]
    person: str = ""
    team: str = ""
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Measure:
    """A key result. `way` is baseline, target and unit; `levels` a digit a week (t is ten), `values` a number a week,
    done/due, or of a ladder how many of its `steps` (labels and shares) are reached.

    `dropped` is how many weeks ago, and why; `retargeted` how many weeks ago, the target until then, and why.
    """

    title: str
    kind: str
    way: tuple[str, str, str]
    levels: str = ""
    values: str = ""
    intention: str = ""
    steps: tuple[tuple[str, int], ...] = ()
    dropped: tuple[int, str] | None = None
    retargeted: tuple[int, str, str] | None = None


@dataclass(frozen=True)
class Goal:
    """An objective. `key` names it for lines; `quarter` is 0 for the running one, −1 for the one before, 1 for the next."""

    key: str
    owner: str
    title: str
    why: str
    measures: tuple[Measure, ...]
    kind: str = "GROWTH"
    team: str = ""
    audience: str = "MY_TEAMS"
    state: str = "ACTIVE"
    quarter: int = 0
    first_step: str = ""
    hours: str = ""
    money: str = ""
    co_owners: tuple[str, ...] = ()
    dropped: tuple[int, str] | None = None
    is_proposed: bool = False
    on_wall: bool = False


@dataclass(frozen=True)
class Cheered:
    """A cheer of somebody for another's week."""

    by: str
    who: str
    weeks_ago: int
    sign: str
    text: str = ""


@dataclass(frozen=True)
class Commented:
    """A comment, so many days ago, on the goal with that key, or on somebody's week; `mentions` are first names."""

    by: str
    days_ago: int
    text: str
    goal: str = ""
    week_of: tuple[str, int] | None = None
    mentions: tuple[str, ...] = ()
    is_edited: bool = False


@dataclass(frozen=True)
class Suggested:
    """Other words for the goal with that key, or for its key result of that number, or one more from, to, in a unit.

    Of one that was taken, `taken` is what its owner made of it.
    """

    by: str
    days_ago: int
    goal: str
    title: str
    key_result: int | None = None
    measure: tuple[str, str, str] | None = None
    taken: str = ""


@dataclass(frozen=True)
class Wagered:
    """A bet, so many days ago, on the key result of that number of the goal with that key, by whoever logs it.

    `end` is the state and what was learned, a week ago, of one that is settled.
    """

    goal: str
    key_result: int
    days_ago: int
    if_we: str
    because: str
    end: tuple[str, str] | None = None


@dataclass(frozen=True)
class SuggestedWhole:
    """An objective that somebody would have `who` pursue, and that waits for their answer."""

    by: str
    who: str
    days_ago: int
    title: str
    why: str = ""
    key_results: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shelved:
    """An idea on somebody's shelf since so many days."""

    who: str
    days_ago: int
    title: str
    why: str = ""


@dataclass(frozen=True)
class Said:
    """A person's words of one week: lines as pairs of a goal's key ("" for none) and a text.

    `time` says of goals with promised hours whether there was time, one of Line.Got; in weeks before the last one.
    """

    who: str
    weeks_ago: int
    did: tuple[tuple[str, str], ...] = ()
    plan: tuple[tuple[str, str], ...] = ()
    learned: tuple[tuple[str, str], ...] = ()
    time: tuple[tuple[str, str], ...] = ()
