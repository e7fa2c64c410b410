# One image; web, worker and beat differ only by command (see docker-compose.yml).
FROM python:3.13-slim AS packages
COPY requirements.txt /
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r /requirements.txt

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    EVIDENCE_ROOT=/var/lib/counterpart/evidence \
    EMAIL_FILE_PATH=/var/lib/counterpart/mail \
    CHECKPOINT_PLACES=file:/var/lib/counterpart/checkpoints.txt
RUN useradd --system --uid 10001 --home-dir /var/lib/counterpart --create-home counterpart \
    && mkdir /var/lib/counterpart/evidence /var/lib/counterpart/mail /var/lib/counterpart/beat \
    && chown -R counterpart /var/lib/counterpart
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
# The values below only let the settings load while the style sheets are collected.
RUN SECRET_KEY=build SERVER_SIGNING_KEY=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    DATABASE_URL=postgres://build REDIS_URL=redis://build \
    python manage.py collectstatic --noinput --verbosity 0
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "docker/healthy.py", "web"]
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "8", \
     "--worker-tmp-dir", "/dev/shm", "--access-logfile", "-"]
