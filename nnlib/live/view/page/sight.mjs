// What the reader sees, or soon will, and when the page has time for more than to be read.

const NEAR = "300px"; // from what the reader sees
const OVERDUE = 3000; // milliseconds after all of the page is there: what still holds it up is not waited for any more
const UNTIL_SETTLED = 500; // milliseconds after all of the page is there
const IDLE = 1000; // milliseconds: a device without an idle moment by then has none soon

/** Resolves after the next frame: there is none before the page has its looks, or while it is hidden. */
export const seen = new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); });

/** Resolves when all of the page is there; what scripts of others hold up is not waited for. */
export const parsed = new Promise((done) => {
  if (document.readyState !== "loading") done(null);
  else document.addEventListener("readystatechange", done, { once: true });
});

/** Resolves when the page has been there for a moment, whatever else is still to come. */
export const settled = parsed.then(() => new Promise((done) => { setTimeout(done, UNTIL_SETTLED); }));

/** Resolves in the first idle moment after the page has loaded. */
export const rested = new Promise((done) => {
  const rest = () => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(done, { timeout: IDLE });
    else setTimeout(done, 200);
  };
  if (document.readyState === "complete") rest();
  else addEventListener("load", rest, { once: true });
  parsed.then(() => setTimeout(rest, OVERDUE));
});

/** Resolves when the page rests, or when the reader does something; at once, where the address leads to a figure. */
const free = new Promise((done) => {
  if (location.search || location.hash.startsWith("#figure-")) done(null);
  for (const act of ["pointerdown", "keydown", "wheel", "scroll"]) {
    addEventListener(act, done, { once: true, passive: true });
  }
  rested.then(done);
});

/** Resolves when an element comes near to what the reader sees. */
export function nearTo(element) {
  return new Promise((done) => {
    const near = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      near.disconnect();
      done(null);
    }, { rootMargin: NEAR });
    near.observe(element);
  });
}

/** Call `act` whenever a figure comes near, also one that is still to be parsed; the page itself comes first. */
export function whenNear(act) {
  const wakeIfNear = (entries) => { if (entries.some(({ isIntersecting }) => isIntersecting)) free.then(act); };
  const near = new IntersectionObserver(wakeIfNear, { rootMargin: NEAR });
  const figures = document.getElementsByClassName("nn-figure");
  let known = 0;
  const add = () => { for (; known < figures.length; known += 1) near.observe(figures[known]); };
  const parser = new MutationObserver(add);
  parser.observe(document, { childList: true, subtree: true });
  add();
  parsed.then(() => {
    add();
    parser.disconnect();
  });
}
