"""`make audit`: look up known holes in all that is locked.

Ends with 0 when every package was looked up and none has a hole, with 1 when one has, and with 2 when it could not
look: an answer about nothing is no good news. What is asked, and how, is pip-audit's work.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
FAMOUS = {"jinja2": "2.4"}  # with holes known since 2014: whoever knows none there was not really asked
CLEAN, HOLES, BLIND = 0, 1, 2


class CouldNotLook(Exception):
    """Nothing can be said about the packages, and why."""


def main() -> int:
    """Audit the locks that are named, or all that is installed for development; what was found, in words."""
    asked = argparse.ArgumentParser(prog="make audit")
    asked.add_argument("locks", nargs="*", type=Path, default=[ROOT / "requirements-dev.txt"])
    asked.add_argument("--url", help="another address that answers as osv.dev does")
    words = asked.parse_args()
    try:
        packages = locked(words.locks)
        holes = looked_up(packages, words.url)
        if not any(looked_up(FAMOUS, words.url).values()):
            raise CouldNotLook("The service knows no hole where there is a famous one. Its answers mean nothing.")
    except CouldNotLook as problem:
        sys.stderr.write(f"Could not look for known holes. {problem}\n")
        return BLIND
    for name in sorted(name for name, found in holes.items() if found):
        sys.stdout.write(f"{name} {packages[name]}: {', '.join(holes[name])}\n")
    count = sum(map(bool, holes.values()))
    sys.stdout.write(f"{len(packages)} packages looked up, {count or 'none'} with a known hole.\n")
    return HOLES if count else CLEAN


def locked(locks: list[Path]) -> dict[str, str]:
    """The version of every package in `locks`, for whatever machine it is. Raises CouldNotLook when there is none."""
    found: dict[str, str] = {}
    for lock in locks:
        for line in lock.read_text(encoding="utf-8").splitlines():
            if line[:1].isalnum():
                package = _package(line.removesuffix("\\"))
                found[canonicalize_name(package.name)] = str(package.specifier).removeprefix("==")
    if not found:
        raise CouldNotLook("No package is locked.")
    return found


def _package(line: str) -> Requirement:
    try:
        return Requirement(line)
    except InvalidRequirement as problem:
        raise CouldNotLook(f"“{line.strip()}” is no package.") from problem


def looked_up(packages: Mapping[str, str], url: str | None) -> dict[str, list[str]]:
    """The known holes of each package. Raises CouldNotLook unless there is an answer about every one."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "wanted.txt"
        wanted.write_text("".join(f"{name}=={version}\n" for name, version in packages.items()), encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(wanted), "--no-deps", "--disable-pip"]
        command += ["--vulnerability-service", "osv", "--format", "json", "--progress-spinner", "off"]
        command += ["--osv-url", url] if url else []
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    try:
        answers = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError) as problem:
        raise CouldNotLook((done.stderr.strip().splitlines() or ["pip-audit said nothing."])[-1]) from problem
    found: dict[str, list[str]] = {
        canonicalize_name(answer["name"]): [hole["id"] for hole in answer["vulns"]]
        for answer in answers
        if "vulns" in answer
    }
    if missing := sorted(set(packages) - set(found)):
        raise CouldNotLook(f"No answer about {', '.join(missing)}.")
    return found


if __name__ == "__main__":
    sys.exit(main())
