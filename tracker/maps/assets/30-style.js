// How a state looks: colour by holder, form by status. Form alone is enough to tell the status.

Tracker.HELD = 0;
Tracker.CONTESTED = 1;
Tracker.SHARED = 2;
Tracker.UNKNOWN = 3;
Tracker.ONE_OF = 4;

Tracker.WEAK = 0.5; // confidence below which an area is drawn as claimed only: dashed, fainter

Tracker.themes = {
  light: {
    sea: "#cddde7", land: "#f5f2ea", beyond: "#e9e6de", admin: "#b9b0a3", border: "#7c736a", river: "#6f9fc4", riverName: "#2f638c", water: "#c4d9e6",
    ink: "#26231f", halo: "#fbf9f4", quiet: "#6a635a", front: "#2b2723", unknown: "#7a736a", region: "#857b6e",
  },
  dark: {
    sea: "#131c24", land: "#23292e", beyond: "#1b2024", admin: "#4a535b", border: "#8b969f", river: "#4d82ab", riverName: "#8dbbe0", water: "#1c2f3d",
    ink: "#eceae4", halo: "#171b1f", quiet: "#a7adb2", front: "#f2efe8", unknown: "#98a0a6", region: "#8d969d",
  },
};

/** What tells two looks apart as ground: units of one kind side by side are drawn as one area. */
Tracker.groundKey = (look) => look.status + "|" + look.holder + "|" + look.sides.join(",");

/** Actors of a look, the holder first. */
Tracker.sidesOf = function (look) {
  if (look.holder >= 0 && look.status === Tracker.HELD) return [look.holder];
  const sides = look.sides.length ? look.sides : look.holder >= 0 ? [look.holder] : [];
  return [...new Set(sides)];
};

/** An actor's colour as the theme shows it (see `Palette`). */
Tracker.actorColour = (data, actor) => (actor >= 0 ? data.actors[actor].shown || data.actors[actor].colour : "#77716a");

