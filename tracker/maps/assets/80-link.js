// The address carries date, second date, view, place and what was switched off, so that a link shows the same.

Tracker.readLink = function (app) {
  const asked = new URLSearchParams(location.hash.slice(1));
  const changes = {};
  const on = Tracker.dayOf(asked.get("on")), other = Tracker.dayOf(asked.get("with"));
  if (on !== null && app.dated) {
    changes.day = on;
    if (on < app.first || on > app.last) {
      Tracker.notice(`This map speaks of ${Tracker.longDate(app.first)} to ${Tracker.longDate(app.last)}; shown is ${Tracker.longDate(app.clamp(on))}, the nearest date.`);
    }
  }
  if (other !== null && app.first !== app.last) changes.second = other;
  if (asked.has("place")) changes.place = app.data.places.findIndex((place) => place.id === asked.get("place"));
  if (asked.has("layers")) {
    const named = asked.get("layers").split(",");
    changes.layers = Object.fromEntries(Object.keys(Tracker.layerNames).map((name) => [name, named.includes(name)]));
  }
  if (["light", "dark"].includes(asked.get("theme"))) changes.theme = asked.get("theme");
  app.set(changes);
  const view = (asked.get("view") || "").split(",").map(Number);
  if (view.length !== 3 || !view.every(Number.isFinite) || Math.abs(view[0]) > 85 || Math.abs(view[1]) > 540) return false;
  app.map.setView([view[0], view[1]], Math.max(1, Math.min(16, view[2])), { animate: false });
  return true;
};

Tracker.linkOf = function (app) {
  const centre = app.map.getCenter(), parts = new URLSearchParams();
  if (app.dated) parts.set("on", Tracker.iso(app.day));
  if (app.second !== null) parts.set("with", Tracker.iso(app.second));
  parts.set("view", [centre.lat.toFixed(4), centre.lng.toFixed(4), app.map.getZoom()].join(","));
  if (app.place >= 0) parts.set("place", app.data.places[app.place].id);
  if (app.layersTouched) parts.set("layers", Object.keys(app.layers).filter((name) => app.layers[name]).join(","));
  if (app.themeTouched) parts.set("theme", app.theme);
  return "#" + parts.toString().replace(/%2C/g, ",").replace(/%3A/g, ":");
};

Tracker.setUpLink = function (app) {
  let waiting = null;
  const write = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      // Some hosts (sandboxed frames) forbid it; the map works without.
      try { history.replaceState(null, "", Tracker.linkOf(app)); } catch { /* the address stays as it was */ }
    }, 200);
  };
  app.listen((changed) => {
    if (changed.layers) app.layersTouched = true;
    write();
  });
  app.map.on("moveend", write);
  window.addEventListener("hashchange", () => Tracker.readLink(app));
  Tracker.byId("copy-link").addEventListener("click", async () => {
    const address = location.href.split("#")[0] + Tracker.linkOf(app);
    try {
      await navigator.clipboard.writeText(address);
      Tracker.notice("The link to this date, view and place is copied.");
    } catch {
      location.replace(Tracker.linkOf(app));
      Tracker.notice("The address of this page now holds date, view and place: copy it from the address bar.");
    }
  });
};

/** A short word to the reader, gone after a while. */
Tracker.notice = function (words) {
  const holder = Tracker.put("notice", words);
  holder.hidden = false;
  clearTimeout(Tracker.noticeTimer);
  Tracker.noticeTimer = setTimeout(() => { holder.hidden = true; }, 6000);
};
