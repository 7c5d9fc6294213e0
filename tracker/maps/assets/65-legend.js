// The left column: who holds how much on the date, what changed, how to read the forms, which layers are on.

/** Area and places by side on a day: [{key, look, area, places}], largest first. */
Tracker.tally = function (data, looks) {
  const rows = new Map();
  const of = (key, look) => {
    if (!rows.has(key)) rows.set(key, { key, look, area: 0, places: new Set() });
    return rows.get(key);
  };
  data.units.forEach((unit, number) => {
    if (looks[number] < 0) return;
    const look = data.looks[looks[number]];
    const key = look.status === Tracker.UNKNOWN ? "unknown" : look.status + ":" + Tracker.sidesOf(look).slice().sort((a, b) => a - b).join(",");
    const row = of(key, look);
    row.area += unit.area;
    row.places.add(unit.place);
  });
  return [...rows.values()].sort((a, b) => (a.look.status === Tracker.UNKNOWN) - (b.look.status === Tracker.UNKNOWN)
    || b.area - a.area || (a.key < b.key ? -1 : 1));
};

Tracker.rowName = function (data, look) {
  const names = Tracker.sidesOf(look).map((side) => data.actors[side].name);
  if (look.status === Tracker.HELD) return [names[0]];
  if (look.status === Tracker.UNKNOWN) return ["Holder not known"];
  const word = { [Tracker.CONTESTED]: "Contested", [Tracker.SHARED]: "Jointly", [Tracker.ONE_OF]: "Either" }[look.status];
  return [word + ": ", names.join(look.status === Tracker.ONE_OF ? " or " : " / ") || "sides not named"];
};

/** A small canvas filled like the area it stands for. */
Tracker.swatch = function (app, look, width = 26, height = 16) {
  const canvas = Tracker.el("canvas", { class: "swatch", "aria-hidden": "true" });
  canvas.style.width = width + "px";
  canvas.style.height = height + "px";
  const context = Tracker.context(canvas, width, height), theme = Tracker.themes[app.theme];
  const fill = app.palette.anchor(app.palette.fill(context, { confidence: 0.9, least: -1, most: -1, ...look }), { dx: 0, dy: 0 });
  const box = [2, 2, width - 4, height - 4];
  context.fillStyle = fill || "transparent";
  context.fillRect(...box);
  const sides = Tracker.sidesOf(look);
  const rim = Tracker.mix(Tracker.actorColour(app.data, sides.length === 1 ? sides[0] : -1), theme.ink, 0.72);
  context.strokeStyle = look.status === Tracker.UNKNOWN ? theme.unknown : rim;
  context.lineWidth = look.status === Tracker.UNKNOWN ? 1.4 : 1.2;
  if (look.status === Tracker.UNKNOWN) context.setLineDash([1.5, 3]);
  if (look.confidence < Tracker.WEAK && look.status !== Tracker.UNKNOWN) context.setLineDash([5, 3]);
  if (look.besieged) {
    context.setLineDash([6, 3]);
    context.lineWidth = 3;
    context.strokeStyle = Tracker.mix(Tracker.actorColour(app.data, look.besieger), theme.ink, 0.85);
  }
  context.strokeRect(...box);
  return canvas;
};

Tracker.setUpLegend = function (app) {
  let known = new Map(), made = null;
  const table = Tracker.onceAFrame(() => {
    if (made !== app.palette) known = new Map();
    made = app.palette;
    const rows = Tracker.legendRows(app), body = Tracker.byId("sides-body");
    Tracker.put("legend-date", Tracker.legendDate(app));
    Tracker.byId("legend-none").hidden = rows.length > 0;
    Tracker.byId("sides").hidden = !rows.length;
    const inOrder = rows.map((row) => {
      if (!known.has(row.key)) known.set(row.key, Tracker.sideRow(app, row.look));
      const line = known.get(row.key), [, area, places] = line.children;
      area.firstChild.textContent = Tracker.km2(row.area);
      area.lastChild.textContent = row.gained === null ? "" : Tracker.signed(row.gained);
      places.textContent = row.places.size;
      return line;
    });
    if (inOrder.length !== body.children.length || inOrder.some((row, i) => row !== body.children[i])) Tracker.put(body, ...inOrder);
  });
  app.listen((changed) => { if (changed.day || changed.second || changed.theme || changed.layers) table(); });
  app.listen((changed) => { if (changed.theme || changed.layers) Tracker.showForms(app); });
  app.listen((changed) => { if (changed.day) Tracker.showChanges(app); });
  Tracker.showForms(app);
  Tracker.showChanges(app);
  Tracker.setUpLayers(app);
  table();
};

