"""The layout that North Carolina's state sites share (Drupal views on nc.gov): listing pages and press releases."""

from __future__ import annotations

from connectors.announcements.layout import Article, Listing, having

DOCUMENT = "No layout is published; the selectors follow the state's shared web platform (Drupal views)"
LICENCE = "A work of the State of North Carolina, published as a press release; facts may be cited with their address."


def listing(site: str, base: str, hosts: tuple[str, ...]) -> Listing:
    """Rows of a view: a title that links to the release, a date of release, the first sentences."""
    date = f".//*[{having('views-field-field-release-date')}]"
    return Listing(
        site=site,
        base=base,
        rows=(f"//div[{having('views-row')}]", f"//li[{having('views-row')}]", "//article[.//h2/a]"),
        link=(f".//*[{having('views-field-title')}]//a", ".//h2//a", ".//h3//a"),
        date=(f"{date}//*[@content]/@content", f"{date}//time/@datetime", date, ".//time/@datetime"),
        teaser=(f".//*[{having('views-field-body')}]//*[{having('field-content')}]",),
        hosts=hosts,
        paths=("/news/",),
    )


def article(site: str, base: str) -> Article:
    """A release: its body field, else the whole article."""
    return Article(
        site=site,
        base=base,
        body=(
            f"//*[{having('field--name-body')}]",
            f"//*[{having('field-name-body')}]",
            "//article",
            "//main",
        ),
    )
