// Names on the map: the weightier first, none over another, each with a halo.

Tracker.Labels = class {
  constructor(data) {
    this.data = data;
    this.order = data.places.map((_, number) => number)
      .sort((a, b) => this.weight(data.places[b]) - this.weight(data.places[a]) || a - b);
  }

  weight(place) {
    return Math.log1p(place.weight) - place.rank;
  }

  /** Choose labels for a view: [{text, x, y, font, align, place}], the same whatever the date. */
  layout(context, view, chosen, layers) {
    const taken = new Tracker.Boxes(view.width, view.height);
    const labels = [];
    const order = chosen >= 0 ? [chosen, ...this.order.filter((number) => number !== chosen)] : this.order;
    const chief = (number) => number === chosen || this.data.places[number].rank < 2;
    const add = (number) => {
      const label = labels.length > 220 ? null : this.place(context, view, taken, number, number === chosen);
      if (label) labels.push(label);
    };
    // The capitals of what is shown are named first, over the symbols of small places if need be.
    order.filter(chief).forEach(add);
    const inView = order.map((number) => this.data.places[number]).filter((place) => !Tracker.tooSmall(place, view.zoom))
      .map((place) => [place.x * view.scale + view.dx, place.y * view.scale + view.dy])
      .filter(([x, y]) => x >= 0 && y >= 0 && x <= view.width && y <= view.height);
    if (inView.length <= Tracker.CROWD) for (const [x, y] of inView) taken.add(x - 4, y - 4, x + 4, y + 4, true);
    order.filter((number) => !chief(number)).forEach(add);
    const rivers = layers.rivers ? this.rivers(context, view, taken) : [];
    return [...this.regions(context, view, taken), ...rivers, ...labels];
  }

  place(context, view, taken, number, chosen) {
    const place = this.data.places[number];
    const x = place.x * view.scale + view.dx, y = place.y * view.scale + view.dy;
    if (x < 0 || y < 0 || x > view.width || y > view.height) return null;
    if (!chosen && Tracker.tooSmall(place, view.zoom)) return null;
    const size = place.rank < 2 ? 14 : place.rank < 4 ? 12.5 : 11.5;
    const font = (place.rank < 2 || chosen ? "600 " : "") + (place.rank === 4 ? "italic " : "") + size + "px " + Tracker.labelFont;
    context.font = font;
    const text = place.name.length > 40 ? place.name.slice(0, 39) + "…" : place.name;
    const width = context.measureText(text).width, gap = Tracker.symbolSize(place, view.zoom) + 3;
    for (const [left, top, align] of [
      [x + gap, y - size / 2, "left"], [x - gap - width, y - size / 2, "right"],
      [x - width / 2, y - gap - size, "center"], [x - width / 2, y + gap, "center"],
      [x + gap, y - gap - size, "left"], [x + gap, y + gap, "left"],
      [x - gap - width, y - gap - size, "right"], [x - gap - width, y + gap, "right"],
      // A place of note is named at some distance rather than not at all.
      ...(place.rank < 3 ? [[x - width / 2, y - 2.6 * size - gap, "center"], [x - width / 2, y + 1.6 * size + gap, "center"],
        [x + 2 * size, y - 2 * size, "left"], [x - 2 * size - width, y - 2 * size, "right"]] : []),
    ]) {
      if (Tracker.cutOff(x, left, width, view) && !chosen) continue;
      if (!taken.add(left - 1, top, left + width + 1, top + size, false) && !chosen) continue;
      taken.add(x - 5, y - 5, x + 5, y + 5, true);
      return { text, x: left, y: top + size * 0.82, font, place: number };
    }
    return null;
  }

  /** Names of areas on the base map, where their area is large enough on screen. */
  regions(context, view, taken) {
    const { rows, shapes } = this.data.base;
    const labels = [];
    for (const [kind, name, shape, at] of rows) {
      if (!name || !at || (kind !== "admin1" && kind !== "land")) continue;
      const b = 4 * shape, across = (shapes.box[b + 2] - shapes.box[b]) * view.scale;
      const country = kind === "land";
      const text = Tracker.shown(name).toUpperCase();
      const size = country ? 13 : 10.5;
      context.font = size + "px " + Tracker.labelFont;
      const width = context.measureText(text).width + text.length * 2;
      if (across < width * 1.2 || (country && view.zoom > 8)) continue;
      const x = Tracker.mercatorX(at[0]) * view.scale + view.dx, y = Tracker.mercatorY(at[1]) * view.scale + view.dy;
      if (!taken.add(x - width / 2, y - size, x + width / 2, y + 3, false)) continue;
      labels.push({ text, x: x - width / 2, y, font: size + "px " + Tracker.labelFont, place: -1 });
    }
    return labels;
  }

  /** Names of rivers along their course, each at most once in view: where it runs straight, near the middle, and is free. */
  rivers(context, view, taken) {
    const { rows, shapes } = this.data.base, ways = new Map();
    const font = "italic 12.5px " + Tracker.labelFont;
    context.font = font;
    for (const [kind, name, shape] of rows) {
      if (kind !== "river" || !name || !Tracker.inView(shapes, shape, view)) continue;
      const text = Tracker.shown(name), found = Tracker.stretchesFor(shapes, shape, view, context.measureText(text).width * 1.15 + 12);
      ways.set(text, [...(ways.get(text) || []), ...found]);
    }
    return [...ways].flatMap(([text, found]) => {
      const free = found.sort((a, b) => a.score - b.score).find(({ x, y, half, angle }) => {
        const dx = Math.abs(Math.cos(angle)) * half + 4, dy = Math.abs(Math.sin(angle)) * half + 7;
        return taken.add(x - dx, y - dy, x + dx, y + dy, false);
      });
      return free ? [{ ...free, text, font, place: -1, river: true }] : [];
    });
  }

  /** Labelled places of which nothing is said on any of the dates shown. */
  silentOn(labels, looksShown) {
    const { unitsOfPlace } = this.data;
    return labels.filter((label) => label.place >= 0
      && !unitsOfPlace[label.place].some((unit) => looksShown.some((looks) => looks[unit] >= 0))).map((label) => label.place);
  }

  paintRiver(context, { text, x, y, angle, font }, theme) {
    context.save();
    context.translate(x, y);
    context.rotate(angle);
    context.font = font;
    context.textAlign = "center";
    if ("letterSpacing" in context) context.letterSpacing = "1px";
    context.strokeStyle = theme.halo;
    context.lineWidth = 3;
    context.strokeText(text, 0, 4);
    context.fillStyle = theme.riverName;
    context.fillText(text, 0, 4);
    context.restore();
  }

  paint(context, labels, silentPlaces, theme) {
    const silents = new Set(silentPlaces);
    context.lineJoin = "round";
    context.textAlign = "left";
    context.direction = "ltr";
    for (const label of labels) {
      if (label.river) { this.paintRiver(context, label, theme); continue; }
      const region = label.place < 0;
      const silent = silents.has(label.place);
      context.font = label.font;
      if ("letterSpacing" in context) context.letterSpacing = region ? "2px" : "0px";
      context.globalAlpha = region ? 0.75 : 1;
      context.strokeStyle = theme.halo;
      context.lineWidth = region ? 2 : 3.2;
      context.strokeText(label.text, label.x, label.y);
      context.fillStyle = region ? theme.region : silent ? theme.quiet : theme.ink;
      context.fillText(label.text, label.x, label.y);
    }
    context.globalAlpha = 1;
    if ("letterSpacing" in context) context.letterSpacing = "0px";
  }
};

