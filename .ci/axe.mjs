// node axe.mjs REPORT.html ...: opens each report in headless Chromium, runs
// axe-core in it, and ends with `N passed, N failed`, counting reports: one
// with any violation failed. CHROMIUM names the browser. Started in the folder that has
// axe-core and puppeteer-core installed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const here = createRequire(pathToFileURL(resolve("package.json")));
const puppeteer = here("puppeteer-core");
const axe = readFileSync(here.resolve("axe-core/axe.min.js"), "utf8");

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
let passed = 0;
let failed = 0;
for (const file of process.argv.slice(2)) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(resolve(file)).href);
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run());
  for (const rule of found.violations) {
    console.log(`${file}: ${rule.id} (${rule.impact}): ${rule.help}`);
    for (const node of rule.nodes) console.log(`  ${node.html}`);
  }
  if (found.violations.length > 0) failed += 1;
  else passed += 1;
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
