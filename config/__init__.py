"""The wiring. Worker and beat load `config.celery` by name; the web starts without it."""
