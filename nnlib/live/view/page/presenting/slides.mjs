// How a page is cut into slides: pieces of the page, in their order, each on one slide, as many as a screen holds.

/**
 * A piece of a page: what it is, from where to where it lies while all of the page is laid out in the size of slides,
 * and whether it leads to the next one, as a sentence that ends in a colon does. A piece is a "heading", a "text", a
 * "figure", which has a slide to itself, "alone", which only a heading may stand above, or "joined" to the one before.
 *
 * @typedef {{ kind: string, top: number, bottom: number, leads?: boolean }} Piece
 */

/**
 * Cut pieces into slides for a screen with `room` for them. What is taller than that has a slide, too: it is for
 * others to make it smaller, or to let it scroll.
 *
 * @param {Piece[]} pieces
 * @param {number} room
 * @returns {number[][]} the numbers of the pieces on each slide
 */
export function cut(pieces, room) {
  /** @type {number[][]} */
  const slides = [];
  const isA = (kind) => (piece) => pieces[piece].kind === kind;
  const fits = (first, last) => pieces[last].bottom - pieces[first].top <= room;
  pieces.forEach(({ kind }, piece) => {
    const slide = slides.at(-1) ?? [];
    const isTitle = slide.every(isA("heading"));
    const isFlowing = kind === "text" && slide.every((each) => isA("heading")(each) || isA("text")(each));
    const stays = kind === "joined" || (isTitle ? kind !== "figure" : isFlowing && fits(slide[0], piece));
    if (slides.length && stays) slide.push(piece);
    else slides.push([...(isFlowing ? ledTo(piece, slide) : []), piece]);
  });
  return slides;

  /** Take from a slide what leads to a piece that has no room there, if both fit, and more than headings stays. */
  function ledTo(piece, slide) {
    let from = slide.length;
    while (from > 0 && pieces[slide[from - 1]].leads && fits(slide[from - 1], piece)) from -= 1;
    return slide.slice(0, from).every(isA("heading")) ? [] : slide.splice(from);
  }
}

/** The number of the slide that has a piece on it. */
export function slideOf(slides, piece) {
  return slides.findIndex((slide) => slide.includes(piece));
}
