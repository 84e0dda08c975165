"""The settings of servers that tests start: the product's own, but a password is hashed in no time, and a live screen more."""

from django.conf import global_settings

from okrsite.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *global_settings.PASSWORD_HASHERS]
INSTALLED_APPS = [*INSTALLED_APPS, "tests.journeys.apps.TitlesConfig"]  # noqa: F405
