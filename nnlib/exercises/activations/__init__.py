"""The exercises of the chapter on activation functions, in its order."""

from nnlib.exercises.activations import bug_hunt, chain_slope, safe_sigmoid, silu_slope

EXERCISES = [module.EXERCISE for module in (silu_slope, safe_sigmoid, chain_slope, bug_hunt)]
