// What answers a query: of all that can be found the best first. It needs no page, and is tested in Node.
//
// A word of the query is found where a word of an entry is it, begins with it or holds it; where no word of the book
// does, one that differs by a slip of the hand. An entry has to have all words of the query, or, where none does, some.

const IDLE = new Set(( // they are said in a question, and ask for nothing
  "a an and are as at by can do does for from how i in is it its me my of on or s that the this to was what when "
  + "where which who why with you your"
).split(" "));
const TITLE = 10; // what a word counts that is found in the title of an entry
const TEXT = 3; // in its text, or among the words that tell it from others
const AROUND = 1.5; // in the title of its chapter
// Of equals, who comes first; and what a name counts that was asked for as a whole: a function has short ones.
const KIND = { chapter: 4, term: 3, figure: 2.5, section: 2, exercise: 0, function: 0.5 };
const NAME = { chapter: 6, term: 6, figure: 6, section: 6, exercise: 4, function: 3 };

/** @typedef {{ kind: string, title: string, text: string, chapter: string, page: string, anchor: string }} Found */
/** @typedef {[number, string, number, string, string, string]} Entry kind, title, page, anchor, text, words */

/** The words of a text as they are compared: without accents, in small letters. */
export function wordsOf(text) {
  const parted = text.replace(/(?<=[a-z])(?=[A-Z][a-z])/g, " "); // CrossEntropy is two words
  return parted.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The words that ask for something; all, where none of them does. */
function asking(query) {
  const words = wordsOf(query);
  const telling = words.filter((word) => !IDLE.has(word));
  return telling.length ? telling : words;
}

/**
 * How many letters `word` is away from `other`, or from a beginning of it: letters that are wrong, missing, too many or
 * swapped (Damerau, 1964). Returns [from all of it, from its nearest beginning].
 */
export function slips(word, other) {
  let [before, last] = [/** @type {number[]} */ ([]), Array.from({ length: other.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= word.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const wrong = word[i - 1] === other[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + wrong);
      const swapped = i > 1 && j > 1 && word[i - 1] === other[j - 2] && word[i - 2] === other[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return [last[other.length], Math.min(...last.slice(1))];
}

/** How well a word of the book is what was asked for, from 0 to 1. */
function likeness(word, other) {
  if (word === other) return 1;
  if (`${word}s` === other || word === `${other}s`) return 0.95;
  if (other.startsWith(word)) return 0.6 + 0.3 * (word.length / other.length);
  return word.length > 3 && other.includes(word) ? 0.4 : 0;
}

/** The same for a word that no word of the book begins with: one slip is forgiven, in a long word two. */
function likenessOfSlip(word, other) {
  const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  if (other.length < word.length - most || word[0] !== other[0]) return 0; // the first letter is seldom wrong
  const [whole, beginning] = slips(word, other);
  if (whole <= most) return 0.7 - 0.1 * whole;
  return beginning <= most ? 0.5 - 0.1 * beginning : 0;
}

export class Finder {
  /** @type {{ entry: Found, title: string[], head: string[], text: string[], around: string[] }[]} */
  #known = [];
  /** @type {Set<string>} */
  #vocabulary = new Set();

  /** @param {{ kinds: string[], pages: string[], entries: Entry[] }} listing as `live/finding.json` has it */
  constructor({ kinds, pages, entries }) {
    const chapters = new Map(entries.filter(([kind]) => kinds[kind] === "chapter").map((each) => [each[2], each[1]]));
    for (const [kind, title, page, anchor, text, words] of entries) {
      const chapter = kinds[kind] === "chapter" ? "" : chapters.get(page) ?? "";
      const known = {
        entry: { kind: kinds[kind], title, text, chapter: headOf(chapter), page: pages[page], anchor },
        title: wordsOf(title),
        head: asking(headOf(title)),
        text: [...new Set(wordsOf(`${text} ${words}`))],
        around: wordsOf(chapter),
      };
      this.#known.push(known);
      for (const word of [...known.title, ...known.text]) this.#vocabulary.add(word);
    }
  }

  /** The chapters, which stand there before anything is asked for. */
  chapters() {
    return this.#known.map(({ entry }) => entry).filter(({ kind }) => kind === "chapter");
  }

  /** The best answers to a query, the best first. @returns {Found[]} */
  find(query, most = 12) {
    const asked = asking(query);
    if (!asked.length) return [];
    const like = asked.map((word) => this.#alike(word));
    const scored = this.#known.map((known) => ({ known, ...score(known, like, asked) }));
    const found = Math.max(...scored.map((each) => each.found));
    if (found < asked.length / 2) return [];
    const best = scored.filter((each) => each.found === found && each.found > 0).toSorted((a, b) => b.score - a.score);
    return best.slice(0, most).map(({ known }) => known.entry);
  }

  /** The words of the book that are like a word, each with how well. */
  #alike(word) {
    for (const measure of [likeness, likenessOfSlip]) {
      const like = new Map();
      for (const other of this.#vocabulary) {
        const how = measure(word, other);
        if (how) like.set(other, how);
      }
      if (like.size) return like;
    }
    return new Map();
  }
}

/** What a title names before it says more, as in "Loss: measuring the error". */
function headOf(title) {
  return title.split(": ")[0];
}

/** How well an entry answers, and how many words of the query it has. */
function score({ entry, title, head, text, around }, like, asked) {
  const best = (words, alike) => Math.max(0, ...words.map((word) => alike.get(word) ?? 0));
  let [sum, found] = [0, 0];
  for (const alike of like) {
    const told = Math.max(0, ...text.map((word, place) => (TEXT - place / text.length) * (alike.get(word) ?? 0)));
    const worth = Math.max(TITLE * best(title, alike), told, AROUND * best(around, alike));
    sum += worth;
    if (worth) found += 1;
  }
  const named = head.filter((word) => like.some((alike) => (alike.get(word) ?? 0) > 0.5)).length;
  const whole = NAME[entry.kind] * (named / Math.max(head.length, 1)); // how much of what it is called was asked for
  const joined = head.join("") === asked.join("") ? 2 : 0;
  return { score: sum / like.length + whole + joined + KIND[entry.kind], found };
}
