// Everything put together, on the map that Folium made.

Tracker.start = function (map) {
  const data = Tracker.unpack(JSON.parse(Tracker.byId("tracker-core").textContent));
  const app = new Tracker.App(data, map);
  Tracker.app = app; // for tests and for those who look under the bonnet
  map.createPane("tracker").style.zIndex = 300;
  if (data.page.tiles) Tracker.addTiles(app);
  Tracker.setUpHeader(app);
  Tracker.setUpTheme(app);
  Tracker.fit(app);
  Tracker.readLink(app) || Tracker.fit(app);
  app.overlay = new Tracker.Overlay(app);
  app.overlay.addTo(map);
  L.control.zoom({ position: "topright" }).addTo(map);
  L.control.scale({ position: "bottomright", maxWidth: 140, imperial: false }).addTo(map);
  app.listen(() => app.overlay.redraw());
  app.listen((changed) => { if (changed.day) Tracker.announce(app); });
  Tracker.setUpTime(app);
  Tracker.setUpLegend(app);
  Tracker.setUpChart(app);
  Tracker.setUpPanel(app);
  Tracker.setUpSearch(app);
  Tracker.setUpCompare(app);
  Tracker.setUpLink(app);
  Tracker.setUpPointer(app);
  Tracker.setUpPaper(app);
  for (const listener of app.listeners) listener({ place: true, second: true, layers: true });
  app.layersTouched = location.hash.includes("layers=");
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
  document.documentElement.dataset.ready = "yes";
};

/** Online tiles, asked for by whoever made the page, with the credit that they are owed. */
Tracker.addTiles = function (app) {
  L.tileLayer(app.data.page.tiles, { maxZoom: 16 }).addTo(app.map);
  Tracker.byId("map-frame").append(Tracker.el("p", { class: "tiles-credit" }, Tracker.bdi(Tracker.tilesCredit(app.data.page))));
};

Tracker.tilesCredit = (page) => "Tiles: " + (page.tilesAttribution || new URL(page.tiles.replace("{s}", "a")).host);

/** Show where most of the data lies, and few places with some land round them. */
Tracker.fit = function (app) {
  if (!app.data.view) { app.map.setView([25, 20], 2, { animate: false }); return; }
  const [west, south, east, north] = app.data.view;
  const places = app.data.places.length;
  app.map.fitBounds(L.latLngBounds([[south, west], [north, east]]).pad(places === 1 ? 2 : places < 4 ? 0.5 : 0.04), { animate: false, maxZoom: 11 });
};

/** Click opens a place, hovering names it; the pointer's coordinates are shown. */
Tracker.setUpPointer = function (app) {
  const tip = Tracker.byId("tip"), where = Tracker.byId("place-of-pointer"), frame = Tracker.byId("map-frame");
  app.map.on("click", (event) => {
    const hit = app.overlay.placeAt(event.containerPoint);
    app.set({ place: hit ? hit.place : -1 });
  });
  let last = null;
  const hover = Tracker.onceAFrame(() => {
    if (!last) return;
    const hit = app.overlay.placeAt(last.containerPoint);
    frame.classList.toggle("over-place", Boolean(hit));
    tip.hidden = !hit;
    if (!hit) return;
    const { data } = app, looks = app.looksOn(hit.day), units = hit.unit >= 0 ? [hit.unit] : data.unitsOfPlace[hit.place];
    const states = units.filter((unit) => looks[unit] >= 0).map((unit) => Tracker.el("span", {},
      data.units[unit].part ? Tracker.bdi(Tracker.partWords(data.units[unit].part) + ": ") : null, Tracker.bdi(Tracker.stateWords(data, data.looks[looks[unit]]))));
    Tracker.put(tip, Tracker.el("b", {}, Tracker.bdi(data.places[hit.place].name)), ...(states.length ? states : [Tracker.el("span", {}, "no state on this date")]));
    const size = app.map.getSize(), { x, y } = last.containerPoint;
    tip.style.left = Math.max(4, Math.min(x + 14, size.x - tip.offsetWidth - 8)) + "px";
    tip.style.top = Math.max(4, Math.min(y + 16, size.y - tip.offsetHeight - 8)) + "px";
  });
  app.map.on("mousemove", (event) => {
    last = event;
    Tracker.put(where, Tracker.coordinates(event.latlng.lat, event.latlng.lng));
    hover();
  });
  app.map.on("mouseout", () => { last = null; tip.hidden = true; });
};
