// A page asks for what runs in it by the hash of what is in that, so all of it is of one edition of the book, or not
// there: where a cache gives out a page that its host has replaced, and the host keeps no older edition.

import { hindrance } from "./hindrance.mjs";

/** The page as its host has it now; empty where that is not known. @type {Promise<string> | undefined} */
let now;

async function current() {
  try {
    const response = await fetch(location.href, { cache: "no-cache" });
    const text = response.ok ? await response.text() : "";
    return text.includes("live/renew.js") ? text : ""; // else a network has put something in its place
  } catch {
    return "";
  }
}

/**
 * Begin anew with the page that the host has now, once, if that one asks no more for `lost`, which did not come, and
 * the reader has not touched this one.
 */
export async function renew(lost) {
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  if (hindrance() || !visit || visit.type === "reload") return; // so it is once, whatever the host answers
  now ??= current();
  const text = await now;
  if (text && !text.includes(lost) && !navigator.userActivation?.hasBeenActive) location.reload();
}
