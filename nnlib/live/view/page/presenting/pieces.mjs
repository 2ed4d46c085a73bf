// The pieces of a page that are put on slides: what its sections, its cells and the answers to its predictions hold.

const HOLDS_PIECES = "section, div.cell, .cell_output:has(.nn-figure), .nn-predicted";
// What serves reading alone: the steps of a quiz, how a figure is put into a notebook, what the reader predicted.
const LEFT_OUT = ".nn-steps, .nn-source, .nn-said, .nn-page-end, .nn-notes, .nn-mistake, .nn-lines, script, style";
const KINDS_OF_PIECE = {
  joined: ".nn-front, .exercise + :is(.nn-cell, .solution), .nn-cell + .solution",
  alone: ".nn-question, .nn-predict, .exercise, .nn-cell, nav, .nn-doors",
  heading: "h1, h2, h3, h4, h5, h6, summary",
};

/** The pieces of an article, in their order, and what holds some of them. @param {Element} article */
export function piecesOf(article) {
  /** @type {HTMLElement[]} */
  const pieces = [];
  /** @type {HTMLElement[]} */
  const holders = [];
  const walk = (parent) => {
    for (const each of parent.children) {
      if (each.matches(LEFT_OUT)) continue;
      if (!each.matches(HOLDS_PIECES)) pieces.push(each);
      else {
        holders.push(each);
        walk(each);
      }
    }
  };
  walk(article);
  return { pieces, holders };
}

/** The figure that a piece is, where it is one. @returns {HTMLElement | null} */
export function figureOf(piece) {
  const figures = piece.matches(".nn-figure") ? [piece] : piece.querySelectorAll(".nn-figure");
  return figures.length === 1 ? figures[0] : null;
}

/** What `cut` wants to know of a piece, as it lies there now. @param {HTMLElement} piece */
export function measured(piece) {
  const { top, bottom } = piece.getBoundingClientRect();
  const [kind] = Object.entries(KINDS_OF_PIECE).find(([, selector]) => piece.matches(selector)) ?? ["text"];
  const leads = piece.matches(".cell_input") || (piece.matches("p") && /:\s*$/.test(piece.textContent ?? ""));
  return { kind: figureOf(piece) ? "figure" : kind, top, bottom, leads };
}

/** The words of a heading, without the link to itself. */
export function wordsOf(heading) {
  const bare = /** @type {HTMLElement | undefined} */ (heading?.cloneNode(true));
  for (const each of bare?.querySelectorAll(".headerlink, .nn-chapter") ?? []) each.remove();
  return bare?.textContent?.trim() ?? "";
}
