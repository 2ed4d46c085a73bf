// At most one request is out, and one waits. Newer ones join the one that waits: frames are dropped, never queued up.

export class RequestQueue {
  /** @type {{steps: number, waiting: {resolve: (answer: any) => void, reject: (error: Error) => void}[]} | null} */
  #next = null;
  #busy = false;
  ask;

  /** `ask(steps)` asks and resolves to the answer; an error that the reader was told of carries `told`. */
  constructor(ask) {
    this.ask = ask;
  }

  /** Ask for an answer, and for so many steps of training before it. */
  want(steps = 0) {
    this.#join(steps);
  }

  /** The same, as a promise of the answer to the request that this one becomes part of. */
  answer(steps = 0) {
    return new Promise((resolve, reject) => {
      this.#join(steps).waiting.push({ resolve, reject });
    });
  }

  /** Take back the steps of the request that waits. */
  forgetSteps() {
    if (this.#next) this.#next.steps = 0;
  }

  #join(steps) {
    const next = (this.#next ??= { steps: 0, waiting: [] });
    next.steps += steps;
    if (!this.#busy) this.#askAll();
    return next;
  }

  async #askAll() {
    this.#busy = true;
    await null; // requests made in one task are sent together
    while (this.#next) {
      const { steps, waiting } = this.#next;
      this.#next = null;
      try {
        const answer = await this.ask(steps);
        waiting.forEach(({ resolve }) => resolve(answer));
      } catch (error) {
        waiting.forEach(({ reject }) => reject(error));
        if (error.name === "EngineError") this.#giveUp(error); // until the reader, or a ready engine, asks again
        else if (!error.told && !waiting.length) reportError(error);
      }
    }
    this.#busy = false;
  }

  #giveUp(error) {
    this.#next?.waiting.forEach(({ reject }) => reject(error));
    this.#next = null;
  }
}
