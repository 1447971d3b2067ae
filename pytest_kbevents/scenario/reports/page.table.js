// All revisions as a table that can be filtered, a part of it at a time.

const PART = 200;
const listing = { found: [], from: 0, to: 0 };

/** Revisions that have every word, and the kind and the writer where one is chosen. */
function matching(words, kind, writer) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const textOf = (one) => `${one.number} ${clock(one.time)} ${one.writer} ${one.type} ${one.text}`.toLowerCase();
  return REVISIONS.filter(
    (one) =>
      (kind === "" || one.kind === kind) &&
      (writer === "" || one.writer === writer) &&
      wanted.every((word) => textOf(one).includes(word)),
  );
}

function rowElement(revision) {
  const id = `r${revision.number}`;
  const flag = isFinding(revision) ? make("strong", { class: "flag" }, "\u25b2 finding") : null;
  const current = view.open === id ? "true" : null;
  const cells = [
    make("td", { role: "cell", class: "number" }, link(id, String(revision.number))),
    make("td", { role: "cell", class: "time" }, clock(revision.time)),
    make("td", { role: "cell", class: "writer" }, revision.writer),
    make("td", { role: "cell", class: "text" }, flag, revision.text),
  ];
  const open = (event) => {
    if (event.target.closest("a") === null && getSelection().isCollapsed) cells[0].firstChild.click();
  };
  const row = { role: "row", "data-id": id, class: isFinding(revision) ? "finding" : null, "aria-current": current };
  return make("tr", { ...row, onclick: open }, ...cells);
}

function drawTable() {
  const { found, from, to } = listing;
  const head = (name) => make("th", { role: "columnheader", scope: "col" }, name);
  const heads = ["Revision", "Time", "Writer", "What it did"].map(head);
  const table = make(
    "table",
    { role: "table", "aria-label": "Revisions" },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...heads)),
    make("tbody", { role: "rowgroup" }, ...found.slice(from, to).map(rowElement)),
  );
  const earlier = () => extend({ from: Math.max(0, from - PART) }, from - 1);
  const later = () => extend({ to: Math.min(found.length, to + PART) }, to);
  byId("list").replaceChildren(
    ...(from > 0 ? [button(`Show ${Math.min(PART, from)} earlier`, earlier)] : []),
    ...(found.length > 0 ? [table] : []),
    ...(to < found.length ? [button(`Show ${Math.min(PART, found.length - to)} more`, later)] : []),
  );
  const part = to - from < found.length ? `, ${from + 1} to ${to} are listed` : "";
  byId("count").textContent = `${found.length} of ${REVISIONS.length} revisions${part}.`;
}

/** List more, and put the focus on the first row that is new. */
function extend(change, index) {
  Object.assign(listing, change);
  drawTable();
  byId("list").querySelectorAll("tbody a")[index - listing.from]?.focus();
}

/** Begin shortly before the finding where it is far down. */
function filterTable() {
  const [words, kind, writer] = ["words", "kind", "writer"].map((name) => byId("filter").elements[name].value);
  const found = matching(words, kind, writer);
  const place = found.findIndex(isFinding);
  const from = place >= PART ? place - PART / 2 : 0;
  Object.assign(listing, { found, from, to: Math.min(found.length, from + PART) });
  drawTable();
}

function markRow(id) {
  byId("list").querySelector("[aria-current]")?.removeAttribute("aria-current");
  if (id !== "") byId("list").querySelector(`[data-id="${id}"]`)?.setAttribute("aria-current", "true");
}

function choice(name, title, values) {
  const options = [...new Set(values)].sort().map((value) => make("option", { value }, value));
  return make("label", {}, title, make("select", { name }, make("option", { value: "" }, "all"), ...options));
}

function buildTable() {
  const form = byId("filter");
  form.append(
    make("label", { class: "words" }, "Words", make("input", { type: "search", name: "words", autocomplete: "off" })),
    choice("kind", "Kind", REVISIONS.map((one) => one.kind)),
    choice("writer", "Writer", REVISIONS.map((one) => one.writer)),
  );
  form.addEventListener("input", filterTable);
  form.addEventListener("submit", (event) => event.preventDefault());
  filterTable();
}
