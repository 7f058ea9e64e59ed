"""The report's faces inside its HTML, cut down to the characters of the page, so that it looks the same offline."""

from __future__ import annotations

import base64
import html
import io
import re
from importlib.resources import files

# family, weight, package, file
_FACES = (
    ("Source Sans Pro", 400, "font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    ("Source Sans Pro", 600, "font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    ("Source Serif Pro", 600, "font_source_serif_pro", "SourceSerifPro-Semibold.ttf"),
)


def with_faces(page: str) -> str:
    """The page with its faces as data: addresses in its style sheet; the same page gives the same text.

    Args:
        page: an HTML document with a ``<style>`` element.
    """
    characters = "".join(sorted(set(html.unescape(re.sub(r"<[^>]*>", "", page))) | set("0123456789")))
    rules = (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
        f"src: url(data:font/woff;base64,{_cut(package, name, characters)}) }}"
        for family, weight, package, name in _FACES
    )
    return page.replace("<style>", "<style>" + "\n".join(rules) + "\n", 1)


def _cut(package: str, name: str, characters: str) -> str:
    from fontTools import subset  # noqa: PLC0415  (0.1 s, and only where a page for the screen is written)
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    options = subset.Options()
    options.layout_features = ["tnum"]
    options.drop_tables += ["GPOS"]  # kerning would take three times as long as all else
    options.hinting = False
    options.name_IDs = [1, 2, 13, 14]  # family and licence
    with TTFont(files(package).joinpath("files", name).open("rb"), recalcTimestamp=False, lazy=True) as face:
        cut = subset.Subsetter(options)
        cut.populate(text=characters)
        cut.subset(face)
        face.flavor = "woff"
        out = io.BytesIO()
        face.save(out)
    return base64.b64encode(out.getvalue()).decode()
