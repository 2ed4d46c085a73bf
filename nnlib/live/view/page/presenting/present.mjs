// A page as a presentation: slide by slide, large, until one leaves it. Nothing is copied: what is on another slide is
// hidden, and the rest is the page itself, whose figures go on living.

import { Bar } from "./bar.mjs";
import { fit, unfit } from "./fit.mjs";
import { Hands, reveal } from "./hands.mjs";
import { heedKeys } from "./keys.mjs";
import { figureOf, measured, piecesOf, wordsOf } from "./pieces.mjs";
import { cut, slideOf } from "./slides.mjs";

const IN_SIGHT = 0.35; // of the window: what lies there is being read
const SCROLLED = 0.85; // of the window, at a step on a slide that is taller
// Percent of the size that a slide is to have; letters keep to 16 pixels. A figure whose pictures would be smaller than
// that has more of them in a row.
const LEAST = { text: 70, figure: 76, rows: 40 };
const ANSWERED = ".nn-question[data-mounted], .nn-predict[data-mounted]";

const root = document.documentElement;
const page = /** @type {HTMLElement} */ (document.scrollingElement);
const article = /** @type {HTMLElement | null} */ (document.querySelector(".bd-article"));
/** The hands of each question, for as long as the page lasts. @type {Map<Element, Hands>} */
const handsOf = new Map();
/** @type {Presentation | null} */
let presentation = null;

class Presentation {
  article;
  pieces;
  holders;
  /** @type {number[][]} */
  slides = [];
  shown = 0;
  acts = { step: (way) => this.step(way), leave: () => this.leave() };
  bar = new Bar(document.querySelector(".bd-article h1"), this.acts);
  /** The answers to predictions, and whether each is to be open when the presentation is over. */
  answers;
  /** How the page was. */
  before = { scroll: scrollY, focus: /** @type {HTMLElement | null} */ (document.activeElement), slide: 0 };
  over = new AbortController();

  /** @param {HTMLElement} article @param {Element | null} from what to begin with, if not with what is in sight */
  constructor(article, from) {
    this.article = article;
    const { pieces, holders } = piecesOf(article);
    [this.pieces, this.holders] = [pieces, holders];
    const first = from ? this.#pieceOf(from) : this.#pieceInSight();
    const answers = /** @type {HTMLDetailsElement[]} */ (holders.filter((each) => each.matches(".nn-predicted")));
    this.answers = new Map(answers.map((each) => [each, each.open]));
    for (const each of answers) each.open = true; // so that they can be measured
    for (const each of /** @type {NodeListOf<HTMLElement>} */ (article.querySelectorAll(ANSWERED))) {
      if (!handsOf.has(each)) handsOf.set(each, new Hands(each, () => presentation?.answered(each)));
      reveal(each, "nothing");
    }
    root.dataset.presenting = "text";
    article.tabIndex = -1;
    article.after(this.bar.element);
    this.#cut(first);
    this.before.slide = this.shown;
    this.#listen();
  }

