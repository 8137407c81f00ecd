// Opens the pages that a manifest names in headless Chromium and complains of all that is not as it
// should be: `node check.mjs DIR`, where DIR/manifest.json lists {name, kind, page, tables?, payloads?}.
//
// Pages are opened from disk, as readers do. Screenshots and PDF files are left in DIR for people to look
// at. Figures that depend on the machine are printed and not judged. Exit code 1 where there are complaints.

import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { HtmlValidate } from "html-validate";

import { browse, browseChanges, injections, longSession, pictures, withoutScript } from "./steps.mjs";
import { opened } from "./opened.mjs";
import { leadsToFiles } from "./ways.mjs";

const BROWSERS = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

// What each kind of page goes through.
const STEPS = {
  session: [valid, browse, withoutScript, pictures],
  index: [valid, leadsToFiles, withoutScript, pictures],
  changes: [valid, browseChanges, withoutScript, pictures],
  injection: [valid, injections],
  long: [valid, longSession],
};

const folder = process.argv[2];
const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
const executablePath = BROWSERS.find((path) => path && existsSync(path));
if (!executablePath) throw new Error("there is no Chromium; name it in CHROMIUM");
if (manifest.length === 0) throw new Error("the manifest names no page");

const complaints = [];

/// No errors in the HTML.
const validator = new HtmlValidate({ root: true, extends: ["html-validate:standard", "html-validate:a11y"] });
async function valid({ entry, complain }) {
  const report = validator.validateStringSync(readFileSync(join(folder, entry.page), "utf8"), entry.page);
  const messages = report.results.flatMap((result) => result.messages);
  for (const m of messages.slice(0, 10)) complain(`HTML: line ${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
  if (messages.length > 10) complain(`HTML: ${messages.length - 10} more`);
}

async function check(browser, entry) {
  const started = Date.now();
  const complain = (text) => complaints.push(`${entry.name}: ${text}`);
  const figures = [];
  for (const step of STEPS[entry.kind]) {
    const begun = Date.now();
    try {
      const said = await step({ browser, entry, folder, complain, opened });
      figures.push(`${said ? `${said}, ` : ""}${step.name} in ${Date.now() - begun} ms`);
    } catch (error) {
      complain(`${step.name} broke off: ${String(error.message ?? error).split("\n").slice(0, 4).join(" ")}`);
    }
  }
  console.log(`${entry.name}: ${figures.join("; ")} (in all ${Date.now() - started} ms)`);
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
try {
  // What is measured runs alone, after the others, the largest of which begin.
  const size = (entry) => statSync(join(folder, entry.page)).size;
  const waiting = manifest.filter((entry) => entry.kind !== "long").sort((a, b) => size(b) - size(a));
  const worker = async () => {
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) await check(browser, entry);
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
  for (const entry of manifest.filter((entry) => entry.kind === "long")) await check(browser, entry);
} finally {
  await browser.close();
}
writeFileSync(join(folder, "complaints.txt"), complaints.map((line) => `${line}\n`).join(""));
for (const complaint of complaints) console.error(complaint);
console.log(`${manifest.length} pages, ${complaints.length} complaints`);
process.exitCode = complaints.length === 0 ? 0 : 1;
