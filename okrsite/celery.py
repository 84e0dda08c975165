"""Celery, for an okrsite of many processes: it carries the tick, the database decides what is due."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okrsite.settings")
app = Celery("okrsite")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["okrsite"])
app.conf.beat_schedule = {"tick": {"task": "okrsite.tick", "schedule": 60.0, "options": {"expires": 50}}}
