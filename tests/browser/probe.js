// What the tests ask of a page from inside it. Defines `probe`; changes nothing until a function is called.
(() => {
  "use strict";
  if (globalThis.probe) return;

  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const colours = new Map();

  // Any CSS colour as [red, green, blue, alpha]; the canvas knows every notation.
  const parse = (css) => {
    if (!colours.has(css)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = "rgb(0 0 0 / 0)";
      canvas.fillStyle = css;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      colours.set(css, [r, g, b, a / 255]);
    }
    return colours.get(css);
  };
  const over = (front, back) => {
    const a = front[3];
    return [0, 1, 2].map((i) => front[i] * a + back[i] * (1 - a)).concat(1);
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, two) => {
    const [dark, light] = [luminance(one), luminance(two)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const parent = (element) => element.parentElement || element.getRootNode().host || null;
  const background = (element) => {
    const layers = [];
    for (let e = element; e; e = parent(e)) {
      layers.push(parse(getComputedStyle(e).backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reverse().reduce((back, layer) => over(layer, back), parse("Canvas"));
  };

  const shown = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) return false;
    return [...element.getClientRects()].some((rect) => rect.width > 1 && rect.height > 1);
  };
  const describe = (element) => {
    if (!element || element === document.body) return "the page itself";
    const name = element.localName + (element.id ? `#${element.id}` : "");
    const kind = element.getAttribute("class") ? `.${element.getAttribute("class").trim().split(/\s+/)[0]}` : "";
    const words = (element.getAttribute("aria-label") || element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 40);
    return `${name}${kind} “${words}”`;
  };
  const texts = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.data.trim() && !node.parentElement.closest("script, style, template, noscript, title, desc")) found.push(node);
    }
    return found;
  };
  const rects = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter((rect) => rect.width && rect.height);
  };

  // A radio button that is drawn by its label is looked at where its label is.
  const drawn = (element) => {
    if (element.localName === "input" && getComputedStyle(element).opacity === "0") {
      const labels = [element.nextElementSibling, ...element.labels].filter((label) => label?.localName === "label");
      return labels.find(shown) || element;
    }
    return element;
  };

  const tabbable = () =>
    [...document.querySelectorAll("a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]")].filter(
      (element) =>
        element.tabIndex >= 0 && !element.disabled && !element.closest("[inert]") && shown(drawn(element)) &&
        !(element.type === "radio" && !element.checked),
    );

  // Is there a mark around what has the focus, that stands out at 3 to 1 from what it lies on?
  const marked = (element) => {
    const style = getComputedStyle(element);
    const inside = background(element);
    const outside = element.parentElement ? background(element.parentElement) : inside;
    const seen = (css) => Math.max(...[inside, outside].map((back) => contrast(over(parse(css), back), back))) >= 3;
    if (style.outlineStyle === "auto") return true;
    if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && seen(style.outlineColor)) return true;
    const shadows = style.boxShadow === "none" ? [] : style.boxShadow.match(/[a-z-]+\([^)]*\)[^,]*/g) || [];
    return shadows.some((shadow) => {
      const [, colour, lengths] = shadow.match(/^([a-z-]+\([^)]*\))(.*)$/);
      return parseFloat(lengths.trim().split(/\s+/)[3]) >= 2 && seen(colour);
    });
  };

  const stops = new WeakMap();
  let count = 0;

  // Where the focus is, and what is wrong with that place.
  const stop = () => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return null;
    if (!stops.has(element)) stops.set(element, (count += 1));
    const faults = [];
    const target = drawn(element);
    if (!shown(target)) faults.push("out of sight");
    const large = target.getBoundingClientRect().height > innerHeight * 0.6;
    const within = (rect) => {
      // Of what is larger than the window, a part is enough.
      const top = large ? Math.max(0, rect.top) : rect.top;
      const bottom = large ? Math.min(innerHeight, rect.bottom) : rect.bottom;
      return { left: rect.left, top, width: rect.width, height: bottom - top };
    };
    const boxes = [...target.getClientRects()].map(within).filter((rect) => rect.width > 0 && rect.height > 0);
    let points = 0;
    let seen = 0;
    for (const box of boxes.slice(0, 4)) {
      for (const x of [0.15, 0.5, 0.85]) {
        for (const y of [0.15, 0.5, 0.85]) {
          points += 1;
          const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
          if (hit && (target.contains(hit) || hit.contains(target))) seen += 1;
        }
      }
    }
    if (!seen || (!large && seen * 2 < points)) faults.push(`covered or out of view (${seen} of ${points} points seen)`);
    if (!marked(target)) faults.push("no visible mark of the focus");
    const pop = [...document.querySelectorAll("[role=tooltip], .md-tooltip, .md-tooltip2")].filter(shown);
    if (pop.length) faults.push(`focus brings up ${describe(pop[0])}`);
    return { id: stops.get(element), name: describe(element), faults, radio: element.type === "radio" };
  };

  // Looks at each stop as the key goes up, when the focus has moved and the page has scrolled: no question need be asked after each key.
  const notes = [];
  let noting = false;
  const note = () => {
    if (!noting) addEventListener("keyup", () => notes.push(stop()), true);
    noting = true;
    notes.length = 0;
  };
  const noted = () => notes.splice(0);

  const unreached = (ids) => tabbable().filter((element) => !ids.includes(stops.get(element)) && element.type !== "radio").map(describe);

  const sideways = () => {
    const faults = [];
    const root = document.scrollingElement;
    if (root.scrollWidth > root.clientWidth) faults.push(`the page is ${root.scrollWidth} pixels wide in a window of ${root.clientWidth}`);
    for (const element of document.body.querySelectorAll("*")) {
      if (["input", "select", "textarea"].includes(element.localName)) continue;
      const flow = getComputedStyle(element).overflowX;
      const wide = element.scrollWidth > element.clientWidth + 1;
      if (wide && (flow === "auto" || flow === "scroll") && shown(element)) {
        const label = element.getAttribute("aria-label") || document.getElementById(element.getAttribute("aria-labelledby"))?.textContent;
        if (element.tabIndex < 0 || !element.role || !label?.trim()) {
          faults.push(`${describe(element)} scrolls sideways but is no labelled region that takes the focus`);
        }
      } else if (root.scrollWidth > root.clientWidth && element.getBoundingClientRect().right > root.clientWidth + 1 && shown(element)) {
        faults.push(`${describe(element)} sticks out`);
      }
    }
    return faults.slice(0, 12);
  };

  // Words that a box with hidden overflow cuts off.
  const cut = () => {
    const faults = new Set();
    for (const node of texts(document.body)) {
      if (!shown(node.parentElement)) continue;
      for (let box = node.parentElement; box && box !== document.body; box = box.parentElement) {
        const style = getComputedStyle(box);
        if (style.position === "fixed") break;
        if (!/hidden|clip/.test(style.overflowX + style.overflowY)) continue;
        const frame = box.getBoundingClientRect();
        if (frame.width <= 1 || frame.height <= 1) break;
        const lost = rects(node).some(
          (rect) =>
            (/hidden|clip/.test(style.overflowX) && (rect.right > frame.right + 2 || rect.left < frame.left - 2)) ||
            (/hidden|clip/.test(style.overflowY) && rect.top + rect.height / 2 > frame.bottom + 2),
        );
        if (lost) faults.add(`“${node.data.trim().slice(0, 40)}” is cut by ${describe(box)}`);
      }
    }
    return [...faults];
  };

  // Words of the content that are in the file but not on the screen. Closed details open without a script.
  const unseen = () =>
    texts(document.querySelector("article") || document.querySelector("main"))
      .filter((node) => !node.parentElement.closest("details:not([open])") && !node.parentElement.checkVisibility({ visibilityProperty: true }))
      .map((node) => node.data.trim().slice(0, 60));

  // The words of the content, without the controls that a script may add.
  const words = () =>
    texts(document.querySelector("article") || document.querySelector("main"))
      .filter((node) => !node.parentElement.closest("form, button, [role=status], nav"))
      .map((node) => node.data.trim().replace(/\s+/g, " "));

  // Makes one element's words transparent, and says where they are and what colour they have: the picture then shows what lies behind.
  const bare = (selector) => {
    const element = document.querySelector(selector);
    const own = element && texts(element).filter((node) => node.parentElement === element);
    if (!own?.length || !shown(element)) return null;
    element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    const boxes = own.flatMap(rects);
    const left = Math.max(0, Math.min(...boxes.map((rect) => rect.left)));
    const top = Math.max(0, Math.min(...boxes.map((rect) => rect.top)));
    const right = Math.min(innerWidth, Math.max(...boxes.map((rect) => rect.right)));
    const bottom = Math.min(innerHeight, Math.max(...boxes.map((rect) => rect.bottom)));
    if (right - left < 1 || bottom - top < 1) return null;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const colour = element instanceof SVGElement ? style.fill : style.color;
    let alpha = parse(colour)[3];
    for (let e = element; e; e = parent(e)) alpha *= parseFloat(getComputedStyle(e).opacity);
    const answer = {
      clip: { x: left, y: top, width: right - left, height: bottom - top },
      colour: [...parse(colour).slice(0, 3), alpha],
      needed: size >= 24 || (size >= 18.66 && parseInt(style.fontWeight, 10) >= 700) ? 3 : 4.5,
      name: describe(element),
    };
    element.setAttribute("data-probe", "");
    return answer;
  };
  const restore = () => document.querySelectorAll("[data-probe]").forEach((element) => element.removeAttribute("data-probe"));
  const hiding = new CSSStyleSheet();
  hiding.replaceSync(
    "[data-probe] { -webkit-text-fill-color: transparent !important; text-shadow: none !important; text-decoration: none !important; " +
      "transition: none !important } svg [data-probe] { fill: transparent !important }",
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, hiding];

  // The lowest contrast of a colour with any colour that fills a twentieth of a picture or more.
  const lowest = async (picture, colour) => {
    const bytes = Uint8Array.from(atob(picture), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const sheet = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    sheet.drawImage(bitmap, 0, 0);
    const data = sheet.getImageData(0, 0, bitmap.width, bitmap.height).data;
    const shares = new Map();
    for (let i = 0; i < data.length; i += 4) {
      const key = `${data[i]},${data[i + 1]},${data[i + 2]}`;
      shares.set(key, (shares.get(key) || 0) + 1);
    }
    const ranked = [...shares].sort((a, b) => b[1] - a[1]);
    const wide = ranked.filter(([, share], index) => index === 0 || share * 20 >= data.length / 4);
    return Math.min(...wide.map(([key]) => {
      const back = key.split(",").map(Number);
      return contrast(over(colour, back), back);
    }));
  };

  // Icons whose shape is a drawing or a mask: those that nobody can tell from what they lie on.
  const lostIcons = () => {
    const faults = [];
    for (const icon of document.querySelectorAll("a svg, button svg, label svg, summary svg")) {
      const shape = icon.querySelector("path, circle, rect, line, polyline, polygon");
      const control = icon.closest("a, button, label, summary");
      if (!shape || !shown(icon) || control.innerText?.trim()) continue;
      const style = getComputedStyle(shape);
      const back = background(control);
      const inks = [style.fill, style.stroke].filter((ink) => ink !== "none").map((ink) => contrast(over(parse(ink), back), back));
      if (Math.max(0, ...inks) < 3) faults.push(`the icon of ${describe(control)} cannot be seen`);
    }
    for (const element of document.body.querySelectorAll("*")) {
      for (const pseudo of ["::before", "::after"]) {
        const style = getComputedStyle(element, pseudo);
        const mask = style.maskImage || style.webkitMaskImage;
        if (style.content === "none" || !mask || mask === "none" || style.display === "none" || !shown(element)) continue;
        if (style.opacity === "0" || style.visibility === "hidden") continue;
        const back = background(element);
        if (contrast(over(parse(style.backgroundColor), back), back) < 3) faults.push(`${pseudo} of ${describe(element)} cannot be seen`);
      }
    }
    return faults;
  };

  // Words, and lines around boxes, that stand out less than so much from what they lie on.
  const faint = (least) => {
    const faults = new Set();
    const weak = (css, back) => parse(css)[3] > 0 && contrast(over(parse(css), back), back) < least;
    for (const element of new Set(texts(document.body).map((node) => node.parentElement))) {
      if (element instanceof SVGElement || !shown(element)) continue;
      if (weak(getComputedStyle(element).color, background(element))) faults.add(`words of ${describe(element)}`);
    }
    for (const element of document.body.querySelectorAll("*")) {
      if (!shown(element)) continue;
      const style = getComputedStyle(element);
      for (const side of ["Top", "Right", "Bottom", "Left"]) {
        const drawn = parseFloat(style[`border${side}Width`]) && !/none|hidden/.test(style[`border${side}Style`]);
        if (drawn && weak(style[`border${side}Color`], background(element.parentElement))) faults.add(`the line of ${describe(element)}`);
      }
    }
    return [...faults];
  };

  const moving = () => {
    const faults = [];
    const seconds = (list) => list.split(",").map((part) => parseFloat(part) * (part.trim().endsWith("ms") ? 0.001 : 1));
    const still = /^(color|background-color|border.*color|outline.*|fill|stroke|opacity|visibility|box-shadow|text-decoration.*)$/;
    for (const element of document.querySelectorAll("*")) {
      for (const pseudo of [null, "::before", "::after"]) {
        const style = getComputedStyle(element, pseudo);
        if (pseudo && style.content === "none") continue;
        const times = seconds(style.transitionDuration);
        const moves = style.transitionProperty.split(",").some((name, i) => !still.test(name.trim()) && times[i % times.length] > 0.1);
        const name = `${describe(element)}${pseudo || ""}`;
        if (moves) faults.push(`${name} moves for ${style.transitionDuration} (${style.transitionProperty})`);
        if (style.animationName !== "none" && Math.max(...seconds(style.animationDuration)) > 0.1) faults.push(`${name} is animated`);
        if (style.scrollBehavior === "smooth") faults.push(`${name} scrolls smoothly`);
      }
    }
    return faults;
  };

  // Lines of running text with more than `most` characters, measured where each character stands; tables may be wider.
  const long = (most) => {
    const blocks = "p, li, dt, dd, summary, h1, h2, h3, h4, h5, h6, figcaption, blockquote, label, legend";
    const faults = [];
    for (const block of document.querySelectorAll(blocks)) {
      if (block.closest("table, svg, pre, nav") || !block.checkVisibility()) continue;
      const lines = [];
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement.closest(blocks) !== block) continue;
        for (const letter of node.data.matchAll(/\s+|\S/gu)) {
          const range = document.createRange();
          range.setStart(node, letter.index);
          range.setEnd(node, letter.index + letter[0].length);
          const box = [...range.getClientRects()].find((rect) => rect.width > 0);
          if (!box) continue;
          const middle = (box.top + box.bottom) / 2;
          let line = lines.find((other) => Math.abs(other.middle - middle) < box.height / 2);
          if (!line) lines.push((line = { middle, text: "" }));
          line.text += letter[0].trim() || " ";
        }
      }
      for (const line of lines.map((other) => other.text.trim())) {
        if (line.length > most) faults.push(`a line of ${line.length} characters in ${describe(block)}: ${line}`);
      }
    }
    return faults;
  };

  globalThis.probe = { long, stop, note, noted, unreached, sideways, cut, unseen, words, bare, restore, lowest, lostIcons, faint, moving, shown, describe };
})();
