// What lies above the areas: rivers and borders, siege rings, approaches, place symbols, reports.

/** Land and water; beyond what the base shapes cover the ground is neutral, so that nobody takes it for sea. */
Tracker.drawBase = function (context, view, data, theme, tiles) {
  if (tiles) return;
  const { rows, shapes } = data.base;
  const fill = (kind, colour) => {
    context.beginPath();
    for (const [is, , shape] of rows) {
      if (is === kind && Tracker.inView(shapes, shape, view)) Tracker.traceShape(context, shapes, shape, view, true);
    }
    context.fillStyle = colour;
    context.fill();
  };
  const land = rows.filter(([kind]) => kind === "land").map(([, , shape]) => shape);
  context.fillStyle = land.length ? theme.beyond : theme.land;
  context.fillRect(0, 0, view.width, view.height);
  if (land.length) {
    const edge = (side, choose) => choose(...land.map((shape) => shapes.box[4 * shape + side]).filter(Number.isFinite));
    const west = edge(0, Math.min) * view.scale + view.dx, north = edge(1, Math.min) * view.scale + view.dy;
    context.fillStyle = theme.sea;
    context.fillRect(west, north, edge(2, Math.max) * view.scale + view.dx - west, edge(3, Math.max) * view.scale + view.dy - north);
    fill("land", theme.land);
  }
  fill("water", theme.water);
};

Tracker.drawLines = function (context, view, data, theme, layers) {
  const { rows, shapes } = data.base;
  const stroke = (kind, colour, width, dash) => {
    context.beginPath();
    for (const [is, , shape] of rows) {
      if (is === kind && Tracker.inView(shapes, shape, view)) Tracker.traceShape(context, shapes, shape, view, false);
    }
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash(dash);
    context.stroke();
  };
  context.lineJoin = context.lineCap = "round";
  const wide = Math.min(2.6, 0.9 + Math.max(0, view.zoom - 5) * 0.25);
  if (layers.borders) stroke("admin1", theme.admin, 0.8, [4, 3]);
  if (layers.rivers) stroke("river", theme.river, wide, []);
  if (layers.borders) stroke("border", theme.border, 1.3, [9, 3, 2, 3]);
  context.setLineDash([]);
};

/** Pixels that a siege ring is wide at least: a besieged town stays one where the whole country is in view. */
Tracker.LEAST_RING = 18;

/** Siege rings, from the layer's own lines, else round each besieged unit; on `day` with `looks`. */
Tracker.drawSieges = function (context, view, data, day, looks, theme) {
  const rings = [], drawn = new Set();
  for (const line of data.lines) {
    if (line.kind !== "siege" || day < line.start || day >= line.end) continue;
    drawn.add(line.place);
    rings.push([line.shape, line.actor, false]);
  }
  data.units.forEach((unit, number) => {
    const look = data.looks[looks[number]];
    if (look && look.besieged && !drawn.has(unit.place)) rings.push([unit.shape, look.besieger, true]);
  });
  const shown = rings.filter(([shape]) => Tracker.inView(data.shapes, shape, view)), crowded = shown.length > 150;
  context.lineJoin = "round";
  context.lineCap = "butt";
  for (const [shape, besieger, closed] of shown) {
    const [west, north, east, south] = data.shapes.box.subarray(4 * shape, 4 * shape + 4);
    context.beginPath();
    if (!crowded && Math.max(east - west, south - north) * view.scale < Tracker.LEAST_RING)
      context.arc((west + east) / 2 * view.scale + view.dx, (north + south) / 2 * view.scale + view.dy, Tracker.LEAST_RING / 2, 0, 7);
    else Tracker.traceShape(context, data.shapes, shape, view, closed);
    context.setLineDash([]);
    context.strokeStyle = theme.halo;
    context.lineWidth = 6;
    if (!crowded) context.stroke();
    context.setLineDash(crowded ? [] : [7, 4]);
    context.strokeStyle = Tracker.mix(Tracker.actorColour(data, besieger), theme.ink, 0.85);
    context.lineWidth = crowded ? 2 : 3.6;
    context.stroke();
  }
  context.setLineDash([]);
};

Tracker.drawApproaches = function (context, view, data, day, theme) {
  const shown = data.lines.filter((line) => line.kind === "approach" && day >= line.start && day < line.end
    && Tracker.inView(data.shapes, line.shape, view));
  context.lineCap = context.lineJoin = "round";
  context.setLineDash([]);
  // All halos lie under all arrows, so that two on one way don't cut each other up.
  for (const halo of [true, false]) {
    for (const line of shown) {
      const colour = halo ? theme.halo : Tracker.mix(Tracker.actorColour(data, line.actor), theme.ink, 0.85);
      context.strokeStyle = context.fillStyle = colour;
      context.beginPath();
      Tracker.traceShape(context, data.shapes, line.shape, view, false);
      context.lineWidth = halo ? 6 : 2.6;
      context.stroke();
      Tracker.traceHead(context, data.shapes, line.shape, view, 10);
      context.lineWidth = halo ? 4 : 1;
      context.stroke();
      context.fill();
    }
  }
};

