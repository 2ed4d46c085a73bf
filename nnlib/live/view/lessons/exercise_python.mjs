// The exercises' own Python: one worker for all the cells of a page, apart from the figures', so that a program that
// never ends can be stopped with its worker, and the figures go on.

import { Python } from "../engine/python.mjs";
import { startWorker } from "../page/addresses.mjs";

export const BUSY = "Another cell is still running: stop it first, or wait for it.";

class ExercisePython {
  #python = new Python({
    begin: (again) => startWorker("exercise_worker.js", again, this.#bound),
    refused: () => this.#loosen(),
    progress: (share, sentence) => this.#tell?.(share, sentence),
    endless: true,
  });
  /** @type {((share: number, sentence?: string) => void) | null} */
  #tell = null;
  #bound = true; // to the page's policy

  // A host that forbids what a page has written itself sends a policy; it binds the worker that the host sends, too.
  #loosen() {
    const wasBound = this.#bound;
    this.#bound = false;
    return wasBound;
  }

  /** Start Python, if it is not there; resolve when it is ready, reject with a sentence for the reader. */
  wake() {
    return this.#python.wake();
  }

  /** Whether the one request that may be out is. */
  get busy() {
    return this.#tell !== null;
  }

  /**
   * Ask for one thing at a time, see nnlib/live/exercise_runner.py; `tell(share, sentence)` hears how far the start is.
   * A Python that is slow is begun again, or, where `patient` says so, waited for.
   */
  async ask(request, tell, patient) {
    if (this.busy) throw new Error(BUSY);
    if (this.#python.state === "doubted" && !patient) this.#python.stop("Python begins again.");
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
