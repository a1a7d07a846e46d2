"""The installed versions of what examples import."""

from importlib import metadata

import pytest

from kejian.examples.keys import distributions


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


def test_what_a_distribution_requires_is_known_by_one_spelling():
    assert {"numpy", "pillow", "python-dateutil"} <= distributions.required(["matplotlib"])
    assert distributions.plain("ML_dtypes") == distributions.plain("ml-dtypes") in distributions.required(["keras"])


def test_what_only_an_extra_requires_is_not_required():
    said = metadata.requires("requests")
    assert any("PySocks" in one and "extra ==" in one for one in said)
    assert "pysocks" not in distributions.required(["requests"])
    assert distributions.required(["no-such-distribution"]) == set()


@pytest.fixture
def linked(tmp_path, monkeypatch):
    """A distribution `linked 1.0` that is a link to a folder; takes the code of its module."""
    info = tmp_path / "site" / "linked-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: linked\nVersion: 1.0\n", "utf-8")
    url = (tmp_path / "lib").as_uri()
    (info / "direct_url.json").write_text(f'{{"url": "{url}", "dir_info": {{"editable": true}}}}', "utf-8")
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.syspath_prepend(tmp_path / "lib")

    def write(text):
        (tmp_path / "lib" / "linked").mkdir(parents=True, exist_ok=True)
        (tmp_path / "lib" / "linked" / "__init__.py").write_text(text, "utf-8")

    return write


def test_one_that_is_a_link_to_a_folder_counts_by_its_code(linked):
    linked("x = 1")
    before = distributions.version("linked")
    linked("x = 2")
    after = distributions.version("linked")
    assert before.startswith("1.0 editable ")
    assert after.startswith("1.0 editable ")
    assert before != after
    linked("x = 1")
    assert distributions.version("linked") == before
