// The time axis: what of it is seen, its lanes, and the one mark that the keyboard is on.

const LEAST = 40; // microseconds across the whole width
const END = [...ITEMS.values()]
  .map(({ item }) => item.until ?? item.time)
  .filter(Number.isFinite)
  .reduce((most, time) => Math.max(most, time), Math.max(TOLD.time, 1000));
const WHOLE = { from: -END * 0.035, to: END * 1.035 };
const BEFORE = 8; // revisions before the finding that the first view has, if they came in one burst
const AFTER = 4;
const FLAG = 150; // as wide as a moment's flag is at most
const READABLE = 36; // the least width of a bar that its value is written in
const BURST = 20; // a gap this many times as long as all that follows it parts two bursts

const view = { ...WHOLE, item: null, open: null };
const drawn = new Map(); // item -> its element
let tipped = null; // what the tip is of

const width = () => LANES[0].track.clientWidth;
const center = () => (view.from + view.to) / 2;

/** The burst of revisions that led to the finding and those that followed at once, with some air. */
function frameOfFinding() {
  const moment = MOMENTS[0].time;
  const times = REVISIONS.map((revision) => revision.time);
  const led = times.filter((time) => time <= moment).slice(-BEFORE);
  let start = led.pop() ?? moment;
  const goesOn = () => start === moment || start - led.at(-1) < BURST * (moment - start);
  while (led.length > 0 && goesOn()) start = led.pop();
  const before = Math.max(moment - start, 1000);
  const followed = times.filter((time) => time > moment && time < moment + before).slice(0, AFTER);
  const after = Math.max((followed.at(-1) ?? 0) - moment, before / 4);
  return [moment - before * 1.2, moment + after + before * 0.2];
}

/** Show a part of the run, as much of it as there is. */
function show(from, to) {
  const length = Math.min(Math.max(to - from, LEAST), WHOLE.to - WHOLE.from);
  const start = Math.min(Math.max((from + to - length) / 2, WHOLE.from), WHOLE.to - length);
  Object.assign(view, { from: start, to: start + length });
  draw();
}

function zoom(factor, about = center()) {
  const length = Math.min(Math.max((view.to - view.from) * factor, LEAST), WHOLE.to - WHOLE.from);
  const share = (about - view.from) / (view.to - view.from);
  show(about - share * length, about + (1 - share) * length);
}

function pan(share) {
  const by = (view.to - view.from) * share;
  show(view.from + by, view.to + by);
}

/** What zooming by key or button keeps in place: the focused mark, or the finding, where they are seen. */
function anchor() {
  const times = [document.activeElement.closest?.("#lanes button") ? view.item?.time : null, MOMENTS[0]?.time];
  return times.find((time) => typeof time === "number" && time > view.from && time < view.to) ?? center();
}

/** Bring an item into view if no part of it is. */
function reveal(item) {
  if (item.time === null) return;
  const until = Math.min(item.until ?? item.time, END);
  const edge = (view.to - view.from) * 0.02;
  if (until >= view.from + edge && item.time <= view.to - edge) return;
  const half = (view.to - view.from) / 2;
  show(item.time - half, item.time + half);
}

function draw() {
  const kept = document.activeElement.closest?.("#lanes button") ? view.item : null;
  const scale = width() / (view.to - view.from);
  const shift = (view.from - WHOLE.from) * scale;
  const at = (time) => (time - WHOLE.from) * scale;
  drawn.clear();
  hideTip();
  for (const lane of LANES) drawLane(lane, at, shift);
  drawAxis(scale);
  const stop = drawn.get(view.item) ?? drawn.values().next().value;
  if (stop !== undefined) stop.tabIndex = 0;
  if (kept !== null) drawn.get(kept)?.focus({ preventScroll: true });
}

function drawLane(lane, at, shift) {
  const place = { marks: placeMarks, bars: placeBars, row: placeRow }[lane.form];
  const marks = place(lane.items, at, END).map((mark) => ({ ...mark, left: mark.left - shift }));
  const isSeen = (mark) => lane.form === "row" || (mark.left + mark.width > 0 && mark.left < width());
  const seen = marks.filter(isSeen);
  lane.track.replaceChildren(...seen.map((mark) => markElement(lane, mark)));
  if (seen.length > 0) return;
  lane.track.append(make("span", { class: "away", "aria-hidden": "true" }, awayText(lane.items)));
}

/** Of a lane that shows nothing: how much there is outside of the view. */
function awayText(items) {
  const earlier = items.filter((item) => item.time < view.from).length;
  const later = items.length - earlier;
  return [earlier ? `\u25c2 ${earlier} earlier` : "", later ? `${later} later \u25b8` : ""].filter(Boolean).join("   ");
}

function markElement(lane, mark) {
  const [item] = mark.items;
  const many = mark.items.length > 1;
  const names = [lane.form, many ? "many" : item.tone];
  if (mark.items.some((one) => one.tone === "refused" || one.tone === "unanswered")) names.push("trouble");
  if (mark.items.some((one) => one.revision && isFinding(one.revision))) names.push("finding");
  if (mark.items.some((one) => one.id === view.open)) names.push("open");
  const text = many ? `${mark.items.length} items, ${clock(item.time)} to ${clock(mark.items.at(-1).time)}` : item.text;
  const value = item.value && !many ? `${item.value}. ` : "";
  const element = make("button", { type: "button", tabindex: "-1", class: names.join(" ") });
  element.setAttribute("aria-label", `${value}${text}`);
  const tip = many ? listed(mark.items) : `${value}${text}`;
  element.append(...inside(lane, mark));
  stand(element, lane, mark);
  element.addEventListener("click", () => openMark(mark.items, item));
  element.addEventListener("focus", () => {
    view.item = mark.items.includes(view.item) ? view.item : item;
    for (const other of drawn.values()) other.tabIndex = other === element ? 0 : -1;
    showTip(element, tip);
  });
  element.addEventListener("blur", hideTip);
  element.addEventListener("pointerenter", () => showTip(element, tip));
  element.addEventListener("pointerleave", hideTip);
  for (const one of mark.items) drawn.set(one, element);
  return element;
}

