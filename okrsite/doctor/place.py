"""What the doctor asks about the machine: settings, files, room on the disk, backups."""

import shutil
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core import checks

from core.terms import TERMS
from okrsite.doctor.findings import Finding, Level

LEAST = 500_000_000  # bytes that should be free: a day of work, and a copy of a small database


def settings_fit(now: datetime) -> Iterator[Finding]:
    """What Django says of the settings as they would be served, and what they mean for people."""
    said = [one for one in checks.run_checks(include_deployment_checks=settings.IS_HTTPS) if not one.is_silenced()]
    for one in said:
        yield Finding(Level.WRONG, "Settings", f"{one.msg} ({one.id})")
    if settings.DEBUG:
        yield Finding(Level.WRONG, "Settings", "OKRSITE_DEBUG is on: whoever breaks a page reads your source.")
    elif not said:
        yield Finding(Level.FINE, "Settings", "They fit each other.")
    if not settings.IS_HTTPS and "//localhost" not in settings.SITE_URL:
        yield Finding(Level.LOOK, "Settings", "SITE_URL is not https: everybody on the way can read along.")
    if not settings.EMAIL_URL:
        yield Finding(Level.LOOK, "Settings", "EMAIL_URL is empty: mails become files, and nobody gets them.")


def days_kept(now: datetime) -> Iterator[Finding]:
    """How long what is for a time stays."""
    said = ", ".join(f"{term.of} {settings.KEEP[name]} days" for name, term in TERMS.items())
    yield Finding(Level.FINE, "Keeping", f"{said[0].upper()}{said[1:]}.")


def files_are_private(now: datetime) -> Iterator[Finding]:
    """Whether others on this machine can read what is kept here."""
    open_ones = [] if _is_closed(settings.VAR) else [path for path in _kept() if path.exists() and not _is_closed(path)]
    for path in open_ones:
        yield Finding(Level.WRONG, "Files", f"Others on this machine can read {path.name}. Run: chmod go= {path}")
    if not open_ones:
        yield Finding(Level.FINE, "Files", "Nobody else on this machine can read what is kept here.")


def disk_has_room(now: datetime) -> Iterator[Finding]:
    """Whether what people write will still find room."""
    free = shutil.disk_usage(settings.VAR).free
    if free < LEAST:
        yield Finding(
            Level.WRONG, "Disk", f"{free // 1_000_000} MB are free, where okrsite keeps its data. Make room soon."
        )
    else:
        yield Finding(Level.FINE, "Disk", f"{free // 1_000_000} MB are free.")


def backups(now: datetime) -> Iterator[Finding]:
    """What is known of backups: okrsite makes none itself."""
    yield Finding(
        Level.LOOK, "Backups", "okrsite makes none by itself, and knows of none: docs/operators/backup-and-upgrade.md."
    )


def _kept() -> list[Path]:
    database = settings.DATABASES["default"]["NAME"]
    kept = [settings.VAR / "secret-key", settings.VAR / "mail"]
    if settings.IS_SQLITE and database != ":memory:":
        kept += [Path(f"{database}{end}") for end in ("", "-wal", "-shm")]
    return kept


def _is_closed(path: Path) -> bool:
    return not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
