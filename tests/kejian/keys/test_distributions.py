"""The installed versions of what examples import."""

from importlib import metadata

import pytest

from kejian.keys import distributions


@pytest.mark.parametrize(
    "name, distribution", [("numpy", "numpy"), ("PIL", "pillow"), ("yaml", "pyyaml"), ("markdown_it", "markdown-it-py")]
)
def test_an_import_has_the_version_of_its_distribution(name, distribution):
    assert metadata.version(distribution) in distributions.version(name)


def test_tensorflow_is_one_package_whatever_its_wheel_is_called():
    wheels = {d.metadata["Name"] for d in metadata.distributions() if d.metadata["Name"].startswith("tensorflow")}
    expected = metadata.version("tensorflow" if "tensorflow" in wheels else "tensorflow-cpu")
    assert distributions.version("tensorflow") == expected
    assert distributions.companions("tensorflow") == ("keras",)


@pytest.mark.parametrize("name", ["no_such_package_at_all", "", "a b", "__main__"])
def test_what_is_not_installed_has_no_version(name):
    assert distributions.version(name) == ""
