"""The named rules; what they do to a comparison is in `tests/fixtures/compare.md`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kejian.examples.record import normalise
from kejian.examples.record.normalise import normalised


@pytest.mark.parametrize(
    "rule, text, expected",
    [
        ("durations", "5s 3ms/step 0.12 s 1:23 01:02:03.5 2 分钟", "⟨time⟩ ⟨time⟩/step ⟨time⟩ ⟨time⟩ ⟨time⟩ ⟨time⟩"),
        ("durations", "x[1:23] conv5s 3 steps 7 segments", "x[1:23] conv5s 3 steps 7 segments"),
        ("progress", "12/1875 [===>......] loss: 2", "⟨n⟩/1875 ⟨bar⟩ loss: 2"),
        ("progress", "7/10 correct [1, 2]", "7/10 correct [1, 2]"),
        ("progress", " 45%|████▌     | 9/20 [00:05<00:08,  9.91it/s]", " ⟨n⟩/20⟨bar⟩"),
        ("progress", "10%\r50%\r\x1b[1m100%\x1b[0m\nnext\r\n", "100%\nnext\n"),
        ("addresses", "<M at 0x7f3a5c0d2e80> 0xff a0x12345", "<M at ⟨address⟩> 0xff a0x12345"),
    ],
)
def test_rule(rule, text, expected):
    assert normalised(text, [rule]) == expected


@given(st.text(st.sampled_from("0123456789smh:./[]=>━█|% \r\n\x1bx")), st.sets(st.sampled_from(list(normalise.RULES))))
def test_lines_stay_lines(text, rules):
    assert normalised(text, rules).count("\n") == text.count("\n")


def test_rules_are_read_in_the_order_in_which_they_apply():
    assert normalise.read("durations, progress") == ("progress", "durations")


def test_an_unknown_rule_is_refused_with_the_known_ones():
    with pytest.raises(normalise.UnknownRuleError, match="`times`") as refused:
        normalise.read("durations times")
    assert "durations" in refused.value.hint
