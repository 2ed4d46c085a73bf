// The lessons of a page: exercises, questions and predictions come to life, and what the reader does is kept.

import { Exercise } from "./exercise.mjs";
import { Prediction } from "./predict.mjs";
import { showProgress } from "./progress.mjs";
import { Quiz } from "./quiz.mjs";

const KINDS_OF_LESSON = { ".nn-cell": Exercise, ".nn-question": Quiz, ".nn-predict": Prediction };

for (const [selector, Kind] of Object.entries(KINDS_OF_LESSON)) {
  for (const element of document.querySelectorAll(selector)) {
    try {
      new Kind(element);
    } catch (error) {
      reportError(error); // the others live, and this one still reads
    }
  }
}
showProgress().catch(reportError);
