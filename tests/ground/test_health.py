from http import HTTPStatus

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client

from launcher import ports


@pytest.mark.django_db
def test_a_whole_product_is_healthy(client):
    answer = client.get("/health/")

    assert answer.status_code == HTTPStatus.OK
    assert answer.json() == {"database": "ok", "queue": "ok"}
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_asking_costs_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/health/")


@pytest.mark.django_db
def test_a_queue_that_is_gone_is_named(client, settings):
    gone = f"redis://127.0.0.1:{ports.any_free()}/0"
    backend = settings.CACHES["default"]["BACKEND"]
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": gone}}

    answer = client.get("/health/")

    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer.json() == {"database": "ok", "queue": "gone"}
    caches.close_all()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_gone_is_named():
    connection.close()
    port = connection.settings_dict["PORT"]
    connection.settings_dict["PORT"] = ports.any_free()
    try:
        answer = Client().get("/health/")
    finally:
        connection.close()
        connection.settings_dict["PORT"] = port

    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer.json()["database"] == "gone"


@pytest.mark.django_db
def test_nobody_changes_anything_by_asking(client):
    assert client.post("/health/").status_code == HTTPStatus.METHOD_NOT_ALLOWED
