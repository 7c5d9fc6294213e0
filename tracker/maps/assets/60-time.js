// Slider, play, steps, keys, and the strip that shows when things changed.

Tracker.setUpTime = function (app) {
  const slider = Tracker.byId("slider"), play = Tracker.byId("play"), speed = Tracker.byId("speed");
  const single = app.first === app.last;
  slider.min = app.first;
  slider.max = app.last;
  slider.disabled = single;
  for (const id of ["play", "change-before", "change-after", "speed"]) Tracker.byId(id).disabled = single;
  document.body.classList.toggle("single", single);
  const show = () => {
    slider.value = app.day;
    const words = app.dated ? Tracker.longDate(app.day) : "no date";
    slider.setAttribute("aria-valuetext", words);
    Tracker.put("date", words);
  };
  slider.addEventListener("input", () => app.set({ day: Number(slider.value) }));
  app.listen((changed) => { if (changed.day) show(); });
  show();

  let timer = null, left = 0;
  const stop = () => {
    cancelAnimationFrame(timer);
    timer = null;
    play.textContent = "▶";
    play.setAttribute("aria-label", "Play");
    Tracker.announce(app);
  };
  const start = () => {
    if (app.day >= app.last) app.set({ day: app.first });
    play.textContent = "❚❚";
    play.setAttribute("aria-label", "Pause");
    left = 0;
    let before = performance.now();
    const tick = (now) => {
      const byChange = speed.value === "change";
      left += Math.max(0, Math.min(250, now - before)) / 1000 * (byChange ? 1.25 : Number(speed.value));
      before = now;
      const steps = Math.floor(left);
      left -= steps;
      if (steps) {
        const next = byChange ? app.changeFrom(app.day, 1) : app.day + steps;
        app.set({ day: next === null ? app.last : next });
      }
      if (app.day >= app.last) stop(); else timer = requestAnimationFrame(tick);
    };
    timer = requestAnimationFrame(tick);
  };
  app.playing = () => timer !== null;
  app.toggle = () => { if (!single) { if (timer === null) start(); else stop(); } };
  app.step = (days) => app.set({ day: app.day + days });
  app.stepChange = (direction) => {
    const day = app.changeFrom(app.day, direction);
    app.set({ day: day === null ? (direction > 0 ? app.last : app.first) : day });
  };
  play.addEventListener("click", app.toggle);
  Tracker.byId("change-before").addEventListener("click", () => app.stepChange(-1));
  Tracker.byId("change-after").addEventListener("click", () => app.stepChange(1));
  document.addEventListener("keydown", (event) => Tracker.onKey(app, event));
  Tracker.setUpStrip(app);
};

/**
 * Arrows step, with Shift to the next change; space plays; Home and End go to the ends. Keys that are characters
 * (W A S D, + −, /) work while the map has the focus, or nothing has it (WCAG 2.1.4).
 */
Tracker.onKey = function (app, event) {
  const at = event.target, kind = at.tagName;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && !Tracker.byId("panel").hidden) { app.set({ place: -1 }); return; }
  const typing = kind === "SELECT" || kind === "TEXTAREA" || (kind === "INPUT" && at.type !== "range" && at.type !== "checkbox");
  if (typing || at.id === "swipe" || at.id === "second-slider" || Tracker.byId("about").open) return;
  const pressable = kind === "BUTTON" || kind === "A" || kind === "SUMMARY" || (kind === "INPUT" && at.type === "checkbox");
  const free = at === document.body || app.map.getContainer().contains(at);
  const run = {
    ArrowLeft: () => (event.shiftKey ? app.stepChange(-1) : app.step(-1)),
    ArrowRight: () => (event.shiftKey ? app.stepChange(1) : app.step(1)),
    PageDown: () => app.step(-30), PageUp: () => app.step(30),
    Home: () => app.set({ day: app.first }), End: () => app.set({ day: app.last }),
    " ": pressable ? null : app.toggle,
    ...(free ? Tracker.characterKeys(app) : {}),
  }[event.key];
  if (!run) return;
  event.preventDefault();
  run();
};

Tracker.characterKeys = (app) => ({
  "/": () => Tracker.byId("search-text").focus(),
  w: () => app.map.panBy([0, -90]), s: () => app.map.panBy([0, 90]),
  a: () => app.map.panBy([-90, 0]), d: () => app.map.panBy([90, 0]),
  "+": () => app.map.zoomIn(), "-": () => app.map.zoomOut(),
});

