"""The databases that a test has to itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.outages import postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/shared.sqlite3"
    elif not postgres.BINARIES:
        pytest.skip(postgres.WHY_NONE)
    else:
        with postgres.running() as made:
            yield made.url
