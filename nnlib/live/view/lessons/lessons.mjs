// The lessons of a page: exercises, questions and predictions come to life, and what the reader does is kept.

import { hindrance } from "../page/hindrance.mjs";
import { parsed } from "../page/sight.mjs";
import { came, watch } from "../page/watch.mjs";
import { Exercise } from "./exercise.mjs";
import { oneByOne } from "./one_by_one.mjs";
import { Prediction } from "./predict.mjs";
import { showProgress } from "./progress.mjs";
import { Quiz } from "./quiz.mjs";

const KINDS_OF_LESSON = { ".nn-cell": Exercise, ".nn-question": Quiz, ".nn-predict": Prediction };

watch();
await parsed;
const hindered = hindrance() !== "";
for (const [selector, Kind] of Object.entries(KINDS_OF_LESSON)) {
  if (hindered && Kind === Exercise) continue; // it reads as it stands
  /** @type {NodeListOf<HTMLElement>} */
  const elements = document.querySelectorAll(selector);
  for (const element of elements) {
    try {
      new Kind(element);
      element.dataset.mounted = "";
    } catch (error) {
      reportError(error); // the others live, and this one still reads
    }
  }
}
oneByOne(document.querySelectorAll(".nn-question[data-mounted]"));
if (!hindered) showProgress().catch(reportError);
came("lessons.js");
