"""Networks that others have trained: what they see, where their parameters are, and what fine-tuning gives."""

from __future__ import annotations

from collections.abc import Iterator

import keras
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cnn_examples import imagenet, summary
from cnn_examples.charts import WIDE, Bar, Layout, box, canvas, chart, line, write
from cnn_examples.counting_examples import short
from cnn_examples.filters import portrait
from cnn_examples.fine_tuning import about, fine_tune, frozen_layers, inception_layers
from cnn_examples.style import ACCENT, FAINT, INK, NOW, RULE, SMALL, settings
from cnn_examples.transfer import NETWORKS, predictions


def classified() -> Figure:
    """The portrait beside the five most probable classes."""
    best = list(imagenet.best(predictions(), 5))
    with settings():
        figure, axes = canvas(WIDE, 420)
        place = figure.add_axes((0, 0, 350 / WIDE, 1))
        place.imshow(portrait().resize((350, 410)))
        place.set_axis_off()
        rows = [Bar(one.chinese, p, f"{p:.1%}", NOW if i == 0 else ACCENT) for i, (one, p) in enumerate(best)]
        chart(axes, rows, Layout(names=640, full=390, pitch=78), top=15)
        for i, (one, _) in enumerate(best):
            write(axes, 640, 15 + 78 * i + 66, one.english.replace("_", " "), size=18, ink=FAINT, align="right")
    return figure


def vgg16() -> Figure:
    """The last layers of VGG16; its first dense layer alone has over a hundred million parameters."""
    return last_layers("vgg16", 6, Layout(names=520, full=420, pitch=66))


def vgg19() -> Figure:
    """The layers of VGG19 from the end of its fourth block on."""
    return last_layers("vgg19", 11, Layout(names=520, full=420, pitch=40, size=24))


def last_layers(network: str, count: int, layout: Layout) -> Figure:
    """The last layers of one of Keras' networks: name, size after it, and a bar of its parameters."""
    model = NETWORKS[network](weights=None)
    with settings():
        figure, axes = canvas(WIDE, layout.pitch * count + 4)
        chart(axes, list(_bars(model))[-count:], layout)
    return figure


def _bars(model: keras.Model) -> Iterator[Bar]:
    for name, size, parameters in summary.rows(model):
        colour = NOW if "Dense" in name else ACCENT
        yield Bar(name, parameters, short(parameters), colour, size)


def inception_strip() -> Figure:
    """The 311 layers of InceptionV3 side by side, cut where the second stage of fine-tuning begins."""
    layers, cut = inception_layers(), frozen_layers()
    wide = (WIDE - 4) / len(layers)
    with settings():
        figure, axes = canvas(WIDE, 236)
        for i in range(len(layers)):
            box(axes, 2 + i * wide, 90, wide - 1, 90, NOW if i >= cut else (FAINT, 0.7))
        at = 2 + cut * wide
        line(axes, (at, at), (60, 192), INK, 3)
        write(axes, at - 14, 40, f"锁住 {cut} 层，编号 0 到 {cut - 1}", align="right")
        write(axes, at + 14, 40, f"放开 {len(layers) - cut} 层", ink=NOW)
        _blocks(axes, layers, wide)
    return figure


def _blocks(axes: Axes, layers: list[str], wide: float) -> None:
    """Below the strip where each block ends, and its name."""
    ends = {name: i for i, name in enumerate(layers) if name.startswith("mixed") and "_" not in name}
    for name, end in ends.items():
        x = 2 + (end + 1) * wide
        line(axes, (x, x), (180, 192), FAINT)
        write(axes, x, 214, name.removeprefix("mixed"), size=SMALL, ink=FAINT, align="right")
    write(axes, 2, 214, "mixed", size=SMALL, ink=FAINT)


def fine_tuned() -> Figure:
    """Two bars: the share of test pictures that are right after the new layer was trained, and after the upper ones."""
    head, upper = fine_tune()
    names = "只训练新加的一层", f"再放开最后 {about()['blocks']} 块"
    with settings():
        figure, axes = canvas(WIDE, 330)
        rows = [
            Bar(name, stage.accuracy, f"{stage.accuracy:.3f}", colour)
            for name, stage, colour in zip(names, (head, upper), (FAINT, NOW), strict=True)
        ]
        chart(axes, rows, Layout(names=320, full=720, pitch=130), most=1)
        for i, stage in enumerate((head, upper)):
            write(axes, 320, 130 * i + 102, f"{stage.parameters:,} 个参数", size=SMALL, ink=FAINT, align="right")
        line(axes, (334, 334), (10, 260), RULE)
        for share in 0, 0.5, 1:
            write(axes, 334 + share * 720, 300, f"{share:.0%}", size=SMALL, ink=FAINT, align="center")
            line(axes, (334 + share * 720,) * 2, (266, 276), FAINT)
    return figure
