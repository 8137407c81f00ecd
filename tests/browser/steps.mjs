// What a page goes through: used like a reader uses it, without its script, on paper, on a phone, in the
// dark, and full of text that would like to run.

import { createRequire } from "node:module";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { WAIT, inView, links, partsOfSentences } from "./ways.mjs";

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
// The first transcript's: a page of several sessions has one each.
const SEARCH = "section[id$='transcript'] input[type='search']";
const SCREEN = { width: 1280, height: 800 };
const PHONE = { width: 375, height: 740 };

/// Everything a reader can do with a page.
export async function browse(on) {
  const session = await on.opened(on);
  const { page } = session;
  const n = await page.evaluate(() => ({
    quotations: document.querySelectorAll("figure.quotation").length,
    turns: document.querySelectorAll(".turn").length,
    charts: document.querySelectorAll("svg.chart").length,
  }));
  for (const [what, count] of Object.entries(n)) if (count === 0) on.complain(`the page has no ${what}`);
  await filters(page, on);
  await search(page, on);
  await links(page, on);
  await partsOfSentences(page, on);
  await copying(page, on);
  await downloads(page, on);
  await session.close();
  return `${n.quotations} quotations, ${n.turns} turns, ${n.charts} charts, ${statSync(join(on.folder, on.entry.page)).size} bytes`;
}

/// What a reader can do with a page of changes: it has no transcript and no tables.
export async function browseChanges(on) {
  const session = await on.opened(on);
  const { page } = session;
  const n = await page.locator("figure.quotation").count();
  if (n === 0) on.complain("the page has no quotations");
  await filters(page, on);
  await copying(page, on);
  await session.close();
  return `${n} quotations`;
}

// The numbers in a text, in the notation of any language.
const numbersOf = (text) => (text.replace(/(\d)[.,\u202f](?=\d{3})/g, "$1").match(/\d+/g) ?? []).map(Number);
// Whether outputs name the place that a search is at, and how many there are.
const isPlace = (said, at, n) => said.split(" | ").some((text) => numbersOf(text).join() === `${at},${n}`);

// Quotations that no filter hides; some of them wait in details that are closed.
const shownQuotations = (page) =>
  page.evaluate(() => [...document.querySelectorAll("[data-filterable]")].filter((e) => !e.closest("[hidden]")).length);

async function filters(page, { complain }) {
  const all = await shownQuotations(page);
  const selects = await page.$$eval("#filters select", (s) => s.map((e) => [e.name, [...e.options].map((o) => o.value)]));
  const names = selects.map(([name]) => name).sort();
  for (const name of ["change", "group", "issue", "stakeholder", "stance"]) {
    const known = await page.$$eval(`[data-filterable][data-${name}]:not([data-${name}=""])`, (e) => e.length);
    if (known > 0 && !names.includes(name)) complain(`there is no filter by ${name}`);
  }
  for (const [name, values] of selects) {
    for (const value of values.filter((v) => v !== "").slice(0, 3)) {
      await page.selectOption(`#filters select[name="${name}"]`, value);
      const expected = await page.evaluate(
        ([n, v]) => [...document.querySelectorAll("[data-filterable]")].filter((e) => (e.getAttribute(`data-${n}`) ?? "") === (v === "none" ? "" : v)).length,
        [name, value],
      );
      const shown = await shownQuotations(page);
      const said = await page.textContent("#filters output");
      if (shown !== expected) complain(`filter ${name}=${value} shows ${shown} of ${expected} quotations`);
      if (!numbersOf(said).includes(expected)) complain(`filter ${name}=${value} says “${said}”, not ${expected}`);
    }
    const [value] = values.filter((v) => v !== "" && v !== "none");
    if (value !== undefined) await ledToFound(page, name, value, complain);
    await page.click('#filters button[type="reset"]');
    // What resets the form shows everything only after the form is reset.
    const saidAll = (all) => {
      const numbers = document.querySelector("#filters output").textContent.replace(/(\d)[.,\u202f](?=\d{3})/g, "$1").match(/\d+/g) ?? [];
      return numbers.length === 2 && numbers.every((n) => Number(n) === all);
    };
    const inAll = await page.$$eval("[data-filterable]", (e) => e.length);
    await page.waitForFunction(saidAll, inAll, WAIT).catch(() => complain("after a reset the page does not say that all is shown"));
    const shown = await shownQuotations(page);
    if (shown !== all) complain(`after a reset ${shown} of ${all} quotations are shown`);
  }
}

