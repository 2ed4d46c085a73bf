// The states of a run, so that a figure can rewind: the first, the present, and what lies between, as much as fits.

import { NdArray } from "./protocol.mjs";

const ROOM = 64e6; // bytes of all states of a figure together
const MOST = 5000;

/** The bytes of a state's arrays, and a little for the rest. */
function sizeOf(state) {
  if (state instanceof NdArray) return state.data.byteLength;
  if (state === null || typeof state !== "object") return 16;
  return Object.values(state).reduce((sum, part) => sum + sizeOf(part), 64);
}

function isSame(settings, others) {
  return Object.keys(settings).every((name) => settings[name] === others[name]);
}

export class History {
  /** @type {{state: any, settings: Settings, step: number, bytes: number, edited?: boolean}[]} */
  entries = [];
  /** The index of the present state. */
  at = 0;
  /** It grows when the present state is replaced by hand: an answer to an older request is then void. */
  age = 0;

  constructor(state, settings) {
    this.restart(state, settings);
  }

  /** Begin anew; the state null asks for a start from the settings of the time. */
  restart(state, settings) {
    this.entries = [{ state, settings, step: 0, bytes: sizeOf(state) }];
    this.at = 0;
    this.age += 1;
  }

  get present() {
    return this.entries[this.at].state;
  }

  /** How many steps led to the present state. */
  get step() {
    return this.entries[this.at].step;
  }

  get last() {
    return this.entries.length - 1;
  }

  goTo(index) {
    this.at = Math.min(Math.max(0, index), this.last);
    this.age += 1;
  }

  /** Take the present state as Python has completed it, or as the reader has edited it: then what followed is void. */
  keep(state, edited = false) {
    const entry = this.entries[this.at];
    Object.assign(entry, { state, bytes: sizeOf(state), edited: entry.edited || edited });
    if (edited) this.entries.length = this.at + 1;
  }

  /** Take the state that so many steps, with these settings, led to; what followed the present one is void. */
  add(state, steps, settings) {
    const step = this.step + steps;
    this.entries.splice(this.at + 1, Infinity, { state, settings, step, bytes: sizeOf(state) });
    while (this.last > 2 && (this.last >= MOST || this.bytes > ROOM)) this.#thinOut();
    this.at = this.last;
  }

  get bytes() {
    return this.entries.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Whether the run so far has been made with these settings all along, and without a hand on its states. */
  isOf(settings) {
    const [first, ...later] = this.entries.slice(0, this.at + 1);
    return !first.edited && later.every((entry) => !entry.edited && isSame(entry.settings, settings));
  }

  // The state that goes is the one that is missed least: its neighbors are near each other, for its age. So a rewind
  // reaches every part of a run, in steps that are the coarser the longer ago they are.
  #thinOut() {
    const { entries } = this;
    const now = entries[this.last].step;
    const closeness = (index) => (entries[index + 1].step - entries[index - 1].step) / (now + 1 - entries[index].step);
    let least = 1;
    for (let index = 2; index < this.last; index += 1) if (closeness(index) < closeness(least)) least = index;
    const [gone] = entries.splice(least, 1);
    entries[least].edited ||= gone.edited || !isSame(gone.settings, entries[least].settings);
  }

  toString() {
    return `${this.step} of ${this.entries[this.last].step}`;
  }
}
