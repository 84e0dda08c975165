FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 OKRSITE_VAR=/data
RUN useradd --system --uid 10001 --home-dir /okrsite --shell /usr/sbin/nologin okrsite \
 && install --directory --owner okrsite --mode 0700 /data
WORKDIR /okrsite

COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --root-user-action=ignore --require-hashes -r requirements.txt \
 && python -m compileall -q "$(python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"

COPY . .
RUN DATABASE_URL=sqlite://:memory: SECRET_KEY=only-for-collecting-files-never-for-serving \
    python manage.py collectstatic --noinput --verbosity 0 \
 && python -m compileall -q .

USER okrsite
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/livez', timeout=4)"]
CMD ["python", "manage.py", "serve", "--host", "0.0.0.0", "--port", "8000"]
