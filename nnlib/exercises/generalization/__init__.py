"""The exercises of the chapter on generalization, in its order."""

from nnlib.exercises.generalization import bug_hunt, dropout_forward, interval, stopping, writers_apart

EXERCISES = [module.EXERCISE for module in (dropout_forward, stopping, writers_apart, interval, bug_hunt)]
