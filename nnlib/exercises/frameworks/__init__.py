"""The exercises of the chapter on where you go next, in its order."""

from nnlib.exercises.frameworks import adam_of_keras, attend_back, bug_hunt, stride

EXERCISES = [module.EXERCISE for module in (adam_of_keras, stride, attend_back, bug_hunt)]
