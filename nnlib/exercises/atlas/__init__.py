"""The exercises of the chapter on the atlas of XOR, in its order."""

from nnlib.exercises.atlas import bug_hunt, grid, silent

EXERCISES = [module.EXERCISE for module in (grid, silent, bug_hunt)]
