"""The real tool chain, and what the makers say."""

from pathlib import Path

import pytest

from kejian.core import toolchain
from kejian.makers import tex_macros
from kejian.makers.node_pool import Worker
from kejian.makers.typeset import Typesetter

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def tools():
    return toolchain.locate()


@pytest.fixture(scope="session")
def macros():
    files = (ROOT / "templates" / tex_macros.DEFAULTS, ROOT / "macros.json")
    return tex_macros.merged(*(tex_macros.read(file.name, file.read_text("utf-8"))[0] for file in files))


@pytest.fixture(scope="session")
def typeset(macros):
    return Typesetter(Worker(toolchain.locate), macros)
