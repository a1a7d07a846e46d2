// Finds passages by their words. Loaded when the reader first searches; MiniSearch keeps the index and ranks.
//
// Chinese has no spaces: a run of characters is indexed by its pairs, the last one alone, so that two characters or more
// are found exactly and one is found as the beginning of a pair. A name in code is indexed from each of its parts on
// (`output_size` also as `size`, `MaxPooling2D` as `pooling2d` and `2d`), so that its parts are found by prefix.
(function () {
  "use strict";
  const RUN = /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+)|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{L}\p{M}\p{N}_])+/gu;
  const PART = /(?<=_)(?=[^_])|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|(?<=\p{L})(?=\p{N})/gu;
  const EAST = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
  const LONG = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}][\p{L}\p{N}_]{4,}$/u;
  const WINDOW = 96; // characters of a passage that are shown
  const BEFORE = 24; // of them before the first word that was found
  const CHUNK = 150; // passages indexed before the page may do something else
  const plain = (text) => text.normalize("NFKC").toLowerCase();

  // The terms of a text with where they stand in it.
  function* places(text) {
    for (const { 0: run, 1: east, index } of text.matchAll(RUN)) {
      if (east) {
        const characters = [...run];
        let at = index;
        for (const [n, one] of characters.entries()) {
          const pair = one + (characters[n + 1] ?? "");
          yield { term: plain(pair), start: at, end: at + pair.length };
          at += one.length;
        }
      } else {
        const starts = [0, ...Array.from(run.matchAll(PART), (part) => part.index)];
        for (const start of starts) yield { term: plain(run.slice(start)), start: index + start, end: index + run.length };
      }
    }
  }
  const terms = (text) => Array.from(places(text), ({ term }) => term);

  // What a reader typed: pairs without the last one alone, names whole.
  function asked(query) {
    return Array.from(query.matchAll(RUN)).flatMap(([run, east]) => {
      if (!east) return plain(run);
      const found = terms(run);
      return found.length > 1 ? found.slice(0, -1) : found;
    });
  }

  // Where matched terms stand in a text; of one that was found by its beginning, just that.
  function marks(text, { terms: matched, queryTerms }) {
    const wanted = new Set(matched);
    const found = [...places(text)].filter(({ term }) => wanted.has(term));
    return found.map(({ term, start, end }) => {
      const typed = queryTerms.filter((one) => term.startsWith(one)).reduce((longest, one) => Math.max(longest, one.length), 0);
      return { term, start, end: typed ? Math.min(end, start + typed) : end };
    });
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
    while (from < best && /[\p{Script=Latin}\p{N}_]/u.test(text[from - 1])) from++; // not within a word
    return from;
  }

  // A text cut into pieces that are marked or not: `[text, marked]`.
  function pieces(text, marked, from = 0, to = text.length) {
    const found = [];
    let at = from;
    for (const { start, end } of marked.toSorted((a, b) => a.start - b.start)) {
      if (end <= at || start >= to) continue;
      if (start > at) found.push([text.slice(at, start), false]);
      found.push([text.slice(Math.max(at, start), Math.min(end, to)), true]);
      at = Math.min(end, to);
    }
    if (at < to) found.push([text.slice(at, to), false]);
    return found;
  }

  function snippet(text, result) {
    const marked = marks(text, result);
    const from = beginning(text, marked);
    const to = Math.min(text.length, from + WINDOW);
    return [...(from ? [["…", false]] : []), ...pieces(text, marked, from, to), ...(to < text.length ? [["…", false]] : [])];
  }

  // Searches what `script` of kejian/page/passages.py holds; `here` is the page that is open, whose passages come first.
  function finder({ pages, passages }, here) {
    const index = new MiniSearch({ fields: ["title", "text"], tokenize: terms, processTerm: (term) => term });
    const options = {
      tokenize: asked,
      boost: { title: 3 },
      prefix: (term) => (EAST.test(term) ? [...term].length === 1 : term.length > 1),
      fuzzy: (term) => (!LONG.test(term) ? false : /\p{N}/u.test(term) ? 1 : 0.2),
      weights: { prefix: 0.6, fuzzy: 0.2 },
    };
    const documents = passages.map(([page, anchor, title, text], id) => ({ id, page, anchor, title, text }));
    const isOwn = ({ page }) => pages[page][0] === here;
    index.addAll(documents.filter(isOwn));
    const whole = index.addAllAsync(documents.filter((one) => !isOwn(one)), { chunkSize: CHUNK });

    function shown(result) {
      const { page, anchor, title, text } = documents[result.id];
      const [path, name, slide] = pages[page];
      return { path, anchor, slide, page: name, own: path === here, title: pieces(title || name, marks(title || name, result)), text: snippet(text, result) };
    }

    // All words; where that finds nothing, any of them.
    function search(query, limit) {
      let found = index.search(query, { ...options, combineWith: "AND" });
      if (!found.length) found = index.search(query, options);
      const own = found.filter(({ id }) => isOwn(documents[id]));
      const others = found.filter(({ id }) => !isOwn(documents[id]));
      return { count: found.length, found: [...own, ...others].slice(0, limit).map(shown) };
    }
    return { search, whole };
  }

  window.kejianFinder = finder;
})();
