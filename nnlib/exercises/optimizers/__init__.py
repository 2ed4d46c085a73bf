"""The exercises of the chapter on optimizers, in its order."""

from nnlib.exercises.optimizers import bug_hunt, momentum, running_mean, schedule

EXERCISES = [module.EXERCISE for module in (momentum, running_mean, schedule, bug_hunt)]
