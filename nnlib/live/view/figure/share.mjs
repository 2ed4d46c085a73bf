// What readers take with them: a link to the figure as it is, and "Export as nnlib code", a program that runs to its
// numbers.

import { button, copyText, download, html } from "../dom.mjs";
import { asJson } from "./protocol.mjs";

export async function copyLink(figure) {
  const settings = Object.entries(figure.settings).map(([name, value]) => [name, asJson(value)]);
  const isDefault = (name, value) => JSON.stringify(value) === JSON.stringify(asJson(figure.defaults[name]));
  const changed = settings.filter(([name, value]) => !isDefault(name, value));
  const isTooLong = (name) => figure.controls.isTooLong(name);
  const short = (some) => Object.fromEntries(some.filter(([name]) => !isTooLong(name)));
  const link = figure.host.link(figure.name, short(changed), short(settings));
  const left = changed.filter(([name]) => isTooLong(name)).map(([name]) => `“${figure.controls.labelOf(name)}”`);
  const but = left.length ? `, without ${left.join(", ")}: a link is too short for data of your own` : "";
  const copied = await copyText(link);
  figure.say(copied ? `Copied: whoever opens it sees these settings${but}.` : `Copy this${but}: ${link}`);
}

export async function exportProgram(figure) {
  const { history } = figure.run;
  const note = history.isOf(figure.settings)
    ? "It prints the numbers of this figure."
    : "Settings or weights were changed during this run; the program makes it with the present settings all along.";
  const request = { kind: "code", explorable: figure.name, settings: { ...figure.settings }, steps: history.step };
  const reply = await figure.host.request(request).catch(() => null); // the reader has been told
  if (!reply) return;
  if (reply.error) figure.say(reply.error.message);
  else if (reply.code === null) figure.say("There is nothing to run yet.");
  else showProgram(figure.element, figure.name, reply.code, note);
}

/** Show a program in a dialog; `note` says what the reader should know of it. */
function showProgram(element, name, code, note) {
  const said = html("span", { className: "nn-status" });
  said.setAttribute("role", "status");
  const text = html("pre", { textContent: code, tabIndex: 0 });
  text.setAttribute("role", "region");
  text.setAttribute("aria-label", "the program");
  const copy = async () => {
    const copied = await copyText(code);
    if (!copied) getSelection()?.selectAllChildren(text);
    said.textContent = copied ? "Copied." : "Selected: copy it with the keys of your system.";
  };
  const buttons = html(
    "div",
    { className: "nn-buttons" },
    button("Copy", copy),
    button("Download", () => download(`${name}.py`, code, "text/x-python")),
    button("Close", () => dialog.close()),
    said,
  );
  const head = html("p", {}, html("b", { textContent: "The same in Python. " }), note);
  const dialog = html("dialog", { className: "nn-dialog" }, head, text, buttons);
  dialog.setAttribute("aria-label", "Export as nnlib code");
  dialog.addEventListener("close", () => dialog.remove()); // the browser gives the focus back to the button
  element.append(dialog);
  dialog.showModal();
}
