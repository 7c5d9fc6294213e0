// Search by any spelling: letters are compared without accents, case, articles and hyphens.

/** A key under which spellings of a name meet; any script. */
Tracker.fold = (text) => String(text).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  .replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").replace(/ё/g, "е")
  .replace(/[’'ʼ`ʿʾ‘]/g, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();

/** The same without the article, so that "al-Raqqa" and "Raqqa" meet. */
Tracker.foldBare = (text) => Tracker.fold(text).replace(/^(al|ar|as|ash|ad|az|an|el|et|ez|er|the) /, "").replace(/^ال/, "").replace(/ /g, "");

Tracker.setUpSearch = function (app) {
  const input = Tracker.byId("search-text"), list = Tracker.byId("search-hits");
  let index = null, hits = [], at = -1;
  const build = async () => {
    const further = await Tracker.furtherNames(app.data).catch(() => ({})); // its own name is found all the same
    return app.data.places.map((place, number) =>
      ({ number, keys: [place.name, ...(further[number] || [])].map(Tracker.foldBare), weight: place.weight - 10 * place.rank }));
  };
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const choose = (number) => { close(); input.value = app.data.places[number].name; Tracker.goTo(app, number); };
  const mark = () => {
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at >= 0 && list.children[at] && hits.length) input.setAttribute("aria-activedescendant", list.children[at].id);
  };
  const show = async () => {
    index = index || await build();
    hits = Tracker.find(index, input.value);
    at = hits.length ? 0 : -1;
    const items = hits.map((number, i) => {
      const item = Tracker.el("li", { role: "option", id: "search-hit-" + i }, Tracker.bdi(app.data.places[number].name));
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(number); });
      return item;
    });
    if (!items.length) items.push(Tracker.el("li", { role: "option", "aria-disabled": "true", class: "quiet" }, "No place of that name here."));
    Tracker.put(list, ...items);
    list.hidden = !input.value.trim();
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark();
  };
  input.addEventListener("input", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { close(); event.stopPropagation(); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    at = hits.length ? (at + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % hits.length : -1;
    mark();
  });
  Tracker.byId("search").addEventListener("submit", async (event) => {
    event.preventDefault();
    await show();
    if (at >= 0) choose(hits[at]);
  });
};

/** Numbers of the places that fit, best first: the whole name, then its start, then anywhere in it, then near it. */
Tracker.find = function (index, asked) {
  const key = Tracker.foldBare(asked);
  if (!key) return [];
  const scored = [];
  for (const { number, keys, weight } of index) {
    let best = 0;
    for (const other of keys) {
      if (other === key) best = Math.max(best, 4);
      else if (other.startsWith(key)) best = Math.max(best, 3);
      else if (key.length > 1 && other.includes(key)) best = Math.max(best, 2);
      else if (key.length > 3 && Math.abs(other.length - key.length) < 3 && Tracker.withinTwo(key, other)) best = Math.max(best, 1);
    }
    if (best) scored.push([best, weight, number]);
  }
  return scored.sort((a, b) => b[0] - a[0] || b[1] - a[1] || a[2] - b[2]).slice(0, 8).map(([, , number]) => number);
};

/** Whether two keys differ by at most one letter in five, two in all (Levenshtein). */
Tracker.withinTwo = function (a, b) {
  const allowed = Math.min(2, Math.floor(a.length / 4));
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    if (Math.min(...next) > allowed) return false;
    row = next;
  }
  return row[b.length] <= allowed;
};

/** Choose a place and bring it into view. */
Tracker.goTo = function (app, number) {
  const place = app.data.places[number];
  app.set({ place: number });
  app.map.setView([place.lat, place.lon], Math.max(app.map.getZoom(), 9));
};
