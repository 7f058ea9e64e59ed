"""The page itself: a Flask application with four addresses, safe against hostile input and other people's web pages."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, redirect, render_template, request, send_file, url_for
from werkzeug.exceptions import HTTPException

from gapengine import employer
from gapengine.errors import GapengineError
from gapengine.groundwork import Groundwork
from gapengine.serving.editions import BRIEF_FILES, EDITION_FILES, briefs, editions, file_in
from gapengine.serving.form import FIELDS, Typed, told, typed

MOST_BYTES = 256 * 1024
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)


def application(prepare: Callable[[], Groundwork], runs: Path, made: Path, answers_to: Callable[[str], bool]) -> Flask:
    """Make the page.

    Args:
        prepare: gives the figures; called once, when they are first needed.
        runs: folder of runs, read only.
        made: folder for briefs, the only one that is written to.
        answers_to: whether the page may be addressed under a name.
    """
    page = Flask(__name__)
    page.config.update(MAX_CONTENT_LENGTH=MOST_BYTES, MAX_FORM_PARTS=20)
    token = secrets.token_urlsafe(24)
    once = threading.Lock()
    ready: list[Groundwork] = []

    def figures() -> Groundwork:
        with once:
            if not ready:
                ready.append(prepare())
        return ready[0]

    def form_page(form: Typed, message: str = "", status: int = 200) -> tuple[str, int]:
        ground = figures()
        titles = ground.snapshot["naics_titles"]
        industries = titles[titles["naics_code"].str.len() == 4]
        words = render_template(
            "page.html",
            college=ground.college.name,
            partner=ground.college.profile.partner,
            as_of=ground.as_of.isoformat(),
            counties=ground.college.county_names,
            industries=list(zip(industries["naics_code"], industries["naics_title"], strict=True)),
            form=form,
            message=message,
            token=token,
            editions=editions(runs),
            briefs=briefs(made)[:30],
            edition_files=EDITION_FILES,
            brief_files=BRIEF_FILES,
            first_year=ground.as_of.year,
        )
        return words, status

    @page.before_request
    def only_our_own_name() -> None:
        name = request.host.partition("]")[0] + "]" if request.host.startswith("[") else request.host.partition(":")[0]
        if not answers_to(name):
            abort(421)
        if request.method == "POST":
            foreign = request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")
            if foreign or not secrets.compare_digest(request.form.get("token", ""), token):
                abort(403)

    @page.after_request
    def guarded(answer: Response) -> Response:
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["X-Frame-Options"] = "DENY"
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["Cache-Control"] = "no-store"
        answer.headers.setdefault("Content-Security-Policy", POLICY)
        return answer

    @page.get("/")
    def home() -> Any:
        return form_page(Typed(dict.fromkeys(FIELDS, ""), {}))

    @page.post("/briefs")
    def make() -> Any:
        form = typed(request.form)
        if form.wrong:
            return form_page(form, "Some fields need another look.", 422)
        try:
            name = _made(figures(), form, made)
        except GapengineError as error:
            return form_page(form, str(error), 422)
        return redirect(url_for("home", _anchor=name), 303)

    @page.get("/briefs/<name>/<file>")
    def brief(name: str, file: str) -> Any:
        return _sent(file_in(made, (name,), file, BRIEF_FILES))

    @page.get("/editions/<college>/<edition>/<run>/<file>")
    def edition(college: str, edition: str, run: str, file: str) -> Any:
        return _sent(file_in(runs, (college, edition, run), file, EDITION_FILES))

    @page.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Any:
        code = error.code or 500
        return render_template("refused.html", code=code, words=_WORDS.get(code, error.name)), code

    return page


_WORDS = {
    403: "This form was not sent from this page, or the page was started anew. Open it again and repeat.",
    404: "There is no such page or file here.",
    405: "That cannot be done at this address.",
    413: "That is too much text for this form.",
    421: "This page answers only to the name it was started with.",
}


def _made(ground: Groundwork, form: Typed, folder: Path) -> str:
    """Make a brief in a folder that appears whole, and return its name."""
    folder.mkdir(parents=True, exist_ok=True)
    working = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
    try:
        plan = told(form)
        if form.values["mix"]:
            mix = working / "mix.csv"
            mix.write_text(form.values["mix"], encoding="utf-8")
            plan = replace(plan, mix=mix)
        written = employer.write(ground, plan, working)
        target = folder / written.brief.brief_id
        if target.exists():
            shutil.rmtree(target)
        working.replace(target)
    finally:
        shutil.rmtree(working, ignore_errors=True)
    return written.brief.brief_id


def _sent(path: Path | None) -> Response:
    if path is None:
        abort(404)
    answer = send_file(path)
    if path.suffix == ".html":  # our own pages carry a policy of their own, which may run the table's sorting
        answer.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; font-src data:; img-src data:; "
            "frame-ancestors 'none'; sandbox allow-scripts"
        )
    return answer
