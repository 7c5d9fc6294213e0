// The right column: one place, its state in words, its timeline, and the sentences that it rests on.

Tracker.kindWords = { gains: "gains", loses: "loses", holds: "holds", contests: "contests", besieges: "besieges",
  breaks_siege: "breaks the siege", enters: "enters", withdraws: "withdraws", approaches: "approaches" };

// What GeoNames feature codes mean, for those that bear control.
Tracker.featureWords = { PPLC: "capital", PPLA: "town, seat of a province", PPLA2: "town, seat of a district", PPLA3: "town",
  PPL: "town or village", PPLL: "village", PPLX: "quarter", ADM1: "province", ADM2: "district", AIRB: "air base",
  AIRP: "airport", AIRF: "airfield", MILB: "military base", INSM: "military installation", OILF: "oil field", GASF: "gas field",
  DAM: "dam", BDG: "bridge", CRSG: "crossing", BP: "border post", MT: "mountain", HLL: "hill", ISL: "island" };

Tracker.stanceWords = ["For this state", "Against it", "Denied, planned or supposed (not counted)"];

Tracker.setUpPanel = function (app) {
  const panel = Tracker.byId("panel");
  let opener = null, asked = 0, brought = -1;
  const show = async () => {
    const ticket = ++asked;
    if (app.place < 0) {
      brought = -1;
      return;
    }
    const units = app.data.unitsOfPlace[app.place];
    const read = {};
    try {
      read.names = (await Tracker.furtherNames(app.data))[app.place];
      read.lines = await Tracker.lineDetails(app.data);
      read.units = await Promise.all(units.map((unit) => Tracker.detailsOf(app.data, unit)));
    } catch {
      read.units = null;
    }
    if (ticket !== asked || app.place < 0) return;
    Tracker.fillPanel(app, units, read);
    if (brought !== app.place) Tracker.bringIntoView(app, panel);
    brought = app.place;
  };
  app.listen((changed) => {
    if (changed.place) {
      const opening = app.place >= 0;
      if (opening && panel.hidden) opener = document.activeElement;
      panel.hidden = !opening;
      document.body.classList.toggle("with-panel", opening);
      app.map.invalidateSize({ pan: false });
      if (opening) {
        Tracker.put("panel-heading", Tracker.bdi(app.data.places[app.place].name));
        Tracker.put("panel-body");
        panel.focus({ preventScroll: true });
      } else if (opener && opener.isConnected) opener.focus({ preventScroll: true });
    }
    if (changed.place || changed.day || changed.theme) show();
  });
  Tracker.byId("panel-close").addEventListener("click", () => app.set({ place: -1 }));
};

/** Move the map when the chosen place lies outside it, or (on a phone) under the panel. */
Tracker.bringIntoView = function (app, panel) {
  const { lat, lon } = app.data.places[app.place], point = app.map.latLngToContainerPoint([lat, lon]);
  const frame = app.map.getContainer().getBoundingClientRect(), over = panel.getBoundingClientRect();
  const height = (over.left < frame.right && over.top > frame.top ? over.top : frame.bottom) - frame.top;
  const off = (at, most) => (at < 40 ? at - most / 2 : at > most - 40 ? at - most / 2 : 0);
  const move = [off(point.x, frame.width), off(point.y, height)];
  if (move[0] || move[1]) app.map.panBy([move[0], move[1]], { animate: false });
};

/** The panel of the chosen place; `read` holds its further names, details of its units (null: unreadable), and of lines. */
Tracker.fillPanel = function (app, units, read) {
  const { data } = app, place = data.places[app.place], names = read.names || [], details = read.units;
  const parts = [];
  if (names.length) parts.push(Tracker.el("p", { class: "quiet names" }, "Also written ", ...Tracker.joined(names.slice(0, 12))));
  parts.push(Tracker.el("p", { class: "quiet" }, Tracker.coordinates(place.lat, place.lon) + (Tracker.featureWords[place.code] ? " · " + Tracker.featureWords[place.code] : "")));
  parts.push(Tracker.el("h3", {}, "On " + (app.dated ? Tracker.longDate(app.day) : "no date")));
  const now = units.map((unit, i) => [unit, i, Tracker.spanOn(data.units[unit], app.day)]).filter(([, , span]) => span >= 0);
  if (!now.length) parts.push(Tracker.el("p", { class: "state" }, "No report gives a state for this date."));
  for (const [unit, i, span] of now) parts.push(Tracker.stateCard(app, data.units[unit], span, details && details[i]));
  parts.push(...Tracker.approachCards(app, read.lines));
  if (units.length) parts.push(Tracker.el("h3", {}, "Over time"), Tracker.placeTimeline(app, units));
  if (!details) parts.push(Tracker.el("p", { class: "quiet" }, "The sentences can’t be read: this browser can’t unpack them."));
  Tracker.put("panel-body", ...parts);
};

