// Whether the page's scripts have come. Where one has not, whatever it brings to life says so in words, with what to
// do; a screen reader hears it once. A script that has come says so itself, by `came`. None of them holds up the page,
// so each of them may be the first, which then watches over the others.

import { html } from "../dom.mjs";
import { ROOT } from "./addresses.mjs";
import { renew } from "./edition.mjs";
import { stopped } from "./hindrance.mjs";
import { parsed, seen } from "./sight.mjs";

const DUE = 2000; // milliseconds after the page can be read
const TOLD_BY_POLICY = 100; // milliseconds until it is known whether a policy has forbidden what did not come
const BROUGHT_BY_LOADING = { // what is said where it does not come to life
  ".nn-figure": "This figure stays a still picture",
  ".nn-cell": "This exercise can't be run",
  ".bd-links": "Your progress can't be shown",
};
const { ".nn-figure": figures, ...lessons } = BROUGHT_BY_LOADING;
const BROUGHT = { // by each script
  "page.js": { ".nn-figure": figures },
  "lessons.js": {
    ...lessons,
    ".nn-question": "This question can't be answered",
    ".nn-predict": "This prediction can't be made",
  },
};
const FAULTS = {
  late: "has not come yet. It may still come; if it does not, reload the page.",
  damaged: "arrived damaged. Reload the page.",
  forbidden: "is forbidden by a policy, which whoever runs this site, or frames it, can change.",
  missing: "can't be loaded. Reload the page; if that does not help, an extension of this browser may block it.",
};

/** Say that a script has done its work: each element that it has brought to life has `data-mounted`. */
export function came(name) {
  dispatchEvent(new CustomEvent("nnlib-came", { detail: name }));
}

const nameOf = (address) => address.split(/[?#]/)[0].split("/").pop();
/** Whether an address is the book's: an extension of the browser may put what it likes into a page. */
const isOfBook = (address) => address.startsWith(ROOT.href);

export function watch() {
  const { dataset } = document.documentElement;
  if ("watched" in dataset) return;
  dataset.watched = ""; // else the looks say that no script runs: see lessons.css
  const [here, loaded, forbidden, faults] = [new Set(), new Set(), new Set(), new Map()];
  const told = parsed.then(async () => { // of what hinders all of the page, before what one script says
    document.body.append(heard);
    const why = await stopped();
    if (why) show(BROUGHT_BY_LOADING, "", why, true);
  });
  const tell = (name, fault) => {
    if (here.has(name) || faults.get(name) === fault) return;
    faults.set(name, fault);
    told.then(() => show(BROUGHT[name], name, `${name} ${FAULTS[fault]}`, fault !== "late"));
  };
  const check = (name) => {
    if (forbidden.has(name)) tell(name, "forbidden");
    else tell(name, loaded.has(name) ? "damaged" : unheard(name));
  };
  const onScripts = (event, act) => addEventListener(event, ({ target }) => {
    const name = target instanceof HTMLScriptElement && isOfBook(target.src) ? nameOf(target.src) : "";
    if (name in BROUGHT) act(name);
  }, true);

  document.addEventListener("securitypolicyviolation", ({ blockedURI }) => forbidden.add(nameOf(blockedURI)));
  const before = globalThis.ReportingObserver; // not every browser tells of what was forbidden before
  if (before) {
    const note = (reports) => reports.forEach(({ body }) => forbidden.add(nameOf(body.blockedURL ?? "")));
    new before(note, { types: ["csp-violation"], buffered: true }).observe();
  }
  onScripts("error", (name) => {
    setTimeout(() => tell(name, forbidden.has(name) ? "forbidden" : "missing"), TOLD_BY_POLICY);
  });
  addEventListener("error", ({ target }) => { // a stylesheet, or a script of the theme, is of the page's edition, too
    if (target instanceof HTMLScriptElement && isOfBook(target.src)) renew(target.getAttribute("src"));
    else if (target instanceof HTMLLinkElement && isOfBook(target.href)) renew(target.getAttribute("href"));
  }, true);
  onScripts("load", (name) => {
    loaded.add(name);
    if (faults.has(name)) setTimeout(check, DUE, name); // it is late
  });
  addEventListener("load", () => { // by now all have come that ever will
    for (const [name, fault] of faults) {
      if (fault === "late" && !loaded.has(name)) setTimeout(check, DUE, name);
    }
  });
  addEventListener("nnlib-came", (event) => {
    const name = /** @type {CustomEvent} */ (event).detail;
    here.add(name);
    hush(name);
    told.then(() => { // in what it could not bring to life
      show(BROUGHT[name], name, `${name} has failed. Reload the page.`, true);
    });
  });
  Promise.all([parsed, seen]).then(() => setTimeout(() => {
    for (const name of new Set(Array.from(document.scripts, ({ src }) => nameOf(src)))) {
      if (name in BROUGHT && !faults.has(name)) check(name);
    }
  }, readable() + DUE - performance.now()));
}

/** When the page could be read, on its own clock: a watch that comes late waits no longer than one that came early. */
function readable() {
  const [page] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  const [painted] = performance.getEntriesByName("first-contentful-paint");
  return Math.max(page?.domInteractive ?? 0, painted?.startTime ?? performance.now());
}

/** What is wrong with a script of which nothing was heard: its end may have come before the watch. */
function unheard(name) {
  const [came] = performance.getEntriesByType("resource").filter((entry) => nameOf(entry.name) === name);
  const complete = document.readyState === "complete"; // which no page is before all its scripts have come and run
  if (!came) return complete ? "missing" : "late";
  const { responseStatus: status } = /** @type {PerformanceResourceTiming} */ (came);
  if (status === 0 || status >= 400) return "missing";
  return complete ? "damaged" : "late"; // it may be about to run
}

/** What screen readers hear: one note, however many there are in the page. */
const heard = html("div", { className: "nn-heard" });
heard.setAttribute("role", "status");

/** Let each element of these kinds that is not alive say why; `dead` is what will not come to life any more. */
function show(kinds, name, reason, dead) {
  hush(name);
  const said = Object.entries(kinds).flatMap(([kind, what]) => {
    const still = [...document.querySelectorAll(`${kind}:not([data-mounted], [data-coming]):not(:has(.nn-dead))`)];
    for (const element of still) sayIn(element, name, `${what}: ${reason}`, dead);
    return still.length ? [`${what}: ${reason}`] : [];
  });
  if (said.length) heard.append(noteOf(name, said[0]));
}

function hush(name) {
  for (const note of document.querySelectorAll(".nn-dead")) {
    if (/** @type {HTMLElement} */ (note).dataset.of === name) note.remove();
  }
}

function noteOf(name, text) {
  const note = html("p", { className: "nn-dead", textContent: text });
  note.dataset.of = name;
  return note;
}

function sayIn(element, name, text, dead) {
  const head = element.querySelector(":scope > .nn-whole > .nn-head");
  if (head) head.after(noteOf(name, text));
  else if (element.matches(".bd-links")) element.append(noteOf(name, text));
  else element.prepend(noteOf(name, text));
  if (!head || !dead) return;
  element.dataset.state = "failed";
  for (const part of element.querySelectorAll(".nn-training, .nn-controls, .nn-buttons")) part.inert = true;
}
