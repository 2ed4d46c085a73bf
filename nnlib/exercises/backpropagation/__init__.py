"""The exercises on backpropagation, in the order of the book: six programs to write, seven broken ones to fix.

They stand in two chapters, backpropagation and autodiff. All keep the name under which readers' answers are kept.
"""

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

FIRST = (blame, gates, dense, two_layers, activation_bug, bias_bug)
SECOND = (difference, xor, transpose_bug, average_bug, reset_bug, order_bug, cache_bug)
EXERCISES = [module.EXERCISE for module in (*FIRST, *SECOND)]
