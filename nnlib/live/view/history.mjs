// The states of a run, so that a figure can rewind.

import { NdArray } from "./protocol.mjs";

const LONGEST = 5000;
const HEAVIEST = 64 * 2 ** 20; // bytes of arrays in all: some states grow as a run goes on

/** The bytes of the arrays in a state. */
function weigh(value) {
  if (value instanceof NdArray) return value.data.byteLength;
  return value && typeof value === "object" ? Object.values(value).reduce((sum, part) => sum + weigh(part), 0) : 0;
}

export class History {
  constructor(state) {
    this.age = 0; // grows when the present state is replaced by hand: an answer to an older question is then void
    this.restart(state);
  }

  /** Begin anew; the state null asks for a start from the settings of the time. */
  restart(state) {
    Object.assign(this, { states: [state], weight: weigh(state), at: 0, forgotten: 0 });
    this.age += 1;
  }

  get present() {
    return this.states[this.at];
  }

  get last() {
    return this.states.length - 1;
  }

  goTo(index) {
    this.at = Math.min(Math.max(0, index), this.last);
    this.age += 1;
  }

  /** Take the present state as Python has completed it. */
  keep(state) {
    this.#put(this.at, 1, state);
  }

  /** Take the next state; what followed the present one is void, and of a long run the oldest states are forgotten. */
  add(state) {
    this.#put(this.at + 1, Infinity, state);
    while (this.states.length > LONGEST || (this.weight > HEAVIEST && this.last > 1)) this.forgotten += this.#put(0, 1).length;
    this.at = this.last;
  }

  #put(at, count, ...states) {
    const gone = this.states.splice(at, count, ...states);
    this.weight += weigh(states) - weigh(gone);
    return gone;
  }

  toString() {
    return `${this.at + this.forgotten} of ${this.last + this.forgotten}`;
  }
}
