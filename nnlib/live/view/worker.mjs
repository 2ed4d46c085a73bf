// The figures' worker: Python, NumPy and nnlib, which answer one request after another.

import { boot } from "./boot.mjs";

let pyodide, answerPacked;

boot((share) => postMessage({ kind: "progress", share })).then(
  (python) => {
    pyodide = python;
    answerPacked = python.pyimport("nnlib.live.protocol").answer_packed;
    postMessage({ kind: "ready" });
  },
).catch((error) => postMessage({ kind: "failed", message: error.message }));

onmessage = ({ data: { id, text, buffers } }) => {
  const asked = pyodide.toPy(buffers);
  const answer = answerPacked(text, asked);
  const [replyText, replyBuffers] = answer.toJs({ create_pyproxies: false });
  answer.destroy();
  asked.destroy();
  const whole = replyBuffers.map((bytes) => bytes.slice().buffer);
  postMessage({ kind: "reply", id, text: replyText, buffers: whole }, whole);
};
