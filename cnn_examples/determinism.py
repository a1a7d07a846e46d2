"""The same numbers from every run of the same program on the same machine."""

from __future__ import annotations

import keras
import tensorflow as tf


def reproducible(seed: int = 0) -> None:
    """Pin the random numbers, the order of sums and the threads, one, that share them.

    Results still differ in the last digits between kinds of processors. Once TensorFlow has started with another
    number of threads it cannot be changed; then only a run with the same number repeats the result.
    """
    keras.utils.set_random_seed(seed)
    tf.config.experimental.enable_op_determinism()
    try:
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)
    except RuntimeError:  # TensorFlow has started
        return
