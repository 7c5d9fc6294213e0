"use strict";
// Small things that every other part uses. No text of a report ever becomes markup: only `textContent`.
const Tracker = {};

Tracker.dayMs = 86400000;

/** A character that reorders or hides its neighbours is shown by its number instead. */
Tracker.shown = function (text) {
  return String(text === null || text === undefined ? "" : text)
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, (c) => "[U+" + c.charCodeAt(0).toString(16).toUpperCase() + "]")
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g, "\uFFFD");
};

/** Make an element; `attributes` by name, children as elements or text. */
Tracker.el = function (tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children) {
    if (child === null || child === undefined) continue;
    made.append(child instanceof Node ? child : document.createTextNode(Tracker.shown(child)));
  }
  return made;
};

/** Text from a report or a gazetteer, kept apart from its surroundings whatever its direction. */
Tracker.bdi = (text) => Tracker.el("bdi", {}, text);

/** A link to the original, or null for anything but http and https. */
Tracker.link = function (url, text) {
  let parsed;
  try { parsed = new URL(url); } catch { return null; }
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:") return null;
  return Tracker.el("a", { href: parsed.href, target: "_blank", rel: "noopener noreferrer nofollow" }, Tracker.bdi(text));
};

Tracker.byId = (id) => document.getElementById(id);

Tracker.put = function (id, ...children) {
  const holder = typeof id === "string" ? Tracker.byId(id) : id;
  holder.replaceChildren(...children.filter((c) => c !== null && c !== undefined)
    .map((c) => (c instanceof Node ? c : document.createTextNode(Tracker.shown(c)))));
  return holder;
};

// Days are whole numbers since 1970-01-01, in UTC, so that no time zone moves a date.
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];

Tracker.iso = (day) => new Date(day * Tracker.dayMs).toISOString().slice(0, 10);

Tracker.dayOf = function (iso) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso || "")) return null;
  const ms = Date.parse(iso + "T00:00:00Z");
  return Number.isNaN(ms) ? null : Math.round(ms / Tracker.dayMs);
};

Tracker.longDate = function (day) {
  if (day === null || day === undefined) return "no date";
  const date = new Date(day * Tracker.dayMs);
  return date.getUTCDate() + " " + MONTHS[date.getUTCMonth()] + " " + date.getUTCFullYear();
};

Tracker.shortDate = function (day) {
  const date = new Date(day * Tracker.dayMs);
  return date.getUTCDate() + " " + MONTHS[date.getUTCMonth()].slice(0, 3) + " " + date.getUTCFullYear();
};

Tracker.km2 = function (area) {
  const digits = area > 0 && area < 10 ? 1 : 0;
  return area.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, "\u2009");
};

/** Mix two #rrggbb colours; `share` of the first. */
Tracker.mix = function (first, second, share) {
  const parts = [1, 3, 5].map((at) =>
    Math.round(parseInt(first.slice(at, at + 2), 16) * share + parseInt(second.slice(at, at + 2), 16) * (1 - share)));
  return "#" + parts.map((value) => value.toString(16).padStart(2, "0")).join("");
};

Tracker.pixelRatio = () => Math.min(2, window.devicePixelRatio || 1);

/** Size a canvas to its box in device pixels and return a context in CSS pixels, with the box. */
Tracker.context = function (canvas, width, height) {
  const ratio = Tracker.pixelRatio();
  const w = Math.max(1, Math.round(width * ratio)), h = Math.max(1, Math.round(height * ratio));
  if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h; }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
};

/** Run at most once a frame. */
Tracker.onceAFrame = function (run) {
  const once = () => { if (Tracker.pending.delete(once)) run(); };
  return () => {
    if (Tracker.pending.has(once)) return;
    Tracker.pending.add(once);
    requestAnimationFrame(once);
  };
};

Tracker.pending = new Set();

/** Do now what waits for the next frame. */
Tracker.drawPending = () => { for (const once of [...Tracker.pending]) once(); };
