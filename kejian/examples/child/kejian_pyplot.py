"""Figures in the order of the prints: `plt.show()` shows those that are open where it is called, as in a notebook.

Notes as well which figures an example saves to a file and closes, so that no slide has them. Part of child.py: imports
nothing of kejian and little else.
"""

from __future__ import annotations

import functools
import os

TYPE_CHECKING = False
if TYPE_CHECKING or __package__:
    from collections.abc import Callable
    from typing import Any

    from kejian.examples.child import kejian_shown
else:  # the folder of a script is on its path
    import kejian_shown

_SAVED: list[Any] = []
_CLOSED: list[Any] = []
"""Figures that have been saved to a file, and those of them that were closed after that."""
_MOST = 20
"""Figures that are noted."""


def install(pyplot: Any, show: Callable[[Any], None], runs: Callable[[], bool]) -> None:  # noqa: ANN401 -- a module
    """Replace what shows, saves and closes figures. show: displays one. runs: whether an example is running."""
    usual, close, save = pyplot.show, pyplot.close, pyplot.Figure.savefig

    def showing(*arguments: Any, **keywords: Any) -> Any:  # noqa: ANN401 -- as pyplot has it
        if not runs():
            return usual(*arguments, **keywords)
        for figure in _open():
            _show(figure, show)
            close(figure)
        return None

    def closing(*arguments: Any, **keywords: Any) -> None:  # noqa: ANN401 -- as pyplot has it
        before = [figure for figure in _open() if _in(figure, _SAVED)]
        close(*arguments, **keywords)
        left = _open() if before else []
        _CLOSED.extend(figure for figure in before if not _in(figure, left))

    def saving(figure: Any, fname: Any, **keywords: Any) -> Any:  # noqa: ANN401 -- as pyplot has it
        if isinstance(fname, str | os.PathLike) and runs() and len(_SAVED) < _MOST:
            _SAVED.append(figure)
        return save(figure, fname, **keywords)

    pyplot.show = functools.wraps(usual)(showing)
    pyplot.close = functools.wraps(close)(closing)
    pyplot.Figure.savefig = functools.wraps(save)(saving)
    pyplot.Figure.show = lambda figure, warn=True: _show(figure, show) if runs() else None  # noqa: ARG005 -- as there


def forget() -> None:
    """Forget the figures of the example before."""
    _SAVED.clear()
    _CLOSED.clear()


def lost(shown: list[Any]) -> int:
    """Return how many figures were saved, closed, and neither displayed nor among the `shown`."""
    return sum(not (_in(figure, shown) or kejian_shown.is_displayed(figure)) for figure in _CLOSED)


def _open() -> list[Any]:
    """Return the figures that pyplot holds; asking pyplot itself would make another one current."""
    from matplotlib._pylab_helpers import Gcf

    return [manager.canvas.figure for manager in Gcf.get_all_fig_managers()]


def _in(figure: Any, figures: list[Any]) -> bool:  # noqa: ANN401 -- as above
    return any(figure is one for one in figures)


def _show(figure: Any, show: Callable[[Any], None]) -> None:  # noqa: ANN401 -- as above
    show(figure)
    figure.stale = False  # what is drawn from now on makes it so again
    kejian_shown.finish(figure)
