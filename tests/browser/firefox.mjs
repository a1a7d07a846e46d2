// Opens pages in Firefox, and prints as JSON what they say on the console and what their slides look like.
//
//     node firefox.mjs FIREFOX SCRIPT URL...
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../requirements/lint/package.json", import.meta.url));
const puppeteer = require("puppeteer-core");

const [executablePath, script, ...urls] = process.argv.slice(2);
const measure = await readFile(script, "utf8");
const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
const found = [];
for (const url of urls) {
  const page = await browser.newPage();
  const said = [];
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error.message)));
  await page.setViewport({ width: 1280, height: 720 });
  await page.goto(url);
  await page.waitForSelector(".reveal.ready");
  found.push({ slides: await page.evaluate(`(${measure})()`), said });
  await page.close();
}
console.log(JSON.stringify(found));
await browser.close();
