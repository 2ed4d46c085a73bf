// The states of a run, so that a figure can rewind.

const LONGEST = 5000;

export class History {
  constructor(state) {
    this.age = 0; // grows when the present state is replaced by hand: an answer to an older question is then void
    this.restart(state);
  }

  /** Begin anew; the state null asks for a start from the settings of the time. */
  restart(state) {
    Object.assign(this, { states: [state], at: 0, forgotten: 0 });
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
    this.states[this.at] = state;
  }

  /** Take the next state; what followed the present one is void, and of a long run the oldest states are forgotten. */
  add(state) {
    this.states.splice(this.at + 1, Infinity, state);
    if (this.states.length > LONGEST) this.forgotten += this.states.splice(0, 1).length;
    this.at = this.last;
  }

  toString() {
    return `${this.at + this.forgotten} of ${this.last + this.forgotten}`;
  }
}
