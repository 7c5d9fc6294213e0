// Title, sources, method and doubt; the words for screen readers; light and dark.

Tracker.setUpHeader = function (app) {
  const { page } = app.data;
  Tracker.put("title", page.title);
  const known = page.knownBy === null ? null : "as known by " + Tracker.longDate(page.knownBy);
  const counted = page.reports ? Tracker.count(page.reports, "report") + (page.outlets.length ? " of " + Tracker.count(page.outlets.length, "source") : "") : null;
  Tracker.put("subtitle", [page.subtitle, known, counted].filter(Boolean).join(" · "));
  const about = Tracker.byId("about");
  Tracker.byId("about-open").addEventListener("click", () => about.showModal());
  about.addEventListener("click", (event) => { if (event.target === about) about.close(); });
  Tracker.put("about-body", ...Tracker.aboutParts(app));
  const legendButton = Tracker.byId("show-legend");
  legendButton.addEventListener("click", () => {
    const open = document.body.classList.toggle("with-legend");
    legendButton.setAttribute("aria-expanded", String(open));
  });
};

Tracker.aboutParts = function (app) {
  const { page } = app.data, part = (heading, ...body) => [Tracker.el("h3", {}, heading), ...body];
  const p = (text) => Tracker.el("p", { dir: "auto" }, Tracker.bdi(text));
  const list = (items) => Tracker.el("ul", {}, ...items.map((item) => Tracker.el("li", { dir: "auto" }, Tracker.bdi(item))));
  const credits = [...page.sources];
  if (page.tiles) credits.push(Tracker.tilesCredit(page));
  const outlets = page.outlets.slice(0, 40).map(([name, count]) => `${name} (${Tracker.count(count, "report")})`);
  return [
    ...part("What to keep in mind", p(page.doubt)),
    ...part("How it was made", p(page.method)),
    ...(app.data.actors.some(({ name, full }) => name !== full)
      ? part("Sides", list(app.data.actors.filter(({ name, full }) => name !== full).map(({ full }) => full))) : []),
    ...part("Time", p(Tracker.timeWords(app))),
    ...(outlets.length ? part("Reports", list(outlets), page.outlets.length > 40 ? p(`and ${page.outlets.length - 40} more`) : "") : []),
    ...(credits.length ? part("Further sources", list(credits)) : []),
    ...part("Keys", Tracker.el("dl", { class: "keys" }, ...[
      ["← →", "a day back or on"], ["Shift + ← →", "to the change before or after"], ["Page Up, Page Down", "30 days"], ["Home, End", "first and last date"],
      ["space", "play or pause"], ["W A S D, + −", "move and zoom the map"], ["/", "search"], ["Esc", "close the place"],
    ].flatMap(([key, words]) => [Tracker.el("dt", {}, key), Tracker.el("dd", {}, words)]))),
    ...part("Software", p("Drawn with Leaflet through Folium; areas and forms are this project’s own. The page makes no network request"
      + (page.tiles ? " but for the tiles." : "."))),
  ].filter((item) => item !== "");
};

/** Of which days the map speaks, and up to which day reports count. */
Tracker.timeWords = function (app) {
  const { page } = app.data;
  const span = !app.dated ? "Nothing on this map is dated."
    : app.first === app.last ? "The map shows " + Tracker.longDate(app.first) + "."
      : `The map speaks of ${Tracker.longDate(app.first)} to ${Tracker.longDate(app.last)}.`;
  return span + " " + (page.knownBy === null ? "No report was left out for its date." : "Reports published after " + Tracker.longDate(page.knownBy) + " are left out.");
};

/** Tell a screen reader what the date is and what changed on it. */
Tracker.announce = function (app) {
  clearTimeout(Tracker.liveTimer);
  Tracker.liveTimer = setTimeout(() => {
    if (app.playing && app.playing()) return;
    const change = app.changeUpTo(app.day);
    const today = change && change.day === app.day ? change.units : [];
    const told = today.slice(0, 3).map((number, i) => {
      const look = change.looks[i];
      return Tracker.unitName(app.data, app.data.units[number]) + ": " + (look < 0 ? "no state" : Tracker.stateWords(app.data, app.data.looks[look]));
    });
    Tracker.put("live", (app.dated ? Tracker.longDate(app.day) : "No date") + ". " + (today.length ? Tracker.count(today.length, "change") + ". " + told.join(". ") : "No change on this day."));
  }, 400);
};

Tracker.setUpTheme = function (app) {
  const button = Tracker.byId("theme"), dark = window.matchMedia("(prefers-color-scheme: dark)");
  const show = () => {
    document.documentElement.dataset.theme = app.theme;
    button.setAttribute("aria-pressed", String(app.theme === "dark"));
  };
  button.addEventListener("click", () => {
    app.themeTouched = true;
    app.set({ theme: app.theme === "dark" ? "light" : "dark" });
  });
  dark.addEventListener("change", () => { if (!app.themeTouched) app.set({ theme: dark.matches ? "dark" : "light" }); });
  app.listen((changed) => { if (changed.theme) show(); });
  show();
};
