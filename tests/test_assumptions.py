"""Every disputable number has a unit, a range, a reason and a source, and can be set within its range only."""

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gapengine import assumptions as module
from gapengine.assumptions import Assumptions
from gapengine.errors import DataContract, UsageError

EMBEDDED = module.load()
STAGES = ("announced", "approved", "building", "hiring", "open", "amended", "delayed", "cancelled")


def own_file(folder: Path, text: str) -> Path:
    path = folder / "assumptions.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", list(EMBEDDED))
def test_an_assumption_says_in_which_unit_why_and_from_where(name):
    item = EMBEDDED[name]
    assert item.low <= item.value <= item.high
    assert len(item.why) > 15, "a reason, not a word"
    assert item.judged or "http" in item.source or re.match(r"[A-Z]", item.source), item.source
    assert item.unit.strip() == item.unit
    assert item.unit


def test_shares_lie_between_0_and_1():
    for name, item in EMBEDDED.items():
        if item.unit.startswith(("share", "probability")):
            assert item.low >= 0, name
            assert item.high <= 1, name


@pytest.mark.parametrize("taxonomy", ["typical_entry", "attainment", "required_education"])
def test_the_two_classes_never_claim_more_than_all_openings(taxonomy):
    group = EMBEDDED.group(f"level_share.{taxonomy}")
    for category in {name.rsplit(".", 1)[0] for name in group}:
        assert group[f"{category}.certificate"].value + group[f"{category}.associate"].value <= 1, category


def test_licensed_occupations_state_both_classes_and_no_more_than_all_openings():
    group = EMBEDDED.group("licensure")
    for soc_code in {name.split(".")[0] for name in group}:
        assert re.fullmatch(r"\d\d-\d{4}", soc_code)
        assert 0 < group[f"{soc_code}.certificate"].value + group[f"{soc_code}.associate"].value < 1, soc_code


def test_the_required_education_shares_cover_the_twelve_categories():
    names = {name.split(".")[0] for name in EMBEDDED.group("level_share.required_education")}
    assert names == {str(category) for category in range(1, 13)}


@pytest.mark.parametrize("level", ["certificate", "diploma", "associate", "noncredit"])
def test_a_cohort_is_what_one_section_yields(level):
    parts = [
        EMBEDDED.value(f"capacity.{name}.{level}") for name in ("seats_per_section", "fill_rate", "completion_rate")
    ]
    assert EMBEDDED.value(f"cohort_size.{level}") == pytest.approx(np.prod(parts), abs=1)


def test_later_stages_of_a_project_fail_less_often():
    odds = [
        EMBEDDED.value(f"stage.{stage}.zero_odds") for stage in ("announced", "approved", "building", "hiring", "open")
    ]
    assert odds == sorted(odds, reverse=True)
    assert {name.split(".")[0] for name in EMBEDDED.group("stage")} == set(STAGES)


def test_an_unknown_name_offers_the_nearest():
    with pytest.raises(KeyError, match="entrant_share"):
        EMBEDDED["entrants_share"]
    with pytest.raises(KeyError, match="below 'level_shares'"):
        EMBEDDED.group("level_shares")


def test_an_override_is_marked_and_leaves_the_original_alone():
    changed = EMBEDDED.override(["entrant_share.open=0.4", " draws = 200 "])
    assert (changed.value("entrant_share.open"), changed["entrant_share.open"].overridden) == (0.4, True)
    assert changed.whole("draws") == 200
    assert not EMBEDDED["entrant_share.open"].overridden
    assert [name for name, item in changed.items() if item.overridden] == ["draws", "entrant_share.open"]


def test_a_name_with_a_space_and_an_apostrophe_can_be_set():
    name = "level_share.typical_entry.Associate's degree.certificate"
    assert EMBEDDED.override([f"{name}=0.2"]).value(name) == 0.2


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("entrant_share.open=0.05", "between 0.1 and 0.5 share of addressable openings"),
        ("entrant_share.open=nan", "between 0.1 and 0.5"),
        ("entrant_share.open=much", "'much' is no number"),
        ("entrantshare.open=0.3", "Did you mean 'entrant_share.open'"),
        ("entrant_share", "expected name=value"),
        ("=0.3", "expected name=value"),
        ("stage=1", "stage.announced.zero_odds"),
    ],
)
def test_a_wrong_setting_is_refused_with_what_would_be_right(setting, message):
    with pytest.raises(UsageError, match=re.escape(message)) as raised:
        EMBEDDED.override([setting])
    assert raised.value.exit_code == 2


