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
  layout(context, view, chosen) {
    const taken = new Tracker.Boxes(view.width, view.height);
    const labels = [];
    const order = chosen >= 0 ? [chosen, ...this.order] : this.order;
    const inView = order.map((number) => this.data.places[number])
      .map((place) => [place.x * view.scale + view.dx, place.y * view.scale + view.dy])
      .filter(([x, y]) => x >= 0 && y >= 0 && x <= view.width && y <= view.height);
    if (inView.length <= Tracker.CROWD) for (const [x, y] of inView) taken.add(x - 4, y - 4, x + 4, y + 4, true);
    for (const number of order) {
      if (labels.length > 220) break;
      const label = this.place(context, view, taken, number, number === chosen);
      if (label) labels.push(label);
    }
    return this.regions(context, view, taken).concat(labels);
  }

  place(context, view, taken, number, chosen) {
    const place = this.data.places[number];
    const x = place.x * view.scale + view.dx, y = place.y * view.scale + view.dy;
    if (x < 0 || y < 0 || x > view.width || y > view.height) return null;
    if (!chosen && place.rank > 4 && view.zoom < 9) return null;
    const size = place.rank < 2 ? 14 : place.rank < 4 ? 12.5 : 11.5;
    const font = (place.rank < 2 || chosen ? "600 " : "") + (place.rank === 4 ? "italic " : "") + size + "px " + Tracker.labelFont;
    context.font = font;
    const text = place.name.length > 40 ? place.name.slice(0, 39) + "…" : place.name;
    const width = context.measureText(text).width, gap = Tracker.symbolSize(place, view.zoom) + 3;
    for (const [left, top, align] of [
      [x + gap, y - size / 2, "left"], [x - gap - width, y - size / 2, "right"],
      [x - width / 2, y - gap - size, "center"], [x - width / 2, y + gap, "center"],
    ]) {
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

  /** Labelled places of which nothing is said on any of the dates shown. */
  silentOn(labels, looksShown) {
    const { unitsOfPlace } = this.data;
    return labels.filter((label) => label.place >= 0
      && !unitsOfPlace[label.place].some((unit) => looksShown.some((looks) => looks[unit] >= 0))).map((label) => label.place);
  }

  paint(context, labels, silentPlaces, theme) {
    const silents = new Set(silentPlaces);
    context.lineJoin = "round";
    context.textAlign = "left";
    context.direction = "ltr";
    for (const label of labels) {
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