/** Rows of the date; while two dates are compared, of the later one, with what each side gained since the earlier. */
Tracker.legendRows = function (app) {
  if (app.second === null) return Tracker.tally(app.data, app.looksOn(app.day)).map((row) => ({ ...row, gained: null }));
  const [early, late] = [app.day, app.second].sort((a, b) => a - b), rows = Tracker.tally(app.data, app.looksOn(late));
  const others = new Map(Tracker.tally(app.data, app.looksOn(early)).map((row) => [row.key, row]));
  const here = new Set(rows.map((row) => row.key));
  const gone = [...others.values()].filter((row) => !here.has(row.key)).map((row) => ({ ...row, area: 0, places: new Set() }));
  return [...rows, ...gone].map((row) => ({ ...row, gained: row.area - (others.has(row.key) ? others.get(row.key).area : 0) }));
};

Tracker.legendDate = function (app) {
  if (!app.dated) return "no date";
  if (app.second === null) return Tracker.shortDate(app.day);
  const [early, late] = [app.day, app.second].sort((a, b) => a - b);
  return Tracker.shortDate(late) + "; change since " + Tracker.shortDate(early);
};

Tracker.signed = (area) => (Math.abs(area) < 0.05 ? "±0" : (area > 0 ? "+" : "−") + Tracker.km2(Math.abs(area)));

Tracker.sideRow = (app, look) => Tracker.el("tr", {},
  Tracker.el("th", { scope: "row" }, Tracker.swatch(app, { ...look, besieged: false, confidence: 0.9, least: -1, most: -1 }),
    Tracker.el("span", {}, ...Tracker.rowName(app.data, look).map((text) => Tracker.bdi(text)))),
  Tracker.el("td", { class: "number" }, Tracker.el("span", {}), Tracker.el("span", { class: "gained quiet" })), Tracker.el("td", { class: "number" }));

Tracker.showForms = function (app) {
  const { data } = app, has = (test) => data.looks.some(test);
  const order = Tracker.sidesByUse(data), actor = order.length ? order[0] : -1, other = order.length > 1 ? order[1] : actor;
  const look = (status, sides, more) => ({ status, holder: sides[0], sides, besieged: false, besieger: -1, confidence: 0.9, least: -1, most: -1, ...more });
  const forms = [
    [look(Tracker.HELD, [actor]), "held: solid, deeper with more evidence", true],
    [look(Tracker.CONTESTED, [actor, other]), "contested: stripes of the sides", has((l) => l.status === Tracker.CONTESTED)],
    [look(Tracker.SHARED, [actor, other]), "held jointly: level bands", has((l) => l.status === Tracker.SHARED)],
    [look(Tracker.ONE_OF, [actor, other]), "one or the other: upright bands", has((l) => l.status === Tracker.ONE_OF)],
    [look(Tracker.HELD, [actor], { confidence: 0.3 }), "claimed, thin evidence: dashed", true],
    [look(Tracker.UNKNOWN, [], { besieged: true, besieger: other }), "besieged: ring in the besieger’s colour", has((l) => l.besieged)],
    [look(Tracker.UNKNOWN, []), "reported, holder not known: dotted", has((l) => l.status === Tracker.UNKNOWN)],
  ];
  const rows = forms.filter(([, , shown]) => shown && actor >= 0)
    .map(([form, words]) => Tracker.el("li", {}, Tracker.swatch(app, form), Tracker.el("span", {}, words)));
  if (data.lines.some((line) => line.kind === "approach")) {
    rows.push(Tracker.el("li", {}, Tracker.arrowSwatch(app), Tracker.el("span", {}, "on the way: arrow, no control")));
  }
  Tracker.put("forms", ...rows, Tracker.el("li", {}, Tracker.el("span", { class: "swatch blank" }), Tracker.el("span", {}, "blank: no report speaks of it")));
};

/** Sides that hold or contest anything while the map speaks, those with most places and days first. */
Tracker.sidesByUse = function (data) {
  const uses = new Map(), first = data.first === null ? -Infinity : data.first, last = data.last === null ? Infinity : data.last;
  for (const { spans } of data.units) {
    for (let s = 0; s < spans.length; s += 3) {
      const days = Math.min(spans[s + 1], last + 1) - Math.max(spans[s], first);
      if (days <= 0) continue;
      for (const side of Tracker.sidesOf(data.looks[spans[s + 2]])) uses.set(side, (uses.get(side) || 0) + days);
    }
  }
  return [...uses.keys()].sort((a, b) => uses.get(b) - uses.get(a) || a - b);
};

