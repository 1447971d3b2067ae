// How the time axis is moved: by keys, wheel, drag and buttons.

/** Put the keyboard on an item, wherever it is. */
function focusItem(item) {
  view.item = item;
  reveal(item);
  drawn.get(item)?.focus({ preventScroll: true });
  drawn.get(item)?.scrollIntoView({ block: "nearest" });
}

/** The item beside the focused mark; a mark of many counts as one. */
function beside(lane, step) {
  const mine = drawn.get(view.item);
  let index = lane.items.indexOf(view.item);
  while (lane.items[index] !== undefined && drawn.get(lane.items[index]) === mine) index += step;
  return lane.items[index] ?? null;
}

/** The item of the next lane, up or down, that is nearest in time to the focused one. */
function across(lane, step) {
  const next = LANES[LANES.indexOf(lane) + step];
  if (next === undefined) return null;
  const time = Math.min(Math.max(view.item.time ?? view.to, view.from), view.to);
  const far = (item) => Math.max((item.time ?? Infinity) - time, time - (item.until ?? item.time ?? Infinity), 0);
  return next.items.reduce((best, item) => (far(item) < far(best) ? item : best));
}

const MOVES = {
  ArrowRight: (lane) => beside(lane, 1),
  ArrowLeft: (lane) => beside(lane, -1),
  ArrowDown: (lane) => across(lane, 1),
  ArrowUp: (lane) => across(lane, -1),
  Home: (lane) => lane.items[0],
  End: (lane) => lane.items.at(-1),
};

const VIEWS = {
  "+": () => zoom(0.5, anchor()),
  "=": () => zoom(0.5, anchor()),
  "-": () => zoom(2, anchor()),
  0: () => show(WHOLE.from, WHOLE.to),
};

const PANS = { ArrowRight: () => pan(0.25), ArrowLeft: () => pan(-0.25) };

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const onMark = event.target.closest("button") !== null;
  const act = VIEWS[event.key] ?? (onMark ? undefined : PANS[event.key]);
  if (act !== undefined) {
    event.preventDefault();
    act();
  } else if (onMark && MOVES[event.key] !== undefined) {
    event.preventDefault();
    const item = MOVES[event.key](LANES.find((lane) => lane.items.includes(view.item)));
    if (item !== null) focusItem(item);
  }
}

/** Ctrl and the wheel zoom about the pointer; a wheel that turns sideways pans. */
function onWheel(event) {
  const box = LANES[0].track.getBoundingClientRect();
  if (event.ctrlKey) {
    event.preventDefault();
    const about = view.from + ((event.clientX - box.left) / box.width) * (view.to - view.from);
    zoom(1.002 ** Math.max(-400, Math.min(400, event.deltaY)), about);
  } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
    event.preventDefault();
    pan(event.deltaX / box.width);
  }
}

/** Dragging the ground between the marks pans. */
function onDrag(event) {
  if (event.button !== 0 || event.target.closest("button") !== null || !event.target.closest(".track")) return;
  const lanes = event.currentTarget;
  lanes.setPointerCapture(event.pointerId);
  let last = event.clientX;
  const move = (moved) => {
    pan((last - moved.clientX) / width());
    last = moved.clientX;
  };
  lanes.addEventListener("pointermove", move);
  const end = () => lanes.removeEventListener("pointermove", move);
  lanes.addEventListener("lostpointercapture", end, { once: true });
}

function tools() {
  const tool = (sign, name, act) => button(sign, act, { "aria-label": name, title: name });
  const finding = () => show(...frameOfFinding());
  return [
    tool("+", "Zoom in", () => zoom(0.5, anchor())),
    tool("\u2212", "Zoom out", () => zoom(2, anchor())),
    tool("\u25c2", "Earlier", () => pan(-0.5)),
    tool("\u25b8", "Later", () => pan(0.5)),
    button("Whole run", () => show(WHOLE.from, WHOLE.to)),
    ...(FINDING === null ? [] : [button("\u25b2 Finding", finding)]),
  ];
}

/** The whole run in small: where there are revisions, where the finding is, what is seen; a click goes there. */
function buildOverview() {
  const overview = byId("overview");
  const share = (time) => `${((time - WHOLE.from) / (WHOLE.to - WHOLE.from)) * 100}%`;
  const binOf = (time) => Math.round(((time - WHOLE.from) / (WHOLE.to - WHOLE.from)) * 300);
  const bins = new Set(REVISIONS.map((revision) => binOf(revision.time)));
  const place = (left, name) => {
    const speck = make("span", { class: name });
    speck.style.left = left;
    return speck;
  };
  overview.append(...[...bins].map((bin) => place(`${bin / 3}%`, "speck")));
  overview.append(...MOMENTS.map(({ time, text }) => place(share(time), text)));
  overview.append(make("span", { class: "window" }));
  overview.addEventListener("pointerdown", (event) => {
    const box = overview.getBoundingClientRect();
    const time = WHOLE.from + ((event.clientX - box.left) / box.width) * (WHOLE.to - WHOLE.from);
    show(time - (view.to - view.from) / 2, time + (view.to - view.from) / 2);
  });
}

function buildLane(lane) {
  lane.track = make("div", { class: "track" });
  const label = make("div", { class: "label", title: lane.name }, lane.name);
  const names = { class: `lane of-${lane.form}`, role: "group", "aria-label": `${lane.group}: ${lane.name}` };
  return make("div", names, label, lane.track);
}

function buildTimeline() {
  const lanes = byId("lanes");
  byId("axis").append(make("div", { class: "label" }), make("div", { class: "track" }));
  let group = null;
  for (const lane of LANES) {
    if (lane.group !== group) lanes.append(make("h3", {}, lane.group));
    group = lane.group;
    lanes.append(buildLane(lane));
  }
  for (const moment of MOMENTS) {
    moment.line = make("div", { class: `moment of-${moment.text}`, "aria-hidden": "true", hidden: true });
    lanes.append(moment.line);
  }
  byId("tools").append(...tools());
  buildOverview();
  lanes.addEventListener("keydown", onKey);
  lanes.addEventListener("wheel", onWheel, { passive: false });
  lanes.addEventListener("pointerdown", onDrag);
  view.item = ITEMS.get(`r${FINDING?.revision}`)?.item ?? null;
  if (FINDING === null) show(WHOLE.from, WHOLE.to);
  else show(...frameOfFinding());
  new ResizeObserver(draw).observe(lanes);
  addEventListener("scroll", () => tipped && showTip(tipped.element, tipped.text), { passive: true });
}
