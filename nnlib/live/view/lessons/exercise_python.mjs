// The exercises' own Python: one worker for all the cells of a page, apart from the figures', so that a program that never
// ends can be stopped with its worker, and the figures go on.

const PATIENCE = 20_000; // milliseconds without a sign of life while Python starts

class ExercisePython {
  #worker = null;
  #asked = null; // the one question that is out
  #watchdog = 0;

  /** Start Python, if it is not there; resolve when it is ready, reject with a sentence for the reader. */
  wake() {
    if (this.#worker) return this.ready;
    this.ready = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
    this.ready.catch(() => {}); // whoever asks is told
    this.#worker = new Worker(new URL("./exercise_worker.mjs", import.meta.url), { type: "module" });
    this.#worker.onmessage = ({ data }) => this.#hear(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#end(event.message ? `Python stopped: ${event.message}.` : "Python can't start here.");
    };
    this.#watch();
    return this.ready;
  }

  get busy() {
    return this.#asked !== null;
  }

  /** Ask for one thing at a time, see nnlib/live/exercise_runner.py; `tell(share)` hears how far Python is with starting. */
  async ask(request, tell) {
    if (this.busy) throw new Error("Another cell is still running: stop it first, or wait for it.");
    this.tell = tell;
    return new Promise((resolve, reject) => {
      this.#asked = { resolve, reject };
      this.wake().then(() => {
        tell(1);
        this.#worker.postMessage(JSON.stringify(request));
      }).catch((error) => this.#settle("reject", error));
    });
  }

  /** Stop what runs, whatever it is, and begin again with a fresh Python. */
  stop() {
    this.#end("Stopped. Your program is as you wrote it.");
    this.wake();
  }

  #hear(data) {
    if (data.kind === "progress") {
      this.#watch();
      this.tell?.(data.share);
    } else if (data.kind === "ready") {
      clearTimeout(this.#watchdog);
      this.resolve();
    } else if (data.kind === "reply") {
      this.#settle("resolve", JSON.parse(data.reply));
    } else {
      this.#end(data.message);
    }
  }

  #watch() {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#end("Python does not answer."), PATIENCE);
  }

  #end(sentence) {
    clearTimeout(this.#watchdog);
    this.#worker?.terminate();
    this.#worker = null;
    const error = new Error(sentence);
    this.reject?.(error);
    this.#settle("reject", error);
  }

  #settle(how, what) {
    const asked = this.#asked;
    this.#asked = this.tell = null;
    asked?.[how](what);
  }
}

export const exercisePython = new ExercisePython();
