// Where nothing can be loaded, and so no Python run: in a page that was opened as a file, or that a frame gives an
// origin of its own.

import { HERE } from "./addresses.mjs";

/** Why this is so, and what to do; nothing where it is not. */
export function hindrance() {
  if (location.protocol === "file:") {
    return "the browser lets a page that was opened as a file load nothing. Start the book instead: run start.py, "
      + "which lies beside the folder of the book (python3 start.py; on Windows py start.py), and read it at the "
      + "address that opens.";
  }
  if (globalThis.origin === "null") {
    const [page] = location.href.split(/[?#]/);
    return `the frame around this page lets it load nothing. Open it in a window of its own: ${page}`;
  }
  return "";
}

/** The same, once it is known whether the book's host lets such a frame load what a figure's page for frames needs. */
export async function stopped() {
  const why = hindrance();
  return why && location.protocol !== "file:" && (await isOpen()) ? "" : why;
}

async function isOpen() {
  if (!document.documentElement.classList.contains("nn-embed")) return false; // the policy of the others forbids it
  const answer = await fetch(HERE, { credentials: "omit" }).catch(() => null);
  return Boolean(answer?.ok);
}
