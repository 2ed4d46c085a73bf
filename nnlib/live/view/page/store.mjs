// What the reader has done, kept in this browser and nowhere else. Each book keeps its own, by its address.
//
// One rule: nothing newer is lost without a word. Each entry has the time of its last change, and of two the newer one
// stays, whether it comes from another tab, from a file, or from this page, whose last write the browser has refused.

import { ROOT } from "./addresses.mjs";

const KEY = `nnlib ${ROOT.pathname}`;
const VERSION = 1;
const isCount = (tries) => Number.isSafeInteger(tries) && tries >= 0;
// What is an entry of each part in a value that may be anything but null, or null. Older editions did not count tries.
const ENTRY = {
  read: (value) => (value === true ? value : null),
  exercises: ({ source, solved, tries = 0 }) => (
    typeof source === "string" && typeof solved === "boolean" && isCount(tries) ? { source, solved, tries } : null
  ),
  questions: ({ chosen, right, tries = 0 }) => (
    Array.isArray(chosen) && chosen.every(Number.isInteger) && typeof right === "boolean" && isCount(tries)
      ? { chosen, right, tries } : null
  ),
  predictions: (value) => (typeof value === "string" ? value : null),
};
const PARTS = Object.keys(ENTRY);
/** In which part the answers to a kind of task are. */
export const PART = { exercise: "exercises", question: "questions", prediction: "predictions" };
const STAYS = { exercises: "solved", questions: "right" }; // once it is true, it stays so, and no more tries count

let memory = empty(); // all that this page knows of
let taken = "null"; // the text that the memory has taken in
let refused = false;

/** @returns {Record<string, any>} */
function empty() {
  const parts = () => Object.fromEntries(PARTS.map((part) => [part, {}]));
  return { version: VERSION, ...parts(), times: parts(), cleared: 0 };
}

/** All that is kept: {version, read, exercises, questions, predictions, times, cleared}. */
export function kept() {
  try {
    const text = localStorage.getItem(KEY) ?? "null";
    if (text === taken) return memory;
    taken = text;
    const stored = JSON.parse(text);
    if (stored !== null) memory = newest(memory, clean(stored));
  } catch {
    // It is forbidden, or damaged: there is what this page knows.
  }
  return memory;
}

/** Keep a value under a name in one of the parts. */
export function keep(part, name, value) {
  const [all, change] = [kept(), empty()];
  change[part][name] = value;
  change.times[part][name] = Math.max(Date.now(), time(all, part, name) + 1, all.cleared + 1); // clocks may be wrong
  store(newest(all, change));
}

/** Keep an answer that was checked, {…, solved} or {…, right}; it is a try, unless it has been right before. */
export function keepChecked(part, name, value) {
  const stays = STAYS[part];
  const { tries = 0, [stays]: before = false } = kept()[part][name] ?? {};
  keep(part, name, { ...value, [stays]: value[stays] || before, tries: tries + (before ? 0 : 1) });
}

/** Say where what is kept is: in the "browser", or in this page and "nowhere" else; "full" is one without room. */
export function keeping() {
  try {
    if (!(localStorage instanceof Storage)) return "nowhere"; // see memory.js
  } catch {
    return "nowhere";
  }
  return refused ? "full" : "browser";
}

export function clear() {
  const { times } = kept();
  const last = Math.max(0, ...PARTS.flatMap((part) => Object.values(times[part])));
  store({ ...empty(), cleared: Math.max(Date.now(), last) });
}

/**
 * Take in what another browser has exported, and return how many entries stay as they are, because they are newer;
 * throw a sentence for the reader where it is something else.
 */
export function takeIn(text) {
  const all = kept();
  let other;
  try {
    const told = JSON.parse(text);
    other = clean(told);
    if (!entries(other).length && !PARTS.every((part) => part in told)) throw new SyntaxError("of something else");
  } catch {
    throw new Error("This file holds no progress of this book.");
  }
  const [now, first] = [Date.now(), all.cleared + 1]; // what was cleared comes back: the reader wants it
  for (const [part, name] of entries(other)) {
    other.times[part][name] = Math.max(first, Math.min(time(other, part, name), now));
  }
  const newer = entries(other).filter(([part, name]) => (
    time(all, part, name) > time(other, part, name)
    && JSON.stringify(all[part][name]) !== JSON.stringify(other[part][name])
  ));
  store(newest(all, { ...other, cleared: 0 }));
  return newer.length;
}

/** Call `act` now and after each change, whichever tab of the browser made it. */
export function follow(act) {
  addEventListener("nnlib-kept", act);
  addEventListener("storage", ({ key }) => (key === KEY || key === null) && act());
  addEventListener("pageshow", ({ persisted }) => persisted && act()); // it has slept, and heard nothing
  act();
}

function store(all) {
  memory = all;
  try {
    const text = JSON.stringify(all);
    localStorage.setItem(KEY, text);
    taken = text;
    refused = false;
  } catch {
    refused = true; // the progress panel says so
  }
  dispatchEvent(new Event("nnlib-kept"));
}

function entries(all) {
  return PARTS.flatMap((part) => Object.keys(all[part]).map((name) => [part, name]));
}

function time(all, part, name) {
  return all.times[part][name] ?? 0;
}

/** Of each entry the newer one; of two of one time that of `other`. What was cleared later is left out. */
function newest(all, other) {
  const both = Object.assign(empty(), { cleared: Math.max(all.cleared, other.cleared) });
  for (const one of [all, other]) {
    for (const [part, name] of entries(one)) {
      const when = time(one, part, name);
      if (both.cleared && when <= both.cleared) continue;
      const [mine, theirs] = [both[part][name], one[part][name]];
      const newer = mine === undefined || when >= time(both, part, name) ? theirs : mine;
      const stays = STAYS[part];
      both[part][name] = stays ? {
        ...newer,
        [stays]: theirs[stays] || (mine?.[stays] ?? false),
        tries: Math.max(theirs.tries ?? 0, mine?.tries ?? 0),
      } : newer;
      both.times[part][name] = Math.max(when, time(both, part, name));
    }
  }
  return both;
}

/** What is well formed in `other`, and only that. */
function clean(other) {
  if (other?.version !== VERSION) throw new SyntaxError("not of this version");
  const all = empty();
  const moment = (when) => (Number.isFinite(when) ? when : 0); // older editions kept none
  all.cleared = moment(other.cleared);
  for (const part of PARTS) {
    const given = other[part] instanceof Object ? Object.entries(other[part]) : [];
    const isOne = ([name, value]) => value !== null && !(name in Object.prototype); // which has a "constructor"
    const named = given.filter(isOne);
    const good = named.map(([name, value]) => [name, ENTRY[part](value)]).filter(([, entry]) => entry !== null);
    all[part] = Object.fromEntries(good);
    all.times[part] = Object.fromEntries(good.map(([name]) => [name, moment(other.times?.[part]?.[name])]));
  }
  return all;
}
