"""The layout that sites of regional partners share: news as cards with a headline, a date and the first words."""

from __future__ import annotations

from connectors.announcements.layout import Article, Listing, having


def listing(site: str, base: str, hosts: tuple[str, ...], rows: tuple[str, ...]) -> Listing:
    """Cards that link to an article below /news/; ``rows`` are a site's own selectors of a card."""
    return Listing(
        site=site,
        base=base,
        rows=rows,
        link=(".//h2//a[@href]", ".//h3//a[@href]", ".//h4//a[@href]", ".//a[@href][normalize-space()]"),
        date=(".//time/@datetime", ".//time", f".//*[{having('date')}]", f".//*[{having('entry-date')}]", "."),
        teaser=(f".//*[{having('excerpt')}]", ".//p"),
        hosts=hosts,
        paths=("/news/",),
    )


def article(site: str, base: str) -> Article:
    """An article: the content of the entry, else the whole article."""
    return Article(
        site=site,
        base=base,
        body=(f"//*[{having('entry-content')}]", f"//*[{having('post-content')}]", "//article", "//main"),
    )
