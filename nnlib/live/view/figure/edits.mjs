// Changes to a state by hand, by the names that the picture gives its parts, on their way to Python.

export class Edits {
  /** @type {Record<string, number> | null} */
  #waiting = null;
  /** @type {Record<string, number> | null} */
  #sent = null;

  add(changes) {
    this.#waiting = { ...this.#waiting, ...changes };
  }

  /** What waits, which is sent now; null where nothing does. */
  send() {
    this.#sent = this.#waiting;
    this.#waiting = null;
    return this.#sent;
  }

  answered() {
    this.#sent = null;
  }

  /** What a part is to become, which no picture shows yet: the hand goes on from there. */
  of(name) {
    return this.#waiting?.[name] ?? this.#sent?.[name];
  }
}
