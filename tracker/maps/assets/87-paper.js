// On paper: a sheet of its own size, light, sides told apart by texture, with sources and doubt below the map.

/**
 * Browsers print what a canvas was last told to draw, and lose most of a long drawing. The sheet is therefore one
 * picture of all canvases, made while the page waits to be printed; nothing may be left for the next frame.
 */
Tracker.setUpPaper = function (app) {
  let before = null;
  window.addEventListener("beforeprint", () => {
    before = before || Tracker.toPaper(app);
  });
  window.addEventListener("afterprint", () => {
    if (before) Tracker.fromPaper(app, before);
    before = null;
  });
};

Tracker.toPaper = function (app) {
  const { map } = app, frame = Tracker.byId("map-frame");
  const before = { theme: app.theme, textures: app.layers.textures, touched: app.layersTouched, bounds: map.getBounds(), centre: map.getCenter(),
    zoom: map.getZoom(), snap: map.options.zoomSnap };
  document.body.classList.add("paper");
  Tracker.put("paper-note", ...Tracker.paperNote(app));
  map.options.zoomSnap = 0;
  map.invalidateSize({ animate: false, pan: false });
  map.fitBounds(before.bounds, { animate: false });
  app.set({ theme: "light", layers: { textures: true } });
  Tracker.drawPending();
  app.overlay.draw();
  before.sheet = Tracker.sheet(app);
  frame.append(before.sheet);
  return before;
};

Tracker.fromPaper = function (app, before) {
  const { map } = app;
  before.sheet.remove();
  document.body.classList.remove("paper");
  Tracker.put("paper-note");
  map.options.zoomSnap = before.snap;
  map.invalidateSize({ animate: false, pan: false });
  map.setView(before.centre, before.zoom, { animate: false });
  app.set({ theme: before.theme, layers: { textures: before.textures } });
  app.layersTouched = before.touched;
};

/** All canvases of the overlay in one, each clipped to its side of the divider while two dates are compared. */
Tracker.sheet = function (app) {
  const { overlay, map } = app, size = map.getSize(), { canvases } = overlay;
  const sheet = Tracker.el("canvas", { class: "sheet", role: "img", "aria-label": "Map" });
  sheet.style.width = size.x + "px";
  sheet.style.height = size.y + "px";
  const context = Tracker.context(sheet, size.x, size.y), view = overlay.view();
  const corner = map.latLngToContainerPoint(map.layerPointToLatLng(overlay._bounds.min));
  const middle = app.second === null ? null : app.swipe * size.x, firstIsLeft = app.day <= app.second;
  for (const [name, canvas] of Object.entries(canvases)) {
    const second = name.startsWith("second");
    if (second && middle === null) continue;
    context.save();
    if (middle !== null && (second || name.startsWith("first"))) {
      context.beginPath();
      if (second === firstIsLeft) context.rect(middle, 0, size.x - middle, size.y); else context.rect(0, 0, middle, size.y);
      context.clip();
    }
    context.drawImage(canvas, corner.x, corner.y, view.width, view.height);
    context.restore();
  }
  if (middle !== null) {
    context.fillStyle = Tracker.themes[app.theme].ink;
    context.fillRect(middle - 1, 0, 2, size.y);
  }
  return sheet;
};

/** What a reader of the sheet must know and can't click for: doubt, time, sources. */
Tracker.paperNote = function (app) {
  const { page } = app.data, p = (text) => Tracker.el("p", { dir: "auto" }, Tracker.bdi(text));
  const outlets = page.outlets.slice(0, 12).map(([name, count]) => `${name} (${count})`);
  const more = page.outlets.length - outlets.length;
  const reports = outlets.length ? ["Reports: " + outlets.join(", ") + (more > 0 ? `, and ${more} sources more` : "")] : [];
  return [page.doubt, Tracker.timeWords(app), [...reports, ...page.sources].join(". ")].filter(Boolean).map(p);
};