/** Relative luminance of a colour, as WCAG 2 defines it. */
Tracker.luminance = function (colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

Tracker.contrast = function (first, second) {
  const [low, high] = [Tracker.luminance(first), Tracker.luminance(second)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};

/** A colour moved towards the ink until it stands off the land; dark sides would vanish on a dark map. */
Tracker.standingOff = function (colour, theme) {
  let shown = colour;
  for (let step = 0; step < 8 && Tracker.contrast(shown, theme.land) < 1.9; step++) shown = Tracker.mix(shown, theme.ink, 0.88);
  return shown;
};

/** State in words, without a date. */
Tracker.stateWords = function (data, look) {
  const names = Tracker.sidesOf(look).map((side) => data.actors[side].name);
  const list = (joint) => names.length < 2 ? names[0] || "sides not named"
    : names.slice(0, -1).join(", ") + " " + joint + " " + names[names.length - 1];
  let words;
  if (look.status === Tracker.HELD) words = "Held by " + list("and");
  else if (look.status === Tracker.CONTESTED) {
    words = names.length > 1 ? "Contested between " + list("and") : "Contested" + (names.length ? ", " + names[0] + " taking part" : "");
  } else if (look.status === Tracker.SHARED) words = "Held jointly by " + list("and");
  else if (look.status === Tracker.ONE_OF) words = "Held by " + list("or") + "; the reports don’t settle which";
  else words = "Holder not known";
  if (look.least >= 0 && names.length) words += " (" + names[0] + " said to hold " + Tracker.shareWords(look) + ")";
  if (look.besieged) words += "; besieged" + (look.besieger >= 0 ? " by " + data.actors[look.besieger].name : "");
  return words;
};

Tracker.shareWords = function (look) {
  const percent = (share) => Math.round(share * 100) + " %";
  if (look.least === look.most) return percent(look.least);
  if (look.most >= 1) return "at least " + percent(look.least);
  if (look.least <= 0) return "at most " + percent(look.most);
  return percent(look.least) + " to " + percent(look.most);
};

/** Fills by look, made when first asked for and kept until the theme or the textures change. */
Tracker.Palette = class {
  constructor(data, theme, textures, tiles) {
    this.data = data;
    this.theme = Tracker.themes[theme];
    this.textures = textures;
    this.tiles = tiles; // over online tiles the areas are let through instead of mixed with the land
    for (const actor of data.actors) actor.shown = Tracker.standingOff(actor.colour, this.theme);
    this.known = new Map();
    this.symbols = new Map();
  }

  /** A place's symbol on a small canvas, drawn once for all places that look alike; `reach` is half its side. */
  symbol(place, size, looks) {
    const held = looks.filter((look) => look.status !== Tracker.UNKNOWN);
    const sides = [...new Set(held.flatMap(Tracker.sidesOf))];
    const state = held.length ? "known" : looks.length ? "unknown" : "silent";
    const key = [place.code, size.toFixed(1), state, ...sides].join("|");
    let stamp = this.symbols.get(key);
    if (stamp) return stamp;
    stamp = document.createElement("canvas");
    stamp.reach = Math.ceil(size * 1.3) + 3;
    stamp.width = stamp.height = 4 * stamp.reach;
    const context = stamp.getContext("2d");
    context.scale(2, 2);
    const colours = sides.map((side) => Tracker.mix(Tracker.actorColour(this.data, side), this.theme.ink, 0.88));
    Tracker.drawSymbol(context, stamp.reach, stamp.reach, size, place.code, sides, colours, state, this.theme);
    this.symbols.set(key, stamp);
    return stamp;
  }

  /** The tint of an actor at a confidence, as it lies on the land. */
  tint(actor, confidence) {
    const share = 0.3 + 0.48 * confidence;
    return Tracker.mix(Tracker.actorColour(this.data, actor), this.theme.land, share);
  }

  /** What to fill a look with: a colour, a pattern, or null for blank. */
  fill(context, look) {
    const key = Tracker.groundKey(look) + "|" + look.confidence + "|" + look.least;
    if (!this.known.has(key)) this.known.set(key, this.make(context, look));
    return this.known.get(key);
  }

  make(context, look) {
    if (look.status === Tracker.UNKNOWN) return null;
    const sides = Tracker.sidesOf(look);
    if (!sides.length) return this.stripes(context, [this.theme.unknown, this.theme.land], [0.5, 0.5], 45);
    if (look.status === Tracker.HELD) return this.solid(context, look, sides[0]);
    const strong = Math.min(1, look.confidence + 0.25);
    const colours = sides.map((side) => this.tint(side, strong));
    if (colours.length === 1) colours.push(this.theme.land);
    const shares = Tracker.stripeShares(look, colours.length);
    if (look.status === Tracker.CONTESTED) return this.stripes(context, colours, shares, 45);
    return this.stripes(context, colours, shares, look.status === Tracker.SHARED ? 90 : 0);
  }

  solid(context, look, actor) {
    const colour = this.tint(actor, look.confidence);
    const kind = actor % 6;
    if (!this.textures) return colour;
    const mark = Tracker.mix(Tracker.actorColour(this.data, actor), this.theme.ink, 0.55);
    return this.pattern(context, 14, 14, 0, (tile) => Tracker.drawTexture(tile, kind, colour, mark));
  }

  stripes(context, colours, shares, angle) {
    const width = 7 * colours.length;
    return this.pattern(context, width, 8, angle, (tile) => {
      let x = 0;
      colours.forEach((colour, i) => {
        tile.fillStyle = colour;
        tile.fillRect(x, 0, shares[i] * width + 0.5, 8);
        x += shares[i] * width;
      });
    });
  }

  pattern(context, width, height, angle, draw) {
    const tile = document.createElement("canvas");
    tile.width = 2 * width;
    tile.height = 2 * height;
    const brush = tile.getContext("2d");
    brush.scale(2, 2);
    draw(brush);
    const pattern = context.createPattern(tile, "repeat");
    pattern.angle = angle;
    return pattern;
  }

  /** Tie a pattern to the ground, so that it doesn't swim when the map is moved. */
  anchor(fill, view) {
    if (fill && fill.setTransform) {
      fill.setTransform(new DOMMatrix().translate(view.dx % 1e5, view.dy % 1e5).rotate(fill.angle).scale(0.5));
    }
    return fill;
  }
};

/** Width of each side's stripe: a said fraction of the first side, else equal. */
Tracker.stripeShares = function (look, count) {
  if (look.least < 0 || count < 2) return new Array(count).fill(1 / count);
  const first = Math.min(0.85, Math.max(0.15, (look.least + look.most) / 2));
  return [first, ...new Array(count - 1).fill((1 - first) / (count - 1))];
};

/** Marks that tell sides apart without colour: dots, lines, crosses. */
Tracker.drawTexture = function (tile, kind, colour, mark) {
  tile.fillStyle = colour;
  tile.fillRect(0, 0, 14, 14);
  tile.strokeStyle = tile.fillStyle = mark;
  tile.lineWidth = 1;
  tile.beginPath();
  if (kind === 1) { tile.arc(4, 4, 1.3, 0, 7); tile.arc(11, 11, 1.3, 0, 7); tile.fill(); return; }
  if (kind === 2) { tile.moveTo(3.5, 0); tile.lineTo(3.5, 14); tile.moveTo(10.5, 0); tile.lineTo(10.5, 14); }
  if (kind === 3) { tile.moveTo(0, 3.5); tile.lineTo(14, 3.5); tile.moveTo(0, 10.5); tile.lineTo(14, 10.5); }
  if (kind === 4) { tile.moveTo(2, 4); tile.lineTo(6, 4); tile.moveTo(4, 2); tile.lineTo(4, 6); tile.moveTo(9, 11); tile.lineTo(13, 11); tile.moveTo(11, 9); tile.lineTo(11, 13); }
  if (kind === 5) { tile.rect(2.5, 2.5, 3, 3); tile.rect(9.5, 9.5, 3, 3); }
  tile.stroke();
};
