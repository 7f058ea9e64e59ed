"""How numbers and foreign text are written on a page: rounded to what is known, with units, visible characters only."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from reports.quantities import ActionKind, Figure, Range

UNKNOWN = "not known"

ACTION_LABEL: dict[ActionKind, str] = {
    "expand": "Expand",
    "launch": "Launch",
    "hold": "Hold",
    "watch": "Watch",
    "review": "Review",
    "close": "Close",
    "transfer": "Transfer",
}

ACTION_GLYPH: dict[ActionKind, str] = {
    "expand": "▲",
    "launch": "+",
    "hold": "—",
    "watch": "◆",
    "review": "▽",
    "close": "▼",
    "transfer": "→",
}

ACTION_MEANING: dict[ActionKind, str] = {
    "expand": "More graduates would find openings; add sections.",
    "launch": "Openings without a program; start one.",
    "hold": "No change is justified yet; keep as it is.",
    "watch": "The numbers point somewhere, but a rule or missing evidence holds the advice back.",
    "review": "More graduates than openings; look at it with the numbers that are still missing.",
    "close": "More graduates than openings, and every safeguard against a wrong closing is met.",
    "transfer": "Prepares for a further degree; judged by transfer, never by openings.",
}

# Order of groups in the table of all programs: what needs a decision comes first.
ACTION_ORDER: tuple[ActionKind, ...] = ("expand", "launch", "close", "review", "watch", "hold", "transfer")

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_MANY = re.compile(r"\b(year|quarter|month|day|seat|section|place|student|cohort|equivalent|project|draw)s\b")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """Foreign text as one line of visible characters: no control, zero-width or direction marks."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def web_address(address: str) -> str:
    """The address if it is a plain http, https or mailto link, otherwise nothing."""
    address = _INVISIBLE.sub("", address).strip()
    if re.search(r"\s", address):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    allowed = (parts.scheme in {"http", "https"} and parts.netloc) or (parts.scheme == "mailto" and parts.path)
    return address if allowed else ""


def shorten(text: str, length: int) -> str:
    """The text, cut at a word and marked with an ellipsis where it is longer than length characters."""
    text = clean(text)
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def capital(text: str) -> str:
    """The text with a capital first letter, as a sentence or a line of a table begins."""
    return text[:1].upper() + text[1:]


def stopped(text: str) -> str:
    """The text with a full stop, unless it ends a sentence already."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def sentences(text: str, length: int) -> str:
    """The text; where it is longer than length characters its first whole sentences, and only else cut at a word."""
    text = clean(text)
    if len(text) <= length:
        return text
    ends = [match.end() for match in re.finditer(r"[.!?](?= )", text[: length + 1])]
    return text[: ends[-1]] if ends else shorten(text, length)


def number(value: float | None) -> str:
    """People, jobs or rows: whole, and beyond a thousand to three figures, "1,240"."""
    if value is None:
        return UNKNOWN
    size = abs(value)
    step = 1 if size < 1000 else 10 if size < 10_000 else 100
    whole = int(round(value / step) * step)
    return f"{whole:,}".replace("-", "−")


def people(value: float | None) -> str:
    """A count of people a year; fewer than half a person is "under 1", never 0."""
    return "under 1" if value is not None and 0 < value < 0.5 else number(value)


def chance(value: float | None) -> str:
    """A share of the draws in percent; what draws cannot rule out is never 0% or 100%."""
    if value in (0, 1):
        return ">99%" if value else "<1%"
    return share(value)


def exact(value: float | None) -> str:
    """A count as it is, "48,216"."""
    return UNKNOWN if value is None else f"{value:,.0f}".replace("-", "−")


def spread(value: Range | None) -> str:
    """The 80% range, "62–175"; one number where both ends read the same; nothing where it is not known."""
    if value is None:
        return ""
    low, high = number(value.p10), number(value.p90)
    if low == high:
        return low
    return f"{low} to {high}" if "−" in low + high else f"{low}–{high}"


def share(value: float | None) -> str:
    """A probability or share in percent, never rounded to certainty."""
    if value is None:
        return UNKNOWN
    if 0 < value < 0.01:
        return "<1%"
    if 0.99 < value < 1:
        return ">99%"
    return f"{value * 100:.0f}%"


def money(value: float | None) -> str:
    """Dollars to three figures: "$860", "$41,200", "$1.24 million"."""
    if value is None:
        return UNKNOWN
    sign, size = ("−" if value < 0 else ""), abs(value)
    if size >= 999_500:
        return f"{sign}${size / 1e6:,.2f}".rstrip("0").rstrip(".") + " million"
    step = 1 if size < 1000 else 10 if size < 10_000 else 100 if size < 100_000 else 1000
    return f"{sign}${round(size / step) * step:,.0f}"


def money_range(value: Range | None) -> str:
    """A cost with its range, "$86,000 ($60,000–$110,000)"; nothing where it is not known."""
    if value is None:
        return ""
    low, high = money(value.p10), money(value.p90)
    return money(value.p50) if low == high else f"{money(value.p50)} ({low}–{high})"


def quantity(value: float | str | None, unit: str) -> str:
    """A number with its unit: shares in percent, dollars with their sign, everything else followed by the unit."""
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return clean(f"{value} {unit}")
    if unit.startswith("share"):
        return f"{value * 100:.3g}%" + unit.removeprefix("share").replace(" of 1", "")
    if unit.startswith("$"):
        return money(value) + unit[1:]
    if value == 1:
        unit = _MANY.sub(r"\1", unit, count=1)
    digits = f"{value:,.0f}" if float(value).is_integer() else f"{value:,.3g}"
    return clean(f"{digits} {unit}".replace("-", "−", 1) if value < 0 else f"{digits} {unit}")


def figure_range(figure: Figure) -> str:
    """The plausible range of an assumed figure without its unit, "12–20"; nothing where there is none."""
    return plain_range(figure.low, figure.high, figure.unit)


def plain_range(low: float | None, high: float | None, unit: str) -> str:
    """Lowest and highest plausible value, "12–20" or "25%–75%"; nothing where either is missing."""
    if low is None or high is None:
        return ""
    bare = unit if unit.startswith("share") else "$" if unit.startswith("$") else ""
    bare = "share" if bare.startswith("share") else bare
    return f"{quantity(low, bare)}–{quantity(high, bare)}"


def plural(count: int, one: str, many: str = "") -> str:
    """The count with its noun, "1 program", "12 programs"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
