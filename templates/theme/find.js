// Finds passages by their words. Loaded when the reader first searches; MiniSearch keeps the index and ranks.
//
// Chinese has no spaces: a run of characters is indexed by its pairs, the last one alone, so that two characters or more
// are found exactly and one is found as the beginning of a pair. A name in code is indexed from each of its parts on
// (`output_size` also as `size`, `MaxPooling2D` as `pooling2d` and `2d`), so that its parts are found by prefix.
(function () {
  "use strict";
  const WORD = /[\p{L}\p{M}\p{N}_]+/gu;
  const RUN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu;
  const EAST = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
  const WHOLE = /^[\p{Ll}\p{Nd}]\p{Ll}*$/u; // a word without parts
  const PART = /(?<=_)(?=[^_])|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\p{N})/gu;
  const LONG = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}][\p{L}\p{N}_]{4,}$/u;
  const LATIN = /[\p{Script=Latin}\p{N}_]/u;
  const WINDOW = 96; // characters of a passage that are shown
  const BEFORE = 24; // of them before the first word that was found
  const CHUNK = 50; // passages indexed before the page may do something else
  const SPELT = "一"; // what a spelt term begins with
  const DIGITS = 4; // of a character's number to the base 32
  const plain = (text) => text.normalize("NFKC").toLowerCase();

  // A term as it stands in the index. MiniSearch goes through the letters that may follow one by one, which is slow for
  // an alphabet of thousands: Chinese characters are spelt by their numbers.
  const numbers = new Map();
  function spelt(term) {
    if (!EAST.test(term)) return term;
    let written = SPELT;
    for (const one of term) {
      if (!numbers.has(one)) numbers.set(one, one.codePointAt(0).toString(32).padStart(DIGITS, "0"));
      written += numbers.get(one);
    }
    return written;
  }
  const sizeOf = (term) => (term.startsWith(SPELT) ? (term.length - 1) / DIGITS : term.length); // in characters

  // The runs of a text that are of one kind, each with its place: `[run, start]`.
  function runs(text) {
    const found = [];
    for (const { 0: word, index } of text.matchAll(WORD)) {
      for (const run of word.matchAll(RUN)) found.push([run[0], index + run.index]);
    }
    return found;
  }

  // Where the terms of a run begin and end in it.
  function* cuts(run) {
    if (!EAST.test(run)) {
      yield [0, run.length];
      if (!WHOLE.test(run)) for (const { index } of run.matchAll(PART)) yield [index, run.length];
      return;
    }
    let before = -1;
    let at = 0;
    for (const one of run) {
      if (before >= 0) yield [before, at + one.length];
      before = at;
      at += one.length;
    }
    yield [before, at];
  }

  function terms(text) {
    const found = [];
    for (const [run] of runs(text.normalize("NFKC"))) {
      const lower = run.toLowerCase();
      for (const [start, end] of cuts(run)) found.push(lower.slice(start, end));
    }
    return found;
  }

  // The terms of a text as it is shown, with where they stand.
  function places(text) {
    return runs(text).flatMap(([run, at]) =>
      Array.from(cuts(run), ([start, end]) => ({ term: spelt(plain(run.slice(start, end))), start: at + start, end: at + end })),
    );
  }

  // What a reader typed: pairs without the last one alone, names whole.
  function asked(query) {
    return runs(query.normalize("NFKC")).flatMap(([run]) => {
      if (!EAST.test(run)) return run.toLowerCase();
      const found = terms(run);
      return found.length > 1 ? found.slice(0, -1) : found;
    });
  }

  // Where matched terms stand in a text; of one that was found by its beginning, just that.
  function marks(text, { terms: matched, queryTerms }) {
    const wanted = new Set(matched);
    const found = places(text).filter(({ term }) => wanted.has(term));
    const cut = found.map(({ term, start, end }) => {
      const typed = Math.max(0, ...queryTerms.filter((one) => term.startsWith(one)).map(sizeOf));
      const shown = Array.from(text.slice(start, end));
      return { term, start, end: start + shown.slice(0, typed || shown.length).join("").length };
    });
    return cut.sort((a, b) => a.start - b.start);
  }

  // Where to begin to show: before the mark that has the most different terms near it.
  function beginning(text, marked) {
    let [best, most] = [0, 0];
    for (const { start } of marked.slice(0, 200)) {
      const near = new Set(marked.filter((one) => one.start >= start && one.end <= start + WINDOW - BEFORE).map(({ term }) => term));
      if (near.size > most) [best, most] = [start, near.size];
    }
    if (best <= BEFORE || text.length <= WINDOW) return 0;
    let from = best - BEFORE;
    while (from < best && LATIN.test(text[from - 1])) from++; // not within a word
    return from;
  }

  // A text cut into pieces that are marked or not: `[text, marked]`.
  /** @returns {Piece[]} */
  function pieces(text, marked, from = 0, to = text.length) {
    const joined = [];
    for (const { start, end } of marked) {
      if (end <= from || start >= to) continue;
      const last = joined.at(-1);
      if (last && start <= last[1]) last[1] = Math.max(last[1], end);
      else joined.push([Math.max(start, from), end]);
    }
    const ends = [from, ...joined.flat().map((end) => Math.min(end, to)), to];
    return ends.slice(1).flatMap((end, n) => (end > ends[n] ? [[text.slice(ends[n], end), n % 2 === 1]] : []));
  }

  /** @returns {Piece[]} */
  function snippet(text, result) {
    const marked = marks(text, result);
    const from = beginning(text, marked);
    const to = Math.min(text.length, from + WINDOW);
    /** @type {Piece} */
    const dots = ["…", false];
    return [...(from ? [dots] : []), ...pieces(text, marked, from, to), ...(to < text.length ? [dots] : [])];
  }

  // Searches what `script` of kejian/render/search_text.py holds; `here` is the page that is open, whose passages come first.
  function finder({ pages, passages }, here) {
    const index = new MiniSearch({ fields: ["title", "text"], tokenize: terms, processTerm: spelt });
    const options = {
      tokenize: asked,
      boost: { title: 3 },
      prefix: (term) => (term.startsWith(SPELT) ? sizeOf(term) === 1 : term.length > 1),
      fuzzy: (term) => (!LONG.test(term) ? false : /\p{N}/u.test(term) ? 1 : 0.2),
      weights: { prefix: 0.6, fuzzy: 0.2 },
    };
    const documents = passages.map(([page, anchor, title, text, number], id) => ({ id, page, anchor, title, text, number }));
    const isOwn = ({ page }) => pages[page][0] === here;
    const others = documents.filter((one) => !isOwn(one));
    index.addAll(documents.filter(isOwn));
    let read = 0;

    // Reads on for a moment; whether there is more to read.
    function readOn() {
      index.addAll(others.slice(read, read + CHUNK));
      read += CHUNK;
      return read < others.length;
    }

    function shown(result) {
      const { page, anchor, title, text, number } = documents[result.id];
      const [path, name, slide] = pages[page];
      return { path, anchor, slide, number, page: name, own: path === here, title: pieces(title || name, marks(title || name, result)), text: snippet(text, result) };
    }

    // All words; where that finds nothing, any of them.
    function search(query, limit) {
      let found = index.search(query, { ...options, combineWith: "AND" });
      if (!found.length) found = index.search(query, options);
      const [own, other] = [true, false].map((here) => found.filter(({ id }) => isOwn(documents[id]) === here));
      return { count: found.length, found: [...own, ...other].slice(0, limit).map(shown) };
    }
    return { search, readOn };
  }

  window.kejian.finder = finder;
})();
