"""The wiring. Worker and beat load `config.celery` by name; the web sends no task, and starts
without it."""
