// How fast a run plays: how many steps each picture is made of, from one to as many as there is time for, and what
// comes of it, in steps a second.

import { write } from "../dom.mjs";
import { MOST_STEPS } from "./protocol.mjs";

const TRAINING = 10; // milliseconds of training before each picture
const LIMITS = [1, 2, 5, 10, 20, 50, 100, 200, 500, MOST_STEPS]; // steps a picture, at each place of the slider
const GROWTH = 3; // from one picture to the next, at the most: what a step takes is known as soon as one has been made
const SPAN = 1000; // milliseconds that steps are counted over
const PAUSE = 250; // milliseconds from one word about the speed to the next: a quicker one can't be read

/** How many steps fit, after so many took so many milliseconds; a clock may be too coarse to see them. */
export function fitting(steps, took) {
  const fit = took > 0 ? Math.floor((steps * TRAINING) / took) : Infinity;
  return Math.min(MOST_STEPS, Math.max(1, Math.min(fit, GROWTH * steps)));
}

export class Speed {
  #slider;
  #words;
  #unit;
  /** How many steps fit. */
  #fit = 1;
  /** When how many steps were made, of late. @type {[number, number][]} */
  #made = [];
  #told = 0;

  constructor(slider) {
    this.#slider = slider;
    this.#words = slider.nextElementSibling;
    this.#unit = slider.dataset.unit;
    slider.addEventListener("input", () => this.#say());
    slider.value = LIMITS.findLastIndex((limit) => limit <= Number(slider.dataset.begin));
    this.#say();
  }

  /** For the next picture. */
  get steps() {
    return Math.min(this.#fit, this.#limit);
  }

  get #limit() {
    return LIMITS[Number(this.#slider.value)];
  }

  begin() {
    this.#made = [[performance.now(), 0]];
    this.#told = performance.now();
  }

  /** So many steps were made, in so many milliseconds of training. */
  measure(steps, took = 0) {
    if (!steps) return;
    this.#fit = fitting(steps, took);
    if (!this.#made.length) return;
    const now = performance.now();
    this.#made.push([now, steps]);
    while (this.#made.length > 2 && now - this.#made[0][0] > SPAN) this.#made.shift();
    if (now - this.#told < PAUSE) return;
    this.#told = now;
    const [[since], ...later] = this.#made;
    const rate = (1000 * later.reduce((sum, [, count]) => sum + count, 0)) / (now - since);
    write(this.#words, `${rounded(rate)} ${this.#unit}s/s`);
  }

  end() {
    this.#made = [];
    this.#say();
  }

  #say() {
    const { length } = LIMITS;
    const limit = this.#limit;
    const words = Number(this.#slider.value) === length - 1 ? "as fast as it goes"
      : `${limit} ${this.#unit}${limit > 1 ? "s" : ""} a picture`;
    this.#slider.setAttribute("aria-valuetext", words);
    if (!this.#made.length) write(this.#words, words);
  }
}

/** To two digits: more of them would only flicker. */
function rounded(rate) {
  return Number(rate.toPrecision(2)).toLocaleString("en");
}