@given(name=st.sampled_from(list(EMBEDDED)), position=st.floats(0, 1))
def test_every_value_of_the_range_can_be_set(name, position):
    item = EMBEDDED[name]
    value = min(max(item.low + position * (item.high - item.low), item.low), item.high)
    assert EMBEDDED.override([f"{name}={value!r}"]).value(name) == value


@given(name=st.sampled_from(list(EMBEDDED)), beyond=st.floats(1e-6, 1e6), above=st.booleans())
def test_no_value_outside_the_range_can_be_set(name, beyond, above):
    item = EMBEDDED[name]
    value = item.high + beyond * (1 + abs(item.high)) if above else item.low - beyond * (1 + abs(item.low))
    with pytest.raises(UsageError):
        EMBEDDED.override([f"{name}={value!r}"])


@settings(max_examples=40)
@given(name=st.sampled_from(list(EMBEDDED)), seed=st.integers(0, 2**32 - 1))
def test_draws_stay_in_the_range_and_an_overridden_number_is_fixed(name, seed):
    item = EMBEDDED[name]
    draws = item.draw(np.random.default_rng(seed), 200)
    assert draws.shape == (200,)
    assert (draws >= item.low).all()
    assert (draws <= item.high).all()
    fixed = EMBEDDED.override([f"{name}={item.high!r}"])[name].draw(np.random.default_rng(seed), 5)
    assert fixed.tolist() == [item.high] * 5


def test_a_college_replaces_single_assumptions_and_keeps_the_rest(tmp_path):
    path = own_file(
        tmp_path,
        '[entrant_share.open]\nvalue = 1.5\nlow = 1\nhigh = 2\nunit = "share"\nwhy = "own count"\nsource = "college"\n',
    )
    own = module.load(path)
    assert own.value("entrant_share.open") == 1.5
    assert len(own) == len(EMBEDDED)
    assert list(own) == list(EMBEDDED)
    assert module.for_college(tmp_path).value("entrant_share.open") == 1.5


def test_a_college_without_a_file_of_its_own_uses_the_embedded_ones(tmp_path):
    assert module.for_college(tmp_path) == EMBEDDED


FULL = 'unit = "share"\nwhy = "because"\nsource = "us"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            f"# note\n[entrant_share]\nvalue = 3\nlow = 0\nhigh = 1\n{FULL}",
            "line 2, entrant_share: expected low <= value",
        ),
        (f"[entrant_share]\nvalue = 0.3\nhigh = 1\n{FULL}", "line 1, entrant_share: expected a low"),
        ("[entrant_share]\nvalue = 0.3\nlow = 0\nhigh = 1\nunit = 'share'\nsource = 'us'\n", "expected a why"),
        (
            f'[entrant_share]\nvalue = "0.3"\nlow = 0\nhigh = 1\n{FULL}',
            "line 2, entrant_share.value: expected a finite",
        ),
        (f"[entrant_share]\nvalue = true\nlow = 0\nhigh = 1\n{FULL}", "expected a finite number, found True"),
        (
            f"[entrant_share]\nvalue = 0.3\nlow = 0\nhigh = 1\nhihg = 2\n{FULL}",
            "line 5, entrant_share.hihg: expected only",
        ),
        (f"[entrant_shares.open]\nvalue = 0.3\nlow = 0\nhigh = 1\n{FULL}", "Did you mean 'entrant_share.open'"),
        (f"{FULL}entrant_share = 0.3\n", "line 4, entrant_share: expected a table"),
        ("[entrant_share\n", "line 1"),
    ],
)
def test_a_broken_file_is_refused_with_its_line_and_what_was_expected(tmp_path, text, message):
    with pytest.raises(DataContract, match=re.escape(message)) as raised:
        module.load(own_file(tmp_path, text))
    assert "assumptions.toml" in str(raised.value)
    assert raised.value.exit_code == 6


def test_unit_reason_and_source_may_stand_once_in_the_table_above():
    low, high = EMBEDDED["stays.shed.certificate"], EMBEDDED["stays.state.associate"]
    assert (low.unit, low.why, low.source) == (high.unit, high.why, high.source)


def test_assumptions_cannot_be_changed_in_place():
    with pytest.raises(AttributeError):
        EMBEDDED["draws"].value = 3  # type: ignore[misc]
    assert isinstance(EMBEDDED, Assumptions)
    assert "draws" in EMBEDDED
    assert "no such" not in EMBEDDED
