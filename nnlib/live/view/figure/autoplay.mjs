// A figure that begins to play as the reader arrives: once, where it is seen, for a little while, and never for those
// who want no motion, nor once a hand is on it.

/** What a hand takes over a run with, which then goes on until it says otherwise. */
const TAKES_OVER = '[data-do="play"], [data-do="speed"]';

const SEEN = 0.4; // of the figure, or of the window
const WHILE = 20_000; // milliseconds

/** Let a figure play by itself, once it is live; return what ends that. */
export function playAsSeen(figure) {
  const { element, run } = figure;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const over = new AbortController();
  /** What the run is known by while this has begun it. */
  let mine = null;
  let isSeen = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;
  const end = () => {
    clearTimeout(rest);
    seen.disconnect();
    live.disconnect();
    over.abort();
  };
  const stop = () => {
    if (mine && run.playing === mine) run.stop();
    end();
  };
  const begin = () => {
    if (mine || !isSeen || element.dataset.state !== "live" || still.matches || run.playing) return;
    run.playOrPause();
    mine = run.playing;
    rest = setTimeout(stop, WHILE);
  };
  const seen = new IntersectionObserver((entries) => {
    const { intersectionRatio: share, intersectionRect, rootBounds } = entries[entries.length - 1];
    isSeen = share >= SEEN || intersectionRect.height >= SEEN * (rootBounds?.height ?? Infinity);
    if (isSeen) begin();
    else if (mine) stop();
  }, { threshold: [0, 0.1, 0.2, 0.3, SEEN, 0.6, 0.8, 1] });
  seen.observe(element);
  const live = new MutationObserver(begin);
  live.observe(element, { attributeFilter: ["data-state"] });
  // A hand that comes before keeps the figure still; one that comes later has a figure before it that waits for it.
  const hand = ({ target }) => (target.closest(TAKES_OVER) ? end() : stop());
  for (const touch of ["pointerdown", "keydown", "input"]) {
    element.addEventListener(touch, hand, { signal: over.signal, capture: true });
  }
  still.addEventListener("change", () => still.matches && stop(), { signal: over.signal });
  begin();
  return end;
}
