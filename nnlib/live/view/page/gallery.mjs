// The gallery: a picture that is pressed comes alive below its row of cards. The figure is that of its page for frames,
// which has it whole; a link with its settings leads to it here as well.

import { html } from "../dom.mjs";
import { ROOT } from "./addresses.mjs";

const FAULT = "This figure can't be loaded. Press its picture again, or follow its title to the chapter.";

/** The figure of a page for frames, without the way back: the card has it. */
async function figureOf(name) {
  const answer = await fetch(new URL(`embed/${name}.html`, ROOT));
  if (!answer.ok) throw new Error(`embed/${name}.html: ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  page.querySelector(".nn-back")?.remove();
  return document.adoptNode(/** @type {HTMLElement} */ (page.querySelector(".nn-figure")));
}

/** Let a card's picture show and hide its figure, which `bring` brings to life the first time. */
function offer(card, bring) {
  const picture = card.querySelector(".nn-exhibit-picture");
  const title = card.querySelector(".nn-exhibit-title").textContent;
  const button = html("button", { type: "button", className: picture.className, ariaLabel: `Try it here: ${title}` });
  button.append(...picture.childNodes);
  picture.replaceWith(button);
  /** @type {HTMLElement | null} */
  let place = null;

  async function show() {
    place = html("li", { className: "nn-exhibit-live" });
    card.after(place);
    try {
      const figure = await figureOf(card.dataset.figure);
      place.replaceChildren(figure);
      await bring(figure);
      figure.scrollIntoView({ block: "nearest" });
    } catch (error) {
      reportError(error);
      const told = html("p", { className: "nn-dead", textContent: FAULT });
      told.setAttribute("role", "alert");
      place.replaceChildren(told);
    }
  }

  function press() {
    if (place?.querySelector(".nn-figure")) place.hidden = !place.hidden;
    else {
      place?.remove();
      show();
    }
    button.setAttribute("aria-expanded", String(!place?.hidden));
  }

  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", press);
  if (new URLSearchParams(location.search).has(card.dataset.figure)) press();
}

/** Let the pictures of the page's gallery come alive, where it has one. */
export function offerGallery(bring) {
  for (const card of document.querySelectorAll(".nn-exhibit")) offer(card, bring);
}