/** The first few of many items, a line each. */
function listed(items) {
  const more = items.length > 4 ? [`... and ${items.length - 4} more: Enter lists them`] : [];
  return [`${items.length} items`, ...items.slice(0, 4).map((item) => item.text), ...more].join("\n");
}

function countText(count, most) {
  return count > most ? "\u2026" : String(count);
}

/** What is written in a mark. */
function inside(lane, mark) {
  const [item] = mark.items;
  if (mark.items.length > 1) return [countText(mark.items.length, lane.form === "bars" ? 99 : 999)];
  if (lane.form === "marks") return [item.sign];
  if (lane.form === "bars") {
    const value = mark.width < READABLE ? "" : item.value; // half a letter says less than none
    return [item.revision && isFinding(item.revision) ? `\u25b2 ${value}` : value];
  }
  const away = mark.left > width() ? " \u25b8" : "";
  const gone = item.time !== null && mark.left + mark.width < 0 ? "\u25c2 " : "";
  const outcome = item.tone === "done" ? "" : `${item.judged.outcome}: `;
  return [make("i", {}), make("span", {}, `${gone}${item.sign} ${outcome}${item.judged.text}${away}`)];
}

/** Put a mark in its place. A step's text stands beside its bar, on the side that has room. */
function stand(element, lane, mark) {
  const [left, right] = [Math.max(mark.left, 0), Math.min(mark.left + mark.width, width())];
  if (lane.form !== "row") {
    element.style.left = `${lane.form === "bars" ? left : mark.left}px`;
    element.style.width = `${lane.form === "bars" ? right - left : mark.width}px`;
    element.classList.toggle("cut", mark.left < 0);
    return;
  }
  const bar = element.firstChild;
  const shown = right > 0 && left < width() && mark.width > 0;
  bar.style.width = `${shown ? right - left : 0}px`;
  const late = mark.left > width() * 0.6;
  element.classList.toggle("late", late);
  if (late) element.style.right = `${Math.max(0, width() - right)}px`;
  else element.style.left = `${shown ? left : 0}px`;
  const room = late ? right : width() - (shown ? left : 0);
  element.style.maxWidth = `${room}px`;
  element.classList.toggle("inside", shown && right - left > 0.5 * room);
}

function drawAxis(scale) {
  const step = tickStep(view.to - view.from, Math.max(2, Math.floor(width() / 110)));
  const ticks = [];
  for (let time = Math.ceil(view.from / step) * step; time <= view.to; time += step) {
    const x = (time - view.from) * scale;
    const tick = make("span", { class: "tick" }, x < width() - 70 && x > 8 ? tickText(time, step) : "");
    tick.style.left = `${x}px`;
    ticks.push(tick);
  }
  const [first, last] = [Math.max(view.from, 0), Math.min(view.to, END)];
  const part = `${clock(first)} to ${clock(last)}, ${span(last - first)} of ${span(END)}`;
  byId("shown").textContent = `Shown: ${last - first >= END ? `the whole run, ${span(END)}` : part}.`;
  byId("axis").lastChild.replaceChildren(...ticks, ...drawMoments(scale));
  const [from, to] = [view.from, view.to].map((time) => (time - WHOLE.from) / (WHOLE.to - WHOLE.from));
  const window = byId("overview").lastChild;
  window.style.left = `${from * 100}%`;
  window.style.width = `${Math.max(to - from, 0.004) * 100}%`;
}

/** A line over all lanes for each moment that is seen; returns their flags, for the axis. */
function drawMoments(scale) {
  const flags = [];
  MOMENTS.forEach(({ time, text, line }, index) => {
    const x = (time - view.from) * scale;
    line.hidden = x < 0 || x > width();
    line.style.left = `${LANES[0].track.offsetLeft + LANES[0].track.clientLeft + x}px`;
    const other = (MOMENTS[0].time - view.from) * scale;
    const covered = index > 0 && other >= 0 && Math.abs(x - other) < FLAG * 2;
    if (line.hidden || covered) return;
    const names = x > width() - FLAG ? "flag-of late" : "flag-of";
    const flag = make("span", { class: names }, `\u25b2 ${text} ${clock(time)}`);
    flag.style.left = `${x}px`;
    flags.push(flag);
  });
  return flags;
}

function showTip(element, text) {
  const tip = byId("tip");
  tipped = { element, text };
  tip.textContent = text;
  tip.hidden = false;
  const box = element.getBoundingClientRect();
  const below = box.bottom + tip.offsetHeight + 8 < innerHeight;
  tip.style.top = `${below ? box.bottom + 6 : box.top - tip.offsetHeight - 6}px`;
  const start = Math.max(box.left, element.parentElement.getBoundingClientRect().left);
  tip.style.left = `${Math.max(8, Math.min(start, document.documentElement.clientWidth - tip.offsetWidth - 8))}px`;
}

function hideTip() {
  tipped = null;
  byId("tip").hidden = true;
}
