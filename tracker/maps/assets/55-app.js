// What the page shows now; every part reads it here and is told when it changes.

Tracker.layerNames = {
  areas: "Areas", places: "Places and names", sieges: "Sieges", approaches: "Approaches", reports: "Reports of the week",
  rivers: "Rivers", borders: "Borders", textures: "Textures by side",
};

Tracker.App = class {
  constructor(data, map) {
    this.data = data;
    this.map = map;
    this.dated = data.first !== null;
    this.first = this.dated ? data.first : 0;
    this.last = this.dated ? data.last : 0;
    this.day = this.dated && data.page.opensOn !== null ? this.clamp(data.page.opensOn) : this.last;
    this.second = null; // the other date while two are compared
    this.swipe = 0.5;
    this.place = -1;
    this.layers = { areas: true, places: true, sieges: true, approaches: true, reports: false, rivers: true,
      borders: true, textures: window.matchMedia("(prefers-contrast: more)").matches };
    this.theme = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    this.listeners = [];
    this.looks = new Map();
    this.freshPalette();
  }

  freshPalette() {
    this.palette = new Tracker.Palette(this.data, this.theme, this.layers.textures, this.data.page.tiles);
  }

  /** Change some of what is shown, then tell the parts; `changes` by field name. */
  set(changes) {
    const changed = {};
    for (const [name, value] of Object.entries(changes)) {
      const kept = name === "day" || (name === "second" && value !== null) ? this.clamp(value) : value;
      if (name === "layers" || this[name] !== kept) changed[name] = true;
      this[name] = name === "layers" ? { ...this.layers, ...kept } : kept;
    }
    if (!Object.keys(changed).length) return;
    if (changed.theme || changed.layers) this.freshPalette();
    for (const listener of this.listeners) listener(changed);
  }

  listen(listener) {
    this.listeners.push(listener);
  }

  clamp(day) {
    return Math.max(this.first, Math.min(this.last, Math.round(day)));
  }

  /** Looks of all units on a day; the last few days are kept. */
  looksOn(day) {
    if (!this.looks.has(day)) {
      if (this.looks.size > 4) this.looks.clear();
      this.looks.set(day, Tracker.looksOn(this.data, day));
    }
    return this.looks.get(day);
  }

  /** The date shown at a share of the map's width. */
  dayAt(share) {
    if (this.second === null) return this.day;
    return share < this.swipe ? Math.min(this.day, this.second) : Math.max(this.day, this.second);
  }

  /** The day of the next change, or of the one before (`direction` -1); null when there is none. */
  changeFrom(day, direction) {
    const days = this.data.changes.map((change) => change.day);
    const hit = direction > 0 ? days.find((other) => other > day) : days.filter((other) => other < day).pop();
    return hit === undefined ? null : hit;
  }

  /** The latest change up to a day, or null. */
  changeUpTo(day) {
    const { changes } = this.data;
    let low = 0, high = changes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (changes[middle].day <= day) low = middle + 1; else high = middle;
    }
    return low ? changes[low - 1] : null;
  }
};
