# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # One quarter, step by step
#
# This walk runs the embedded quarter of Durham Tech and looks into every stage on the way: jobs now, jobs ahead,
# openings, who can take them, graduates, matching, advice. Everything is offline and takes about ten seconds. To see
# what an assumption does, change it in the next cell and run all cells again.

# %%
import numpy as np
import pandas as pd

from gapengine import assumptions, college, snapshot
from gapengine.run import execute

chosen = assumptions.for_college(college.embedded()).override(["draws=300"])
run = execute(snapshot.load(), college.load(None, chosen), chosen, seed=1)
print(run.edition, run.run_id, f"gap averaged over {run.period[0]} to {run.period[1]}")

# %% [markdown]
# ## Where the figures come from, and how old they are
# Every table carries its agency, vintage and age. Industry history is the oldest; `gapengine sources NAME` tells more.

# %%
provenance = pd.DataFrame([item.as_json() for item in run.snapshot.provenance]).set_index("name")
provenance[["publisher", "vintage", "rows", "age_days"]].sort_values("age_days", ascending=False).head(8)

# %% [markdown]
# ## Jobs now and ahead, by industry
# Levels are carried to the nowcast year; growth is stated against the nation's, because the national occupational
# projection already carries the nation's. `shrink` is the share of the local signal that the pooling kept.

# %%
durham = run.industries.rows.query("area_code == '20500'").sort_values("jobs", ascending=False)
durham[["naics_code", "own_code", "jobs", "growth_deviation", "shrink", "imputed"]].head(10).round(3)

# %% [markdown]
# ## Occupations: what the survey prints, and what it does not
# Registered nurses are suppressed in Durham: unknown, never zero. The fit gives them a range.

# %%
nurses = run.universe.position["29-1141"]
fitted = run.staffing["20500"]
low, middle, high = np.quantile(fitted.draws[:, nurses], [0.1, 0.5, 0.9])
assert np.isnan(fitted.published[nurses])
print(f"published: suppressed; estimated {middle:,.0f} ({low:,.0f} to {high:,.0f})")

# %% [markdown]
# ## Openings, and who can take them
# Recurring openings return every year; one-off openings come from growth and announced projects. The shares say which
# part an award level reaches, by three taxonomies and combined.

# %%
shed = run.openings["shed"]
technicians = run.universe.position["19-4021"]
recurring, one_off = (part[:, technicians].mean() for part in (shed.recurring, shed.one_off))
print(f"openings a year: recurring {recurring:.0f}, one-off {one_off:.0f}")
pd.DataFrame(
    {name: run.shares[name][technicians] for name in run.shares}, index=["certificate", "associate degree"]
).round(2)

# %% [markdown]
# ## Announced projects
# A promise is not a job: most of what is promised is discounted, late, or already in the trend.

# %%
pd.DataFrame(
    [
        {
            "company": event.company,
            "stage": event.stage,
            "expected": round(float(np.median(event.increments.sum(axis=1)))),
            "why": event.reason,
        }
        for event in run.coming.events
        if event.counted
    ]
).head(8)

# %% [markdown]
# ## Advice
# The gap is how many more graduates would still be placed after everybody else is. Gaps of linked programs overlap:
# never add them.

# %%
advice = pd.DataFrame(
    [
        {
            "program": item.evidence.program.program_id,
            "action": item.action,
            "gap": round(float(np.median(item.evidence.gap))),
            "p_shortage": round(item.evidence.p_shortage, 2),
            "p_surplus": round(item.evidence.p_surplus, 2),
            "certainty": item.certainty,
        }
        for item in run.advice
    ]
)
assert advice["action"].isin(["expand", "launch", "hold", "watch", "review", "close", "transfer"]).all()
advice["action"].value_counts()

# %%
advice.query("action in ['expand', 'launch']").sort_values("gap", ascending=False)

# %% [markdown]
# ## What would change it
# Each program carries the values at which its advice flips. `gapengine explain nursing-aas` prints the same.

# %%
nursing = next(item for item in run.advice if item.evidence.program.program_id == "nursing-aas")
for flip in nursing.flips:
    print(f"{flip.to} if the {flip.name} were {flip.value:.0%} (now {flip.now:.0%})")
