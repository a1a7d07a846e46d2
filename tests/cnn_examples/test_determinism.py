"""The same numbers from the same seed."""

import keras
import numpy as np
import tensorflow as tf

from cnn_examples.determinism import reproducible


def test_the_same_seed_gives_the_same_weights():
    drawn = []
    for seed in 0, 0, 1:
        reproducible(seed)
        drawn.append(np.asarray(keras.random.normal((4,))))
    assert np.array_equal(drawn[0], drawn[1])
    assert not np.array_equal(drawn[0], drawn[2])


def test_determinism_can_be_enabled_after_tensorflow_has_started(monkeypatch):
    def refuse(_):
        raise RuntimeError("Intra op parallelism cannot be modified after initialization.")

    monkeypatch.setattr(tf.config.threading, "set_intra_op_parallelism_threads", refuse)
    reproducible()


def test_threads_are_pinned_when_tensorflow_has_not_started(monkeypatch):
    pinned = []
    monkeypatch.setattr(tf.config.threading, "set_intra_op_parallelism_threads", pinned.append)
    monkeypatch.setattr(tf.config.threading, "set_inter_op_parallelism_threads", pinned.append)
    reproducible()
    assert pinned == [1, 1]
