// The Leaflet layer: canvases over the view, drawn again only when view, date or style change.

Tracker.Overlay = L.Renderer.extend({
  initialize(app) {
    L.Renderer.prototype.initialize.call(this, { padding: 0.15, pane: "tracker" });
    this.app = app;
    this.painter = new Tracker.AreaPainter(app.data);
    this.labels = new Tracker.Labels(app.data);
    this.drawn = {};
    this.marksDrawn = {};
    this.redraw = Tracker.onceAFrame(() => this.draw());
  },

  getEvents() {
    const events = L.Renderer.prototype.getEvents.call(this);
    events.move = this.clip;
    return events;
  },

  _initContainer() {
    this._container = L.DomUtil.create("div", "tracker-canvases");
    this.canvases = {};
    for (const name of ["base", "first", "second", "lines", "firstMarks", "secondMarks", "labels"]) {
      this.canvases[name] = L.DomUtil.create("canvas", "tracker-" + name, this._container);
      this.canvases[name].setAttribute("aria-hidden", "true");
    }
  },

  _destroyContainer() {
    this._container.remove();
    this._container = null;
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    this._container.style.transformOrigin = "0 0";
    L.DomUtil.setTransform(this._container, this._bounds.min, 1);
    this.viewChanged = true;
    this.draw();
  },

  _updatePaths() {},
  _onZoomEnd() {},

  /** How zoom 0 pixels lie on the canvases. */
  view() {
    const size = this._bounds.getSize(), origin = this._map.getPixelOrigin();
    const scale = Math.pow(2, this._zoom);
    const dx = -origin.x - this._bounds.min.x, dy = -origin.y - this._bounds.min.y;
    const margin = 12 / scale;
    return {
      scale, dx, dy, width: size.x, height: size.y, zoom: this._zoom,
      west: -dx / scale - margin, east: (size.x - dx) / scale + margin,
      north: -dy / scale - margin, south: (size.y - dy) / scale + margin,
    };
  },

  draw() {
    if (!this._map || !this._bounds) return;
    const started = performance.now();
    const { app } = this, view = this.view(), theme = Tracker.themes[app.theme];
    const still = [app.theme, app.layers.rivers, app.layers.borders, app.layers.places].join();
    if (this.viewChanged || this.stillDrawn !== still || this.labelledPlace !== app.place) {
      Tracker.drawBase(this.sized("base", view), view, app.data, theme, app.data.page.tiles);
      this.chosenLabels = this.labels.layout(this.canvases.base.getContext("2d"), view, app.place, app.layers);
      this.labelled = new Set(this.chosenLabels.map((label) => label.place));
      const lines = this.sized("lines", view);
      if (!app.data.page.tiles) Tracker.drawLines(lines, view, app.data, theme, app.layers);
      this.labelledPlace = app.place;
      this.silentDrawn = null;
    }
    this.viewChanged = false;
    this.stillDrawn = still;
    this.drawDay("first", view, app.day, theme);
    const comparing = app.second !== null;
    for (const name of ["second", "secondMarks"]) this.canvases[name].style.display = comparing ? "" : "none";
    if (comparing) this.drawDay("second", view, app.second, theme);
    this.drawLabels(view, theme);
    this.clip();
    this.lastDraw = performance.now() - started;
  },

  /** Labels stay as they are while the date moves, unless a place falls silent or is spoken of again. */
  drawLabels(view, theme) {
    const { app } = this, shown = [app.looksOn(app.day)];
    if (app.second !== null) shown.push(app.looksOn(app.second));
    const silent = this.labels.silentOn(this.chosenLabels, shown), key = silent.join();
    if (this.silentDrawn === key) return;
    this.silentDrawn = key;
    const context = this.sized("labels", view);
    this.labels.paint(context, this.chosenLabels.filter((label) => app.layers.places || label.river), silent, theme);
  },

  sized(name, view) {
    const canvas = this.canvases[name];
    canvas.style.width = view.width + "px";
    canvas.style.height = view.height + "px";
    return Tracker.context(canvas, view.width, view.height);
  },

  drawDay(name, view, day, theme) {
    const { app } = this, { data, layers } = app, looks = app.looksOn(day);
    this.drawAreas(name, view, looks);
    const key = this.marksKey(view, day, looks);
    if (this.marksDrawn[name] === key) return;
    this.marksDrawn[name] = key;
    const marks = this.sized(name + "Marks", view);
    if (layers.sieges) Tracker.drawSieges(marks, view, data, day, looks, theme);
    if (layers.approaches) Tracker.drawApproaches(marks, view, data, day, theme);
    this.outlineChosen(marks, view, looks, theme);
    Tracker.drawPlaces(marks, view, app, looks, this.labelled, day);
  },

  /** What the marks of a day depend on, as text: on most days of a long span none of it changes. */
  marksKey(view, day, looks) {
    const { app } = this, { data, layers, place } = app;
    const shown = data.lines.flatMap((line, number) => (day >= line.start && day < line.end ? [number] : []));
    const besieged = [];
    looks.forEach((look, unit) => { if (look >= 0 && data.looks[look].besieged) besieged.push(unit, look); });
    const places = data.places.length <= Tracker.CROWD ? looks : [...this.labelled].filter((number) => number >= 0)
      .map((number) => data.unitsOfPlace[number].map((unit) => looks[unit]).join("/"));
    return [view.scale, view.dx, view.dy, view.width, view.height, app.theme, JSON.stringify(layers), place,
      place >= 0 ? data.unitsOfPlace[place].map((unit) => looks[unit]).join("/") : "", layers.reports ? day : "",
      shown.join(), besieged.join(), places.join()].join("|");
  },

  /** Draw areas anew, or where they changed only, when nothing but the date did. */
  drawAreas(name, view, looks) {
    const { palette, layers } = this.app, before = this.drawn[name];
    const same = before && before.palette === palette && before.areas === layers.areas
      && ["scale", "dx", "dy", "width", "height"].every((key) => before.view[key] === view[key]);
    if (same && before.looks === looks) return;
    this.drawn[name] = { palette, areas: layers.areas, view, looks };
    const dirty = same && layers.areas ? this.painter.changed(view, before.looks, looks) : null;
    if (dirty && !dirty.boxes.length) return;
    const context = dirty ? this.canvases[name].getContext("2d") : this.sized(name, view);
    if (layers.areas) this.painter.paint(context, view, looks, palette, dirty);
  },

  outlineChosen(context, view, looks, theme) {
    const { data, place } = this.app;
    if (place < 0) return;
    context.setLineDash([]);
    for (const [colour, width] of [[theme.halo, 5], [theme.ink, 2]]) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.beginPath();
      for (const unit of data.unitsOfPlace[place]) {
        if (looks[unit] >= 0) Tracker.traceShape(context, data.shapes, data.units[unit].shape, view, true);
      }
      const { x, y } = data.places[place];
      const px = x * view.scale + view.dx, py = y * view.scale + view.dy;
      context.moveTo(px + 9, py);
      context.arc(px, py, 9, 0, 7);
      context.stroke();
    }
  },

  /** Show the earlier date left of the divider and the later one right of it. */
  clip() {
    if (!this._map || !this._bounds) return;
    const comparing = this.app.second !== null;
    const middle = this._map.containerPointToLayerPoint([this.app.swipe * this._map.getSize().x, 0]).x - this._bounds.min.x;
    const width = this._bounds.getSize().x;
    const left = "inset(0 " + Math.max(0, width - middle) + "px 0 0)", right = "inset(0 0 0 " + Math.max(0, middle) + "px)";
    const firstIsLeft = comparing && this.app.day <= this.app.second;
    for (const name of ["first", "firstMarks"]) this.canvases[name].style.clipPath = comparing ? (firstIsLeft ? left : right) : "";
    for (const name of ["second", "secondMarks"]) this.canvases[name].style.clipPath = comparing ? (firstIsLeft ? right : left) : "";
  },

  /** The place at a point of the map's box, with the part where an area was hit; null when there is none. */
  placeAt(point) {
    const { data } = this.app, view = this.view();
    const layer = this._map.containerPointToLayerPoint(point);
    const x = layer.x - this._bounds.min.x, y = layer.y - this._bounds.min.y;
    const day = this.app.dayAt(point.x / this._map.getSize().x);
    const near = this.symbolAt(x, y, view);
    if (near >= 0) return { place: near, unit: -1, day };
    const looks = this.app.looksOn(day), wx = (x - view.dx) / view.scale, wy = (y - view.dy) / view.scale;
    for (let unit = data.units.length - 1; unit >= 0; unit--) {
      if (looks[unit] >= 0 && this.app.layers.areas && Tracker.inside(data.shapes, data.units[unit].shape, wx, wy)) {
        return { place: data.units[unit].place, unit, day };
      }
    }
    return null;
  },

  symbolAt(x, y, view) {
    let best = -1, nearest = 11;
    if (!this.app.layers.places) return best;
    this.app.data.places.forEach((place, number) => {
      if (Tracker.tooSmall(place, view.zoom) && number !== this.app.place) return;
      const away = Math.hypot(place.x * view.scale + view.dx - x, place.y * view.scale + view.dy - y);
      if (away < nearest) { nearest = away; best = number; }
    });
    return best;
  },
});
