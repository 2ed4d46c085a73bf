"""The exercises of the chapter on losses, in its order."""

from nnlib.exercises.loss import bug_hunt, cross_entropy, delta, safe_loss

EXERCISES = [module.EXERCISE for module in (cross_entropy, delta, safe_loss, bug_hunt)]
