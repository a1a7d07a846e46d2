"""What comes in steps: a generator, a figure whose parts have step ids, an animation; each step as it is then.

A part of a figure with the id `step-3` is there from the third step on, one with `step-2-4` from the second to the
fourth. Part of child.py: imports nothing of kejian and little else.
"""

# ruff: noqa: SLF001 -- matplotlib has no other way to draw the frames of an animation one by one

from __future__ import annotations

import re
import warnings
from functools import partial
from itertools import islice

TYPE_CHECKING = False
if TYPE_CHECKING or __package__:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from kejian.examples.child import kejian_figures
    from kejian.examples.child.kejian_outputs import CannotShowError
else:  # the folder of a script is on its path
    import kejian_figures
    from kejian_outputs import CannotShowError

STEPS = 12
"""Steps of one example: for so many there are rules in the theme."""
_FRAMES = 1000
"""Frames of an animation that are drawn, of which at most `STEPS` are shown."""
_ID = re.compile(r"step-(\d{1,3})(?:-(\d{1,3}))?")


def step(first: int, *artists: Any, last: int | None = None) -> None:  # noqa: ANN401 -- of matplotlib
    """Let parts of a figure appear at a step, and stay until the step `last`, where one is given.

    A part is an artist, or several: a list, a container of bars, a dictionary such as `boxplot` returns.
    """
    name = f"step-{first}" if last is None else f"step-{first}-{last}"
    for one in artists:
        if hasattr(one, "set_gid") and not isinstance(one, list | tuple):
            one.set_gid(name)
        else:
            step(first, *(one.values() if isinstance(one, dict) else one), last=last)


def is_animation(value: Any) -> bool:  # noqa: ANN401 -- an example may return anything
    """Return whether a value is an animation of matplotlib."""
    return hasattr(type(value), "new_saved_frame_seq")


def still(animation: Any) -> Any:  # noqa: ANN401 -- as above
    """Return the figure of an animation, at its last frame."""
    return next(_frames(animation, 1))


def steps(value: Any) -> Iterator[Any]:  # noqa: ANN401 -- as above
    """Yield the steps of a value, each to be shown before the next is asked for. Raises `CannotShowError`."""
    if is_animation(value):
        return _frames(value, STEPS)
    if hasattr(value, "savefig") and hasattr(value, "findobj"):
        return _states(value)
    if isinstance(value, str | bytes | dict) or not hasattr(value, "__iter__"):
        raise CannotShowError("returns what is no series of steps|")
    return _bounded(value)


def _bounded(values: Iterable[Any]) -> Iterator[Any]:
    for number, one in enumerate(values):
        if number == STEPS:
            raise CannotShowError(f"has more than {STEPS} steps|")
        yield one


def _states(figure: Any) -> Iterator[Any]:  # noqa: ANN401 -- a figure of matplotlib
    """Yield a figure with the parts of each step in turn."""
    named = [(one, found) for one in figure.findobj() if (found := _ID.fullmatch(str(one.get_gid())))]
    parts = [(one, int(found[1]), int(found[2] or 1000), one.get_visible()) for one, found in named]
    if not parts:
        raise CannotShowError("returns a figure without steps|figure")
    _hold(figure)
    ends = {last + 1 for _, _, last, _ in parts if last < max(first for _, first, _, _ in parts)}
    for number in _bounded(sorted({1, *(first for _, first, _, _ in parts), *ends})):
        for one, first, last, visible in parts:
            one.set_visible(visible and first <= number <= last)
        yield figure
    delattr(figure, kejian_figures.HELD)
    for one, _, _, visible in parts:
        one.set_visible(visible)


def _hold(figure: Any) -> None:  # noqa: ANN401 -- as above
    """Place everything as in the whole figure, so that nothing moves when a part of it is not there."""
    _quietly(figure.draw_without_rendering)
    figure.set_layout_engine("none")
    _quietly(lambda: setattr(figure, kejian_figures.HELD, kejian_figures.whole(figure)))


def _frames(animation: Any, most: int) -> Iterator[Any]:  # noqa: ANN401 -- an animation of matplotlib
    """Yield the figure of an animation at its first and its last frame, and at others evenly between them.

    Frames are drawn as `Animation.save` draws them, which cannot choose among them.
    """
    frames = list(islice(animation.new_saved_frame_seq(), _FRAMES + 1))
    if not 0 < len(frames) <= _FRAMES:
        count = f"more than {_FRAMES} frames" if frames else "no frames"
        raise CannotShowError(f"returns an animation of {count}|frames")
    chosen = _chosen(len(frames), most)
    animation._draw_was_started = True  # else matplotlib warns that nothing was drawn
    _quietly(animation._init_draw)
    for number, frame in enumerate(frames):
        _quietly(partial(animation._draw_next_frame, frame, blit=False))
        if number in chosen:
            yield animation._fig


def _quietly(draw: Callable[[], object]) -> None:
    """Draw what is not shown yet, without a warning of letters that a font lacks: another is lent where it is shown."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph ", UserWarning)
        draw()


def _chosen(count: int, most: int) -> set[int]:
    """Return the numbers of the frames to show: all, or the first, the last and others; the last alone if most is 1."""
    last = count - 1
    return {last} if most == 1 else {round(k * last / (min(most, count) - 1 or 1)) for k in range(min(most, count))}
