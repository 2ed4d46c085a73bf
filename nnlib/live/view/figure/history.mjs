// The states of a run, so that a figure can rewind: the first, the present, and what lies between, as much as fits. A
// step whose state is not kept is reached from the one before it, by training with the settings of the time.

import { NdArray } from "./protocol.mjs";

const ROOM = 64e6; // bytes of all states of a figure together
const MOST = 5000;
const A_TURN = 1e9; // more than any closeness

/** The bytes of a state's arrays, and a little for the rest. */
function sizeOf(state) {
  if (state instanceof NdArray) return state.data.byteLength;
  if (state === null || typeof state !== "object") return 16;
  return Object.values(state).reduce((sum, part) => sum + sizeOf(part), 64);
}

export function isSame(settings, others) {
  const names = Object.keys(settings);
  return names.length === Object.keys(others).length && names.every((name) => settings[name] === others[name]);
}

/**
 * @typedef {{state: any, settings: Settings, step: number, bytes: number, edited?: boolean, mixed?: boolean,
 *   changed?: boolean}} Entry
 */

export class History {
  /**
   * The settings are those of the steps that led from the entry before to this one; `mixed` where they changed on the
   * way, or a hand changed a state there: then no training leads the same way again. `changed` says that they differ
   * from those of the entry before.
   *
   * @type {Entry[]}
   */
  entries = [];
  /** The index of the present state. */
  at = 0;
  /** How many steps after the present state is the one that the reader wants to see. */
  #ahead = 0;
  /** It grows when the present state is replaced by hand: an answer to an older request is then void. */
  age = 0;

  constructor(state, settings) {
    this.restart(state, settings);
  }

  /** Begin anew; the state null asks for a start from the settings of the time. */
  restart(state, settings, step = 0) {
    this.entries = [{ state, settings, step, bytes: sizeOf(state) }];
    this.#moveTo(0);
  }

  #moveTo(index) {
    this.at = index;
    this.#ahead = 0;
    this.age += 1;
  }

  get present() {
    return this.entries[this.at].state;
  }

  /** How many steps led to the present state. */
  get step() {
    return this.entries[this.at].step;
  }

  get first() {
    return this.entries[0].step;
  }

  /** How many steps the whole run has, from its start. */
  get last() {
    return this.entries[this.entries.length - 1].step;
  }

  /** Go to a step of the run: to its state, or to the one kept before it, with steps `missing` from there. */
  goTo(step) {
    const wanted = Math.min(Math.max(this.first, step), this.last);
    const after = this.entries.findIndex((entry) => entry.step > wanted);
    const index = after < 0 ? this.entries.length - 1 : after - 1;
    this.#moveTo(index);
    if (!this.entries[after]?.mixed) this.#ahead = wanted - this.step;
  }

  /** The steps that lead from the present state to the wanted one, and their settings; null where there are none. */
  get missing() {
    return this.#ahead ? { steps: this.#ahead, settings: this.entries[this.at + 1].settings } : null;
  }

  /** Stay at the present state, whatever was wanted. */
  stay() {
    this.#moveTo(this.at);
  }

  /** Take the state that so many of the missing steps have led to. */
  fill(state, steps) {
    const { settings } = this.entries[this.at + 1];
    this.#ahead -= steps;
    this.#insert(0, { state, settings, step: this.step + steps });
  }

  /** Take the present state as Python has completed it, or as the reader has edited it: then what followed is void. */
  keep(state, edited = false) {
    const entry = this.entries[this.at];
    Object.assign(entry, { state, bytes: sizeOf(state), edited: entry.edited || edited });
    if (edited) this.entries.length = this.at + 1;
  }

  /**
   * Take the state that so many steps, with these settings, led to, after a hand has changed the present one, or not;
   * what followed the present one is void.
   */
  add(state, steps, settings, mixed = false) {
    this.#insert(Infinity, { state, settings, step: this.step + steps, mixed });
  }

  /** Put an entry after the present one, in the place of so many others, and go there. */
  #insert(others, entry) {
    const changed = !isSame(entry.settings, this.entries[this.at].settings);
    this.at += 1;
    this.entries.splice(this.at, others, { ...entry, changed, bytes: sizeOf(entry.state) });
    this.#fit();
  }

  get bytes() {
    return this.entries.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Whether the run so far has been made with these settings all along, and without a hand on its states. */
  isOf(settings) {
    const [first, ...later] = this.entries.slice(0, this.at + 1);
    const isClean = (entry) => !entry.edited && !entry.mixed;
    return isClean(first) && later.every((entry) => isClean(entry) && isSame(entry.settings, settings));
  }

  // The state that goes is the one that is missed least: its neighbors are near each other, for its age. So a rewind
  // has the shorter a way to train again the newer the step is. While there are others, one stays where the settings
  // changed or a hand changed it: no way leads across.
  #fit() {
    let { bytes } = this;
    while (this.entries.length > 3 && (this.entries.length > MOST || bytes > ROOM)) bytes -= this.#letGo().bytes;
  }

  #letGo() {
    const { entries } = this;
    const now = this.last;
    const closeness = (index) => (entries[index + 1].step - entries[index - 1].step) / (now + 1 - entries[index].step);
    const isTurn = (index) => Boolean(entries[index].edited || entries[index + 1].changed);
    const worth = (index) => (index === this.at ? Infinity : closeness(index) + (isTurn(index) ? A_TURN : 0));
    let [least, worthLeast] = [1, worth(1)];
    for (let index = 2; index < entries.length - 1; index += 1) {
      const here = worth(index);
      if (here < worthLeast) [least, worthLeast] = [index, here];
    }
    const mixed = isTurn(least);
    const [gone] = entries.splice(least, 1);
    const next = entries[least];
    next.mixed ||= gone.mixed || mixed;
    next.changed = !isSame(next.settings, entries[least - 1].settings);
    if (least < this.at) this.at -= 1;
    return gone;
  }

  toString() {
    return `${this.step} of ${this.last}`;
  }
}
