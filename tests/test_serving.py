"""The Chamber's page: a brief from a form, downloads, and nothing for strangers."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gapengine.run import Run
from gapengine.serving.editions import EDITION_FILES, editions, file_in
from gapengine.serving.form import amount, typed
from gapengine.serving.listening import answers_to, is_local
from gapengine.serving.page import application
from tests.conftest import CHECKOUT

PLAN = {
    "company": "Pine <b>Biologics</b>",
    "naics": "3254 Pharmaceutical and Medicine Manufacturing",
    "jobs": "1,400",
    "county": "37063",
    "start": "2027",
    "by": "2031",
    "wage": "$72,000",
    "mix": "",
}


@pytest.fixture
def page(run: Run, tmp_path: Path) -> Flask:
    return application(lambda: run, tmp_path / "runs", tmp_path / "briefs", partial(answers_to, "127.0.0.1"))


@pytest.fixture
def client(page: Flask) -> Iterator[FlaskClient]:
    with page.test_client() as found:
        yield found


def token(client: FlaskClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/").text)
    assert found
    return found[1]


def test_a_filled_form_makes_a_brief_that_can_be_downloaded(client: FlaskClient, tmp_path: Path) -> None:
    answer = client.post("/briefs", data=PLAN | {"token": token(client)})
    assert answer.status_code == 303
    home = client.get("/").text
    assert "Pine &lt;b&gt;Biologics&lt;/b&gt;" in home and "Pine <b>" not in home
    (address,) = re.findall(r'href="(/briefs/[0-9a-f]{12}/brief\.pdf)"', home)
    assert client.get(address).data.startswith(b"%PDF")
    assert [path.name for path in (tmp_path / "briefs").iterdir()] == [address.split("/")[2]]


def test_a_mix_that_was_typed_is_used_and_its_faults_are_told_in_words(client: FlaskClient) -> None:
    good = client.post("/briefs", data=PLAN | {"token": token(client), "mix": "soc_code,jobs\n51-9011,30\n"})
    assert good.status_code == 303
    bad = client.post("/briefs", data=PLAN | {"token": token(client), "mix": "soc_code,jobs\nabc,30\n"})
    assert bad.status_code == 422
    assert "line 2, column" in bad.text and "51-9011" in bad.text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("company", "", "Please fill this in."),
        ("jobs", "many", "Please write a number"),
        ("naics", "0000", "expected a four-digit industry"),
        ("county", "99999", "expected a county of the labor shed"),
        ("by", "2020", "expected first and last year of hiring"),
        ("jobs", "1e99", "Please write a number"),
    ],
)
def test_a_wrong_field_is_told_and_the_rest_is_kept(client: FlaskClient, field: str, value: str, said: str) -> None:
    answer = client.post("/briefs", data=PLAN | {"token": token(client), field: value})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="2027"' in answer.text


def test_another_page_cannot_send_the_form(client: FlaskClient, tmp_path: Path) -> None:
    good = token(client)
    assert client.post("/briefs", data=PLAN).status_code == 403
    assert client.post("/briefs", data=PLAN | {"token": "x" + good}).status_code == 403
    foreign = client.post("/briefs", data=PLAN | {"token": good}, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert not (tmp_path / "briefs").exists()


def test_a_foreign_name_pointed_at_this_machine_is_refused(client: FlaskClient) -> None:
    assert client.get("/", headers={"Host": "evil.example:8765"}).status_code == 421
    assert client.get("/", headers={"Host": "localhost:8765"}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/briefs/../../etc/passwd",
        "/briefs/0123456789ab/brief.json",
        "/briefs/..%2f..%2fx/brief.pdf",
        "/editions/a/b/c/run.json",
        "/editions/..%2f/..%2f/x/report.pdf",
        "/editions/a/b/c/report.pdf",
        "/nothing",
    ],
)
def test_only_the_listed_files_are_served(client: FlaskClient, address: str) -> None:
    assert client.get(address, follow_redirects=True).status_code == 404


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(b"secret")
    shelf = tmp_path / "runs" / "a" / "2026Q4" / "c"
    shelf.mkdir(parents=True)
    (shelf / "report.pdf").symlink_to(tmp_path / "secret.pdf")
    assert file_in(tmp_path / "runs", ("a", "2026Q4", "c"), "report.pdf", EDITION_FILES) is None


def test_editions_are_listed_newest_first(tmp_path: Path) -> None:
    for edition in ("2026Q3", "2026Q4"):
        shelf = tmp_path / "college" / edition / "abc"
        shelf.mkdir(parents=True)
        for name in ("run.json", "report.html"):
            (shelf / name).write_text("{}")
    assert [shelf.place[1] for shelf in editions(tmp_path)] == ["2026Q4", "2026Q3"]
    assert editions(tmp_path)[0].files == ("report.html",)


def test_every_answer_is_guarded(client: FlaskClient) -> None:
    for address in ("/", "/nothing"):
        headers = client.get(address).headers
        assert headers["X-Frame-Options"] == "DENY" and "default-src 'none'" in headers["Content-Security-Policy"]
    assert client.post("/briefs", data={"company": "x" * 400_000}).status_code == 413


def test_numbers_are_read_as_people_write_them() -> None:
    assert (amount("$72,000"), amount("400"), amount("nan"), amount("a lot")) == (72_000, 400, None, None)
    assert typed({"company": " \n"}).wrong["company"]


def test_it_listens_on_this_machine_only_unless_told() -> None:
    assert is_local("127.0.0.1") and is_local("localhost") and is_local("::1") and not is_local("0.0.0.0")
    assert answers_to("0.0.0.0", "192.0.2.7") and not answers_to("0.0.0.0", "evil.example")
    assert not answers_to("127.0.0.1", "192.0.2.7")


def test_the_command_serves_until_it_is_stopped(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gapengine", "serve", "--port", "0", "--out", str(tmp_path / "briefs")]
    with subprocess.Popen(
        [*command, "--set", "draws=50"], cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout
            said = [process.stdout.readline(), process.stdout.readline()]
            (port,) = re.findall(r"http://localhost:(\d+)/", said[1])
            page = http.client.HTTPConnection("127.0.0.1", int(port), timeout=30)
            page.request("GET", "/")
            assert b"What will an incoming employer find here?" in page.getresponse().read()
            page.close()
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=30)
            assert "Traceback" not in errors
        finally:
            if process.poll() is None:
                process.kill()
