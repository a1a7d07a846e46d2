// The panel's page is a frame around the preview, and asks for nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "../src/panel_page.js";

test("the frame shows the slide, and nothing else may be loaded", () => {
  const html = page("http://127.0.0.1:8001/", "slides/%E8%AF%BE.html#/3/1");
  assert.match(html, /src="http:\/\/127\.0\.0\.1:8001\/slides\/%E8%AF%BE\.html#\/3\/1"/);
  assert.match(html, /default-src 'none'; frame-src http:\/\/127\.0\.0\.1:8001;/);
  assert.doesNotMatch(html, /<script/);
});

test("a path stays within its attribute", () => {
  assert.doesNotMatch(page("http://localhost:1/", 'a" onload="x'), /onload="x/);
});
