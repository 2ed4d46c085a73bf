// What a link within the book leads to, in short: a title, and copies of what stands there. Copies have no links, no
// ids and nothing to press, so that they are read and nothing else.

import { html } from "../dom.mjs";
import { ROOT } from "./addresses.mjs";

const IN_PLAY = "script, style, button, input, select, textarea, details";
const PRESSED_OR_HIDDEN = `${IN_PLAY}, .headerlink, .label, .nn-badge, .nn-aside, [hidden]`;
/** What is shown of an element that has an id, by what it is: [its title, its body]. */
const IN_SHORT = {
  "dl.glossary > dt": (term) => [[...term.childNodes], [...(following(term, "DD")?.children ?? [])]],
  "div.citation": (source) => [[], [...source.children]],
  "div.math": (formula) => [[], [formula]],
  ".nn-figure": (figure) => {
    return [[...(figure.querySelector(".nn-title")?.childNodes ?? [])], [figure.querySelector(".nn-panel-body")]];
  },
  "div.admonition": (box) => inBox(box),
  "dt.sig": (name) => [[...name.childNodes], [following(name, "DD")?.querySelector("p")]],
  section: (section) => [[...(heading(section)?.childNodes ?? [])], [section.querySelector(":scope > p")]],
};

/** The pages that were asked for, each once. @type {Map<string, Promise<Document>>} */
const asked = new Map();

/** What a link of the page leads to, {title, body}, lists of nodes; null where there is nothing to show of it. */
export async function briefly({ href }) {
  const url = new URL(href);
  const [page, name] = [url.origin + url.pathname, decodeURIComponent(url.hash.slice(1))];
  if (url.search || !page.startsWith(ROOT.href) || (!name && isHere(page))) return null;
  // A figure of this page may be alive, and what is painted can't be copied: its still can.
  const here = isHere(page) && !document.getElementById(name)?.matches(".nn-figure");
  const found = place(here ? document : await ask(page), name);
  const how = found && Object.keys(IN_SHORT).find((selector) => found.matches(selector));
  if (!how) return null;
  const [title, body] = IN_SHORT[how](found).map((nodes) => nodes.filter(Boolean).map((node) => copy(node, page)));
  return title.length || body.length ? { title, body } : null;
}

function isHere(page) {
  return page === location.origin + location.pathname;
}

/** A page that could not be had is asked for again. */
function ask(page) {
  const read = async () => {
    const response = await fetch(page);
    if (!response.ok) throw new Error(`${page}: ${response.status}`);
    return new DOMParser().parseFromString(await response.text(), "text/html");
  };
  const known = asked.get(page) ?? read();
  asked.set(page, known);
  known.catch(() => asked.delete(page));
  return known;
}

/** What a name leads to, or a page without one: its first section. An empty mark stands before what it marks. */
function place(parsedPage, name) {
  if (!name) return parsedPage.querySelector("article section");
  const found = parsedPage.getElementById(name);
  if (!found?.matches("span:empty")) return found;
  const ofSection = found.matches("section > :has(+ :is(h1, h2, h3, h4, h5, h6))");
  return ofSection ? found.parentElement : found.nextElementSibling;
}

function following(element, tag) {
  let next = element.nextElementSibling;
  while (next && next.nodeName !== tag) next = next.nextElementSibling;
  return next;
}

function heading(section) {
  return section.querySelector(":scope > :is(h1, h2, h3, h4, h5, h6)");
}

function inBox(box) {
  const title = box.querySelector(":scope > .admonition-title");
  return [[...(title?.childNodes ?? [])], [...box.children].filter((child) => child !== title)];
}

function copy(node, page) {
  if (!(node instanceof Element)) return document.importNode(node, true);
  const copied = html("div", {}, document.importNode(node, true));
  copied.querySelectorAll(PRESSED_OR_HIDDEN).forEach((element) => element.remove());
  copied.querySelectorAll("a").forEach((link) => link.replaceWith(...link.childNodes));
  for (const element of copied.querySelectorAll("*")) {
    element.removeAttribute("id");
    element.removeAttribute("tabindex");
  }
  for (const image of copied.querySelectorAll("img")) {
    image.src = new URL(image.getAttribute("src") ?? "", page).href;
  }
  const made = document.createDocumentFragment();
  made.append(...copied.childNodes);
  return made;
}
