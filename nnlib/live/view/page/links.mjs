// Addresses that bring a figure back as it is: its place in the book, and its page for frames of other sites.

import { ROOT } from "./addresses.mjs";

/** In a figure's page for frames: the link back into the book. @type {() => HTMLAnchorElement | null} */
export const wayBack = () => document.querySelector(".nn-embed .nn-back");

function withSettings(address, name, settings, hidden) {
  const url = new URL(address);
  url.search = "";
  if (settings) url.searchParams.set(name, JSON.stringify(settings));
  if (hidden.length) url.searchParams.set("hide", hidden.join(","));
  return url;
}

/** The address of a figure's place in the book, with the settings that are not those of its page. */
export function linkTo(name, changed, hidden) {
  const url = withSettings(wayBack()?.href ?? location.href, name, changed, hidden);
  url.hash = `figure-${name.replaceAll("_", "-")}`;
  return url.href;
}

/** The address of a figure's page for frames, with the settings that are not its own. */
export function frameOf(name, changed, hidden) {
  const settings = Object.keys(changed).length ? changed : null;
  return withSettings(new URL(`embed/${name}.html`, ROOT), name, settings, hidden).href;
}
