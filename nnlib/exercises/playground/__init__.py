"""The exercises of the chapter on the playground, in its order."""

from nnlib.exercises.playground import bug_hunt, circle_neuron, soft_threshold, spiral

EXERCISES = [module.EXERCISE for module in (spiral, circle_neuron, soft_threshold, bug_hunt)]
