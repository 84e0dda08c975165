"""The settings of servers that tests start: the product's own, but a password is hashed in no time."""

from django.conf import global_settings

from okrsite.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *global_settings.PASSWORD_HASHERS]
