// The data block, unpacked into arrays that drawing and reading can walk fast.

/** A reader of base64 LEB128 numbers, the form that varints.py writes. */
Tracker.numbers = function (base64) {
  const bytes = atob(base64);
  let at = 0;
  const next = () => {
    let value = 0, factor = 1, byte;
    do {
      byte = bytes.charCodeAt(at++);
      value += (byte & 127) * factor;
      factor *= 128;
    } while (byte > 127);
    return value;
  };
  const signed = () => { const value = next(); return value % 2 ? -(value + 1) / 2 : value / 2; };
  return { next, signed, more: () => at < bytes.length };
};

/**
 * Shapes as Web Mercator pixels at zoom 0: `x`, `y` per vertex, `ringEnd` per ring, `shapeEnd` (in rings) per shape,
 * and a box per shape. `gx`, `gy` keep the grid numbers, by which neighbours recognise a shared vertex.
 */
Tracker.unpackShapes = function (table) {
  const shapeEnd = [], ringEnd = [];
  let rings = 0, vertices = 0;
  const counts = Tracker.numbers(table.rings), sizes = Tracker.numbers(table.sizes), xy = Tracker.numbers(table.xy);
  while (counts.more()) { rings += counts.next(); shapeEnd.push(rings); }
  while (sizes.more()) { vertices += sizes.next(); ringEnd.push(vertices); }
  const shapes = {
    shapeEnd, ringEnd, gx: new Int32Array(vertices), gy: new Int32Array(vertices),
    x: new Float64Array(vertices), y: new Float64Array(vertices), box: new Float64Array(4 * shapeEnd.length),
  };
  let gx = 0, gy = 0;
  for (let v = 0; v < vertices; v++) {
    gx += xy.signed();
    gy += xy.signed();
    shapes.gx[v] = gx;
    shapes.gy[v] = gy;
    shapes.x[v] = Tracker.mercatorX(gx * table.step);
    shapes.y[v] = Tracker.mercatorY(gy * table.step);
  }
  shapeEnd.forEach((end, s) => Tracker.measureBox(shapes, s));
  return shapes;
};

Tracker.mercatorX = (lon) => (lon + 180) / 360 * 256;

Tracker.mercatorY = function (lat) {
  const sine = Math.sin(Math.max(-85.0511287798, Math.min(85.0511287798, lat)) * Math.PI / 180);
  return 128 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI) * 256;
};

Tracker.firstRing = (shapes, shape) => (shape ? shapes.shapeEnd[shape - 1] : 0);
Tracker.firstVertex = (shapes, ring) => (ring ? shapes.ringEnd[ring - 1] : 0);

Tracker.measureBox = function (shapes, shape) {
  let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity;
  const first = Tracker.firstVertex(shapes, Tracker.firstRing(shapes, shape));
  const rings = shapes.shapeEnd[shape], last = rings ? shapes.ringEnd[rings - 1] : 0;
  for (let v = first; v < last; v++) {
    if (shapes.x[v] < x0) x0 = shapes.x[v];
    if (shapes.x[v] > x1) x1 = shapes.x[v];
    if (shapes.y[v] < y0) y0 = shapes.y[v];
    if (shapes.y[v] > y1) y1 = shapes.y[v];
  }
  shapes.box.set([x0, y0, x1, y1], 4 * shape);
};

/** Whether a point (zoom 0 pixels) lies inside a shape, holes left out. */
Tracker.inside = function (shapes, shape, x, y) {
  const b = 4 * shape;
  if (!(x >= shapes.box[b] && x <= shapes.box[b + 2] && y >= shapes.box[b + 1] && y <= shapes.box[b + 3])) return false;
  let odd = false;
  for (let ring = Tracker.firstRing(shapes, shape); ring < shapes.shapeEnd[shape]; ring++) {
    const first = Tracker.firstVertex(shapes, ring), end = shapes.ringEnd[ring];
    for (let v = first, w = end - 1; v < end; w = v++) {
      if ((shapes.y[v] > y) !== (shapes.y[w] > y)
        && x < (shapes.x[w] - shapes.x[v]) * (y - shapes.y[v]) / (shapes.y[w] - shapes.y[v]) + shapes.x[v]) odd = !odd;
    }
  }
  return odd;
};

const OPEN = 1e9; // a day that never comes

