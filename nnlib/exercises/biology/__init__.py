"""The exercises of the chapter on living neurons, in its order."""

from nnlib.exercises.biology import bug_hunt, current_for, mean_current, step

EXERCISES = [module.EXERCISE for module in (step, current_for, mean_current, bug_hunt)]
