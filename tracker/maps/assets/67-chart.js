// Area held over time, stacked by side; a click goes to the date.

/** Area by side on the days at which something changed: {days, series: [{side, areas}]}; contested ground is side -2. */
Tracker.areaOverTime = function (data, first, last) {
  const steps = new Map(), sides = new Map();
  const add = (day, look, area) => {
    const side = look.status === Tracker.HELD ? look.holder : -2, at = Math.max(first, day);
    if (at > last || look.status === Tracker.UNKNOWN) return;
    if (!steps.has(at)) steps.set(at, new Map());
    const step = steps.get(at);
    step.set(side, (step.get(side) || 0) + area);
    sides.set(side, (sides.get(side) || 0) + Math.abs(area));
  };
  for (const unit of data.units) {
    for (let s = 0; s < unit.spans.length; s += 3) {
      if (unit.spans[s + 1] <= first) continue;
      const look = data.looks[unit.spans[s + 2]];
      add(unit.spans[s], look, unit.area);
      add(unit.spans[s + 1], look, -unit.area);
    }
  }
  const days = [...steps.keys()].sort((a, b) => a - b);
  const order = [...sides.keys()].sort((a, b) => (a < 0) - (b < 0) || sides.get(b) - sides.get(a) || a - b);
  const series = order.map((side) => {
    let area = 0;
    return { side, areas: days.map((day) => (area = Math.max(0, area + (steps.get(day).get(side) || 0)))) };
  });
  return { days, series };
};

Tracker.setUpChart = function (app) {
  const canvas = Tracker.byId("chart");
  let table = null;
  const draw = Tracker.onceAFrame(() => {
    const width = canvas.clientWidth, height = canvas.clientHeight;
    if (!width || !height) return;
    table = table || Tracker.areaOverTime(app.data, app.first, app.last);
    Tracker.drawChart(app, Tracker.context(canvas, width, height), width, height, table);
  });
  canvas.addEventListener("click", (event) => {
    const box = canvas.getBoundingClientRect();
    app.set({ day: app.first + (event.clientX - box.left) / box.width * (app.last - app.first) });
  });
  const needle = Tracker.byId("chart-needle");
  const point = () => { needle.style.left = (app.day - app.first) / Math.max(1, app.last - app.first) * 100 + "%"; };
  app.listen((changed) => { if (changed.theme || changed.layers) draw(); });
  app.listen((changed) => { if (changed.day) point(); });
  point();
  new ResizeObserver(draw).observe(canvas);
  Tracker.put("chart-words", "Stacked areas from " + Tracker.longDate(app.first) + " to " + Tracker.longDate(app.last)
    + "; the table of sides gives the figures for the date.");
};

Tracker.drawChart = function (app, context, width, height, table) {
  const theme = Tracker.themes[app.theme], span = Math.max(1, app.last - app.first);
  const totals = table.days.map((_, i) => table.series.reduce((sum, { areas }) => sum + areas[i], 0));
  const most = Math.max(1, ...totals), base = height - 1, tall = height - 12;
  const x = (day) => (day - app.first) / span * width;
  const floor = new Array(table.days.length).fill(0);
  for (const { side, areas } of table.series) {
    context.beginPath();
    const top = areas.map((area, i) => floor[i] + area);
    const edge = (heights) => table.days.forEach((day, i) => {
      context.lineTo(x(day), base - heights[i] / most * tall);
      context.lineTo(x(i + 1 < table.days.length ? table.days[i + 1] : app.last), base - heights[i] / most * tall);
    });
    edge(top);
    for (let i = table.days.length - 1; i >= 0; i--) {
      context.lineTo(x(i + 1 < table.days.length ? table.days[i + 1] : app.last), base - floor[i] / most * tall);
      context.lineTo(x(table.days[i]), base - floor[i] / most * tall);
    }
    context.closePath();
    context.fillStyle = Tracker.chartFill(app, context, side);
    context.fill();
    top.forEach((value, i) => { floor[i] = value; });
  }
  context.fillStyle = theme.admin;
  context.fillRect(0, base, width, 1);
  context.font = "10.5px " + Tracker.labelFont;
  context.fillStyle = theme.quiet;
  context.textAlign = "left";
  context.fillText(Tracker.km2(most), 2, 9);
};

/** Held ground in its side's colour, contested ground striped. */
Tracker.chartFill = function (app, context, side) {
  const theme = Tracker.themes[app.theme];
  if (side >= 0) return app.palette.tint(side, 0.9);
  const fill = app.palette.stripes(context, [theme.unknown, theme.land], [0.5, 0.5], 45);
  return app.palette.anchor(fill, { dx: 0, dy: 0 });
};
