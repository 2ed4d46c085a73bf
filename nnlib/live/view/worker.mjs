// The figures' worker: Python, NumPy and nnlib, which wake when they are told to and answer one request after another.

import { boot } from "./boot.mjs";

let answerPacked;

async function wake() {
  try {
    globalThis.pyodide = await boot((share) => postMessage({ kind: "progress", share })); // global for the curious, too
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

onmessage = ({ data }) => (data === "wake" ? wake() : answer(data));
