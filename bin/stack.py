"""`make stack`: okrsite as it runs in a bigger house: web processes, a worker and the beat, until Ctrl-C.

`DATABASE_URL` and `REDIS_URL` name the services; left out, they are looked for on their standard ports.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2  # type: ignore[import-untyped]  # it has no types
import redis

ROOT = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, "manage.py"]
CELERY = [sys.executable, "-m", "celery", "--app", "okrsite", "--quiet"]
DEFAULTS = {
    "DATABASE_URL": "postgres://postgres@127.0.0.1:5432/okrsite",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "WEB_PROCESSES": "2",
}
PROCESSES = (
    [*MANAGE, "serve"],
    [*CELERY, "worker", "--loglevel", "WARNING", "--concurrency", "1"],
    [*CELERY, "beat", "--loglevel", "WARNING"],
)
PATIENCE = 30.0  # seconds that the processes have to finish what is in hand


def main() -> int:
    """Start all of it and wait; 0 after Ctrl-C, else the code of the process that ended by itself."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    environment = {**DEFAULTS, **{name: value for name, value in os.environ.items() if value}}
    if problem := why_no_database(environment["DATABASE_URL"]) or why_no_redis(environment["REDIS_URL"]):
        sys.stderr.write(f"{problem}\n")
        return 1
    subprocess.run([*MANAGE, "migrate", "--verbosity", "0"], cwd=ROOT, env=environment, check=True)  # noqa: S603 - ours
    running: list[subprocess.Popen[bytes]] = []
    try:
        running.extend(
            subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)  # noqa: S603 - ours
            for command in PROCESSES
        )
        return first_code(running)
    except KeyboardInterrupt:
        return 0
    finally:
        end(running)


def why_no_database(url: str) -> str:
    """What is wrong with PostgreSQL; "" when it answers. Makes the database if need be."""
    try:
        make_database(url)
    except psycopg2.OperationalError as problem:
        return f"make stack needs PostgreSQL; DATABASE_URL leads to {without_password(url)}.\n{problem}"
    return ""


def why_no_redis(url: str) -> str:
    """What is wrong with Redis; "" when it answers."""
    try:
        redis.Redis.from_url(url, socket_connect_timeout=2).ping()
    except redis.RedisError as problem:
        return f"make stack needs Redis; REDIS_URL leads to {without_password(url)}.\n{problem}"
    return ""


def make_database(url: str) -> None:
    """Create the database that `url` names, unless it is there. Raises psycopg2.OperationalError."""
    name = urlsplit(url).path.lstrip("/")
    connection = psycopg2.connect(urlsplit(url)._replace(scheme="postgresql", path="/postgres").geturl())
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {psycopg2.extensions.quote_ident(name, cursor)}")
    connection.close()


def without_password(url: str) -> str:
    """The address, to be shown on a screen that others may see."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def first_code(running: list[subprocess.Popen[bytes]]) -> int:
    """Wait until one of the processes ends; its code, 1 for a silent end."""
    while True:
        for process in running:
            if process.poll() is not None:
                return process.returncode or 1
        time.sleep(0.2)


def end(running: list[subprocess.Popen[bytes]]) -> None:
    """Ask all to finish, wait for them, and end by force what does not."""
    for process in running:
        process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in running:
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    sys.exit(main())
