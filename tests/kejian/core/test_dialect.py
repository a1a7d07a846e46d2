"""What Markdown Preview Enhanced lets its users choose."""

import msgspec
import pytest

from kejian.core.dialect import NAMES, Dialect, named


def test_the_defaults_are_the_editors_but_for_critic_markup():
    on = {name for name, value in msgspec.to_builtins(Dialect()).items() if value is True}
    assert on == {"single_newlines", "critic", "emoji"}


def test_each_of_the_editors_names_means_a_setting():
    assert set(NAMES.values()) == set(Dialect.__struct_fields__)


def test_a_setting_by_either_name():
    assert named("enableTypographer", True) == named("typographer", True) == ("typographer", True)
    assert named("useGitHubStylePipedLink", True) == ("wiki_links", "text|page")
    assert named("useGitHubStylePipedLink", False) == ("wiki_links", "page|text")


def test_pairs_that_are_read():
    assert msgspec.convert({"inline_math": [["$", "$"]]}, Dialect).inline_math == (("$", "$"),)
    with pytest.raises(msgspec.ValidationError, match="none of the pairs"):
        msgspec.convert({"inline_math": [["§", "§"]]}, Dialect)
