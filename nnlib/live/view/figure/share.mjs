// What readers take with them: a link to the figure as it is, and "Export code", programs that run to its numbers, and
// files.

import { button, change, copyText, download, html } from "../dom.mjs";
import { showText } from "./dialog.mjs";
import { asJson } from "./protocol.mjs";

/** What a link carries of a figure: the settings that its page does not give it, all of them, and what is hidden. */
export function carried(figure) {
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
  const pinned = settings.filter(isPin).flatMap(([, value]) => Object.entries(value));
  const long = [...changed, ...pinned].filter((one) => isTooLong(one) && !isDefault(one));
  const left = [...new Set(long.map(([name]) => `“${controls.labelOf(name)}”`))];
  const but = left.length ? `, without ${left.join(", ")}: a link is too short for data of your own` : "";
  return { changed: short(changed), settings: short(settings), hidden: [...hiding.hidden], but };
}

export async function copyLink(figure) {
  const { changed, settings, hidden, but } = carried(figure);
  const link = figure.host.link(figure.name, changed, settings, hidden);
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
  const file = () => (library === first ? `${name}.py` : `${name}_${library.toLowerCase()}.py`);
  const save = ([path, { data }]) => button(`Download ${path}`, () => download(path, data, "application/octet-stream"));
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
  const { text, said } = showText(element, {
    label: "Export as code",
    called: "the program",
    head: [html("b", { textContent: "The same in Python. " }), note],
    above: others.length ? [choices] : [],
    more: [
      button("Download", () => download(file(), programs[library], "text/x-python")),
      ...Object.entries(files).map(save),
    ],
  });
  choose(first);
}