/// The button of the filter leads to the first quotation after it, and pictures show what it is about.
async function ledToFound(page, name, value, complain) {
  await page.selectOption(`#filters select[name="${name}"]`, value);
  await page.click('#filters button[type="submit"]');
  const [found, dimmed] = await page.evaluate(
    ([name, value]) => {
      const form = document.querySelector("#filters");
      const after = [...document.querySelectorAll("[data-filterable]")].filter((e) => !e.closest("[hidden]") && form.compareDocumentPosition(e) & 4);
      const marks = [...document.querySelectorAll(`svg [data-${name}]`)];
      const wrong = marks.filter((e) => e.classList.contains("dimmed") === (e.getAttribute(`data-${name}`) === value));
      return [after[0]?.id, wrong.length];
    },
    [name, value],
  );
  if (dimmed > 0) complain(`filter ${name}=${value}: ${dimmed} parts of pictures do not follow it`);
  if (found) await inView(page, `[id="${found}"]`).catch(() => complain(`filter ${name}=${value} does not lead to ${found}`));
}

async function search(page, { complain }) {
  // The longest word of the middle sentence: it is there at least once.
  const word = await page.evaluate(() => {
    const sentences = [...document.querySelector("section[id$='transcript']").querySelectorAll(".sentence")].map((e) => e.textContent);
    const words = sentences[Math.floor(sentences.length / 2)].match(/[\p{L}\p{M}]+/gu) ?? ["a"];
    return words.reduce((a, b) => (b.length > a.length ? b : a));
  });
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const sentences = await page.$eval("section[id$='transcript']", (all) => [...all.querySelectorAll(".sentence")].map((e) => e.textContent));
  const expected = sentences.reduce((n, text) => n + fold(text).split(fold(word)).length - 1, 0);
  const type = async (text) => {
    await page.locator(SEARCH).first().fill(text);
    await page.waitForFunction((s) => document.querySelector(s).dataset.searched === document.querySelector(s).value, SEARCH);
  };
  await type(word.toUpperCase());
  const state = () =>
    page.evaluate(() => ({
      found: CSS.highlights?.get("found")?.size ?? 0,
      current: CSS.highlights?.get("found-current")?.size ?? 0,
      said: [...document.querySelectorAll("output")].map((o) => o.textContent).join(" | "),
    }));
  let now = await state();
  if (now.found !== expected) complain(`search for “${word}” marks ${now.found} places of ${expected}: ${now.said}`);
  await page.locator(SEARCH).first().press("Enter");
  now = await state();
  if (now.current !== 1 || !isPlace(now.said, 1, expected)) complain(`search goes to no place: ${now.said}`);
  await page.locator(SEARCH).first().press("Shift+Enter");
  now = await state();
  if (!isPlace(now.said, expected, expected)) complain(`search does not go back: ${now.said}`);
  await type("qqxyzzy");
  now = await state();
  const phrases = await page.evaluate(() => JSON.parse(document.body.dataset.phrases));
  if (now.found !== 0 || !now.said.includes(phrases.notFound)) complain(`search finds what is not there: ${now.said}`);
  await type("");
}

// There is one clipboard, and pages are tried side by side.
let clipboard = Promise.resolve();

async function copying(page, on) {
  clipboard = clipboard.catch(() => {}).then(() => copied(page, on));
  await clipboard;
}

