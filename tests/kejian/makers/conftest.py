"""The real tool chain, and what the makers say."""

from pathlib import Path

import pytest

from kejian import toolchain
from kejian.makers import texmacros
from kejian.makers.typeset import Typeset
from kejian.makers.worker import Worker

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def tools():
    return toolchain.locate()


@pytest.fixture(scope="session")
def macros():
    files = (ROOT / "templates" / texmacros.DEFAULTS, ROOT / "macros.json")
    return texmacros.merged(*(texmacros.read(file.name, file.read_text("utf-8"))[0] for file in files))


@pytest.fixture(scope="session")
def typeset(macros):
    return Typeset(Worker(toolchain.locate), macros)