Tracker.arrowSwatch = function (app, width = 26, height = 16) {
  const canvas = Tracker.el("canvas", { class: "swatch", "aria-hidden": "true" });
  canvas.style.width = width + "px";
  canvas.style.height = height + "px";
  const context = Tracker.context(canvas, width, height), middle = height / 2;
  const arrow = app.data.lines.find((line) => line.kind === "approach");
  context.strokeStyle = context.fillStyle = Tracker.mix(Tracker.actorColour(app.data, arrow.actor), Tracker.themes[app.theme].ink, 0.85);
  context.lineWidth = 2.6;
  context.beginPath();
  context.moveTo(2, middle);
  context.lineTo(width - 9, middle);
  context.stroke();
  context.beginPath();
  context.moveTo(width - 1, middle);
  context.lineTo(width - 12, middle - 5.5);
  context.lineTo(width - 12, middle + 5.5);
  context.fill();
  return canvas;
};

/** What changed last, up to the date, each a button that opens the place. */
Tracker.showChanges = function (app) {
  const change = app.changeUpTo(app.day);
  if (!change) {
    Tracker.put("changes-when", app.dated ? "None so far." : "Nothing here is dated.");
    Tracker.put("changes");
    return;
  }
  const many = change.units.length, inOrder = change.units.map((_, i) => i).sort((a, b) => (change.befores[a] < 0) - (change.befores[b] < 0) || a - b);
  Tracker.put("changes-when", (change.day === app.day ? "On this day" : "Last on " + Tracker.shortDate(change.day)) + (many > 8 ? `, ${many} in all` : ""));
  Tracker.put("changes", ...inOrder.slice(0, 8).map((i) => {
    const unit = app.data.units[change.units[i]], look = change.looks[i];
    const words = look < 0 ? "no state any more" : Tracker.stateWords(app.data, app.data.looks[look]).replace(/^./, (c) => c.toLowerCase());
    const button = Tracker.el("button", { type: "button", class: "plain" }, Tracker.bdi(Tracker.unitName(app.data, unit)));
    button.addEventListener("click", () => app.set({ place: unit.place }));
    return Tracker.el("li", {}, button, Tracker.el("span", {}, " ", Tracker.bdi(words)),
      Tracker.el("span", { class: "quiet" }, Tracker.bdi(Tracker.beforeWords(app, change.befores[i], look))));
  }));
};

/** How a place stood before: a first word of it is news to the map, not a change on the ground. */
Tracker.beforeWords = function (app, before, after) {
  const { looks } = app.data, name = (look) => look < 0 ? "no word" : Tracker.rowName(app.data, looks[look]).join("");
  if (app.first === app.last) return "";
  const words = name(before) === name(after) ? Tracker.stateWords(app.data, looks[before]).replace(/^./, (c) => c.toLowerCase()) : name(before);
  return " · before: " + words;
};

Tracker.unitName = (data, unit) => data.places[unit.place].name + (unit.part ? ", " + Tracker.partWords(unit.part) : "");

Tracker.partWords = function (part) {
  const compass = /^(north|south|east|west)(-?(east|west))?$/;
  if (compass.test(part)) return part + " part";
  return part === "parts" ? "some parts" : Tracker.shown(part);
};

Tracker.setUpLayers = function (app) {
  const present = { approaches: app.data.lines.some((line) => line.kind === "approach"),
    sieges: app.data.looks.some((look) => look.besieged) || app.data.lines.some((line) => line.kind === "siege"),
    rivers: app.data.base.rows.some(([kind]) => kind === "river") };
  const boxes = {};
  Tracker.put("layers", ...Object.entries(Tracker.layerNames).filter(([name]) => present[name] !== false).map(([name, words]) => {
    const box = Tracker.el("input", { type: "checkbox", id: "layer-" + name });
    box.checked = app.layers[name];
    box.addEventListener("change", () => app.set({ layers: { [name]: box.checked } }));
    boxes[name] = box;
    return Tracker.el("li", {}, box, Tracker.el("label", { for: "layer-" + name }, words));
  }));
  app.listen((changed) => {
    if (changed.layers) for (const [name, box] of Object.entries(boxes)) box.checked = app.layers[name];
  });
};