/** The head of an arrow, its tip on the last vertex. */
Tracker.traceHead = function (context, shapes, shape, view, size) {
  const [first, end] = Tracker.vertexRange(shapes, shape);
  context.beginPath();
  if (end - first < 2) return;
  const x = shapes.x[end - 1] * view.scale + view.dx, y = shapes.y[end - 1] * view.scale + view.dy;
  const fromX = shapes.x[end - 2] * view.scale + view.dx, fromY = shapes.y[end - 2] * view.scale + view.dy;
  const angle = Math.atan2(y - fromY, x - fromX);
  context.moveTo(x, y);
  for (const turn of [0.42, -0.42]) context.lineTo(x - 1.5 * size * Math.cos(angle + turn), y - 1.5 * size * Math.sin(angle + turn));
  context.closePath();
};

const SQUARE = new Set(["AIRB", "MILB", "INSM", "FT", "AIRP", "AIRF", "NVB"]);
const DIAMOND = new Set(["OILF", "OILR", "OILW", "GASF", "DAM", "BDG", "PSH", "RFNR", "MN", "BLDG", "CRSG", "FY"]);

Tracker.symbolSize = (place, zoom) => Math.max(2.2, (place.rank < 2 ? 5 : place.rank < 4 ? 4 : 3.4) * Math.min(1.15, 0.45 + zoom / 13));

/** Looks of a place's units on a day, without doubles. */
Tracker.looksOfPlace = function (data, place, looks) {
  const found = new Set();
  for (const unit of data.unitsOfPlace[place]) if (looks[unit] >= 0) found.add(looks[unit]);
  return [...found].map((number) => data.looks[number]);
};

/** Quarters and hamlets: below this zoom they would lie under the symbol of their town. */
Tracker.CLOSE = 10;
Tracker.tooSmall = (place, zoom) => place.rank > 4 && zoom < Tracker.CLOSE;

/** Above this many places in view only those with a label get a symbol. */
Tracker.CROWD = 1200;

/** Symbols (and marks of recent reports) of the places in view; `labelled` holds those that have a label. */
Tracker.drawPlaces = function (context, view, app, looks, labelled, day) {
  const { data, layers, palette } = app;
  const inView = [];
  data.places.forEach((place, number) => {
    const x = place.x * view.scale + view.dx, y = place.y * view.scale + view.dy;
    if (x > -20 && y > -20 && x < view.width + 20 && y < view.height + 20) inView.push([number, x, y]);
  });
  const crowded = inView.length > Tracker.CROWD;
  for (const [number, x, y] of inView) {
    const place = data.places[number];
    if (!labelled.has(number) && (crowded || Tracker.tooSmall(place, view.zoom))) continue;
    const size = Tracker.symbolSize(place, view.zoom);
    if (layers.places) {
      const stamp = palette.symbol(place, size, Tracker.looksOfPlace(data, number, looks));
      context.drawImage(stamp, Math.round(2 * (x - stamp.reach)) / 2, Math.round(2 * (y - stamp.reach)) / 2, 2 * stamp.reach, 2 * stamp.reach);
    }
    if (layers.reports) Tracker.drawReports(context, x, y, size, Tracker.recentReports(data, number, day), palette.theme);
  }
  context.setLineDash([]);
};

/** Draw a symbol: shape by kind of place, colour by its sides, hollow and dotted when its holder is not known. */
Tracker.drawSymbol = function (context, x, y, size, code, sides, colours, state, theme) {
  const outline = () => {
    context.beginPath();
    if (SQUARE.has(code)) context.rect(x - size, y - size, 2 * size, 2 * size);
    else if (DIAMOND.has(code)) {
      context.moveTo(x, y - size * 1.3);
      for (const [dx, dy] of [[1.3, 0], [0, 1.3], [-1.3, 0]]) context.lineTo(x + size * dx, y + size * dy);
      context.closePath();
    } else context.arc(x, y, size, 0, 7);
  };
  outline();
  context.strokeStyle = theme.halo;
  context.lineWidth = 3.6;
  context.stroke();
  context.fillStyle = sides.length ? colours[0] : theme.halo;
  context.fill();
  context.save();
  context.clip();
  sides.slice(1).forEach((side, i) => {
    const step = 2 * Math.PI / sides.length, from = -Math.PI / 2 + (i + 1) * step;
    context.beginPath();
    context.moveTo(x, y);
    context.arc(x, y, 2 * size, from, from + step);
    context.fillStyle = colours[i + 1];
    context.fill();
  });
  context.restore();
  outline();
  if (state === "unknown") context.setLineDash([1.5, 2]);
  context.strokeStyle = state === "known" ? theme.ink : theme.quiet;
  context.lineWidth = state === "known" ? 1.1 : 0.9;
  context.stroke();
};

/** How many days in the week up to a day brought a report on a place. */
Tracker.recentReports = function (data, place, day) {
  let count = 0;
  for (const unit of data.unitsOfPlace[place]) {
    for (const published of data.units[unit].reports) if (published <= day && published > day - 7) count++;
  }
  return count;
};

Tracker.drawReports = function (context, x, y, size, count, theme) {
  if (!count) return;
  context.setLineDash([]);
  context.fillStyle = theme.halo;
  context.strokeStyle = theme.ink;
  context.lineWidth = 1;
  const left = x + size, top = y - size - 10;
  context.fillRect(left, top, 8, 10);
  context.strokeRect(left, top, 8, 10);
  context.beginPath();
  for (let line = 0; line < Math.min(3, count); line++) {
    context.moveTo(left + 2, top + 2.5 + 2.5 * line);
    context.lineTo(left + 6, top + 2.5 + 2.5 * line);
  }
  context.stroke();
};