/** A histogram of changes over the slider, coloured by who holds what changed; first words of a place are paler. */
Tracker.setUpStrip = function (app) {
  const canvas = Tracker.byId("strip"), slider = Tracker.byId("slider");
  const needles = [Tracker.byId("needle"), Tracker.byId("second-needle")];
  const draw = Tracker.onceAFrame(() => {
    if (canvas.clientWidth && canvas.clientHeight) Tracker.drawStrip(app, canvas);
  });
  const point = () => [app.day, app.second].forEach((day, i) => {
    needles[i].hidden = day === null;
    if (day === null) return;
    const share = (day - app.first) / Math.max(1, app.last - app.first);
    needles[i].style.left = `calc(${THUMB}px + ${share} * (100% - ${2 * THUMB}px))`;
  });
  const go = (event) => {
    const share = (event.clientX - canvas.getBoundingClientRect().left - THUMB) / (canvas.clientWidth - 2 * THUMB);
    if (!slider.disabled) app.set({ day: app.first + share * (app.last - app.first) });
  };
  canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); go(event); });
  canvas.addEventListener("pointermove", (event) => { if (event.buttons) go(event); });
  app.listen((changed) => { if (changed.theme) draw(); });
  app.listen((changed) => { if (changed.day || changed.second) point(); });
  point();
  new ResizeObserver(() => { draw(); Tracker.drawTicks(app); }).observe(canvas);
};

const THUMB = 8; // half the width of the slider's thumb, by which its track is shorter than its box

/** Changes per bar of the strip, by side: [{changed, first}], both Maps of side to count; `first` are first words of a place. */
Tracker.countChanges = function (app, bars) {
  const counts = Array.from({ length: bars + 1 }, () => ({ changed: new Map(), first: new Map() })), span = Math.max(1, app.last - app.first);
  for (const { day, looks, befores } of app.data.changes) {
    const bar = counts[Math.floor((day - app.first) / span * bars)];
    looks.forEach((look, i) => {
      const side = look < 0 ? -1 : Tracker.mainSide(app.data.looks[look]), tally = befores[i] < 0 ? bar.first : bar.changed;
      tally.set(side, (tally.get(side) || 0) + 1);
    });
  }
  return counts;
};

Tracker.drawStrip = function (app, canvas) {
  const width = canvas.clientWidth, height = canvas.clientHeight, room = width - 2 * THUMB;
  const context = Tracker.context(canvas, width, height), theme = Tracker.themes[app.theme];
  const bars = Math.max(1, Math.min(Math.max(1, app.last - app.first), Math.floor(room / 4)));
  const counts = Tracker.countChanges(app, bars), barWidth = Math.max(1.5, Math.min(6, room / bars - 1));
  // A report that tells of many places for the first time would flatten all that changed hands: it is cut at the top.
  const most = Math.max(3, ...counts.map((bar) => [...bar.changed.values()].reduce((sum, n) => sum + n, 0)));
  context.fillStyle = theme.admin;
  context.fillRect(THUMB, height - 1, room, 1);
  counts.forEach((bar, i) => {
    let y = height - 1;
    for (const tally of [bar.changed, bar.first]) {
      context.globalAlpha = tally === bar.first ? 0.35 : 1;
      for (const side of [...tally.keys()].sort((a, b) => a - b)) {
        const tall = Math.min(y - 3, Math.max(1, tally.get(side) / most * (height - 4)));
        context.fillStyle = side < 0 ? theme.unknown : Tracker.actorColour(app.data, side);
        context.fillRect(THUMB + i / bars * room - barWidth / 2, y - tall, barWidth, tall);
        y -= tall;
      }
    }
  });
  context.globalAlpha = 1;
};

/** The side under which a look counts: the holder, else the first named. */
Tracker.mainSide = (look) => (look.status === Tracker.UNKNOWN ? -1 : Tracker.sidesOf(look).length ? Tracker.sidesOf(look)[0] : -1);

/** Dates under the slider: years, months or days, whichever fit. */
Tracker.drawTicks = function (app) {
  const holder = Tracker.byId("ticks"), width = holder.clientWidth - 2 * THUMB, span = app.last - app.first;
  holder.replaceChildren();
  if (!app.dated || span <= 0 || width <= 0) return;
  const room = Math.max(2, Math.floor(width / 84));
  const step = [1, 2, 7, 14].find((days) => span / days <= room);
  const days = step ? Tracker.every(app, step) : Tracker.everyMonth(app, [1, 2, 3, 6, 12, 24, 60, 120, 600]
    .find((months) => span / 30.4 / months <= room) || 1200);
  for (const [day, text] of days) {
    const left = (day - app.first) / span * width, tick = Tracker.el("span", { class: left < 16 ? "first" : null }, text);
    tick.style.left = (left < 16 ? left : THUMB + left) + "px";
    holder.append(tick);
  }
};

Tracker.every = function (app, step) {
  const days = [];
  for (let day = app.first; day <= app.last; day += step) days.push([day, Tracker.shortDate(day).replace(/ \d+$/, "")]);
  return days;
};

Tracker.everyMonth = function (app, step) {
  const days = [], from = new Date(app.first * Tracker.dayMs);
  const start = from.getUTCFullYear() * 12 + from.getUTCMonth();
  for (let month = Math.ceil(start / step) * step; ; month += step) {
    const day = Date.UTC(Math.floor(month / 12), month % 12, 1) / Tracker.dayMs;
    if (day > app.last) return days;
    if (day < app.first) continue;
    const words = Tracker.shortDate(day).split(" ");
    days.push([day, step >= 12 ? words[2] : month % 12 ? words[1] : words[1] + " " + words[2]]);
  }
};
