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
    if (Math.abs(x - px) + Math.abs(y - py) < 0.6 && v + 1 < end) continue;
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

  /** Draw the areas of one day; `looks` says the look of every unit. */
  paint(context, view, looks, palette, layers) {
    if (!this.shapes.edge) {
      Tracker.joinEdges(this.shapes);
      this.owner = new Int32Array(this.shapes.gx.length);
      this.kind = new Uint8Array(this.shapes.gx.length);
    }
    const byLook = this.byLook(view, looks);
    context.lineJoin = "round";
    context.lineCap = "butt";
    if (layers.areas) {
      this.paintGround(context, view, byLook, palette);
      this.paintEdges(context, view, byLook, palette);
    }
  }

  /** Units in view by look. */
  byLook(view, looks) {
    const groups = new Map();
    this.data.units.forEach((unit, number) => {
      const look = looks[number];
      if (look < 0 || !Tracker.inView(this.shapes, unit.shape, view)) return;
      const group = groups.get(look);
      if (group) group.push(unit.shape); else groups.set(look, [unit.shape]);
    });
    return groups;
  }

  paintGround(context, view, byLook, palette) {
    context.globalAlpha = palette.tiles ? 0.62 : 1;
    for (const [number, shapes] of byLook) {
      const fill = palette.anchor(palette.fill(context, this.data.looks[number]), view);
      if (!fill) continue;
      context.fillStyle = context.strokeStyle = fill;
      context.lineWidth = 0.8; // closes the hairlines between neighbours that antialiasing leaves
      for (let at = 0; at < shapes.length; at += 64) {
        context.beginPath();
        for (const shape of shapes.slice(at, at + 64)) Tracker.traceShape(context, this.shapes, shape, view, true);
        context.fill();
        if (!palette.tiles) context.stroke();
      }
    }
    context.globalAlpha = 1;
  }

  /** Mark every edge: 1 rim of one side, 2 inside one side's ground, 3 between two; 4 added where either is weak. */
  markEdges(byLook) {
    this.owner.fill(0);
    this.kind.fill(0);
    const { edge } = this.shapes;
    for (const [number, shapes] of byLook) {
      const look = this.data.looks[number], ground = this.ground[number];
      if (look.status === Tracker.UNKNOWN) continue;
      const weak = look.confidence < Tracker.WEAK ? 4 : 0;
      for (const shape of shapes) {
        const [first, end] = Tracker.vertexRange(this.shapes, shape);
        for (let v = first; v < end; v++) {
          const e = edge[v], owner = this.owner[e];
          if (!owner) { this.owner[e] = ground; this.kind[e] = 1 | weak; }
          else this.kind[e] = (owner === ground ? 2 : 3) | (this.kind[e] & 4) | weak;
        }
      }
    }
  }

  paintEdges(context, view, byLook, palette) {
    this.markEdges(byLook);
    const scale = Math.min(1.25, 0.7 + view.zoom / 20);
    for (const [number, shapes] of byLook) {
      const look = this.data.looks[number];
      if (look.status === Tracker.UNKNOWN) {
        context.setLineDash([1.5, 3.5]);
        this.strokeEdges(context, view, shapes, (kind) => kind === 0, palette.theme.unknown, 1.4);
        continue;
      }
      const sides = Tracker.sidesOf(look);
      const rim = Tracker.mix(Tracker.actorColour(this.data, sides.length === 1 ? sides[0] : -1), palette.theme.ink, 0.72);
      context.setLineDash([]);
      this.strokeEdges(context, view, shapes, (kind) => kind === 1, rim, 1.1 * scale);
      context.setLineDash([5, 4]);
      this.strokeEdges(context, view, shapes, (kind) => kind === 5, rim, 1.4 * scale);
    }
    const all = [...byLook.values()].flat();
    context.setLineDash([]);
    this.strokeEdges(context, view, all, (kind) => kind === 3, palette.theme.front, 1.7 * scale);
    context.setLineDash([6, 4]);
    this.strokeEdges(context, view, all, (kind) => kind === 7, palette.theme.front, 1.5 * scale);
    context.setLineDash([]);
  }

  /** Stroke those edges of shapes whose kind is wanted, runs of them as one line. */
  strokeEdges(context, view, shapes, wanted, colour, width) {
    const { x, y, next, edge } = this.shapes;
    context.beginPath();
    let any = false;
    for (const shape of shapes) {
      const [first, end] = Tracker.vertexRange(this.shapes, shape);
      let reached = -1;
      for (let v = first; v < end; v++) {
        if (!wanted(this.kind[edge[v]])) continue;
        const w = next[v];
        if (reached !== v) context.moveTo(x[v] * view.scale + view.dx, y[v] * view.scale + view.dy);
        context.lineTo(x[w] * view.scale + view.dx, y[w] * view.scale + view.dy);
        reached = w;
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
