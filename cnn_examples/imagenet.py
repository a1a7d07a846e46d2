"""The thousand classes of ImageNet's competition, with their Chinese names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from cnn_examples.errors import refuse

DATA = ("cnn_examples/data/imagenet-classes.tsv",)
"""What is read here, from the project's folder."""


@dataclass(frozen=True)
class Class:
    """A class: its synset in WordNet, its English name as Keras has it, its Chinese name."""

    synset: str
    english: str
    chinese: str


@cache
def classes() -> tuple[Class, ...]:
    """All of them, by their numbers."""
    text = (Path(__file__).parent / "data/imagenet-classes.tsv").read_text("utf-8")
    return tuple(Class(*line.split("\t")) for line in text.splitlines())


def about() -> dict[str, int]:
    """How many pictures and classes there are: numbers from elsewhere, but for the classes that are listed here.

    pictures, classes: all of ImageNet, as its site counted in 2011 (image-net.org, "Statistics"). training, validation,
    test: pictures of ILSVRC 2012 (Russakovsky et al., "ImageNet Large Scale Visual Recognition Challenge", 2015, table
    2), whose classes are `contest`.
    """
    whole = {"pictures": 14_197_122, "classes": 21_841}
    contest = {"training": 1_281_167, "validation": 50_000, "test": 100_000}
    return whole | contest | {"contest": len(classes())}


def class_index() -> str:
    """The text of Keras' own `imagenet_class_index.json`."""
    names = [(one.synset, one.english) for one in classes()]
    return json.dumps({str(i): name for i, name in enumerate(names)})


def best(probabilities: ArrayLike, count: int = 5) -> Iterator[tuple[Class, float]]:
    """The `count` most probable classes of one picture, out of (1000,) or (1, 1000) probabilities."""
    p = np.asarray(probabilities)
    if p.size != len(classes()):
        refuse("probabilities", f"shape {p.shape}", "(1000,) or (1, 1000), those of one picture")
    for number in np.argsort(-p.ravel(), kind="stable")[:count]:
        yield classes()[number], float(p.ravel()[number])


def show(probabilities: ArrayLike, count: int = 5) -> None:
    """Print the `count` most probable classes of one picture."""
    rows = list(best(probabilities, count))
    width = max(len(one.english) for one, _ in rows)
    for one, p in rows:
        print(f"{p:.3f}  {one.english:{width}}  {one.chinese}")
