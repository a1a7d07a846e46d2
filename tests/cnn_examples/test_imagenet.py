"""The class names are Keras' own, byte for byte, and each has a Chinese one."""

import hashlib

import numpy as np
import pytest

from cnn_examples import imagenet
from cnn_examples.errors import ArgumentError


def test_the_index_is_the_file_that_keras_publishes():
    digest = hashlib.md5(imagenet.class_index().encode()).hexdigest()
    assert digest == "c2c37ea517e94d9795004a39431a14cb"  # in keras.applications.imagenet_utils


def test_every_class_has_a_chinese_name_of_its_own():
    names = [one.chinese for one in imagenet.classes()]
    assert len(set(names)) == 1000
    assert all(any("一" <= letter <= "鿿" for letter in name) for name in names)


def test_the_seeds_slide_has_these_names():
    known = {one.english: (one.synset, one.chinese) for one in imagenet.classes()}
    assert known["lab_coat"] == ("n03630383", "实验服")
    assert known["stethoscope"] == ("n04317175", "听诊器")
    assert known["trench_coat"] == ("n04479046", "军用雨衣")


def test_the_best_come_first_and_of_equals_the_lower_number(capsys):
    p = np.zeros((1, 1000))
    p[0, [5, 3, 9]] = 0.25, 0.25, 0.5
    assert [one.english for one, _ in imagenet.best(p, 3)] == ["ostrich", "tiger_shark", "electric_ray"]
    imagenet.show(p, 1)
    assert capsys.readouterr().out == "0.500  ostrich  鸵鸟\n"
    imagenet.show(p, 2)
    first, second = capsys.readouterr().out.splitlines()
    assert first.index("鸵鸟") == second.index("虎鲨")


def test_probabilities_of_one_picture_are_asked_for():
    with pytest.raises(ArgumentError, match=r"probabilities: got shape \(2, 1000\), expected \(1000,\) or \(1, 1000\)"):
        list(imagenet.best(np.zeros((2, 1000))))


def test_imagenet_in_numbers():
    assert imagenet.about() == {
        "pictures": 14_197_122, "classes": 21_841,
        "contest": 1_000, "training": 1_281_167, "validation": 50_000, "test": 100_000,
    }  # fmt: skip
