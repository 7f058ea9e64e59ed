"""Page 1 of the report as plain text, for a terminal or an e-mail."""

from __future__ import annotations

import textwrap

from reports.quarterly import Decision, QuarterlyReport
from reports.wording import ACTION_GLYPH, ACTION_LABEL, clean

_WIDTH = 96


def summary_text(report: QuarterlyReport) -> str:
    """The headline, the actions, the budget and the caveats, wrapped to 96 columns; ends with a line feed."""
    lines = [f"{clean(report.college)}, {clean(report.edition)} (as of {clean(report.as_of)})", ""]
    lines += [clean(report.headline), ""]
    if report.standfirst:
        lines += [*_wrapped(report.standfirst), ""]
    lines += [f"{clean(figure.value):>8}  {clean(figure.label)}" for figure in report.key_figures]
    if report.key_figures:
        lines.append("")
    for decision in report.decisions:
        lines += _decision(decision)
    if not report.decisions:
        lines.append("No program calls for a change this quarter.")
    for title, text in (("Budget", report.budget), ("Last quarter", report.last_quarter)):
        if text:
            lines += ["", *_wrapped(f"{title}: {text}")]
    if report.caveats:
        lines += ["", "Before you decide"]
        lines += [line for caveat in report.caveats for line in _wrapped(caveat, "- ")]
    if report.data_age or report.freshness:
        lines += ["", "How old the figures are"]
        lines += [line for age in report.data_age for line in _wrapped(f"{age.kind} {age.age}", "- ")]
        lines += _wrapped(report.freshness)
    return "\n".join(lines) + "\n"


def _decision(decision: Decision) -> list[str]:
    label = f"{ACTION_GLYPH[decision.action]} {ACTION_LABEL[decision.action]:<9}"
    certainty = f" {decision.certainty}." if decision.certainty else ""
    words = f"{decision.program}. {decision.sentence}{certainty} {decision.cost}"
    return _wrapped(words, label)


def _wrapped(text: str, first: str = "") -> list[str]:
    return textwrap.wrap(clean(text), _WIDTH, initial_indent=first, subsequent_indent=" " * len(first))