Tracker.joined = (texts) => texts.flatMap((text, i) => (i ? [", ", Tracker.bdi(text)] : [Tracker.bdi(text)]));

Tracker.coordinates = (lat, lon) => Math.abs(lat).toFixed(3) + "° " + (lat < 0 ? "S" : "N") + ", "
  + Math.abs(lon > 180 ? lon - 360 : lon).toFixed(3) + "° " + (lon < 0 || lon > 180 ? "W" : "E");

/** One part's state on the date, its reason and its sentences. */
Tracker.stateCard = function (app, unit, span, details) {
  const { data } = app, look = data.looks[unit.spans[3 * span + 2]];
  const card = Tracker.el("div", { class: "card" });
  if (unit.part) card.append(Tracker.el("h4", {}, Tracker.bdi(Tracker.partWords(unit.part))));
  card.append(Tracker.el("p", { class: "state" }, Tracker.swatch(app, look), Tracker.el("span", {}, Tracker.bdi(Tracker.stateWords(data, look)))));
  card.append(Tracker.el("p", { class: "quiet" }, Tracker.periodWords(unit.spans[3 * span], unit.spans[3 * span + 1])
    + (unit.area ? " · " + Tracker.km2(unit.area) + " km²" : "")));
  if (!details) return card;
  const [reason, probability, confidence, newest, reports, sources, ...cited] = details.spans[span];
  card.append(Tracker.el("p", { class: "quiet" },
    `${Tracker.count(reports, "report")} of ${Tracker.count(sources, "source")} · probability ${Math.round(probability * 100)} % · `
    + `evidence ${Math.round(confidence * 100)} %` + (newest === null ? "" : " · newest word " + Tracker.shortDate(newest))));
  if (details.reasons[reason]) card.append(Tracker.el("p", { class: "reason" }, Tracker.bdi(details.reasons[reason])));
  for (const stance of [0, 1, 2]) {
    const quotes = cited.filter(([, is]) => is === stance).map(([number]) => details.quotes[number]);
    if (quotes.length) card.append(Tracker.quoteList(data, Tracker.stanceWords[stance], quotes, stance));
  }
  return card;
};

/** Who is on the way to the place on the date: proximity, no state. */
Tracker.approachCards = function (app, details) {
  const { data } = app;
  return data.lines.flatMap((line, number) => {
    if (line.kind !== "approach" || line.place !== app.place || app.day < line.start || app.day >= line.end) return [];
    const who = line.actor >= 0 ? data.actors[line.actor].name : "A side not named";
    const far = line.metres === null ? "" : ", " + Tracker.km2(line.metres / 1000) + " km away";
    const card = Tracker.el("div", { class: "card" }, Tracker.el("p", { class: "state" }, Tracker.bdi(who + " on the way" + far)),
      Tracker.el("p", { class: "quiet" }, Tracker.periodWords(line.start, line.end)));
    const quotes = details ? details.lines[number].map(([quote]) => details.quotes[quote]) : [];
    if (quotes.length) card.append(Tracker.quoteList(data, "Said of the way", quotes, 0));
    return [card];
  });
};

Tracker.count = (number, noun) => number + " " + noun + (number === 1 ? "" : "s");

Tracker.periodWords = function (start, end) {
  const from = start <= -1e9 ? "since before the reports" : "since " + Tracker.longDate(start);
  return end >= 1e9 ? from : from + ", until " + Tracker.longDate(end);
};

Tracker.quoteList = function (data, heading, quotes, stance) {
  const shown = quotes.slice(0, 30);
  return Tracker.el("details", { class: "quotes", open: stance < 2 },
    Tracker.el("summary", {}, heading + " (" + quotes.length + ")"),
    ...shown.map((quote) => Tracker.quote(data, quote)),
    quotes.length > shown.length ? Tracker.el("p", { class: "quiet" }, `and ${quotes.length - shown.length} more`) : null);
};

