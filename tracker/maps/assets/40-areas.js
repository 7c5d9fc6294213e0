// Areas on canvas: filled ground, fronts where two sides meet, outlines by how sure the state is.

/**
 * Edges that shapes share: `edge[v]`, for the edge from vertex v to the next of its ring, is the same number in
 * every shape that has this edge. `next[v]` is the vertex after v.
 */
Tracker.joinEdges = function (shapes) {
  const { gx, gy, ringEnd } = shapes;
  const count = gx.length, next = new Int32Array(count), edge = new Int32Array(count);
  ringEnd.forEach((end, ring) => {
    const first = Tracker.firstVertex(shapes, ring);
    for (let v = first; v < end; v++) next[v] = v + 1 < end ? v + 1 : first;
  });
  let size = 4;
  while (size < 2 * count) size *= 2;
  const table = new Int32Array(size).fill(-1);
  const same = (a, b) => {
    const c = next[a], d = next[b];
    return (gx[a] === gx[b] && gy[a] === gy[b] && gx[c] === gx[d] && gy[c] === gy[d])
      || (gx[a] === gx[d] && gy[a] === gy[d] && gx[c] === gx[b] && gy[c] === gy[b]);
  };
  for (let v = 0; v < count; v++) {
    const w = next[v];
    // Both ends enter alike, so that the direction doesn't matter.
    const mixed = Math.imul(gx[v] + gx[w], 73856093) ^ Math.imul(gy[v] + gy[w], 19349663) ^ Math.imul(gx[v] ^ gx[w], 83492791);
    let at = (mixed ^ (mixed >>> 15)) & (size - 1);
    while (table[at] >= 0 && !same(table[at], v)) at = (at + 1) & (size - 1);
    if (table[at] < 0) table[at] = v;
    edge[v] = table[at];
  }
  shapes.next = next;
  shapes.edge = edge;
};

/** Add a ring to a path, leaving out vertices that fall on the pixel of the one before. */
Tracker.traceRing = function (context, shapes, ring, view, closed) {
  const first = Tracker.firstVertex(shapes, ring), end = shapes.ringEnd[ring];
  let px = shapes.x[first] * view.scale + view.dx, py = shapes.y[first] * view.scale + view.dy;
  context.moveTo(px, py);
  for (let v = first + 1; v < end; v++) {
    const x = shapes.x[v] * view.scale + view.dx, y = shapes.y[v] * view.scale + view.dy;
    if (Math.abs(x - px) + Math.abs(y - py) < 1 && v + 1 < end) continue;
    context.lineTo(x, y);
    px = x;
    py = y;
  }
  if (closed) context.closePath();
};

Tracker.traceShape = function (context, shapes, shape, view, closed) {
  for (let ring = Tracker.firstRing(shapes, shape); ring < shapes.shapeEnd[shape]; ring++) {
    Tracker.traceRing(context, shapes, ring, view, closed);
  }
};

/** Whether a shape's box touches the view. */
Tracker.inView = function (shapes, shape, view) {
  const b = 4 * shape, box = shapes.box;
  return box[b + 2] >= view.west && box[b] <= view.east && box[b + 3] >= view.north && box[b + 1] <= view.south;
};

