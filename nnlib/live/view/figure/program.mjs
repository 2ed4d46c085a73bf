// "Export as nnlib code": a program that runs to the figure's own numbers, to copy or to download.

import { html } from "../dom.mjs";

/** Show a program in a dialog; `note` says what the reader should know of it. */
export function showProgram(element, name, code, note) {
  const said = html("span", { className: "nn-status" });
  said.setAttribute("role", "status");
  const button = (label, act) => {
    const made = html("button", { type: "button", textContent: label });
    made.addEventListener("click", act);
    return made;
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      said.textContent = "Copied.";
    } catch {
      getSelection().selectAllChildren(text); // no clipboard here, say in an insecure context
      said.textContent = "Selected: copy it with the keys of your system.";
    }
  };
  const download = () => {
    const href = URL.createObjectURL(new Blob([code], { type: "text/x-python" }));
    html("a", { href, download: `${name}.py` }).click();
    URL.revokeObjectURL(href);
  };
  const text = html("pre", { textContent: code, tabIndex: 0 });
  text.setAttribute("role", "region");
  text.setAttribute("aria-label", "the program");
  const dialog = html("dialog", { className: "nn-dialog" }, html("p", {}, html("b", { textContent: "The same in Python. " }), note), text,
    html("div", { className: "nn-buttons" }, button("Copy", copy), button("Download", download), button("Close", () => dialog.close()), said));
  dialog.setAttribute("aria-label", "Export as nnlib code");
  dialog.addEventListener("close", () => dialog.remove()); // the browser gives the focus back to the button
  element.append(dialog);
  dialog.showModal();
}
