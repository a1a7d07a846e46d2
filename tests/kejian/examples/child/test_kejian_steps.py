"""What comes in steps, and what is seen at each of them."""

from itertools import count

import pytest
from matplotlib.animation import ArtistAnimation, FuncAnimation
from matplotlib.figure import Figure

from kejian.examples.child.kejian_outputs import CannotShowError
from kejian.examples.child.kejian_steps import STEPS, step, steps, still


def figure(**ids):
    """A figure with a line for each id; the lines by their ids."""
    made = Figure(figsize=(3, 2))
    axes = made.subplots()
    return made, {name: axes.plot([0, 1], gid=gid)[0] for name, gid in ids.items()}


def seen(value, lines):
    """The lines that are visible at each step."""
    return ["".join(name for name, line in lines.items() if line.get_visible()) for _ in steps(value)]


VISIBLE = {
    "one after another": ({"a": None, "b": "step-2", "c": "step-3"}, ["a", "ab", "abc"]),
    "from the first": ({"a": "step-1", "b": "step-2"}, ["a", "ab"]),
    "in any order, with gaps": ({"a": "step-7", "b": "step-3"}, ["", "b", "ab"]),
    "for a time": ({"a": "step-1-1", "b": "step-2-2", "c": "step-3"}, ["a", "b", "c"]),
    "for a time, then none in its place": ({"a": "step-1-1", "b": "step-3"}, ["a", "", "b"]),
    "up to the end": ({"a": "step-2-9"}, ["", "a"]),
    "beside other ids": ({"a": "steps", "b": "step-2"}, ["a", "ab"]),
}


@pytest.mark.parametrize("ids, expected", VISIBLE.values(), ids=VISIBLE)
def test_parts_of_a_figure_come_and_go(ids, expected):
    made, lines = figure(**ids)
    assert seen(made, lines) == expected
    assert all(line.get_visible() for line in lines.values()), "afterwards it is whole"


def test_what_its_author_hides_stays_hidden():
    made, lines = figure(a=None, b="step-2")
    lines["b"].set_visible(False)
    assert seen(made, lines) == ["a", "a"]


@pytest.mark.parametrize("engine", ["none", "tight", "constrained"])
def test_nothing_moves_when_a_part_is_not_there(engine):
    made, _ = figure(a=None)
    made.set_layout_engine(engine)
    step(2, made.axes[0].set_title("一"), made.axes[0].legend(["a"], bbox_to_anchor=(1.5, 1)))
    boxes = {(made.axes[0].get_position().bounds, str(made.kejian_box)) for _ in steps(made)}
    assert len(boxes) == 1
    assert not hasattr(made, "kejian_box")


def test_the_helper_takes_artists_and_what_holds_them():
    made, lines = figure(a=None)
    axes = made.axes[0]
    bars, boxes = axes.bar([1, 2], [1, 2]), axes.boxplot([1, 2, 3])
    step(2, lines["a"], bars, boxes)
    step(3, axes.title, last=4)
    assert {one.get_gid() for one in (lines["a"], *bars, *boxes["whiskers"])} == {"step-2"}
    assert axes.title.get_gid() == "step-3-4"


def test_a_figure_has_as_many_steps_as_a_slide_has_room_for():
    made, _ = figure(**{f"l{n}": f"step-{n}" for n in range(1, STEPS + 2)})
    with pytest.raises(CannotShowError, match=r"more than 12 steps\|"):
        list(steps(made))


def test_a_figure_without_steps_is_refused():
    with pytest.raises(CannotShowError, match=r"a figure without steps\|figure"):
        list(steps(figure(a=None)[0]))


@pytest.mark.parametrize("value", ["text", b"bytes", {"a": 1}, 3, None])
def test_what_is_no_series_is_refused(value):
    with pytest.raises(CannotShowError, match=r"no series of steps\|"):
        list(steps(value))


def test_a_generator_is_not_asked_for_more_than_there_is_room_for():
    taken = []
    with pytest.raises(CannotShowError, match="more than 12 steps"):
        taken.extend(steps(taken.append(n) or n for n in count()))
    assert max(taken) == STEPS


def animation(frames, **given):
    """An animation, and the numbers that it has drawn."""
    made, drawn = Figure(), []
    made.subplots()
    return FuncAnimation(made, lambda n: drawn.append(n) or (), frames, init_func=tuple, **given), drawn


FRAMES = {1: [0], 3: [0, 1, 2], 12: list(range(12)), 40: [0, 4, 7, 11, 14, 18, 21, 25, 28, 32, 35, 39]}


@pytest.mark.parametrize("frames", FRAMES)
def test_an_animation_is_shown_at_its_ends_and_evenly_between(frames):
    made, drawn = animation(frames)
    assert [drawn[-1] for _ in steps(made)] == FRAMES[frames]
    assert drawn == list(range(FRAMES[frames][-1] + 1)), "each frame is drawn, in order"


def test_without_steps_an_animation_is_its_last_frame():
    made, drawn = animation(5)
    assert still(made) is made._fig
    assert drawn == [0, 1, 2, 3, 4]


def test_frames_may_be_artists():
    made, lines = figure(a=None, b=None)
    frames = ArtistAnimation(made, [[lines["a"]], [lines["b"]]])
    assert seen(frames, lines) == ["a", "b"]


@pytest.mark.parametrize("frames", [lambda: iter(count()), 1001])
def test_an_animation_without_end_is_refused(frames):
    made, drawn = animation(frames, cache_frame_data=False)
    made._draw_was_started = True  # else its end is a warning
    with pytest.raises(CannotShowError, match=r"more than 1000 frames\|frames"):
        list(steps(made))
    assert drawn == []


def test_an_animation_of_nothing_is_refused():
    made, _ = animation([])
    made._draw_was_started = True
    with pytest.raises(CannotShowError, match=r"no frames\|frames"):
        still(made)