Tracker.AreaPainter = class {
  constructor(data) {
    this.data = data;
    this.shapes = data.shapes;
    const keys = new Map();
    this.ground = data.looks.map((look) => {
      const key = Tracker.groundKey(look);
      if (!keys.has(key)) keys.set(key, keys.size + 1);
      return keys.get(key);
    });
  }

  /** Draw the areas of one day; `looks` says the look of every unit, `dirty` (see `changed`) where to, null for all. */
  paint(context, view, looks, palette, dirty) {
    if (!this.shapes.edge) {
      Tracker.joinEdges(this.shapes);
      this.owner = new Int32Array(this.shapes.gx.length);
      this.kind = new Uint8Array(this.shapes.gx.length);
      this.drawer = new Int32Array(this.shapes.gx.length);
    }
    // Edges are marked over all that is in view, so that a part drawn again looks as it did in the whole.
    this.markEdges(this.byLook(view, looks, null));
    const byLook = this.byLook(view, looks, dirty);
    context.save();
    if (dirty) dirty.clip(context);
    context.lineJoin = "bevel"; // the quickest; at these widths no eye sees the difference
    context.lineCap = "butt";
    // In a crowd of tiny cells speed counts for more than dashes and widths that no eye can tell: a line of one
    // device pixel is drawn several times faster than a wider one.
    let cells = 0;
    for (const [, units] of byLook) cells += units.length;
    const crowded = cells > 2000;
    this.paintGround(context, view, byLook, palette, crowded ? 64 : Infinity);
    this.paintEdges(context, view, byLook, palette, crowded);
    context.restore();
  }

  /** Where looks differ from those that were drawn, or null when that is too much to be worth the trouble. */
  changed(view, before, looks) {
    const dirty = new Tracker.Dirty(view);
    for (let number = 0; number < looks.length; number++) {
      if (looks[number] === before[number]) continue;
      const { shape } = this.data.units[number];
      if (Tracker.inView(this.shapes, shape, view)) dirty.add(this.shapes.box, 4 * shape);
      if (dirty.boxes.length > 400) return null;
    }
    return dirty;
  }

  /** Units in view (and near what is dirty) by look, in order of look and unit. */
  byLook(view, looks, dirty) {
    const groups = new Map();
    this.data.units.forEach((unit, number) => {
      const look = looks[number];
      if (look < 0 || !Tracker.inView(this.shapes, unit.shape, view)) return;
      if (dirty && !dirty.touches(this.shapes.box, 4 * unit.shape)) return;
      const group = groups.get(look);
      if (group) group.push(number); else groups.set(look, [number]);
    });
    return [...groups].sort((a, b) => a[0] - b[0]);
  }

  /** Shapes of one look in one path, `batch` at most: within one path, neighbours leave no hairline between them. */
  paintGround(context, view, byLook, palette, batch) {
    context.globalAlpha = palette.tiles ? 0.62 : 1;
    for (const [number, units] of byLook) {
      const fill = palette.anchor(palette.fill(context, this.data.looks[number]), view);
      if (!fill) continue;
      context.fillStyle = fill;
      for (let at = 0; at < units.length; at += batch) {
        context.beginPath();
        for (const unit of units.slice(at, at + batch)) {
          Tracker.traceShape(context, this.shapes, this.data.units[unit].shape, view, true);
        }
        context.fill();
      }
    }
    context.globalAlpha = 1;
  }

  /**
   * Mark every edge: 1 rim of one side, 2 inside one side's ground, 3 between two; 4 added where either is weak.
   * Its drawer is the first unit that has it, so that no edge is drawn twice.
   */
  markEdges(byLook) {
    this.owner.fill(0);
    this.kind.fill(0);
    const { edge } = this.shapes;
    for (const [number, units] of byLook) {
      const look = this.data.looks[number], ground = this.ground[number];
      if (look.status === Tracker.UNKNOWN) continue;
      const weak = look.confidence < Tracker.WEAK ? 4 : 0;
      for (const unit of units) {
        const [first, end] = Tracker.vertexRange(this.shapes, this.data.units[unit].shape);
        for (let v = first; v < end; v++) {
          const e = edge[v], owner = this.owner[e];
          if (!owner) { this.owner[e] = ground; this.kind[e] = 1 | weak; this.drawer[e] = unit; }
          else this.kind[e] = (owner === ground ? 2 : 3) | (this.kind[e] & 4) | weak;
        }
      }
    }
  }

  paintEdges(context, view, byLook, palette, crowded) {
    const dash = (pattern) => (crowded ? [] : pattern), wide = (width) => (crowded ? 1 / Tracker.pixelRatio() : width);
    const scale = Math.min(1.25, 0.7 + view.zoom / 20);
    for (const [number, units] of byLook) {
      const look = this.data.looks[number];
      if (look.status === Tracker.UNKNOWN) {
        context.setLineDash(dash([1.5, 3.5]));
        this.strokeEdges(context, view, units, 0, palette.theme.unknown, wide(1.4));
        continue;
      }
      const sides = Tracker.sidesOf(look);
      const rim = Tracker.mix(Tracker.actorColour(this.data, sides.length === 1 ? sides[0] : -1), palette.theme.ink, 0.72);
      context.setLineDash([]);
      this.strokeEdges(context, view, units, 1, rim, wide(1.1 * scale));
      context.setLineDash(dash([5, 4]));
      this.strokeEdges(context, view, units, 5, rim, wide(1.4 * scale));
    }
    const all = byLook.flatMap(([, units]) => units);
    context.setLineDash([]);
    this.strokeEdges(context, view, all, 3, palette.theme.front, wide(1.7 * scale));
    context.setLineDash(dash([6, 4]));
    this.strokeEdges(context, view, all, 7, palette.theme.front, wide(1.5 * scale));
    context.setLineDash([]);
  }

  /** Stroke those edges of units whose kind is wanted, each once, runs of them as one line. */
  strokeEdges(context, view, units, wanted, colour, width) {
    const { x, y, next, edge } = this.shapes;
    context.beginPath();
    let any = false;
    for (const unit of units) {
      const [first, end] = Tracker.vertexRange(this.shapes, this.data.units[unit].shape);
      let reached = -1, px = 0, py = 0;
      for (let v = first; v < end; v++) {
        const e = edge[v];
        if (this.kind[e] !== wanted || (wanted && this.drawer[e] !== unit)) continue;
        if (reached !== v) {
          px = x[v] * view.scale + view.dx;
          py = y[v] * view.scale + view.dy;
          context.moveTo(px, py);
        }
        const w = reached = next[v];
        const wx = x[w] * view.scale + view.dx, wy = y[w] * view.scale + view.dy;
        // A vertex on the pixel of the one before is left out when the line goes on.
        const goesOn = w > v && w < end && this.kind[edge[w]] === wanted && (!wanted || this.drawer[edge[w]] === unit);
        if (goesOn && Math.abs(wx - px) + Math.abs(wy - py) < 1.2) continue;
        context.lineTo(wx, wy);
        px = wx;
        py = wy;
        any = true;
      }
    }
    if (!any) return;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
};

/** First vertex of a shape and the one after its last. */
Tracker.vertexRange = function (shapes, shape) {
  const first = Tracker.firstRing(shapes, shape), end = shapes.shapeEnd[shape];
  return end > first ? [Tracker.firstVertex(shapes, first), shapes.ringEnd[end - 1]] : [0, 0];
};

/** Boxes on a canvas that must be drawn again, whole pixels each, and a coarse grid that finds what lies near them. */
Tracker.Dirty = class {
  constructor(view) {
    this.view = view;
    this.boxes = [];
    this.cell = 8; // about half a small cell of ground: a coarser grid draws too many neighbours again
    this.columns = Math.ceil(view.width / this.cell) + 1;
    this.cells = new Uint8Array(this.columns * (Math.ceil(view.height / this.cell) + 1));
  }

  /** Grid cells under a box of zoom 0 pixels: calls `visit` until it says true. */
  cellsUnder(box, at, visit) {
    const { view, cell } = this, margin = 4;
    const to = (value, most) => Math.max(0, Math.min(most, value));
    const left = to(box[at] * view.scale + view.dx - margin, view.width), right = to(box[at + 2] * view.scale + view.dx + margin, view.width);
    const top = to(box[at + 1] * view.scale + view.dy - margin, view.height), bottom = to(box[at + 3] * view.scale + view.dy + margin, view.height);
    for (let row = Math.floor(top / cell); row <= Math.floor(bottom / cell); row++) {
      for (let column = Math.floor(left / cell); column <= Math.floor(right / cell); column++) {
        if (visit(row * this.columns + column)) return [left, top, right, bottom];
      }
    }
    return [left, top, right, bottom];
  }

  add(box, at) {
    const ratio = Tracker.pixelRatio();
    const [left, top, right, bottom] = this.cellsUnder(box, at, (cell) => { this.cells[cell] = 1; return false; });
    const x = Math.floor(left * ratio) / ratio, y = Math.floor(top * ratio) / ratio;
    this.boxes.push([x, y, Math.ceil(right * ratio) / ratio - x, Math.ceil(bottom * ratio) / ratio - y]);
  }

  touches(box, at) {
    let hit = false;
    this.cellsUnder(box, at, (cell) => (hit = this.cells[cell] === 1));
    return hit;
  }

  /** Clear the boxes and keep drawing inside them. */
  clip(context) {
    context.beginPath();
    for (const box of this.boxes) {
      context.clearRect(...box);
      context.rect(...box);
    }
    context.clip();
  }
};
