"""The exercises of the chapter on depth, in its order."""

from nnlib.exercises.depth import batch_norm, bug_hunt, first_weights, residual

EXERCISES = [module.EXERCISE for module in (first_weights, residual, batch_norm, bug_hunt)]
