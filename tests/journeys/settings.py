"""The settings of servers that tests start: the product's own, but a password is hashed in no time, and a live screen more."""

from django.conf import global_settings

from okrsite.settings import *  # noqa: F403

ACCOUNT_RATE_LIMITS = {**ACCOUNT_RATE_LIMITS, "login": "1000/5m/ip"}  # noqa: F405 - all walks come from one place
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *global_settings.PASSWORD_HASHERS]
INSTALLED_APPS = [*INSTALLED_APPS, "tests.journeys.apps.TitlesConfig"]  # noqa: F405
