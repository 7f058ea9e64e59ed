"""A plain text classifier: learns, says how sure it is, falls back to shorter codes, and says unsure."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.text import guess_of, train

EXAMPLES = {
    "3111": [
        "dog food manufacturing",
        "cat food canning",
        "animal feed mills",
        "pet food plants",
        "bird feed manufacturing",
    ],
    "3118": ["bread bakeries", "cookie manufacturing", "cracker baking", "cake bakeries", "pastry manufacturing"],
    "5221": ["commercial banks", "savings banks", "credit unions", "banking, branch offices", "industrial banks"],
}
TEXTS = [text for texts in EXAMPLES.values() for text in texts]
CODES = [code for code, texts in EXAMPLES.items() for text in texts]
MODEL = train(TEXTS, CODES, np.random.default_rng(3))


@pytest.mark.parametrize(
    ("text", "code"), [("a dog food plant", "3111"), ("cookies and crackers", "3118"), ("a bank", "5221")]
)
def test_a_text_gets_the_code_whose_words_it_uses(text: str, code: str) -> None:
    assert MODEL.guess([text])[0].best == code


@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_probabilities_add_up_to_one_for_any_text(texts: list[str]) -> None:
    chances = MODEL.probabilities(texts)
    assert chances.shape == (len(texts), 3)
    assert np.allclose(chances.sum(axis=1), 1) and (chances >= 0).all()


def test_the_same_generator_gives_the_same_probabilities() -> None:
    again = train(TEXTS, CODES, np.random.default_rng(3))
    assert np.array_equal(again.probabilities(["dog food"]), MODEL.probabilities(["dog food"]))


def test_a_doubtful_text_gets_a_shorter_code_and_a_hopeless_one_none() -> None:
    codes = np.array(["3111", "3118", "5221"])
    lengths = (4, 3, 2)
    assert guess_of(np.array([0.7, 0.2, 0.1]), codes, lengths, 0.5).code == "3111"
    shorter = guess_of(np.array([0.4, 0.4, 0.2]), codes, lengths, 0.5)
    assert (shorter.code, round(shorter.probability, 6)) == ("311", 0.8)
    unsure = guess_of(np.array([0.3, 0.1, 0.6]), np.array(["3111", "4238", "5221"]), lengths, 0.7)
    assert unsure.code is None and unsure.best == "5221"
    assert [code for code, _ in unsure.runners_up] == ["5221", "3111", "4238"]


def test_what_stands_behind_except_teaches_nothing() -> None:
    model = train(
        ["glass (except bottles)", "bottles of steel", "glass panes"],
        ["1111", "2222", "1111"],
        np.random.default_rng(1),
        0,
    )
    assert model.guess(["bottles"])[0].best == "2222"


def test_examples_without_codes_are_refused() -> None:
    with pytest.raises(ValueError, match="one code for each text"):
        train(["a", "b"], ["1"], np.random.default_rng(1))


def test_a_probability_is_the_share_that_was_right_and_keeps_the_order() -> None:
    rng = np.random.default_rng(11)
    words = [f"{code}{word}" for code in "abcd" for word in "uvwxyz"]
    texts = [" ".join(rng.choice(words, 4)) for _ in range(8000)]
    codes = [text[0] if rng.random() < 0.7 else str(rng.choice(list("abcd"))) for text in texts]
    model = train(texts[:7000], codes[:7000], rng)
    chances = model.probabilities(texts[7000:])
    sure = chances.max(axis=1) > 0.5
    hits = model.codes[chances.argmax(axis=1)] == np.array(codes[7000:])
    assert model.said.size and abs(chances[sure].max(axis=1).mean() - hits[sure].mean()) < 0.05
    assert np.allclose(chances.sum(axis=1), 1)
    assert np.array_equal(chances.argmax(axis=1), model.scores(texts[7000:]).argmax(axis=1))