/** All of the page's data, ready for use. */
Tracker.unpack = function (core) {
  const shapes = Tracker.unpackShapes(core.shapes);
  const data = {
    page: core.page, view: core.view, first: core.days[0], last: core.days[1], baseDay: core.baseDay, shapes,
    actors: Tracker.withShortNames(core.actors.map(([id, name, colour, bloc]) => ({ id, full: Tracker.shown(name), colour, bloc }))),
    looks: core.looks.map(([status, holder, sides, siege, tenths, least, most], number) =>
      ({ number, status, holder, sides, besieged: siege > 0, besieger: siege > 1 ? siege - 2 : -1,
        confidence: tenths / 10, least, most })),
    places: Tracker.unpackPlaces(core.places),
    units: Tracker.unpackUnits(core.units, core.baseDay),
    blocks: core.blocks,
    lines: core.lines.map(([kind, place, part, actor, target, start, end, shape, tenths, metres]) =>
      ({ kind, place, part, actor, target, start: start === null ? -OPEN : start, end: end === null ? OPEN : end,
        shape, confidence: tenths / 10, metres })),
    base: { rows: core.base.rows, shapes: Tracker.unpackShapes(core.base.shapes) },
  };
  data.unitsOfPlace = data.places.map(() => []);
  data.units.forEach((unit, number) => data.unitsOfPlace[unit.place].push(number));
  data.changes = Tracker.changesOf(data);
  return data;
};

Tracker.unpackPlaces = function (columns) {
  const points = Tracker.numbers(columns.points.xy);
  let x = 0, y = 0;
  return columns.id.map((id, number) => {
    x += points.signed();
    y += points.signed();
    const [code, rank] = columns.features[columns.feature[number]];
    const lon = x * columns.points.step, lat = y * columns.points.step;
    return {
      id, name: Tracker.shown(columns.name[number]), code, rank, weight: columns.weight[number], lon, lat,
      x: Tracker.mercatorX(lon), y: Tracker.mercatorY(lat),
    };
  });
};

/** Units with their spans as flat arrays [start, end, look, start, …] in order of start. */
Tracker.unpackUnits = function (columns, baseDay) {
  const shape = Tracker.numbers(columns.shape), area = Tracker.numbers(columns.area);
  const spans = Tracker.numbers(columns.spans), reports = Tracker.numbers(columns.reports);
  return columns.place.map((place, number) => {
    const unit = { place, part: columns.parts[columns.part[number]], shape: shape.next(), area: area.next() / 100 };
    const count = spans.next();
    unit.spans = new Int32Array(3 * count);
    let before = baseDay - 1;
    for (let s = 0; s < count; s++) {
      const start = before + spans.signed(), length = spans.next();
      const end = length ? start + length - 1 : OPEN;
      unit.spans.set([start < baseDay ? -OPEN : start, end, spans.next()], 3 * s);
      before = length ? end : start;
    }
    unit.reports = new Int32Array(reports.next());
    let day = baseDay;
    for (let r = 0; r < unit.reports.length; r++) unit.reports[r] = day += reports.next();
    return unit;
  });
};

/** The number of the span of a unit that covers a day, or -1. */
Tracker.spanOn = function (unit, day) {
  const spans = unit.spans;
  let low = 0, high = spans.length / 3;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[3 * middle] <= day) low = middle + 1; else high = middle;
  }
  for (let s = low - 1; s >= 0 && s >= low - 3; s--) if (day < spans[3 * s + 1]) return s;
  return -1;
};

/** The look of every unit on a day; -1 where it has none. */
Tracker.looksOn = function (data, day) {
  const looks = new Int32Array(data.units.length).fill(-1);
  data.units.forEach((unit, number) => {
    const span = Tracker.spanOn(unit, day);
    if (span >= 0) looks[number] = unit.spans[3 * span + 2];
  });
  return looks;
};

/** Sides named without what stands in brackets, where that leaves two of them apart; About has the full names. */
Tracker.withShortNames = function (actors) {
  const short = actors.map(({ full }) => full.replace(/ *\([^()]*\) *$/, "") || full);
  return actors.map((actor, i) => ({ ...actor, name: short.filter((name) => name === short[i]).length === 1 ? short[i] : actor.full }));
};

/** Units of the same place and part, whatever their geometry: one line of history. */
Tracker.historiesOf = function (data) {
  const histories = new Map();
  data.units.forEach((unit, number) => {
    const key = unit.place + "|" + (unit.part || "");
    if (histories.has(key)) histories.get(key).push(number); else histories.set(key, [number]);
  });
  return [...histories.values()];
};

