"""The settings file, read anew."""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.terms import TERMS

ROOT = Path(__file__).resolve().parents[2]
ROOT = Path(__file__).resolve().parents[2]
KNOWN = (
    "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "EMAIL_URL", "DEFAULT_FROM_EMAIL",
    "TIME_ZONE", "TRUSTED_PROXIES", "WEB_PROCESSES", "LIVE_STREAMS", "CHAT_HOSTS", "PORT", "OKRSITE_DEBUG",
    *(f"KEEP_{name}_DAYS" for name in TERMS),
)  # fmt: skip


@pytest.fixture
def read(tmp_path, monkeypatch) -> Callable[..., dict[str, Any]]:
    """The settings as they are with these words in the environment and none other of ours."""

    def settings(**words: str) -> dict[str, Any]:
        for name in KNOWN:
            monkeypatch.delenv(name, raising=False)
        for name, word in {"OKRSITE_VAR": str(tmp_path), **words}.items():
            monkeypatch.setenv(name, word)
        return runpy.run_path(str(ROOT / "okrsite/settings.py"))

    return settings
