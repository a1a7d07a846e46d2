"""Which maker fills which kind of hole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kejian.config import Course
from kejian.makers import Maker
from kejian.makers.highlight import Highlight
from kejian.makers.icons import Icons
from kejian.makers.texmacros import Macros
from kejian.makers.typeset import Typeset
from kejian.makers.worker import Worker
from kejian.model import Diagram, Formula, Icon, Listing
from kejian.toolchain import Toolchain


def makers(tools: Toolchain, macros: Macros, course: Course) -> Mapping[type, Maker[Any]]:
    """The makers of a course; what Node does comes last, so that the others work while it starts.

    Formulas and diagrams share one maker, and with it one start of Node.
    """
    typeset = Typeset(Worker(lambda: tools), macros, course.graphviz)
    return {Listing: Highlight(), Icon: Icons(tools), Formula: typeset, Diagram: typeset}
