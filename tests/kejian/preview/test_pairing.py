"""A code for one phone: what it is worth, and how often."""

import pytest

from kejian.preview.pairing import Pairing, Refused


def test_the_right_code_gives_a_token_once():
    pairing = Pairing()
    token = pairing.exchange(pairing.code)
    assert pairing.holds(token)
    assert pairing.exchange(pairing.code) is Refused.USED
    assert pairing.holds(token)


def test_codes_and_tokens_are_random():
    codes = {Pairing().code for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {10}
    tokens = {pairing.exchange(pairing.code) for pairing in (Pairing(), Pairing())}
    assert len(tokens) == 2
    assert min(map(len, tokens)) >= 40


def test_a_code_may_be_typed_as_people_type():
    pairing = Pairing(code="abcdefgh23")
    assert pairing.holds(pairing.exchange(" ABCDE-fgh23\n"))


@pytest.mark.parametrize("token", ["", "x", "é", "abcdefgh23"])
def test_without_the_code_no_token_counts(token):
    pairing = Pairing(code="abcdefgh23")
    assert not pairing.holds(token)
    pairing.exchange(pairing.code)
    assert not pairing.holds(token)


def test_after_five_wrong_codes_the_right_one_is_refused():
    pairing = Pairing()
    answers = [pairing.exchange(wrong) for wrong in ("", "x", "é", pairing.code[:-1], f"{pairing.code}a")]
    assert answers == [Refused.WRONG] * 4 + [Refused.LOCKED]
    assert pairing.exchange(pairing.code) is Refused.LOCKED
    assert pairing.token == ""


def test_wrong_codes_do_not_end_the_phone_that_is_connected():
    pairing = Pairing()
    token = pairing.exchange(pairing.code)
    assert {pairing.exchange("wrong") for _ in range(9)} == {Refused.USED}
    assert pairing.holds(token)