Tracker.quote = function (data, [text, kind, actor, source, published, validTime, url, report]) {
  const name = source || report;
  const link = url ? Tracker.link(url, name) : null;
  const says = (actor >= 0 ? data.actors[actor].name + " " : "") + (Tracker.kindWords[kind] || kind);
  return Tracker.el("figure", {},
    Tracker.el("blockquote", { dir: "auto" }, Tracker.bdi(text)),
    Tracker.el("figcaption", {}, link || Tracker.bdi(name), published === null ? ", undated" : ", " + Tracker.longDate(published),
      Tracker.el("span", { class: "read" }, "read as: ", Tracker.bdi(says), validTime ? " (" : null, validTime ? Tracker.bdi(validTime) : null, validTime ? ")" : null)));
};

/** Bars of state over the whole range, one row a part, with the date marked; then the same as a list. */
Tracker.placeTimeline = function (app, units) {
  const { data } = app, holder = Tracker.el("div", { class: "timeline" });
  const rows = Tracker.partRows(data, units);
  const canvas = Tracker.el("canvas", { class: "bars", "aria-hidden": "true" });
  const width = 300, height = rows.length * 20 + 4, theme = Tracker.themes[app.theme];
  canvas.style.width = "100%";
  canvas.style.height = height + "px";
  const context = Tracker.context(canvas, width, height), span = Math.max(1, app.last - app.first);
  const x = (day) => (Math.max(app.first, Math.min(app.last, day)) - app.first) / span * width;
  rows.forEach(({ spans }, row) => {
    for (const [start, end, number] of spans) {
      const look = data.looks[number], left = x(start), right = Math.max(left + 1, x(end));
      context.fillStyle = app.palette.anchor(app.palette.fill(context, look), { dx: 0, dy: 0 }) || "transparent";
      context.fillRect(left, row * 20 + 2, right - left, 16);
      if (look.status === Tracker.UNKNOWN) { context.strokeStyle = theme.unknown; context.setLineDash([1.5, 3]); context.strokeRect(left + 0.5, row * 20 + 2.5, right - left - 1, 15); }
      if (look.besieged) { context.fillStyle = Tracker.mix(Tracker.actorColour(data, look.besieger), theme.ink, 0.85); for (let at = left; at < right; at += 8) context.fillRect(at, row * 20 + 15, Math.min(5, right - at), 3); }
    }
  });
  context.fillStyle = theme.front;
  context.fillRect(Math.min(width - 2, x(app.day)), 0, 2, height);
  holder.append(canvas, Tracker.timelineList(app, rows));
  return holder;
};

/** Spans of the units of each part together, in order. */
Tracker.partRows = function (data, units) {
  const rows = new Map();
  for (const number of units) {
    const unit = data.units[number], key = unit.part || "";
    if (!rows.has(key)) rows.set(key, { part: unit.part, spans: [] });
    for (let s = 0; s < unit.spans.length; s += 3) rows.get(key).spans.push([...unit.spans.slice(s, s + 3)]);
  }
  for (const row of rows.values()) row.spans = Tracker.joinSpans(data, row.spans.sort((a, b) => a[0] - b[0]));
  return [...rows.values()];
};

/** Spans that follow each other and read the same are told as one. */
Tracker.joinSpans = function (data, spans) {
  const joined = [];
  for (const span of spans) {
    const before = joined[joined.length - 1];
    const words = (other) => Tracker.stateWords(data, data.looks[other[2]]);
    if (before && before[1] === span[0] && words(before) === words(span)) before[1] = span[1];
    else joined.push(span.slice());
  }
  return joined;
};

Tracker.timelineList = function (app, rows) {
  const items = rows.flatMap(({ part, spans }) => spans.map(([start, end, look]) => {
    const at = start <= -1e9 ? app.first : start;
    const button = Tracker.el("button", { type: "button", class: "plain" }, start <= -1e9 ? "before" : Tracker.shortDate(start));
    button.addEventListener("click", () => app.set({ day: at }));
    const current = app.day >= start && app.day < end;
    return [start, Tracker.el("li", { class: current ? "current" : null }, button, " ",
      part ? Tracker.bdi(Tracker.partWords(part) + ": ") : null, Tracker.bdi(Tracker.stateWords(app.data, app.data.looks[look])))];
  }));
  items.sort((a, b) => a[0] - b[0]);
  return Tracker.el("ol", {}, ...items.map(([, item]) => item));
};
