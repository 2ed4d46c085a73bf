// The figures' worker: Python, NumPy and nnlib, which begin when they are told to, tell of it from "wake" on, and
// answer one request after another.

import { boot } from "./boot.mjs";

let begun, answerPacked;

function begin() {
  begun ??= boot((share, sentence) => postMessage({ kind: "progress", share, sentence }));
  begun.catch(() => {}); // "wake" tells of it
}

async function wake() {
  postMessage({ kind: "progress", share: 0 }); // that the worker is there
  begin();
  try {
    globalThis.pyodide = await begun; // global for the curious, too
    answerPacked = pyodide.pyimport("nnlib.live.protocol").answer_packed;
    postMessage({ kind: "ready" });
  } catch (error) {
    postMessage({ kind: "failed", message: error.message });
  }
}

function answer({ id, text, buffers }) {
  const asked = pyodide.toPy(buffers);
  const answer = answerPacked(text, asked);
  const [replyText, replyBuffers] = answer.toJs({ create_pyproxies: false });
  answer.destroy();
  asked.destroy();
  const whole = replyBuffers.map((bytes) => bytes.slice().buffer);
  postMessage({ kind: "reply", id, text: replyText, buffers: whole }, whole);
}

onmessage = ({ data }) => {
  if (data === "begin") begin();
  else if (data === "wake") wake();
  else answer(data);
};
