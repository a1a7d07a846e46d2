"""Figures of networks that others have trained."""

import pytest

from cnn_examples import figures_reuse as figures
from cnn_examples import imagenet, style
from cnn_examples.fine_tuning import Stage
from cnn_examples.transfer import predictions

pytestmark = pytest.mark.slow  # TensorFlow starts


def texts(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def test_the_photograph_stands_beside_the_five_best_classes():
    figure = figures.classified()
    best = list(imagenet.best(predictions(), 5))
    assert [one.chinese for one, _ in best] == [t for t in texts(figure) if t in {one.chinese for one, _ in best}]
    widths = [bar.get_width() for bar in figure.axes[0].patches]
    assert widths == pytest.approx([p / best[0][1] * 390 for _, p in best], rel=1e-3)
    assert len(figure.axes[1].images) == 1


@pytest.mark.parametrize("figure, rows", [(figures.vgg16, 6), (figures.vgg19, 11)])
def test_the_last_layers_of_vgg_end_in_three_dense_ones(figure, rows):
    shown = texts(figure())
    assert len([t for t in shown if "(" in t]) == rows
    assert [t for t in shown if "Dense" in t] == ["fc1 (Dense)", "fc2 (Dense)", "predictions (Dense)"]
    assert "1.0 亿" in shown


def test_the_strip_has_all_layers_and_is_cut_behind_the_last_that_is_locked():
    axes = figures.inception_strip().axes[0]
    colours = [patch.get_facecolor()[:3] for patch in axes.patches]
    assert len(colours) == 311
    assert len(set(colours[:249])) == len(set(colours[249:])) == 1
    assert colours[248] != colours[249]


def test_two_bars_show_what_fine_tuning_gave(monkeypatch):
    monkeypatch.setattr(figures, "fine_tune", lambda: [Stage(10, 0.75), Stage(2000, 0.875)])
    figure = figures.fine_tuned()
    assert [bar.get_width() for bar in figure.axes[0].patches] == [540, 630]
    assert {"0.750", "0.875", "2,000 个参数"} <= set(texts(figure))
    assert style.svg(figure) == style.svg(figures.fine_tuned())
