"""One's week to take along, for a status mail or a chat: as text, as Markdown, and as it is shown (P81)."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from checkins.models import Line
from checkins.rows.key_results import KeyResultRow
from checkins.rows.slide import Told
from core.calendar import Week, week_words
from core.links import Part

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&])")  # what Markdown reads as more than itself
_BEGINS = re.compile(r"^([-+=]|[0-9]+[.)])")  # the same, at the beginning of a line


@dataclass(frozen=True)
class ReportPart:
    """A heading and its lines, each in its parts."""

    title: str
    lines: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True)
class Report:
    """A week as those may read it who share a team with its person; without `parts` there is nothing to take."""

    title: str
    parts: tuple[ReportPart, ...]

    @property
    def text(self) -> str:
        """Plain lines; addresses as they were written."""
        blocks = [[part.title, *(f"- {_plain(line)}" for line in part.lines)] for part in self.parts]
        return "\n\n".join([self.title, *("\n".join(block) for block in blocks)])

    @property
    def markdown(self) -> str:
        """The same in Markdown; what somebody wrote stays as they wrote it."""
        blocks = [
            f"**{_marked(part.title)}**\n\n" + "\n".join(f"- {_linked(line)}" for line in part.lines)
            for part in self.parts
        ]
        return "\n\n".join([f"## {_marked(self.title)}", *blocks])


def report(name: str, week: Week, room: Told) -> Report:
    """The week of `name`, as the `room` is told it."""
    parts = [ReportPart(one.title, tuple((Part(_reading(row)),) for row in one.key_results)) for one in room.objectives]
    titles = {Line.Kind.DID: _("What I did"), Line.Kind.PLAN: _("What I plan next"), Line.Kind.LEARNED: _("Learned")}
    for kind, title in titles.items():
        told = tuple(line.parts for line in room.words[kind])
        parts += [ReportPart(title, told)] if told else []
    title = _("%(name)s, week %(number)s (%(days)s)") % {"name": name, "number": week.number, "days": week_words(week)}
    return Report(title, tuple(parts))


def _reading(row: KeyResultRow) -> str:
    """“Essays published: 3 of 6 essays, confidence 7/10, before 5”; of a ladder with its steps."""
    stands = " ".join(words for words in (row.now, row.target) if words)
    if row.steps:
        steps = (f"✓ {step.label}" if step.is_reached else step.label for step in row.steps)
        stands = f"{stands} ({' · '.join(steps)})"
    words = {"title": row.title, "stands": stands, "now": row.mark.now, "was": row.mark.was}
    if row.mark.was is None or row.mark.was == row.mark.now:
        return _("%(title)s: %(stands)s, confidence %(now)s/10") % words
    return _("%(title)s: %(stands)s, confidence %(now)s/10, before %(was)s") % words


def _plain(line: tuple[Part, ...]) -> str:
    return "".join(part.url or part.text for part in line)


def _linked(line: tuple[Part, ...]) -> str:
    words = (f"[{_marked(part.text)}](<{part.url}>)" if part.url else _marked(part.text) for part in line)
    return _BEGINS.sub(r"\\\1", "".join(words))


def _marked(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)
