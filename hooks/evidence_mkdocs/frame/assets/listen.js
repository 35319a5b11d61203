// Reads the page aloud, once it is asked to, by a voice that the device has itself: no word is sent to anyone. Where there is no such voice there is no
// button. What the buttons say stands in the page.
(() => {
  "use strict";
  const speech = globalThis.speechSynthesis;
  const article = document.getElementById("text");
  const bar = document.getElementById("listen")?.content.firstElementChild;
  if (!bar || !speech || !globalThis.SpeechSynthesisUtterance) return;
  const [play, end, status] = bar.children;
  const { pause, goOn } = play.dataset;
  const listen = play.textContent;

  // Voices that would send the text to somebody say that they are not local. In English, British ones come first, since the words are.
  const tag = (language) => language.toLowerCase().replaceAll("_", "-");
  const voiceFor = (language) => {
    const wanted = tag(language) === "en" ? "en-gb" : tag(language);
    const rank = (voice) => 2 * (tag(voice.lang) === wanted) + voice.default;
    const fits = (voice) => voice.localService === true && tag(voice.lang).split("-")[0] === wanted.split("-")[0];
    return speech.getVoices().filter(fits).sort((one, other) => rank(other) - rank(one))[0];
  };

  // What is not read: what only leads on or is for the screen, what counts sources, notes, and what every page ends with.
  const LEFT_OUT = `.screen-only, .page-facts, .question-link, .helps, .helps + ul, .note-link, .copy-line, .downloads, .table-hint, .meaning, .cite-box,
    [data-search-exclude], [aria-hidden="true"], [role="status"], details:not([open]), button, form, nav, script, style, template`;
  const CITED = "\ufffc"; // stands for each letter of a citation, so that places in the text stay those of the page
  const PICTURE = "img, svg, [role='img']";
  const textOf = (ids) => (ids ?? "").split(/\s+/).map((id) => (id && document.getElementById(id)?.textContent) || "").join(" ");
  const wordsOf = (picture) => {
    const name = picture.getAttribute("alt") ?? picture.getAttribute("aria-label") ?? textOf(picture.getAttribute("aria-labelledby"));
    return [name.trim().replace(/([^.!?])$/, "$1."), textOf(picture.getAttribute("aria-describedby"))].join(" ");
  };

  // Sentences; a full stop after an abbreviation or an initial ends none.
  const SHORT = /(?:\b(?:Dr|Mr|Mrs|Ms|Prof|St|vs|cf|al|pp?|e\.g|i\.e)|(?:^|[\s(])\p{Lu})\.\s*$/u;
  const cut = (text, language) => {
    const pieces = Intl.Segmenter
      ? Array.from(new Intl.Segmenter(language, { granularity: "sentence" }).segment(text), ({ segment }) => segment)
      : text.match(/[\s\S]+?(?:[.!?؟…]+[”’"')\]]*(?=\s)|$)\s*/g) ?? [];
    return pieces.reduce((found, piece) => {
      if (SHORT.test(found.at(-1) ?? "")) found.push(found.pop() + piece);
      else found.push(piece);
      return found;
    }, []);
  };
  const spoken = (text) =>
    text.replace(/\([^()]*\ufffc[^()]*\)|\ufffc/g, "").replace(/\s+/g, " ").replace(/ (?=[.,;:!?])/g, "").trim();

  // All that is read, sentence by sentence, each with its place on the page.
  const collect = () => {
    const sentences = [];
    let text = "";
    let nodes = []; // of the text, each with where it begins
    const place = (offset) => {
      const [start, node] = nodes.filter(([from]) => from <= offset).pop();
      return [node, offset - start];
    };
    const flush = (block, picture) => {
      const language = block.closest("[lang]").lang;
      let start = 0;
      for (const piece of cut(text, language)) {
        const said = spoken(piece);
        if (/[\p{L}\p{N}]/u.test(said)) {
          const range = document.createRange();
          if (picture) range.selectNode(picture);
          else {
            range.setStart(...place(start + piece.search(/\S/)));
            const [node, last] = place(start + piece.trimEnd().length - 1);
            range.setEnd(node, last + 1);
          }
          sentences.push({ said, range, language, picture, block: picture ?? block });
        }
        start += piece.length;
      }
      text = "";
      nodes = [];
    };
    const walk = (parent, block, cited) => {
      let silent = 0; // the level of a heading whose section is left out
      for (const node of parent.childNodes) {
        if (node.nodeType === Node.TEXT_NODE && !silent) {
          nodes.push([text.length, node]);
          text += cited ? CITED.repeat(node.length) : node.data.replace(/\s/g, " "); // a new line would end a sentence
        }
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        const level = Number(/^H([1-6])$/.exec(node.tagName)?.[1]);
        if (level <= silent) silent = 0;
        if (silent) continue;
        const { display } = getComputedStyle(node);
        if (node.matches(LEFT_OUT) || display === "none") {
          silent = level || 0;
        } else if (node.matches(PICTURE)) {
          flush(block);
          text = wordsOf(node);
          flush(block, node);
        } else if (display.startsWith("inline") && node.tagName !== "BR") {
          walk(node, block, cited || node.matches(".citation"));
        } else {
          flush(block);
          walk(node, node, false);
          flush(node);
        }
      }
    };
    walk(article, article, false);
    flush(article);
    return sentences;
  };

  // The sentence that is read is marked, by the browser's own means where it has them: nothing changes for who does not see it.
  const MARK = "listened";
  const marks = globalThis.Highlight && CSS.highlights;
  const unmark = () => {
    marks?.delete(MARK);
    document.querySelector(`.${MARK}`)?.classList.remove(MARK);
  };
  const mark = ({ range, block, picture }) => {
    unmark();
    if (marks && !picture) marks.set(MARK, new Highlight(range));
    else block.classList.add(MARK);
  };
  // The page follows the voice as long as the last sentence is still to be seen: who has moved away is left alone until the next press of "Go on".
  const seen = ({ range }) => {
    const { top, bottom } = range.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  const follow = ({ range }) => {
    const covered = getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0;
    const { top, bottom } = range.getBoundingClientRect();
    if (top < covered || bottom > innerHeight) scrollBy({ top: top - covered - innerHeight / 8, behavior: "instant" });
  };

  let sentences = [];
  let number = 0;
  let current = null; // the utterance under way; what an earlier one still reports counts for nothing
  const silence = () => {
    if (current) speech.cancel();
    current = null;
  };
  const show = (words) => {
    play.textContent = words;
    bar.classList.toggle("on", words !== listen);
    if (words === listen && document.activeElement === end) play.focus({ preventScroll: true });
    end.hidden = words === listen;
  };
  const stop = (told = "") => {
    silence();
    sentences = [];
    number = 0;
    unmark();
    show(listen);
    status.textContent = told;
  };
  // One sentence at a time: some browsers fall silent in the midst of a longer text.
  const say = (followed) => {
    const sentence = sentences[number];
    const voice = sentence && (voiceFor(sentence.language) ?? voiceFor(document.documentElement.lang));
    if (!voice) return stop();
    const utterance = new SpeechSynthesisUtterance(sentence.said);
    Object.assign(utterance, { voice, lang: voice.lang });
    utterance.onend = () => {
      if (utterance !== current) return;
      number += 1;
      say(seen(sentence));
    };
    utterance.onerror = ({ error }) => {
      if (utterance === current) stop(/^(interrupted|canceled)$/.test(error) ? "" : status.dataset.failed);
    };
    current = utterance;
    mark(sentence);
    if (followed) follow(sentence);
    speech.speak(utterance);
  };
  // To pause is to go silent and to keep the place: what browsers call a pause is an end on some phones, and lasts for ever on others.
  const rest = () => {
    silence();
    show(goOn);
  };
  play.addEventListener("click", () => {
    if (current) return rest();
    if (!sentences.length) sentences = collect();
    if (speech.speaking) speech.cancel();
    status.textContent = "";
    show(pause);
    say(true);
  });
  end.addEventListener("click", () => stop());
  addEventListener("escape", () => current && rest());
  addEventListener("pagehide", () => stop());

  // Some browsers know their voices only after a while.
  const appear = () => {
    const place = article.querySelector(".page-facts") ?? article.querySelector("h1");
    if (voiceFor(document.documentElement.lang)) {
      if (!bar.isConnected) place.after(bar);
    } else if (bar.isConnected) {
      stop();
      bar.remove();
    }
  };
  speech.onvoiceschanged = appear;
  appear();
})();
