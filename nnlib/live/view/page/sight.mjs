// What the reader sees, or soon will.

const NEAR = "300px"; // from what the reader sees

/** Resolves after the next frame: there is none before the page has its looks, or while it is hidden. */
export const seen = new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); });

/** Resolves when all of the page is there; what scripts of others hold up is not waited for. */
export const parsed = new Promise((done) => {
  if (document.readyState !== "loading") done(null);
  else document.addEventListener("readystatechange", done, { once: true });
});

/** Call `act` whenever a figure comes near, also one that is still to be parsed. */
export function whenNear(act) {
  const wakeIfNear = (entries) => entries.some(({ isIntersecting }) => isIntersecting) && act();
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
