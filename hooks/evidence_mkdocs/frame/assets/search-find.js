// Finds what a reader types: `await evidenceSearch.find(text, base)`, where `base` leads to the site's root, such as "../../" or "".
// It gives { asked, used, corrected, total, best: [item], groups: [{ kind, name, count, items: [item], more }] }: `used` are the words searched for, after
// slips were mended; `best` what people mean first; `items` the first few of a kind, and `await group.more(from, to)` any others.
// `find(text, base, true)` mends nothing. `await ways(base)` are the pages to go on to where nothing is found: { title, url, picture }.
// An item is { kind, title, page, url, text, lang, hits: [[start, end]] }. Words are folded as evidence/search/words.py does it, rule by rule.
(() => {
  "use strict";
  const BEST = 3, SHOWN = 3, EXCERPT = 220, NAME = 40, BET = 15;

  // The files of search: each is a script that calls `piece`, so that it may be loaded from a folder as well.
  const pieces = new Map();
  const arrived = {};
  const load = (base, name) => {
    if (!pieces.has(name)) {
      const coming = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${base}search/${name}.js`;
        script.addEventListener("load", () => (name in arrived ? resolve(arrived[name]) : reject(new Error(name))));
        script.addEventListener("error", () => reject(new Error(name)));
        document.head.append(script);
      });
      coming.catch(() => pieces.delete(name));
      pieces.set(name, coming);
    }
    return pieces.get(name);
  };

  // In a folder, the address of a page is that of its file.
  const inFolder = (url) => (location.protocol === "file:" ? url.replace(/(^|\/)(?=#|$)/, "$1index.html") : url);

  // Words.
  const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]/g;
  const LETTERS = { ß: "ss", ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" };
  const RUN = "[\\p{L}\\p{N}\\u0300-\\u036f\\u0591-\\u05c7\\u0640\\u064b-\\u065f\\u0670\\u0900-\\u0dff\\u0e00-\\u0eff\\u0f18-\\u0fbc\\u1000-\\u109f\\u1780-\\u17d3]+";
  const WORD = new RegExp(`${RUN}(?:['’‘ʼ‐‑-]${RUN})*`, "gu");
  const PAIRED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+/g;
  const DOI = /\b10\.\d{4,9}\/\S+/, ISBN = /^\s*(?:ISBN:?\s*)?(?:97[89][ -]?)?(?:\d[ -]?){9}[\dXx]\s*$/i;
  const fold = (word) =>
    word.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(/[ßøæœłđðþıς]/g, (letter) => LETTERS[letter]).normalize("NFC");
  const stem = (word) => {
    if (!/^[a-z]+$/.test(word)) return word;
    if (/..ies$/.test(word)) word = `${word.slice(0, -3)}y`;
    else if (/(ss|x|ch|sh)es$/.test(word)) word = word.slice(0, -2);
    else if (/..[^sui]s$/.test(word)) word = word.slice(0, -1);
    const left = word.match(/^(.{4,}|..y)(?:ing|ed)$/)?.[1];
    if (left && !left.endsWith("e")) word = /([^lsz])\1$/.test(left) ? left.slice(0, -1) : left;
    return /.{4}e$/.test(word) ? word.slice(0, -1) : word;
  };
  const joined = (word) => fold(word.replace(/['’‘ʼ]s$/, "").replace(/['’‘ʼ‐‑-]/g, ""));
  const whole = (word, stop) => (stop.has(joined(word)) ? "" : joined(word));
  const cut = (form) => form.split(PAIRED).flatMap((other, i) => {
    const run = i && form.match(PAIRED)[i - 1];
    const pairs = run ? Array.from({ length: Math.max(1, run.length - 1) }, (_, at) => run.slice(at, at + 2)) : [];
    return [...pairs, other].filter(Boolean);
  });
  const nameKey = (text, stop) => {
    const doi = text.match(DOI)?.[0].toLowerCase().replace(/[.,;)]+$/, "");
    const isbn = ISBN.test(text) && text.replace(/[^0-9Xx]/g, "").toLowerCase();
    const words = text.match(WORD) ?? [];
    const key = doi || isbn || words.map((word) => stem(whole(word, stop))).join("") || words.map(joined).join("");
    return key && `${key}=`;
  };

  // The table, and what is unfolded of it once.
  const vocabularyOf = (coded) => {
    let last = "";
    return coded ? coded.split(" ").map((word) => (last = last.slice(0, word.charCodeAt(0) - 97) + word.slice(1))) : [];
  };
  const tableOf = async (base) => {
    const table = await load(base, "table");
    if (!table.groupOf) {
      table.stop = new Set(table.stop);
      table.words = table.vocabulary.map(vocabularyOf);
      table.groupOf = [];
      let group = 0;
      for (let i = 0; i < table.groups.length; i += 2)
        for (let n = table.groups[i + 1]; n > 0; n--, group++) for (let m = table.groups[i]; m > 0; m--) table.groupOf.push(group);
    }
    return table;
  };
  const pieceOf = (table, key) => {
    let low = 0, high = table.first.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (table.first[middle] <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  // The lines of all words that begin so: at most two pieces of them.
  const linesFrom = async (base, table, start) => {
    const first = pieceOf(table, start), last = Math.min(first + 1, pieceOf(table, `${start}\uffff`));
    const found = [];
    for (let n = first; n <= last; n++) found.push(...(await load(base, `words/${n}`)).filter((line) => line[0].startsWith(start)));
    return found;
  };
  const postings = (line) => {
    let number = 0;
    return line[2].map((step) => [(number += step >> 4), step & 15]);
  };

  // Slips: the way from one word to another, by letters left out, put in, changed or swapped. Slips that many make count for less.
  const near = (a, b) => (/[aeiouy]/.test(a) && /[aeiouy]/.test(b)) || (/[csz]/.test(a) && /[csz]/.test(b)) ? 0.7 : 1;
  const way = (a, b, most) => {
    let before = [], last = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        const out = last[j] + (a[i - 1] === a[i - 2] ? 0.5 : 1);
        const put = row[j - 1] + (b[j - 1] === b[j - 2] ? 0.5 : 1);
        row[j] = Math.min(out, put, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : near(a[i - 1], b[j - 1])));
        if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 0.8);
        least = Math.min(least, row[j]);
      }
      if (least > most) return Infinity;
      before = last;
      last = row;
    }
    return last[b.length] + (a[0] === b[0] ? 0 : 0.4);
  };
  const mended = (word, lists) => {
    const most = word.length < 4 ? 0 : word.length < 5 ? 1 : word.length < 8 ? 1.5 : 2.2;
    let best = null, least = most + 0.001;
    lists.forEach((words, rank) => {
      for (const other of words) {
        if (Math.abs(other.length - word.length) > 2) continue;
        const [a, b] = [stem(word), stem(other)];
        const far = Math.min(way(word, other, most), a === word && b === other ? most + 1 : way(a, b, most)) + rank * 0.2;
        if (far < least) [best, least] = [other, far];
      }
    });
    return best;
  };

  // What is typed, as words, and the lines of the name that it is; a slip is mended where no text holds the word or one that begins with it.
  const understood = async (base, table, text, asTyped) => {
    const typed = text.normalize("NFC"), named = nameKey(typed, table.stop);
    const names = named ? (await linesFrom(base, table, named)).filter((line) => line[0] === named) : [];
    const lines = async (form) => (await linesFrom(base, table, stem(form))).filter((line) => !line[0].endsWith("="));
    const parts = [];
    for (const word of typed.match(WORD) ?? []) {
      // "lived-experience" is two words where no text joins them.
      const form = whole(word, table.stop), apart = word.split(/[‐‑-]/).map((part) => whole(part, table.stop));
      const one = apart.length < 2 || (await lines(form)).some((line) => line[0] === stem(form));
      parts.push(...(one ? [form] : apart).filter(Boolean).flatMap(cut));
    }
    const words = [];
    let corrected = false;
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i], both = part + (parts[i + 1] ?? "");
      if (both !== part && (await lines(both)).some((line) => line[0] === stem(both))) {
        words.push(both); // "e mail" is "e-mail"
        i++;
      } else if (asTyped || names.length || /\d/.test(part) || (await lines(part)).some((line) => line[0] === stem(part) || part.length > 2)) {
        words.push(part);
      } else {
        const here = await load(base, `words/${pieceOf(table, stem(part))}`);
        const other = mended(part, [...table.words, here.filter((line) => !line[0].endsWith("=")).map((line) => line[1] || line[0])]);
        corrected = corrected || Boolean(other);
        words.push(other ?? part);
      }
    }
    return { words, corrected, names };
  };

  window.evidenceSearch = {
    piece: (name, data) => {
      arrived[name] = data;
    },
    ways: async (base) => (await load(base, "ways")).map((way) => ({ ...way, url: inFolder(way.url) })),
    find: async (text, base, asTyped = false) => {
      const table = await tableOf(base);
      const asked = text.trim();
      let { words, corrected, names } = await understood(base, table, asked, asTyped);
      const used = corrected ? words.join(" ") : asked;
      if (corrected) {
        const again = await understood(base, table, used, false);
        if (!again.corrected) [words, names] = [again.words, again.names];
      }
      // For each word, what each section has of it.
      const scores = [];
      for (const word of words) {
        const key = stem(word), held = new Map();
        for (const line of await linesFrom(base, table, key)) {
          if (line[0].endsWith("=") || (line[0] !== key && key.length < 3)) continue;
          const share = line[0] === key ? 1 : 0.4 * (key.length / line[0].length);
          const rare = Math.log(1 + table.number / line[2].length);
          for (const [number, weight] of postings(line)) held.set(number, Math.max(held.get(number) ?? 0, share * rare * weight));
        }
        scores.push(held);
      }
      // A result is a group: a page with its sections, or one thing. It holds all words, or, where none does, most of them.
      const groups = new Map();
      const groupOf = (number) => {
        const group = table.groupOf[number];
        if (!groups.has(group)) groups.set(group, { each: words.map(() => 0), entries: new Map(), name: 0 });
        return groups.get(group);
      };
      scores.forEach((held, i) => {
        for (const [number, score] of held) {
          const one = groupOf(number);
          one.each[i] = Math.max(one.each[i], score);
          one.entries.set(number, (one.entries.get(number) ?? 0) + score);
        }
      });
      // A name that is just what was typed counts for more than any words in texts.
      for (const line of names)
        for (const [number, weight] of postings(line)) {
          const one = groupOf(number);
          if (weight > one.name) [one.name, one.named] = [weight, number];
        }
      const kinds = [...table.kinds].reverse();
      const kindOf = (number) => kinds.find((kind) => kind[3] <= number);
      const all = [...groups.values()].map(({ each, entries, name, named }) => {
        const [number, most] = [...entries].reduce((a, b) => (b[1] > a[1] ? b : a), [named, 0]);
        const score = name * NAME + (0.6 * most + 0.4 * each.reduce((a, b) => a + b, 0)) * kindOf(number)[2];
        return { number: named ?? number, score: name === BET ? score * 100 : score, matched: name ? Infinity : each.filter(Boolean).length };
      });
      const most = Math.min(words.length, all.reduce((a, { matched }) => Math.max(a, matched), 0));
      const kept = all.filter((one) => one.matched >= most).sort((a, b) => b.score - a.score || a.number - b.number);
      const stems = words.map(stem);
      const item = async ({ number }) => {
        const piece = await load(base, `sections/${Math.floor(number / table.in_piece)}`);
        const [title, page, url, text, lang] = piece[number % table.in_piece] ?? ["", "", "", ""]; // the site may have changed since the page was opened
        return { kind: kindOf(number)[0], title, page, url: inFolder(url), lang, ...excerpt(text, stems, table.stop) };
      };
      const items = (some) => Promise.all(some.map(item));
      const found = table.kinds.map((kind) => [kind, kept.filter((one) => kindOf(one.number) === kind)]).filter(([, some]) => some.length);
      const best = await items(kept.slice(0, BEST));
      return {
        asked, used, corrected, total: kept.length, best,
        groups: await Promise.all(found.map(async ([[kind, name], some]) => ({
          kind, name, count: some.length, items: await items(some.slice(0, SHOWN)), more: (from, to) => items(some.slice(from, to)),
        }))),
      };
    },
  };

  // A stretch of a text with most hits, and where they are in it.
  function excerpt(text, stems, stop) {
    const hits = [];
    for (const match of text.matchAll(WORD)) {
      const forms = [match[0], ...match[0].split(/[‐‑-]/)].flatMap((word) => cut(whole(word, stop))).map(stem);
      if (forms.some((form) => form && stems.some((one) => form === one || (one.length > 2 && form.startsWith(one))))) hits.push([match.index, match.index + match[0].length]);
    }
    let start = 0;
    if (text.length > EXCERPT) {
      let most = 0;
      for (const [at] of hits) {
        const held = hits.filter(([a, b]) => a >= at && b <= at + EXCERPT - 60).length;
        if (held > most) [start, most] = [at, held];
      }
      const sentence = text.slice(Math.max(0, start - 80), start).search(/[.;:?!] [^.;:?!]*$/);
      start = start < 60 ? 0 : sentence >= 0 ? Math.max(0, start - 80) + sentence + 2 : text.indexOf(" ", start - 40) + 1;
    }
    let end = Math.min(text.length, start + EXCERPT);
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + 1);
    const before = start ? "… " : "", shown = before + text.slice(start, end) + (end < text.length ? " …" : "");
    const inside = hits.filter(([a, b]) => a >= start && b <= end).map(([a, b]) => [a - start + before.length, b - start + before.length]);
    return { text: shown, hits: inside };
  }
})();
