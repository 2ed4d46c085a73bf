// What a reader can hand in: what was done, in how many tries, and the programs, as one page that needs nothing else.

import { html } from "../dom.mjs";
import { PART } from "../page/store.mjs";

const LOOKS = [
  "body { font: 16px/1.5 Georgia, serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }",
  "h1, h2 { line-height: 1.2; } h2 { margin-top: 2rem; } li { margin: 0.5rem 0; break-inside: avoid; }",
  "pre { background: #f4f1ea; padding: 0.5rem; white-space: pre-wrap; overflow-wrap: anywhere; }",
  ".done { color: #555; } .blank { border-bottom: 1px solid; display: inline-block; width: 16rem; }",
].join(" ");
const KINDS = [["exercise", "Exercises"], ["question", "Questions"], ["prediction", "Predictions"]];
const FAIR = "It was written by the reader's own browser, where everything can be changed: a report, not a proof.";

/** A number of tries in words. */
function after(tries) {
  return tries === 0 ? "" : tries === 1 ? " at the first try" : ` after ${tries} tries`;
}

/** What became of a task, in words. */
function outcome(kind, value) {
  if (kind === "prediction") return `Predicted: ${value}`;
  const done = kind === "exercise" ? value.solved : value.right;
  const word = kind === "exercise" ? "solved" : "right";
  if (done) return `✓ ${word}${after(value.tries)}`;
  return value.tries ? `not yet ${word}${after(value.tries).replace(" at the first try", " after one try")}` : "begun";
}

/** The tasks of a page that something was done for, by their kinds. */
function chapter({ title, tasks }, kept, asked) {
  const parts = KINDS.flatMap(([kind, heading]) => {
    const done = tasks.filter(([is, label]) => is === kind && label in kept[PART[kind]]);
    if (!done.length) return [];
    const items = done.map(([, label]) => {
      const value = kept[PART[kind]][label];
      const told = html("div", { className: "done", textContent: outcome(kind, value) });
      const program = kind === "exercise" ? [html("pre", { textContent: value.source })] : [];
      return html("li", {}, asked[label] ?? label, told, ...program);
    });
    return [html("h3", { textContent: heading }), html("ul", {}, ...items)];
  });
  return parts.length ? [html("h2", { textContent: title }), ...parts] : [];
}

/**
 * The page, as text.
 * @param {{title: string, tasks: string[][]}[]} chapters in the book's order, with their (kind, label)
 * @param {any} kept what the reader has done
 * @param {Record<string, string>} asked what each task asks for
 * @param {Date} now
 */
export function handIn(chapters, kept, asked, now) {
  const all = chapters.flatMap(({ tasks }) => tasks);
  const solved = (kind, key) => {
    const labels = all.filter(([is]) => is === kind).map(([, label]) => label);
    return `${labels.filter((label) => kept[PART[kind]][label]?.[key]).length} of ${labels.length}`;
  };
  const sums = `${solved("exercise", "solved")} exercises solved, ${solved("question", "right")} questions answered.`;
  const day = now.toLocaleDateString("en-US", { dateStyle: "long" });
  const body = html(
    "body", {},
    html("h1", { textContent: "Neural Networks, Live: what I have done" }),
    html("p", {}, "Name: ", html("span", { className: "blank" }), ` ${day}`),
    html("p", { textContent: sums }),
    ...chapters.flatMap((one) => chapter(one, kept, asked)),
    html("p", { className: "done", textContent: FAIR }),
  );
  const head = `<meta charset="utf-8"><title>Neural Networks, Live</title><style>${LOOKS}</style>`;
  return `<!doctype html><html lang="en"><head>${head}</head>${body.outerHTML}</html>\n`;
}
