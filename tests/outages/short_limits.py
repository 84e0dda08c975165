"""Celery as okrsite sets it up, with one limit only, which is two seconds; the environment says which."""

import os

from okrsite.celery import app

app.conf.update({"task_soft_time_limit": None, "task_time_limit": None, os.environ["SHORT"]: 2})
