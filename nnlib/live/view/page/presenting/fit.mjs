// How large a slide is: as large as it is meant to be, or as much smaller as lets all of it be seen at once.

const SMALLER = 6; // percent, from one size to the next

/**
 * Choose the largest size, down to `least` percent, in which `overflows()` is not so, or `least`, where it always is;
 * return whether all can be seen.
 */
export function fit(overflows, least) {
  for (let percent = 100; percent >= least; percent -= SMALLER) {
    document.documentElement.style.setProperty("--nn-show-scale", String(percent / 100));
    if (!overflows()) return true;
  }
  return false;
}

/** Forget the size of a slide. */
export function unfit() {
  document.documentElement.style.removeProperty("--nn-show-scale");
}
