"""The exercises of the chapter on layers, in its order."""

from nnlib.exercises.layers import bug_hunt, bump, collapse, forward, parameters

EXERCISES = [module.EXERCISE for module in (parameters, forward, collapse, bump, bug_hunt)]
