// A dialog with a text to copy.

import { button, copyText, html } from "../dom.mjs";

/**
 * Show a text in a dialog over a figure's element, which begins with `head` and is called `label`; `above` stands
 * over the text, `more` are buttons beside those that copy and close. Return the element of the
 * text, and that of what was said of it.
 *
 * @param {{label: string, called: string, head: (Node | string)[], above?: Node[],
 *   more?: Node[]}} how
 */
export function showText(element, how) {
  const { label, called, head, above = [], more = [] } = how;
  const said = html("span", { className: "nn-status" });
  said.setAttribute("role", "status");
  const text = html("pre", { tabIndex: 0 });
  text.setAttribute("role", "region");
  text.setAttribute("aria-label", called);
  const copy = async () => {
    const copied = await copyText(text.textContent);
    if (!copied) getSelection()?.selectAllChildren(text);
    said.textContent = copied ? "Copied." : "Selected: copy it with the keys of your system.";
  };
  const close = button("Close", () => dialog.close());
  const buttons = html("div", { className: "nn-buttons" }, button("Copy", copy), ...more, close, said);
  const dialog = html("dialog", { className: "nn-dialog" }, html("p", {}, ...head), ...above, text, buttons);
  dialog.setAttribute("aria-label", label);
  dialog.addEventListener("close", () => dialog.remove()); // the browser gives the focus back to the button
  element.append(dialog);
  dialog.showModal();
  return { text, said };
}
