"""The exercises of the chapter on gradient descent, in its order."""

from nnlib.exercises.gradient_descent import bug_hunt, minibatch, threshold, walk

EXERCISES = [module.EXERCISE for module in (walk, threshold, minibatch, bug_hunt)]
