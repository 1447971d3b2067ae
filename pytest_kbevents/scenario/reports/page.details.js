// What the panel tells of a revision, a request, a step.

let whole = false; // whether managedFields are shown

/** A way to a neighbour; it stays, greyed, where there is none, so that the others keep their places. */
function way(id, text) {
  return button(text, () => (location.hash = id), { class: "way", disabled: id === null });
}

function ways(...children) {
  return make("div", { class: "ways" }, ...children);
}

function without(object) {
  if (whole || !object?.metadata?.managedFields) return object;
  const { managedFields, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function fillRevision(revision) {
  const id = (other) => (other === undefined || other === null ? null : `r${other.number}`);
  const { index, earlier, later } = revision;
  const name = `${revision.kind} ${revision.name}`;
  const shown = make("div", {}, differenceElement(without(revision.before), without(revision.after)));
  fill(
    `Revision ${revision.number}`,
    isFinding(revision) ? make("p", { class: "flag" }, "\u25b2 The finding: ", FINDING.problem) : null,
    ways(way(id(REVISIONS[index - 1]), "\u2190 previous"), way(id(REVISIONS[index + 1]), "next \u2192")),
    facts([
      ["Time", clock(revision.time)],
      ["Writer", revision.writer],
      ["Object", `${name}, ${WORDS[revision.type] ?? revision.type}`],
      ["What it did", revision.text],
    ]),
    ways(way(id(earlier), "\u2190 before, same object"), way(id(later), "after, same object \u2192")),
    make("h3", {}, "Before \u2192 after"),
    wholeChoice(revision, shown),
    shown,
  );
}

function wholeChoice(revision, shown) {
  const redraw = (event) => {
    whole = event.currentTarget.checked;
    shown.replaceChildren(differenceElement(without(revision.before), without(revision.after)));
  };
  const box = make("input", { type: "checkbox", checked: whole, onchange: redraw });
  return make("label", { class: "choice" }, box, "with managedFields");
}

function fillRequest({ id, request }) {
  const index = Number(id.slice(1));
  const other = (number) => (number < 1 || number > TOLD.requests.length ? null : `q${number}`);
  fill(
    `Request ${index}`,
    ways(way(other(index - 1), "\u2190 previous"), way(other(index + 1), "next \u2192")),
    facts([
      ["Time", clock(request.time)],
      ["By", request.by],
      ["Request", `${request.method} ${request.path}`],
      ["Answer", request.code ? String(request.code) : "none: it never came"],
      ["Problem", request.problem],
    ]),
  );
}

function fillJudged({ id, name, judged, tone }) {
  const [letter, number] = [id[0], Number(id.slice(1))];
  const other = (next) => (ITEMS.has(`${letter}${next}`) ? `${letter}${next}` : null);
  const reached = judged.begun !== null;
  const end = judged.ended ?? TOLD.time;
  fill(
    letter === "s" ? `Step ${name}` : `Invariant ${number}`,
    ways(way(other(number - 1), "\u2190 previous"), way(other(number + 1), "next \u2192")),
    facts([
      ["Outcome", make("span", { class: `outcome ${tone}` }, judged.outcome)],
      ["Text", make("code", {}, judged.text)],
      ["Position", judged.position],
      ["Begun", reached ? clock(judged.begun) : "never"],
      ["Ended", reached ? `${clock(end)}, after ${span(end - judged.begun)}` : null],
      ["Problem", tone === "failed" && FINDING !== null ? FINDING.problem : null],
    ]),
    ...(reached ? meanwhile(judged.begun, end) : []),
  );
}

/** Links to the revisions of a stretch of time. */
function meanwhile(begun, ended) {
  const found = REVISIONS.filter((revision) => revision.time >= begun && revision.time <= ended);
  const line = (one) => make("li", {}, link(`r${one.number}`, revisionItem(one).text));
  const lines = found.slice(0, MOST_LISTED).map(line);
  const more = found.length > MOST_LISTED ? ` (the first ${MOST_LISTED})` : "";
  return [make("h3", {}, `Revisions meanwhile: ${found.length}${more}`), make("ul", { class: "items" }, ...lines)];
}
