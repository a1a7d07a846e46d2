import pytest

from kejian.core import toolchain
from kejian.makers.mermaid import choice
from kejian.makers.mermaid.measure import FONTS, Ruler


@pytest.fixture(scope="session")
def ruler():
    return Ruler(str(toolchain.locate().module(FONTS)))


@pytest.fixture(scope="session")
def merman(ruler):
    """The engine in Rust."""
    pytest.importorskip("merman", reason="no wheel for this machine")
    return choice.start(ruler, "merman")


@pytest.fixture(scope="session")
def official(ruler):
    """The official engine."""
    pytest.importorskip("mermaidx", reason="pip install mermaidx to test what takes the place of merman")
    return choice.start(ruler, "mermaidx")