async function copied(page, { complain }) {
  const button = page.locator("figure.quotation button.copy").first();
  // A page of changes has the whole citation; else the session's title and date stand once in the page.
  const cited = await button.evaluate((b) => {
    const prefix = /^x\d+-/.exec(b.closest("figure").id)?.[0] ?? "";
    return b.dataset.citation ?? JSON.parse(document.body.dataset.sources)[prefix];
  });
  const quoted = await page.locator("figure.quotation").first().getAttribute("data-speaker");
  const before = await button.textContent();
  await button.click();
  // What it says is read where it changes: it says so for two seconds only.
  const changed = (said) => {
    const now = document.querySelector("figure.quotation button.copy").textContent;
    return now !== said && now;
  };
  const said = await page.waitForFunction(changed, before, WAIT).then((now) => now.jsonValue(), () => before);
  const text = await page.evaluate(() => navigator.clipboard.readText());
  const words = (await page.locator("figure.quotation blockquote .words").first().textContent()).replace(/\s+/g, " ").trim();
  const phrases = await page.evaluate(() => JSON.parse(document.body.dataset.phrases));
  if (said !== phrases.copied) complain(`copying says “${said}”`);
  if (!text.replace(/\s+/g, " ").includes(words.slice(0, 30))) complain(`copied without the quotation: ${text}`);
  if (quoted && !text.includes(quoted)) complain(`copied without who says it (${quoted}): ${text}`);
  const place = await page.locator("figure.quotation .place").first().textContent();
  if (!cited || !text.includes(cited)) complain(`copied without its source (${cited}): ${text}`);
  if (!text.includes(place.trim())) complain(`copied without a place: ${text}`);
}

// A table of one of several sessions holds some lines of the table of all; else they are the same bytes.
function isPartOf(table, whole, isOfSeveral) {
  const lines = new Set(whole.toString().split("\r\n"));
  return isOfSeveral ? table.toString().split("\r\n").every((line) => lines.has(line)) : table.equals(whole);
}

async function downloads(page, { entry, folder, complain }) {
  const found = await page.$$eval("a[download]", (all) => all.map((a) => [a.getAttribute("download"), a.getAttribute("href")]));
  if (found.length === 0) complain("there is nothing to download");
  const isOfSeveral = new Set(found.map(([name]) => name)).size < found.length;
  for (const [name, href] of found) {
    const base = href.match(/^data:text\/csv(?:;charset=utf-8)?;base64,(.*)$/s);
    if (!base) {
      complain(`${name} is no CSV in the page: ${href.slice(0, 40)}`);
      continue;
    }
    if (!entry.tables) continue;
    const table = join(folder, entry.tables, name);
    if (!existsSync(table)) complain(`compare writes no ${name}`);
    // The page counts as selected what is quoted anywhere on it, compare what is among the positions.
    else if (name !== "ledger.csv" && !isPartOf(Buffer.from(base[1], "base64"), readFileSync(table), isOfSeveral)) {
      complain(`${name} is not what compare writes`);
    }
  }
  const first = page.locator("a[download]").first();
  await first.evaluate((a) => {
    for (let at = a; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  });
  const [download] = await Promise.all([page.waitForEvent("download", WAIT), first.click()]);
  const [name, href] = found[0];
  const saved = readFileSync(await download.path());
  if (download.suggestedFilename() !== name) complain(`${name} is saved as ${download.suggestedFilename()}`);
  if (!saved.equals(Buffer.from(href.split(",")[1], "base64"))) complain(`${name} is saved with other bytes`);
}

/// Without its script a page shows everything and no control.
export async function withoutScript(on) {
  const { page, context } = await on.opened(on, { javaScriptEnabled: false });
  const seen = await page.evaluate(() => ({
    hidden: [...document.querySelectorAll("figure.quotation, .turn, section, svg.chart")].filter(
      (e) => !e.checkVisibility() && !e.closest("details:not([open])"),
    ).length,
    controls: [...document.querySelectorAll(".js-only, button, input, select")].filter((e) => e.checkVisibility()).length,
  }));
  if (seen.hidden > 0) on.complain(`${seen.hidden} parts are hidden without a script`);
  if (seen.controls > 0) on.complain(`${seen.controls} controls are shown that do nothing without a script`);
  await context.close();
}

// Bars of stances that a first screen holds; fewer only where the page has fewer.
const FIRST_BARS = 3;

/// On the first screen stands who is for and against what.
async function firstScreen(page, what, complain) {
  await page.evaluate(() => scrollTo(0, 0));
  const [seen, all] = await page.evaluate(() => {
    const bars = [...document.querySelectorAll("#brief .split")];
    return [bars.filter((bar) => bar.getBoundingClientRect().bottom <= innerHeight).length, bars.length];
  });
  if (seen < Math.min(FIRST_BARS, all)) complain(`the first screen ${what} holds ${seen} of ${all} bars of stances`);
}

/// Light and dark, wide and on a phone, on paper; what axe says of it.
export async function pictures(on) {
  const session = await on.opened(on);
  const { page } = session;
  const { entry, folder, complain } = on;
  await page.evaluate(AXE);
  await page.setViewportSize(SCREEN);
  await firstScreen(page, "of a computer", complain);
  const n_checks = await accessible(page, "light", {}, complain);
  const shot = (name, fullPage = false) => page.screenshot({ path: join(folder, `${entry.name}-${name}.png`), fullPage });
  await shot("wide-light", entry.look);
  await page.emulateMedia({ colorScheme: "dark" });
  const background = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const [red, green, blue] = background.match(/\d+/g).map(Number);
  if (red + green + blue > 200) complain(`in the dark the page is ${background}`);
  // In the dark only colours differ, and those of one turn from those of the next do not.
  await accessible(page, "dark", { runOnly: ["color-contrast"], without: ".turn ~ .turn" }, complain);
  await shot("wide-dark");
  await page.setViewportSize(PHONE);
  await overflow(page, complain);
  await firstScreen(page, "of a phone", complain);
  await shot("phone-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await shot("phone-light", entry.look);
  const pdf = await page.pdf({ format: "A4", path: join(folder, `${entry.name}.pdf`) });
  if (pdf.length < 10000) complain(`on paper the page is ${pdf.length} bytes`);
  await onPaper(page, complain);
  await session.close();
  return `axe ran ${n_checks} checks`;
}

/// On paper nothing can be opened: where everything is to be printed, what is closed on the screen is shown,
/// except for the numbers of pictures; else paper has the answer without the transcript.
async function onPaper(page, complain) {
  const all = page.locator("#print-all");
  if ((await all.count()) > 0) {
    await page.emulateMedia({ media: "print" });
    const shown = await page.$$eval(".more, section[id$='transcript']", (e) => e.filter((e) => e.checkVisibility()).length);
    if (shown > 0) complain(`on paper ${shown} parts are shown that are more than the answer`);
    await page.emulateMedia({ media: "screen" });
    await all.check();
  }
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = false)));
  await page.emulateMedia({ media: "print" });
  const [closed, numbers] = await page.evaluate(() => {
    const shown = (details) => [...details.children].some((child) => child.localName !== "summary" && child.getClientRects().length > 0 && child.checkVisibility({ contentVisibilityAuto: true }));
    const all = [...document.querySelectorAll("details")].filter((details) => !details.closest("[hidden]") && !details.closest(".js-only"));
    const isNumbers = (details) => details.classList.contains("numbers");
    const closed = all.filter((details) => !isNumbers(details) && !shown(details));
    return [closed.map((details) => details.firstElementChild.textContent), all.filter((details) => isNumbers(details) && shown(details)).length];
  });
  for (const title of closed) complain(`on paper “${title.trim()}” is closed`);
  if (numbers > 0) complain(`on paper the numbers of ${numbers} pictures are open`);
  await page.emulateMedia({ media: "screen" });
}

