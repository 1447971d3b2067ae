// The panel beside the lanes: one item, or what stands behind a mark of many.

const MOST_LISTED = 200;
let opener = null; // where the focus returns to: an item of the lanes, or an element

const narrow = matchMedia("(max-width: 999px)");

function link(id, text) {
  return make("a", { href: `#${id}` }, text);
}

/** Fill the panel and put the focus on its title, or on the way that it came by, so that one can go on. */
function fill(title, ...children) {
  const panel = byId("panel");
  const came = [...panel.querySelectorAll(".way")].indexOf(document.activeElement);
  const name = make("h2", { id: "panel-title", tabindex: "-1" }, title);
  const close = button("\u00d7", closePanel, { class: "close", "aria-label": "Close" });
  panel.replaceChildren(make("div", { class: "head" }, name, close), ...children.filter((child) => child !== null));
  panel.hidden = false;
  panel.scrollTop = 0;
  document.body.classList.add("beside");
  byId("page").inert = narrow.matches;
  name.focus({ preventScroll: true });
  panel.querySelectorAll(".way")[came]?.focus({ preventScroll: true });
}

function rememberOpener() {
  const active = document.activeElement;
  if (active === document.body || byId("panel").contains(active)) return;
  opener = active.closest("#lanes button") ? view.item : active;
}

/** Open an item by its id; its address is in the page's hash. */
function openItem(id) {
  const found = ITEMS.get(id);
  if (found === undefined) return;
  rememberOpener();
  view.open = id;
  const { item } = found;
  if (item.revision) fillRevision(item.revision);
  else if (item.request) fillRequest(item);
  else fillJudged(item);
  reveal(item);
  draw();
  markRow(id);
}

/** What a click or Enter on a mark does. */
function openMark(items, item) {
  view.item = items.includes(view.item) ? view.item : item;
  opener = view.item;
  if (items.length > 1) openMany(items);
  else if (location.hash === `#${item.id}`) openItem(item.id);
  else location.hash = item.id;
}

function openMany(items) {
  view.open = null;
  const [from, to] = [items[0].time, items.at(-1).time];
  const closer = () => show(from - (to - from) * 0.1, to + (to - from) * 0.1);
  const lines = items.slice(0, MOST_LISTED).map((item) => make("li", {}, link(item.id, item.text)));
  const more = items.length > MOST_LISTED ? `${items.length - MOST_LISTED} more are not listed here: zoom in.` : null;
  fill(
    `${items.length} items from ${clock(from)} on`,
    to > from ? button("Zoom in on these", closer) : make("p", { class: "soft" }, "All at the same microsecond."),
    make("ul", { class: "items" }, ...lines),
    more === null ? null : make("p", {}, more),
  );
}

function closePanel() {
  byId("panel").hidden = true;
  byId("page").inert = false;
  document.body.classList.remove("beside");
  view.open = null;
  forgetHash();
  draw();
  markRow("");
  const back = opener;
  opener = null;
  if (back instanceof Element && back !== document.body && back.isConnected) back.focus();
  else if (back !== null && drawn.has(back)) drawn.get(back).focus();
  else if (back !== null && !(back instanceof Element)) focusItem(back);
  else byId("lanes").focus();
}

function forgetHash() {
  try {
    history.replaceState(null, "", location.pathname + location.search);
  } catch {
    location.hash = "closed"; // in a frame that may not change its address
  }
}

function onHash() {
  const id = location.hash.slice(1);
  if (ITEMS.has(id)) openItem(id);
  else if (view.open !== null && id !== "closed") closePanel();
}

function buildPanel() {
  addEventListener("hashchange", onHash);
  narrow.addEventListener("change", () => {
    byId("page").inert = narrow.matches && !byId("panel").hidden;
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!byId("tip").hidden && byId("panel").hidden) hideTip();
    else if (!byId("panel").hidden) closePanel();
  });
  onHash();
}