  /** The number of the piece that an element is, or is in, or has as its first one. */
  #pieceOf(element) {
    const around = this.pieces.findIndex((piece) => piece.contains(element));
    return Math.max(0, around < 0 ? this.pieces.findIndex((piece) => element.contains(piece)) : around);
  }

  #pieceInSight() {
    const inSight = this.pieces.findIndex((piece) => piece.getBoundingClientRect().bottom > IN_SIGHT * innerHeight);
    return inSight < 0 ? this.pieces.length - 1 : inSight;
  }

  /** Cut the page for the window as it is now, and show the slide with a piece on it. */
  #cut(piece) {
    for (const each of [...this.pieces, ...this.holders]) each.removeAttribute("data-away");
    for (const each of this.pieces) figureOf(each)?.classList.remove("nn-full");
    root.dataset.presenting = "text";
    unfit();
    const { paddingTop, paddingBottom } = getComputedStyle(this.article);
    const room = innerHeight - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom);
    this.slides = cut(this.pieces.map(measured), room);
    this.show(slideOf(this.slides, piece));
  }

  /** What is on the slide now. */
  get here() {
    return this.slides[this.shown].map((piece) => this.pieces[piece]);
  }

  /** The figure that is the slide now. */
  get figure() {
    return this.here.length === 1 ? figureOf(this.here[0]) : null;
  }

  show(number) {
    this.shown = number;
    const { here, figure } = this;
    for (const piece of this.pieces) {
      piece.toggleAttribute("data-away", !here.includes(piece));
      piece.toggleAttribute("data-first", piece === here[0]);
      figureOf(piece)?.classList.toggle("nn-full", figureOf(piece) === figure);
    }
    for (const each of this.holders) each.toggleAttribute("data-away", !here.some((piece) => each.contains(piece)));
    for (const answer of this.answers.keys()) {
      if (answer.contains(here[0])) this.#open(answer); // the room has seen it
    }
    const section = here[0].closest("section")?.querySelector(":scope > :is(h1, h2, h3, h4)");
    this.bar.tell(number + 1, this.slides.length, here.includes(section) ? "" : wordsOf(section));
    this.fit();
    (figure ?? page).scrollTo({ top: 0, behavior: "instant" });
  }

  #open(answer) {
    this.answers.set(answer, true);
    const asked = this.article.querySelector(`[data-predict="${CSS.escape(answer.dataset.answers)}"]`);
    if (asked) reveal(asked, []);
  }

  /** Let what is on the slide be as large as it can be seen whole; what is too tall even so scrolls. */
  fit() {
    const { figure } = this;
    const parts = figure ? [figure, ...figure.querySelectorAll(".nn-panels")] : [page];
    const overflows = () => parts.some(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1);
    root.dataset.presenting = figure ? "figure" : "text";
    if (fit(overflows, figure ? LEAST.figure : LEAST.text) || !figure) return;
    root.dataset.presenting = "rows";
    fit(overflows, LEAST.rows);
  }

  /** Go on, or back: on a slide that is taller than the window first to the rest of it. */
  step(way) {
    const scroller = this.figure ?? page;
    const rest = way > 0 ? scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop : scroller.scrollTop;
    if (rest > 1) scroller.scrollBy({ top: way * SCROLLED * scroller.clientHeight, behavior: "instant" });
    else if (this.slides[this.shown + way]) this.show(this.shown + way);
    if (!this.bar.element.contains(document.activeElement)) this.article.focus({ preventScroll: true });
  }

  /** The answer to a question is there: to a prediction it is the next slide. */
  answered(element) {
    if (element.matches(".nn-predict")) return this.step(1);
    this.fit();
    return element.querySelector(".nn-feedback").scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  #listen() {
    const { signal } = this.over;
    heedKeys(this.acts, signal);
    addEventListener("resize", () => this.#cut(this.slides[this.shown][0]), { signal });
    addEventListener("hashchange", () => { // a link within the page
      const target = document.querySelector(":target");
      if (target && this.article.contains(target)) this.show(slideOf(this.slides, this.#pieceOf(target)));
    }, { signal });
    document.addEventListener("fullscreenchange", () => document.fullscreenElement || this.leave(), { signal });
    if (navigator.userActivation?.isActive === false) return; // a link may not fill the screen
    root.requestFullscreen?.().catch(() => {}); // refused, say in a frame: it still fills the page
  }

  /** The page again: where it was, or where one has come to. */
  leave() {
    const [first] = this.here;
    this.over.abort();
    presentation = null;
    for (const each of [...this.pieces, ...this.holders]) {
      each.removeAttribute("data-away");
      each.removeAttribute("data-first");
      figureOf(each)?.classList.remove("nn-full");
    }
    for (const [answer, isOpen] of this.answers) answer.open = isOpen;
    for (const each of handsOf.keys()) reveal(each, "own");
    delete root.dataset.presenting;
    unfit();
    this.bar.element.remove();
    this.article.removeAttribute("tabindex");
    if (document.fullscreenElement) document.exitFullscreen();
    this.before.focus?.focus({ preventScroll: true });
    if (this.shown === this.before.slide) scrollTo({ top: this.before.scroll, behavior: "instant" });
    else first.scrollIntoView({ behavior: "instant" });
    forgetLink();
  }
}

/** A page that is loaded anew is a page again, once one has left the presentation. */
function forgetLink() {
  const address = new URL(location.href);
  if (!address.searchParams.has("present")) return;
  address.searchParams.delete("present");
  history.replaceState(history.state, "", address);
}

addEventListener("nnlib-present", (event) => {
  const { linked } = /** @type {CustomEvent} */ (event).detail;
  if (presentation) return presentation.leave();
  if (!article) return undefined;
  presentation = new Presentation(article, linked ? article.querySelector(":target") ?? article : null);
  return undefined;
});
