// The exercises' worker: Python, NumPy and nnlib, which run one learner's program after another.

import { boot } from "./boot.mjs";
import { confine } from "./confine.mjs";

let answer;

postMessage({ kind: "progress", share: 0 }); // that the worker is there
boot((share, sentence) => postMessage({ kind: "progress", share, sentence }), { library: true }).then(
  (python) => {
    answer = python.pyimport("nnlib.live.exercise_runner").answer;
    confine();
    postMessage({ kind: "ready" });
  },
).catch((error) => postMessage({ kind: "failed", message: error.message }));

onmessage = ({ data: { id, text } }) => {
  try {
    postMessage({ kind: "reply", id, text: answer(text) });
  } catch (error) { // Python's own errors come back as replies: this one broke Python itself
    const line = error.message.trim().split("\n").at(-1); // a trace ends with what is wrong
    postMessage({ kind: "failed", message: `Python broke down and begins again with the next run (${line}).` });
  }
};
