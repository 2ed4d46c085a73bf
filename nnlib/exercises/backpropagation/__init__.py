"""The exercises of the chapter on backpropagation, in its order: six programs to write, seven broken ones to fix."""

from nnlib.exercises.backpropagation import (
    activation_bug,
    average_bug,
    bias_bug,
    blame,
    cache_bug,
    dense,
    difference,
    gates,
    order_bug,
    reset_bug,
    transpose_bug,
    two_layers,
    xor,
)

WRITTEN = (blame, gates, dense, two_layers, difference, xor)
MENDED = (transpose_bug, average_bug, activation_bug, bias_bug, reset_bug, order_bug, cache_bug)
EXERCISES = [module.EXERCISE for module in (*WRITTEN, *MENDED)]
