// A button on each piece of code, which copies it.

import { button, copyText } from "../dom.mjs";

const TOLD = 2000; // milliseconds

/** Give each piece of code its button; what code has printed has none. */
export function offerCopies() {
  for (const code of document.querySelectorAll("div.highlight:not(.cell_output *) pre")) {
    const copy = async () => {
      const done = await copyText(code.textContent.trimEnd());
      made.textContent = done ? "Copied" : "This browser forbids copying";
      setTimeout(() => { made.textContent = "Copy"; }, TOLD);
    };
    const made = button("Copy", copy, { className: "nn-copy" });
    code.after(made);
  }
}
