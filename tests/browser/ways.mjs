// Where the links of a page lead: from a quotation to its words in the transcript, there and on another page,
// and back.

// How long a page may take for what it does at once on a machine that has nothing else to do.
export const WAIT = { timeout: 15000 };

export const inView = (page, selector) =>
  page.waitForFunction(
    (s) => {
      const box = document.querySelector(s)?.getBoundingClientRect();
      return box && box.top < innerHeight && box.bottom > 0;
    },
    selector,
    WAIT,
  );

/// A quotation of a page on all sessions leads to its words on the page of its session.
export async function leadsToFiles(on) {
  // Another file of the folder is asked for here, and nothing else.
  const complain = (text) => text.startsWith("a request: file:") || on.complain(text);
  const session = await on.opened({ ...on, complain });
  const { page } = session;
  const link = page.locator("figure.quotation a.place").first();
  const [href, words] = [await link.getAttribute("href"), await page.locator("figure.quotation .words").first().textContent()];
  await link.click();
  await page.waitForURL(/#s-/, WAIT);
  await isLit(page, href, words, on.complain);
  const target = await page.evaluate(() => document.querySelector(":target")?.textContent ?? "");
  if (!target.includes(words.split(" ")[0])) on.complain(`${href} leads to “${target}”, not to “${words}”`);
  await page.locator("a.back.origin").click();
  await page.waitForURL(/index\.html#.*q-/, WAIT);
  await inView(page, "figure.quotation:target").catch(() => on.complain(`there is no way back from ${href}`));
  await session.close();
  return href;
}

export async function links(page, { complain }) {
  const dead = await page.$$eval('a[href^="#"]', (all) => {
    const ids = new Set([...document.querySelectorAll("[id]")].map((e) => e.id));
    return all.map((a) => decodeURIComponent(a.getAttribute("href").slice(1))).filter((id) => id !== "" && !ids.has(id));
  });
  for (const id of dead.slice(0, 5)) complain(`a link leads nowhere: #${id}`);
  const places = await page.$$eval("figure.quotation", (all) =>
    all.map((f) => ({ id: f.id, href: f.querySelector('a.place')?.getAttribute("href"), seen: f.checkVisibility() })),
  );
  for (const place of places.filter((p) => !p.href).slice(0, 5)) complain(`${place.id} has no link to its place`);
  const there = places.filter((p) => p.href && p.seen);
  // The first, the middle and the last one: also those that lead far down.
  const chosen = [...new Set([0, Math.floor(there.length / 2), there.length - 1])].map((i) => there[i]).filter(Boolean);
  for (const { id, href } of chosen) {
    await page.locator(`#${id} a[href="${href}"]`).first().click();
    await inView(page, href).catch(() => complain(`${id}: its place ${href} does not come into view`));
    await litUp(page, id, href, complain);
    const back = await page.$$eval(".turn a.back", (all) => all.map((a) => a.getAttribute("href")));
    if (!back.includes(`#${id}`)) {
      complain(`there is no way back to ${id}`);
      continue;
    }
    await page.locator(`.turn a[href="#${id}"]`).first().click();
    await inView(page, `#${id}`).catch(() => complain(`the way back to ${id} does not lead there`));
  }
}

// The words of a text, without marks of omission.
const spoken = (text) => (text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).join(" ").toLowerCase();

// What `read` gives in the end: until it is `wanted`, or for as long as a page may take. A page lights up words when it
// is told that its address has changed, which is after a click, also where the words stood in view before it.
async function settled(read, wanted) {
  for (const end = Date.now() + WAIT.timeout; ; await new Promise((then) => setTimeout(then, 50))) {
    const now = await read();
    if (now === wanted || Date.now() > end) return now;
  }
}

/// The words that a quotation has, and no others, are lit up where its link leads.
async function isLit(page, place, words, complain) {
  const read = () => page.evaluate(() => [...(CSS.highlights.get("quoted-words") ?? [])].map(String).join(" "));
  const lit = await settled(async () => spoken(await read()), spoken(words));
  if (lit !== spoken(words)) complain(`${place} lights up “${lit}”, not “${words}”`);
}

async function litUp(page, id, href, complain) {
  await isLit(page, href, await page.locator(`#${id} .words`).textContent(), complain);
  const read = () => page.$$eval("a.back.origin", (all) => all.map((a) => a.getAttribute("href")).join());
  const origin = await settled(read, `#${id}`);
  if (origin !== `#${id}`) complain(`the way back to ${id} is marked as ${origin}`);
}

/// Quotations of less than their sentence light up what they have of it; one is made, and made whole again.
export async function partsOfSentences(page, { complain }) {
  const parts = await page.evaluate(() => {
    const all = [...document.querySelectorAll("figure.quotation")].filter((f) => f.querySelector("a.place")?.getAttribute("href")?.startsWith("#"));
    const own = all.filter((f) => f.querySelector(".words").textContent.includes("[…]")).slice(-2);
    const sentence = (f) => document.getElementById(f.querySelector("a.place").getAttribute("href").slice(1));
    const long = all.find((f) => sentence(f).textContent.split(" ").length > 8);
    if (long) {
      const words = sentence(long).textContent.split(" ");
      // Without the first word, one in the middle, and the last: cut, and with a hesitation left out.
      long.dataset.whole = long.querySelector(".words").textContent;
      long.querySelector(".words").textContent = `[…] ${words.slice(1, 4).join(" ")} ${words.slice(5, -1).join(" ")} […]`;
      own.push(long);
    }
    for (const figure of own) for (let at = figure; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    return own.map((f) => [f.id, f.querySelector("a.place").getAttribute("href")]);
  });
  for (const [id, href] of parts) {
    await page.locator(`#${id} a.place`).click();
    await inView(page, href).catch(() => complain(`${id}: its place ${href} does not come into view`));
    await litUp(page, id, href, complain);
  }
  await page.evaluate(() => {
    for (const figure of document.querySelectorAll("figure[data-whole]")) figure.querySelector(".words").textContent = figure.dataset.whole;
  });
}
