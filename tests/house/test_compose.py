"""docker-compose.yml, the image and the settings they name, read without a Docker engine."""

import re

import pytest
import yaml
from celery.bin.celery import celery as celery_command
from django.core.management import get_commands, load_command_class

from core.terms import TERMS
from okrsite.celery import app
from tests.house.tree import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("web", "worker", "beat", "migrate")
DAYS = {f"KEEP_{name}_DAYS" for name in TERMS}
SETTINGS = {
    "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "EMAIL_URL", "DEFAULT_FROM_EMAIL",
    "TIME_ZONE", "TRUSTED_PROXIES", "WEB_PROCESSES", "LIVE_STREAMS", "CHAT_HOSTS", "OKRSITE_VAR",
    *DAYS,
}  # fmt: skip
FOR_DEVELOPERS = {"PORT", "OKRSITE_DEBUG"}
HEALTHY, DONE = "service_healthy", "service_completed_successfully"
FINISHED_AND_THERE = {"migrate": DONE, "postgres": HEALTHY, "redis": HEALTHY}


def conditions(name: str) -> dict[str, str]:
    """What a service waits for."""
    return {other: how["condition"] for other, how in SERVICES[name].get("depends_on", {}).items()}


def test_the_stack_is_web_worker_and_beat_after_a_migration_on_postgresql_and_redis():
    assert {name: conditions(name) for name in SERVICES} == {
        "web": FINISHED_AND_THERE,
        "worker": FINISHED_AND_THERE,
        "beat": FINISHED_AND_THERE,
        "migrate": {"postgres": HEALTHY},
        "postgres": {},
        "redis": {},
    }


def test_every_service_that_stays_has_a_health_check_and_comes_back():
    staying = {name: service for name, service in SERVICES.items() if name != "migrate"}
    assert {name: service["healthcheck"]["test"][0] for name, service in staying.items()} == dict.fromkeys(
        staying, "CMD"
    )
    assert {service["restart"] for service in staying.values()} == {"unless-stopped"}
    assert SERVICES["migrate"]["healthcheck"] == {"disable": True}
    assert SERVICES["migrate"]["restart"] == "no"


def test_the_web_is_asked_for_livez_in_the_image_and_in_the_stack():
    (asked,) = re.findall(r"\S+/livez", " ".join(SERVICES["web"]["healthcheck"]["test"]))
    assert asked in (ROOT / "Dockerfile").read_text()
    assert asked == "urlopen('http://127.0.0.1:8000/livez"


def test_what_must_stay_is_in_volumes_and_nothing_else():
    named = {volume.split(":")[0] for service in SERVICES.values() for volume in service["volumes"]}
    assert named == set(COMPOSE["volumes"])
    assert {volume for name in OURS for volume in SERVICES[name]["volumes"]} == {"data:/data"}
    assert [SERVICES[name]["environment"]["OKRSITE_VAR"] for name in OURS] == ["/data"] * 4


def test_only_the_web_is_reached_from_outside_and_on_loopback_alone():
    assert {name: service["ports"] for name, service in SERVICES.items() if "ports" in service} == {
        "web": ["127.0.0.1:8000:8000"]
    }


def test_our_processes_may_do_little():
    assert [
        (service["read_only"], service["cap_drop"], service["security_opt"])
        for service in (SERVICES[name] for name in OURS)
    ] == [(True, ["ALL"], ["no-new-privileges:true"])] * 4
    users = re.findall(r"^USER (.*)", (ROOT / "Dockerfile").read_text(), re.M)
    assert users == ["okrsite"]


def test_every_name_in_the_environment_is_a_setting():
    ours = {name for service in OURS for name in SERVICES[service]["environment"]}
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    offered = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))
    assert ours == SETTINGS
    assert asked == {"SECRET_KEY", "POSTGRES_PASSWORD", "SITE_URL"}
    assert offered == SETTINGS - {"DATABASE_URL", "REDIS_URL", "OKRSITE_VAR"} | {"POSTGRES_PASSWORD"}


def test_the_stack_does_not_start_without_its_secrets():
    text = (ROOT / "docker-compose.yml").read_text()
    assert re.findall(r"\$\{\w+(?!:\?|\w)", text) == []


def test_the_settings_of_the_contract_are_the_ones_read_and_the_ones_explained():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "okrsite/settings.py").read_text()))
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/operators/settings.md").read_text(), re.M))
    assert read | DAYS == explained == SETTINGS | FOR_DEVELOPERS


def commands(program: str) -> list[tuple[str, list[str]]]:
    """Service and words of every command that runs that program."""
    return [(name, SERVICES[name]["command"]) for name in OURS if SERVICES[name]["command"][0] == program]


@pytest.mark.parametrize(("name", "words"), commands("python"))
def test_manage_knows_the_command(name, words):
    assert words[:2] == ["python", "manage.py"]
    command = load_command_class(get_commands()[words[2]], words[2])
    command.create_parser("manage.py", words[2]).parse_args(words[3:])


@pytest.mark.parametrize(("name", "words"), commands("celery"))
def test_celery_knows_the_command(name, words):
    assert words[1:3] == ["--app", app.main]
    celery_command.commands[words[3]].make_context(words[3], words[4:], resilient_parsing=True)
    assert name == words[3]


def test_every_one_of_our_services_runs_one_of_these():
    assert [name for name, _words in commands("python") + commands("celery")] == ["web", "migrate", "worker", "beat"]


def test_only_what_serves_people_goes_into_the_image():
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    kept = {line.strip("!/") for line in lines if line.startswith("!")}
    assert lines[1] == "*"
    assert kept - {path.name for path in ROOT.iterdir()} == set()
    assert kept & {"var", ".git", ".env", "tests", ".venv", "staticfiles"} == set()