async function accessible(page, scheme, { runOnly, without }, complain) {
  const result = await page.evaluate(async ([runOnly, without]) => {
    const options = { resultTypes: ["violations"], elementRef: false, ...(runOnly && { runOnly }) };
    const exclude = without && document.querySelector(without) ? [without] : [];
    const { violations, passes } = await window.axe.run({ include: ["html"], exclude }, options);
    return { violations: violations.map((v) => [v.impact, v.id, v.nodes.length, v.nodes[0].html.slice(0, 160), v.nodes[0].failureSummary]), n: passes.length };
  }, [runOnly, without]);
  for (const [impact, id, n, html, why] of result.violations) {
    const text = `axe (${scheme}): ${impact}: ${id} in ${n} places, first ${html}: ${why.replace(/\s+/g, " ").slice(0, 200)}`;
    if (["serious", "critical"].includes(impact)) complain(text);
    else console.log(`  ${text}`);
  }
  return result.n + result.violations.length;
}

async function overflow(page, complain) {
  const wide = await page.evaluate(() => {
    const page = document.documentElement;
    if (page.scrollWidth <= page.clientWidth) return null;
    const out = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > page.clientWidth + 1);
    return `${page.scrollWidth} px: ${out.slice(0, 3).map((e) => `${e.tagName}.${e.getAttribute("class") ?? ""}`).join(", ")}`;
  });
  if (wide) complain(`on a phone the page is as wide as ${wide}`);
}

