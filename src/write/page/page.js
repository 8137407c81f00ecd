// What a page does beyond showing itself: filters, search, copying, opening what a link leads to.
// It works from a file, fetches nothing and keeps nothing. Text is only ever set as text.
(() => {
  "use strict";

  const root = document.documentElement;
  root.classList.add("js");

  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  // What is said here, in the language of the page.
  const phrases = JSON.parse(document.body.dataset.phrases);
  const number = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, phrases.thousandsMark);
  const filled = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (_, key) => number(values[key]));

  // A line that screen readers speak.
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);

  function button(text, action) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    made.addEventListener("click", action);
    return made;
  }

  // Filters: what does not match is hidden, and so is a group in which nothing is left.

  const forms = all("form[id$='filters']");
  const filterable = all("[data-filterable]");
  const groups = all("[data-filter-group]").map((group) => ({ group, inside: all("[data-filterable]", group) }));

  // Parts of pictures stay where they are and stand back. Their group is that of their stakeholder.
  const marks = all("svg [data-stakeholder], svg [data-issue]");
  const groupOf = new Map(all("[data-stakeholder][data-group]").map((e) => [e.dataset.stakeholder, e.dataset.group]));
  for (const mark of marks) {
    if (groupOf.has(mark.dataset.stakeholder)) mark.dataset.group = groupOf.get(mark.dataset.stakeholder);
  }

  function matches(element, filters) {
    return filters.every(([name, wanted]) => {
      const value = element.getAttribute(`data-${name}`) ?? "";
      return wanted === "none" ? value === "" : value === wanted;
    });
  }

  function filter() {
    const filters = forms.flatMap((form) => all("select", form).map((s) => [s.name, s.value]));
    const chosen = filters.filter(([, value]) => value !== "");
    let shown = 0;
    for (const element of filterable) {
      element.hidden = !matches(element, chosen);
      shown += element.hidden ? 0 : 1;
    }
    for (const { group, inside } of groups) {
      group.hidden = chosen.length > 0 && inside.every((element) => element.hidden);
    }
    for (const mark of marks) {
      const others = chosen.filter(([name]) => mark.hasAttribute(`data-${name}`));
      mark.classList.toggle("dimmed", others.length > 0 && !matches(mark, others));
    }
    const said = filled(phrases.quotationsShown, { shown, all: filterable.length });
    for (const output of forms.flatMap((form) => all("output", form))) output.textContent = said;
  }

  function showAll() {
    for (const form of forms) form.reset();
    filter();
  }

  for (const form of forms) {
    form.addEventListener("change", filter);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      filter();
      // Who asks for it by the button is led to what was found.
      const found = filterable.find((e) => !e.hidden && form.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);
      if (!found) return;
      for (let at = found; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
      found.scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
    });
    form.addEventListener("reset", () => setTimeout(filter));
  }
  // A browser may keep what was chosen over a reload.
  if (forms.length > 0) filter();

  // The exact words: what a quotation has of the sentence that its place leads to is lit up.

  const HIGHLIGHTS = "highlights" in CSS && typeof Highlight === "function";

  // The words of a text with their places; each sign of a script without spaces is one.
  const wordsOf = (text) =>
    Array.from(text.matchAll(/\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+/gu), ({ 0: word, index }) => {
      return { word: word.toLowerCase(), start: index, end: index + word.length };
    });

  // Which words of a sentence are quoted: those in a row where there are such, else the closest in the same order,
  // since a quotation leaves out hesitations. Null where they are not in it.
  function placesIn(sentence, quoted) {
    const isSame = (at, n) => sentence[at]?.word === quoted[n].word;
    const first = sentence.findIndex((_, at) => quoted.every((_, n) => isSame(at + n, n)));
    if (first >= 0) return quoted.map((_, n) => first + n);
    let end = -1;
    for (const n of quoted.keys()) {
      do end += 1;
      while (end < sentence.length && !isSame(end, n));
    }
    if (end >= sentence.length) return null;
    const places = [];
    for (let [at, n] = [end, quoted.length - 1]; n >= 0; at -= 1) if (isSame(at, n)) [places[n], n] = [at, n - 1];
    return places;
  }

  // Where the words of a quotation stand in a sentence.
  function rangesOf(element, words) {
    const node = element.firstChild;
    const [sentence, quoted] = [node?.data ?? "", words].map(wordsOf);
    const ranges = [];
    const places = quoted.length > 0 ? placesIn(sentence, quoted) : null;
    for (const [n, at] of (places ?? []).entries()) {
      if (n === 0 || at !== places[n - 1] + 1) {
        ranges.push(document.createRange());
        ranges.at(-1).setStart(node, sentence[at].start);
      }
      ranges.at(-1).setEnd(node, sentence[at].end);
    }
    return ranges;
  }

  const wordsIn = (figure) => figure.querySelector(".words").textContent;
  const quotationsOf = new Map();
  for (const link of all("figure.quotation a.place[href^='#']")) {
    const to = link.getAttribute("href").slice(1);
    quotationsOf.set(to, [...(quotationsOf.get(to) ?? []), wordsIn(link.closest("figure"))]);
  }

  // The quotation that the reader comes from: the place it leads to, its words, and the way back to it.
  let origin = null;

  function lightUp(sentence) {
    const known = origin?.to === sentence.id ? origin : null;
    // Who comes from no quotation sees the words of the only one.
    const words = new Set(known ? [known.words] : quotationsOf.get(sentence.id));
    const ranges = words.size === 1 ? rangesOf(sentence, [...words][0]) : [];
    if (HIGHLIGHTS) CSS.highlights.set("quoted-words", new Highlight(...ranges));
    for (const link of all("a.origin")) link.classList.remove("origin");
    if (!known) return;
    let back = all("a.back", sentence.parentElement).find((link) => link.getAttribute("href") === known.back);
    if (!back) {
      back = Object.assign(document.createElement("a"), { className: "back", href: known.back, textContent: "↩" });
      back.setAttribute("aria-label", phrases.allSessions);
      sentence.after(back);
    }
    back.classList.add("origin");
  }

  // A link to the page of a session takes the words along, as #PLACE~QUOTATION~WORDS.
  function leave(event) {
    const link = event.target.closest?.("figure.quotation a.place");
    if (!link) return;
    const figure = link.closest("figure");
    const [file, to] = link.getAttribute("href").split("#");
    if (file === "") origin = { to, words: wordsIn(figure), back: `#${figure.id}` };
    else if (!to.includes("~")) link.href = `${file}#${to}~${figure.id}~${encodeURIComponent(wordsIn(figure))}`;
  }

  // The other end of such a link, which leads to its target by the target's own name.
  function arrive(hash) {
    const [to, from, ...words] = hash.split("~");
    const index = document.querySelector("nav a.index")?.getAttribute("href");
    if (!index || words.length === 0) return to;
    origin = { to, words: words.join("~"), back: `${index}#${encodeURIComponent(from)}` };
    location.replace(`#${to}`);
    return null;
  }

  for (const kind of ["click", "auxclick"]) document.addEventListener(kind, leave, true);

  // Links: what they lead to is shown, whatever hides it.

  function reveal() {
    let id = location.hash.slice(1);
    try {
      id = arrive(decodeURIComponent(id));
    } catch {
      return;
    }
    const target = id && document.getElementById(id);
    if (!target) return;
    if (target.matches(".sentence")) lightUp(target);
    let hidden = false;
    for (let at = target; at; at = at.parentElement) {
      hidden ||= at.hidden;
      if (at.tagName === "DETAILS") at.open = true;
    }
    if (hidden) showAll();
    // What comes into view on the way grows to its size, and what is aimed at moves.
    const aim = () => target.scrollIntoView({ block: target.closest(".turn") ? "center" : "start", behavior: "instant" });
    requestAnimationFrame(() => requestAnimationFrame(aim));
    const focusable = target.matches("a, button, [tabindex]");
    if (!focusable) target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
  }

  addEventListener("hashchange", reveal);
  if (location.hash) reveal();
  // A link to where one is already leads there again.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) reveal();
    const stretch = event.target.closest("[data-turn]");
    if (!stretch || !stretch.closest("svg")) return;
    // With several sessions, what belongs to one begins with its number.
    const prefix = /^x\d+-/.exec(stretch.closest("section[id]")?.id ?? "")?.[0] ?? "";
    location.hash = `${prefix}t-${stretch.getAttribute("data-turn")}`;
  });

  // Copying: the words and where they are from.

  async function toClipboard(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Pages opened from a file may not be given the clipboard.
      const area = document.createElement("textarea");
      area.value = text;
      area.className = "visually-hidden";
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  // A session's own title and date stand once in the page.
  const sources = JSON.parse(document.body.dataset.sources);

  function citation(figure) {
    const { speaker, stakeholder } = figure.dataset;
    const source = sources[/^x\d+-/.exec(figure.id)?.[0] ?? ""];
    const from = [speaker, speaker.includes(stakeholder) ? "" : stakeholder, source, figure.querySelector(".place").textContent];
    return `“${wordsIn(figure)}” (${from.filter(Boolean).join(", ")})`;
  }

  document.addEventListener("click", async (event) => {
    const copier = event.target.closest("button.copy");
    if (!copier) return;
    const done = await toClipboard(copier.dataset.citation ?? citation(copier.closest("figure")));
    const before = copier.dataset.label ?? copier.textContent;
    copier.dataset.label = before;
    copier.textContent = done ? phrases.copied : phrases.notCopied;
    status.textContent = done ? phrases.copiedWithSource : phrases.copyingRefused;
    copier.focus({ preventScroll: true });
    setTimeout(() => {
      copier.textContent = before;
      status.textContent = "";
    }, 2000);
  });

  // Search in the transcript: without regard to case and accents.

  const MOST_MARKS = 2000;

  // Letters without case and accents, and for each unit of them its place in the text.
  function folded(text) {
    if (/^[\x00-\x7f]*$/.test(text)) return { letters: text.toLowerCase(), places: null };
    let letters = "";
    const places = [];
    let at = 0;
    for (const letter of text) {
      const plain = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’‘]/g, "'").replace(/\s/gu, " ");
      for (let unit = 0; unit < plain.length; unit += 1) places.push(at);
      letters += plain;
      at += letter.length;
    }
    places.push(at);
    return { letters, places };
  }

  function searchable(box, transcript) {
    const output = transcript.querySelector("output");
    let sentences = null;
    let found = [];
    let current = -1;

    // The text of each sentence and the text nodes it is made of; read once, when first asked for.
    function read() {
      sentences = all(".sentence", transcript).map((element) => {
        const nodes = [];
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        let start = 0;
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          nodes.push({ node, start });
          start += node.data.length;
        }
        return { element, nodes, ...folded(element.textContent) };
      });
    }

    function point(sentence, offset, isEnd) {
      let chosen = sentence.nodes[0];
      for (const entry of sentence.nodes) if (isEnd ? entry.start < offset : entry.start <= offset) chosen = entry;
      return [chosen.node, Math.min(offset - chosen.start, chosen.node.data.length)];
    }

    function rangeOf({ sentence, start, end }) {
      const range = document.createRange();
      range.setStart(...point(sentence, start, false));
      range.setEnd(...point(sentence, end, true));
      return range;
    }

    function find(query) {
      const wanted = folded(query.trim().replace(/\s+/g, " ")).letters;
      const places = [];
      if (wanted === "") return places;
      for (const sentence of sentences) {
        if (sentence.nodes.length === 0) continue;
        for (let at = sentence.letters.indexOf(wanted); at >= 0; at = sentence.letters.indexOf(wanted, at + wanted.length)) {
          const place = (unit) => (sentence.places ? sentence.places[unit] : unit);
          places.push({ sentence, start: place(at), end: place(at + wanted.length) });
        }
      }
      return places;
    }

    function unmark() {
      if (HIGHLIGHTS) {
        CSS.highlights.delete("found");
        CSS.highlights.delete("found-current");
        return;
      }
      for (const mark of all("mark.found", transcript)) mark.replaceWith(...mark.childNodes);
      if (sentences) {
        transcript.normalize();
        sentences = null;
        read();
      }
    }

    function mark() {
      if (HIGHLIGHTS) {
        CSS.highlights.set("found", new Highlight(...found.map(rangeOf)));
        return;
      }
      // From the last to the first, so that places before stay what they are.
      for (const place of found.slice(0, MOST_MARKS).reverse()) {
        const range = rangeOf(place);
        if (range.startContainer !== range.endContainer) continue;
        const element = document.createElement("mark");
        element.className = "found";
        range.surroundContents(element);
      }
    }

    function show(index) {
      if (found.length === 0) return;
      current = (index + found.length) % found.length;
      const place = found[current];
      if (HIGHLIGHTS) CSS.highlights.set("found-current", new Highlight(rangeOf(place)));
      place.sentence.element.scrollIntoView({ block: "center", behavior: calm ? "instant" : "auto" });
      say();
    }

    function say() {
      if (!output) return;
      const query = box.value.trim();
      if (query === "") output.textContent = "";
      else if (found.length === 0) output.textContent = phrases.notFound;
      else if (current < 0) output.textContent = filled(phrases.placesFound, { n: found.length });
      else output.textContent = filled(phrases.placeOfPlaces, { at: current + 1, n: found.length });
    }

    function search() {
      if (!sentences) read();
      unmark();
      current = -1;
      found = find(box.value);
      mark();
      say();
      box.dataset.searched = box.value;
    }

    const next = button(phrases.next, () => show(current + 1));
    const previous = button(phrases.previous, () => show(current < 0 ? -1 : current - 1));
    for (const step of [previous, next]) step.classList.add("js-only");
    (box.closest("label") ?? box).after(previous, next);
    let waiting = 0;
    const now = () => {
      waiting = clearTimeout(waiting) ?? 0;
      search();
    };
    box.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(now, 120);
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && box.value !== "") {
        box.value = "";
        now();
      }
      if (event.key !== "Enter") return;
      event.preventDefault();
      if (waiting) now();
      show(event.shiftKey ? (current < 0 ? -1 : current - 1) : current + 1);
    });
    box.closest("form")?.addEventListener("submit", (event) => event.preventDefault());
  }

  for (const transcript of all("section[id$='transcript']")) {
    const box = transcript.querySelector("input[type='search']");
    if (box) searchable(box, transcript);
  }

  // Where one is: the section in view is marked in the contents.

  const links = new Map(all("body > nav a[href^='#']").map((link) => [link.getAttribute("href").slice(1), link]));
  if (links.size > 0 && "IntersectionObserver" in window) {
    const watch = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (!entry.isIntersecting) continue;
          for (const link of links.values()) link.removeAttribute("aria-current");
          links.get(entry.target.id)?.setAttribute("aria-current", "true");
        }
      },
      { rootMargin: "-20% 0px -70% 0px" },
    );
    for (const id of links.keys()) {
      const section = document.getElementById(id);
      if (section) watch.observe(section);
    }
  }

  // On paper nothing can be opened. Only the numbers of pictures stay closed there, and what is more than the
  // answer where not everything is to be printed. (Browsers that know `::details-content` need no script for it.)

  let closed = [];
  addEventListener("beforeprint", () => {
    const isBrief = document.querySelector("#print-all:not(:checked)");
    closed = all(`details:not([open]):not(.numbers)${isBrief ? ":not(.more)" : ""}`);
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
})();
