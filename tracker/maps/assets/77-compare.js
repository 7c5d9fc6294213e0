// Two dates side by side, divided by a line that can be dragged or moved with the arrow keys.

Tracker.setUpCompare = function (app) {
  const button = Tracker.byId("compare"), swipe = Tracker.byId("swipe"), frame = Tracker.byId("map-frame");
  const slider = Tracker.byId("second-slider");
  slider.min = app.first;
  slider.max = app.last;
  button.disabled = app.first === app.last;
  button.addEventListener("click", () => app.set({ second: app.second === null ? Tracker.otherDay(app) : null }));
  slider.addEventListener("input", () => app.set({ second: Number(slider.value) }));
  const show = () => {
    const on = app.second !== null;
    button.setAttribute("aria-pressed", String(on));
    for (const id of ["second", "swipe", "swipe-left", "swipe-right"]) Tracker.byId(id).hidden = !on;
    if (!on) return;
    slider.value = app.second;
    slider.setAttribute("aria-valuetext", Tracker.longDate(app.second));
    Tracker.put("second-date", Tracker.longDate(app.second));
    Tracker.put("swipe-left", Tracker.longDate(Math.min(app.day, app.second)));
    Tracker.put("swipe-right", Tracker.longDate(Math.max(app.day, app.second)));
    const percent = Math.round(app.swipe * 100);
    swipe.style.left = `clamp(12px, ${app.swipe * 100}%, 100% - 12px)`; // the handle stays within reach
    swipe.setAttribute("aria-valuenow", percent);
    swipe.setAttribute("aria-valuetext", percent + " % for " + Tracker.longDate(Math.min(app.day, app.second)));
  };
  const move = (event) => {
    const box = frame.getBoundingClientRect();
    app.set({ swipe: Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) });
  };
  swipe.addEventListener("pointerdown", (event) => { event.stopPropagation(); swipe.setPointerCapture(event.pointerId); });
  swipe.addEventListener("pointermove", (event) => { if (swipe.hasPointerCapture(event.pointerId)) move(event); });
  swipe.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -0.05, ArrowRight: 0.05, Home: -1, End: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    app.set({ swipe: Math.max(0, Math.min(1, app.swipe + step)) });
  });
  app.listen((changed) => { if (changed.second || changed.swipe || changed.day) show(); });
};

/** A date to compare with at first: the start of the data, or its end when the start is shown. */
Tracker.otherDay = (app) => (app.day > app.first ? app.first : app.last);