/**
 * Days within the range on which a place or part came to stand otherwise: [{day, units, looks, befores}] in order;
 * a look of -1 is none, before the first word of a place or after the last.
 * A new outline or fresh evidence for the same state is no change.
 */
Tracker.changesOf = function (data) {
  const byDay = new Map(), standing = data.looks.map((look) => [Tracker.groundKey(look), look.besieged, look.besieger, look.least, look.most].join("|"));
  const from = data.first === data.last ? data.first : data.first + 1; // on a page of one day: what is new on it
  const note = (day, unit, look, before) => {
    if (day < from || day > data.last || (look < 0 ? "" : standing[look]) === (before < 0 ? "" : standing[before])) return;
    if (look < 0 && Tracker.toldByParts(data, unit, day)) return;
    if (!byDay.has(day)) byDay.set(day, { day, units: [], looks: [], befores: [] });
    byDay.get(day).units.push(unit);
    byDay.get(day).looks.push(look);
    byDay.get(day).befores.push(before);
  };
  for (const units of Tracker.historiesOf(data)) {
    if (units.length > 1 || !Tracker.noteInOrder(data.units[units[0]].spans, units[0], note)) Tracker.noteDayByDay(data, units, note);
  }
  return [...byDay.values()].sort((a, b) => a.day - b.day);
};

/** Whether a place without a state of its own on a day has parts that take all its ground: nothing fell silent then. */
Tracker.toldByParts = (data, unit, day) => data.units[unit].part === null
  && data.unitsOfPlace[data.units[unit].place].some((other) => data.units[other].part !== null && Tracker.spanOn(data.units[other], day) >= 0);

/** Note the changes of one unit whose spans don't overlap; false, with nothing noted, when they do. */
Tracker.noteInOrder = function (spans, unit, note) {
  for (let s = 3; s < spans.length; s += 3) if (spans[s] < spans[s - 2]) return false;
  for (let s = 0; s < spans.length; s += 3) {
    const follows = s > 0 && spans[s - 2] === spans[s], goesOn = spans[s + 3] === spans[s + 1];
    note(spans[s], unit, spans[s + 2], follows ? spans[s - 1] : -1);
    if (!goesOn) note(spans[s + 1], unit, -1, spans[s + 2]);
  }
  return true;
};

/** Note the changes of units that share a history: on each day, whichever of them has a state stands for all. */
Tracker.noteDayByDay = function (data, units, note) {
  const days = new Set();
  for (const number of units) {
    const { spans } = data.units[number];
    for (let s = 0; s < spans.length; s += 3) days.add(spans[s]).add(spans[s + 1]);
  }
  const on = (day) => units.map((number) => [number, Tracker.lookNumberOn(data, number, day)]).find(([, look]) => look >= 0) || [units[0], -1];
  for (const day of days) {
    const [unit, look] = on(day);
    note(day, unit, look, on(day - 1)[1]);
  }
};

Tracker.lookNumberOn = function (data, unit, day) {
  const span = Tracker.spanOn(data.units[unit], day);
  return span < 0 ? -1 : data.units[unit].spans[3 * span + 2];
};

/** A block of details: a promise, since a large page keeps them deflated until they are asked for. */
Tracker.block = function (data, block) {
  data.read = data.read || new Map();
  if (!data.read.has(block)) {
    if (data.read.size > 8) data.read.clear();
    data.read.set(block, Tracker.readBlock(Tracker.byId("tracker-details-" + block)));
  }
  return data.read.get(block);
};

/** Quotes of sieges and approaches, and further names by number of place: the blocks behind those of the units. */
Tracker.lineDetails = (data) => Tracker.block(data, data.blocks.length);
Tracker.furtherNames = (data) => Tracker.block(data, data.blocks.length + 1);

/** Reasons and quotes of one unit. */
Tracker.detailsOf = async function (data, number) {
  const block = data.blocks.findIndex((end) => number < end), details = await Tracker.block(data, block);
  const first = block ? data.blocks[block - 1] : 0;
  return { spans: details.spans[number - first], quotes: details.quotes, reasons: details.reasons };
};

Tracker.readBlock = async function (element) {
  if (element.type === "application/json") return JSON.parse(element.textContent);
  const bytes = Uint8Array.from(atob(element.textContent), (c) => c.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(plain).text());
};
