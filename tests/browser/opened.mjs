// A page opened from disk, with everything noted that should not happen: messages on the console,
// violations of its policy, dialogs, requests.

import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

export async function opened({ browser, entry, folder, complain }, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", acceptDownloads: true, ...options });
  if (options.javaScriptEnabled !== false) await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  const url = pathToFileURL(resolve(join(folder, entry.page))).href;
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complain(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complain(`error in a script: ${error.message}`));
  page.on("dialog", (dialog) => {
    complain(`a dialog opened: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  page.on("popup", () => complain("a window opened"));
  page.on("request", (request) => {
    const asked = request.url();
    if (asked.split("#")[0] !== url && !asked.startsWith("data:text/csv") && !asked.startsWith("data:application")) {
      complain(`a request: ${asked.slice(0, 120)}`);
    }
  });
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  await page.goto(url, { waitUntil: "load" });
  return {
    page,
    context,
    async close() {
      if (options.javaScriptEnabled !== false) {
        const violations = await page.evaluate(() => window.violations);
        for (const violation of violations ?? ["the page has lost its record of violations"]) {
          complain(`the policy was violated: ${violation}`);
        }
      }
      await context.close();
    },
  };
}
