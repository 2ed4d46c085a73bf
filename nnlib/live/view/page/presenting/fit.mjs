// How large a slide can be: as large as it is meant to be, or as much smaller as lets all of it be seen at once.

const SIZES = [1, 0.94, 0.88, 0.82, 0.76, 0.7, 0.66];

/** Choose the largest size in which `overflows()` is no longer so; the smallest one, where it always is. */
export function fit(overflows) {
  for (const size of SIZES) {
    document.documentElement.style.setProperty("--nn-show-scale", String(size));
    if (!overflows()) return;
  }
}

/** Forget the size of a slide. */
export function unfit() {
  document.documentElement.style.removeProperty("--nn-show-scale");
}
