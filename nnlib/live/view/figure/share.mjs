// What readers take with them: a link to the figure as it is, and "Export code", programs that run to its numbers, and
// files.

import { button, change, copyText, download, html } from "../dom.mjs";
import { asJson } from "./protocol.mjs";

export async function copyLink(figure) {
  const { controls, defaults, hiding } = figure;
  const isDefault = ([name, value]) => JSON.stringify(value) === JSON.stringify(asJson(defaults[name]));
  const isTooLong = (one) => controls.isTooLong(one[0]);
  const isPin = ([name, value]) => value !== null && controls.isPin(name);
  const short = (some) => {
    const entries = some.filter((one) => !isTooLong(one));
    return Object.fromEntries(entries.map((one) => isPin(one) ? [one[0], short(Object.entries(one[1]))] : one));
  };
  const settings = Object.entries(asJson(figure.settings));
  const changed = settings.filter((one) => !isDefault(one));
  const link = figure.host.link(figure.name, short(changed), short(settings), [...hiding.hidden]);
  const pinned = settings.filter(isPin).flatMap(([, value]) => Object.entries(value));
  const long = [...changed, ...pinned].filter((one) => isTooLong(one) && !isDefault(one));
  const left = [...new Set(long.map(([name]) => `“${controls.labelOf(name)}”`))];
  const but = left.length ? `, without ${left.join(", ")}: a link is too short for data of your own` : "";
  const copied = await copyText(link);
  figure.say(copied ? `Copied: whoever opens it sees these settings${but}.` : `Copy this${but}: ${link}`);
}

export async function exportProgram(figure) {
  const { history } = figure.run;
  const note = history.isOf(figure.settings)
    ? "It prints the numbers of this figure."
    : "Settings or weights were changed during this run; the program makes it with the present settings all along.";
  const { settings, name: explorable } = figure;
  const request = { kind: "code", explorable, settings: { ...settings }, steps: history.step, state: history.present };
  const reply = await figure.host.request(request).catch(() => null); // the reader has been told
  if (!reply) return;
  if (reply.error) figure.say(reply.error.message);
  else if (reply.code === null) figure.say("There is nothing to run yet.");
  else showPrograms(figure, reply.programs ?? { nnlib: reply.code }, reply.files ?? {}, note);
}

/** Show programs, by the names of their libraries, in a dialog, and offer files; `note` says what to know of them. */
function showPrograms({ element, name }, programs, files, note) {
  const [first, ...others] = Object.keys(programs);
  let library = first;
  const said = html("span", { className: "nn-status" });
  said.setAttribute("role", "status");
  const text = html("pre", { tabIndex: 0 });
  text.setAttribute("role", "region");
  text.setAttribute("aria-label", "the program");
  const choices = html("p", { className: "nn-several" });
  choices.setAttribute("role", "group");
  choices.setAttribute("aria-label", "with which library");
  choices.append(...Object.keys(programs).map((each) => button(each, () => choose(each))));
  const choose = (chosen) => {
    library = chosen;
    text.textContent = programs[chosen];
    text.scrollTop = 0;
    said.textContent = "";
    for (const choice of choices.children) change(choice, { "aria-pressed": String(choice.textContent === chosen) });
  };
  choose(first);
  const copy = async () => {
    const copied = await copyText(programs[library]);
    if (!copied) getSelection()?.selectAllChildren(text);
    said.textContent = copied ? "Copied." : "Selected: copy it with the keys of your system.";
  };
  const file = () => (library === first ? `${name}.py` : `${name}_${library.toLowerCase()}.py`);
  const save = ([path, { data }]) => button(`Download ${path}`, () => download(path, data, "application/octet-stream"));
  const buttons = html(
    "div",
    { className: "nn-buttons" },
    button("Copy", copy),
    button("Download", () => download(file(), programs[library], "text/x-python")),
    ...Object.entries(files).map(save),
    button("Close", () => dialog.close()),
    said,
  );
  const head = html("p", {}, html("b", { textContent: "The same in Python. " }), note);
  const dialog = html("dialog", { className: "nn-dialog" }, head, text, buttons);
  if (others.length) text.before(choices);
  dialog.setAttribute("aria-label", "Export as code");
  dialog.addEventListener("close", () => dialog.remove()); // the browser gives the focus back to the button
  element.append(dialog);
  dialog.showModal();
}