/** Whether a name would be cut by the edge of the map while its place is not; the canvases reach 15 % beyond it. */
Tracker.cutOff = function (x, left, width, view) {
  const edge = view.width * 0.15 / 1.3, inside = (at) => at >= edge && at <= view.width - edge;
  return inside(x) && !(inside(left) && inside(left + width));
};

/**
 * Stretches of a river for a name of some width: [{x, y, angle, half, score}], beside the line's chord on either side.
 * A stretch that bends more than a third of its length is passed over; the lower the score, the better.
 */
Tracker.stretchesFor = function (shapes, shape, view, width) {
  const found = [], points = [];
  for (let ring = Tracker.firstRing(shapes, shape); ring < shapes.shapeEnd[shape]; ring++) {
    points.length = 0;
    for (let v = Tracker.firstVertex(shapes, ring); v < shapes.ringEnd[ring]; v++) {
      Tracker.addSteps(points, [shapes.x[v] * view.scale + view.dx, shapes.y[v] * view.scale + view.dy], view);
    }
    let tail = 0;
    for (let head = 1; head < points.length; head++) {
      if (points[head][2]) { tail = head; continue; }
      while (tail < head && Math.hypot(points[head][0] - points[tail + 1][0], points[head][1] - points[tail + 1][1]) >= width) tail++;
      const [ax, ay] = points[tail], [bx, by] = points[head], chord = Math.hypot(bx - ax, by - ay);
      if (chord < width || chord > width * 1.5) continue;
      let above = 0, below = 0;
      for (let i = tail; i <= head; i++) {
        const off = ((points[i][0] - ax) * (by - ay) - (points[i][1] - ay) * (bx - ax)) / chord;
        above = Math.max(above, off);
        below = Math.max(below, -off);
      }
      if (above + below > width / 3) continue;
      const upright = bx >= ax ? 0 : Math.PI, angle = Math.atan2(by - ay, bx - ax) - upright;
      const x = (ax + bx) / 2, y = (ay + by) / 2, score = (above + below) * 6 + Math.hypot(x - view.width / 2, y - view.height / 2);
      for (const side of [1, -1]) { // the curve's bulge on that side is cleared
        const away = side * (10 + ((side > 0) === (bx >= ax) ? above : below));
        found.push({ x: x + Math.sin(angle) * away, y: y - Math.cos(angle) * away, angle, half: width / 2, score: score + (side < 0 ? 20 : 0) });
      }
    }
  }
  return found;
};

