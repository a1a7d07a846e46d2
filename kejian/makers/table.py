"""The table of makers by kind of hole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kejian.core.citations import Citation, WorkList
from kejian.core.config import Course
from kejian.core.model import Diagram, Formula, Icon, Listing
from kejian.core.toolchain import Toolchain
from kejian.makers import Maker
from kejian.makers.citations import Citations
from kejian.makers.highlight import Highlighter
from kejian.makers.icons import Icons
from kejian.makers.node_pool import Worker
from kejian.makers.tex_macros import Macros
from kejian.makers.typeset import Typesetter


def makers(tools: Toolchain, macros: Macros, course: Course) -> Mapping[type, Maker[Any]]:
    """Return the makers of a course; those that use Node come last, so that the others work while it starts.

    Formulas and diagrams share one maker, and thus one start of Node.
    """
    typeset = Typesetter(Worker(lambda: tools), macros, course.graphviz)
    cited = Citations()
    return {
        Listing: Highlighter(),
        Icon: Icons(tools),
        Citation: cited,
        WorkList: cited,
        Formula: typeset,
        Diagram: typeset,
    }
