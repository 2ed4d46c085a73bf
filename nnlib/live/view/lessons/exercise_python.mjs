// The exercises' own Python: one worker for all the cells of a page, apart from the figures', so that a program that
// never ends can be stopped with its worker, and the figures go on.

import { Python } from "../engine/python.mjs";

export const BUSY = "Another cell is still running: stop it first, or wait for it.";

class ExercisePython {
  #python = new Python({
    begin: () => new Worker(new URL("./exercise_worker.mjs", import.meta.url), { type: "module" }),
    progress: (share) => this.#tell?.(share),
    endless: true,
  });
  /** @type {((share: number) => void) | null} */
  #tell = null;

  /** Start Python, if it is not there; resolve when it is ready, reject with a sentence for the reader. */
  wake() {
    return this.#python.wake();
  }

  /** Whether the one request that may be out is. */
  get busy() {
    return this.#tell !== null;
  }

  /** Ask for one thing at a time, see nnlib/live/exercise_runner.py; `tell(share)` hears how far the start is. */
  async ask(request, tell) {
    if (this.busy) throw new Error(BUSY);
    this.#tell = tell;
    try {
      await this.wake();
      tell(1);
      const { text } = await this.#python.request({ text: JSON.stringify(request) });
      return JSON.parse(text);
    } finally {
      this.#tell = null;
    }
  }

  /** Stop what runs, whatever it is, and begin again with a fresh Python. */
  stop() {
    this.#python.stop("Stopped. Your program is as you wrote it.");
    this.wake();
  }
}

export const exercisePython = new ExercisePython();