/** Add a vertex to a course in steps of 12 pixels; a step out of view breaks it ([x, y, broken]). */
Tracker.addSteps = function (points, [x, y], view) {
  const seen = (px, py) => px > 30 && py > 30 && px < view.width - 30 && py < view.height - 30;
  const last = points[points.length - 1];
  if (!last) { points.push([x, y, true]); return; }
  const steps = Math.min(400, Math.ceil(Math.hypot(x - last[0], y - last[1]) / 12));
  for (let i = 1; i <= steps; i++) {
    const px = last[0] + (x - last[0]) * i / steps, py = last[1] + (y - last[1]) * i / steps;
    points.push([px, py, !seen(px, py)]);
  }
};

Tracker.labelFont = "'Source Sans 3','Segoe UI','Noto Sans','Helvetica Neue',Arial,sans-serif";

/** Boxes that must not overlap, found through a coarse grid. */
Tracker.Boxes = class {
  constructor(width, height) {
    this.cell = 48;
    this.columns = Math.ceil(width / this.cell) + 2;
    this.rows = Math.ceil(height / this.cell) + 2;
    this.cells = new Map();
  }

  /** Take a box when it is free, or anyway when `force` is set; say whether it was free. */
  add(x0, y0, x1, y1, force) {
    const free = this.each(x0, y0, x1, y1, (key) =>
      !(this.cells.get(key) || []).some((box) => x0 < box[2] && x1 > box[0] && y0 < box[3] && y1 > box[1]));
    if (!free && !force) return false;
    const box = [x0, y0, x1, y1];
    this.each(x0, y0, x1, y1, (key) => {
      const boxes = this.cells.get(key);
      if (boxes) boxes.push(box); else this.cells.set(key, [box]);
      return true;
    });
    return free;
  }

  each(x0, y0, x1, y1, check) {
    for (let row = Math.floor(y0 / this.cell); row <= Math.floor(y1 / this.cell); row++) {
      for (let column = Math.floor(x0 / this.cell); column <= Math.floor(x1 / this.cell); column++) {
        if (!check(row * 4096 + column)) return false;
      }
    }
    return true;
  }
};
