// What the reader has done, kept in this browser and nowhere else. Each book keeps its own, by its address.

const ROOT = new URL("../../", import.meta.url);
const KEY = `nnlib ${ROOT.pathname}`;
const VERSION = 1;
const GOOD = {
  read: (value) => value === true,
  exercises: (value) => typeof value.source === "string" && typeof value.solved === "boolean",
  questions: ({ chosen, right }) => (
    Array.isArray(chosen) && chosen.every(Number.isInteger) && typeof right === "boolean"
  ),
  predictions: (value) => typeof value === "string",
};

let memory = empty(); // where the browser keeps nothing, as in some private windows
let lasting = true;

function empty() {
  return Object.fromEntries([["version", VERSION], ...Object.keys(GOOD).map((part) => [part, {}])]);
}

/** All that is kept: {version, read, exercises, questions, predictions}. */
export function kept() {
  try {
    return clean(JSON.parse(localStorage.getItem(KEY) ?? "null") ?? memory);
  } catch (error) {
    lasting &&= error instanceof SyntaxError; // damaged is not forbidden
    return memory;
  }
}

/** Keep a value under a name in one of the parts. */
export function keep(part, name, value) {
  const all = kept();
  all[part][name] = value;
  store(all);
}

/** Say whether what is kept is still there tomorrow. */
export function lasts() {
  kept();
  return lasting;
}

export function clear() {
  store(empty());
}

/** Take in what another browser has exported; throw a sentence for the reader where it is something else. */
export function takeIn(text) {
  const all = kept();
  let other;
  try {
    other = clean(JSON.parse(text));
  } catch {
    throw new Error("This file holds no progress of this book.");
  }
  for (const part of Object.keys(GOOD)) Object.assign(all[part], other[part]);
  store(all);
}

/** Call `act` now and after each change, whichever tab of the browser made it. */
export function follow(act) {
  addEventListener("nnlib-kept", act);
  addEventListener("storage", ({ key }) => (key === KEY || key === null) && act());
  act();
}

function store(all) {
  memory = all;
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    lasting = false; // the progress panel says so
  }
  dispatchEvent(new Event("nnlib-kept"));
}

/** What is well formed in `other`, and only that. */
function clean(other) {
  if (other?.version !== VERSION) throw new SyntaxError("not of this version");
  const all = empty();
  for (const [part, good] of Object.entries(GOOD)) {
    const entries = Object.entries(other[part] ?? {}).filter(([, value]) => value !== null && good(value));
    all[part] = Object.fromEntries(entries);
  }
  return all;
}

export function bookRoot() {
  return ROOT;
}