/// Text that would like to run is text.
export async function injections(on) {
  const { entry, complain } = on;
  const session = await on.opened(on);
  const { page } = session;
  await page.mouse.wheel(0, 4000);
  await page.hover("body");
  await page.emulateMedia({ media: "print" });
  const seen = await page.evaluate(() => {
    // Everything that a pointer or a key could set off.
    for (const element of document.querySelectorAll("*")) {
      for (const type of ["mouseover", "focus", "error", "load", "toggle", "animationstart", "pointerenter"]) {
        element.dispatchEvent(new Event(type));
      }
    }
    const attributes = [...document.querySelectorAll("*")].flatMap((e) => [...e.attributes].map((a) => [e, a]));
    return {
      ran: window.injected,
      text: document.body.textContent.replace(/\s+/g, " "),
      title: document.title,
      scripts: document.scripts.length,
      elements: [...new Set([...document.querySelectorAll("*")].map((e) => e.localName))],
      handlers: attributes.filter(([, a]) => /^on|^style$|^srcdoc$|^src$|^formaction$|^xlink/.test(a.name)).map(([e, a]) => `${e.localName} ${a.name}=${a.value}`),
      addresses: attributes.filter(([, a]) => a.name === "href" && !/^(#|data:text\/csv)/.test(a.value)).map(([, a]) => a.value),
    };
  });
  if (seen.ran !== undefined) complain(`an injection ran: ${seen.ran}`);
  if (seen.scripts !== 1) complain(`the page has ${seen.scripts} scripts`);
  const foreign = ["iframe", "object", "embed", "img", "image", "video", "audio", "link", "base", "math", "foreignObject", "template", "marquee", "use", "animate", "set", "x", "textarea", "noscript", "plaintext", "xmp"];
  for (const name of seen.elements.filter((name) => foreign.includes(name))) complain(`the page has an element ${name}`);
  for (const handler of seen.handlers.slice(0, 5)) complain(`an attribute that can run: ${handler.slice(0, 120)}`);
  for (const address of seen.addresses.slice(0, 5)) complain(`an address that leads out: ${address.slice(0, 120)}`);
  // Overrides and isolates of the direction are written out in speech and are no part of a label.
  const directions = /[\u202a-\u202e\u2066-\u2069]|\\u\{(202[a-e]|206[6-9])\}/g;
  const visible = (text) => text.replace(directions, "").replace(/\s+/g, " ").trim();
  const shown = visible(seen.text);
  let n = 0;
  for (const { place, text } of entry.payloads) {
    n += 1;
    if (!shown.includes(visible(text))) complain(`${place} is not shown as it is: ${text}`);
  }
  if (n < 60) complain(`only ${n} payloads were tried`);
  await page.emulateMedia({ media: "screen" });
  if (await page.$(SEARCH)) await search(page, on);
  await session.close();
  return `${n} payloads shown as text`;
}

/// How quick a long page is; figures to read, not to judge.
export async function longSession(on) {
  const bytes = statSync(join(on.folder, on.entry.page)).size;
  const times = [];
  for (let run = 0; run < 3; run += 1) {
    const session = await on.opened(on);
    const { page } = session;
    const paint = await page.evaluate(async () => {
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const first = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN;
      return { first, loaded: performance.getEntriesByType("navigation")[0].loadEventEnd };
    });
    times.push(paint);
    if (run === 2) {
      const slowest = await page.evaluate(async () => {
        let [last, worst, step] = [performance.now(), 0, document.documentElement.scrollHeight / 60];
        for (let i = 1; i <= 60; i += 1) {
          scrollTo({ top: i * step, behavior: "instant" });
          await new Promise((done) => requestAnimationFrame(done));
          const now = performance.now();
          [worst, last] = [Math.max(worst, now - last), now];
        }
        return worst;
      });
      times.slowest = slowest;
    }
    await session.close();
  }
  const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
  const first = Math.round(median(times.map((t) => t.first)));
  const loaded = Math.round(median(times.map((t) => t.loaded)));
  if (on.entry.atMost && bytes > on.entry.atMost) on.complain(`the page is ${bytes} bytes, more than ${on.entry.atMost}`);
  return `${bytes} bytes, first render ${first} ms, loaded ${loaded} ms, slowest of 60 steps of scrolling ${Math.round(times.slowest)} ms`;
}
