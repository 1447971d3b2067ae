// What is told first: the verdict, what went wrong, and how to run it again.

function buildHead() {
  const { scenario, run } = TOLD;
  const failed = TOLD.verdict === "failed";
  const words = failed ? "\u00d7 FAILED" : "\u2713 PASSED";
  const verdict = make("strong", { class: `verdict ${TOLD.verdict}` }, words);
  const labels = Object.entries(scenario.labels ?? {});
  const chips = [
    ["release", run.release],
    ...labels.sort(([one], [other]) => (one === "level" ? -1 : other === "level" ? 1 : 0)),
    ["cluster", run.cluster],
    ["controller", run.controller],
    ["seed", run.seed],
    ["lasted", span(TOLD.time)],
    ["kbevents", run.version],
  ];
  const chip = ([name, value]) => make("li", {}, make("span", {}, name), " ", make("b", {}, String(value)));
  byId("top").append(
    make("div", { class: "title" }, make("h1", {}, scenario.name), verdict),
    make("ul", { class: "chips", "aria-label": "The run" }, ...chips.map(chip)),
    make("p", { class: "description" }, scenario.description),
    make("p", { class: "soft file" }, scenario.file),
  );
}

function buildFinding() {
  const section = byId("finding");
  if (FINDING === null) {
    byId("finding-title").textContent = "Nothing went wrong";
    section.append(make("p", {}, "Every assertion held."));
  } else {
    section.append(
      make("p", { class: "problem" }, FINDING.problem),
      facts([
        ["Where", `${FINDING.position}, step ${FINDING.verb}`],
        ["Used at", FINDING.used_at],
        ["When", whenElement()],
        ["Last API error", FINDING.last_error || "none"],
      ]),
      ...sides(),
      ...texts("Also, for the same cause", FINDING.also),
      ...texts("Waited for besides", FINDING.waiting),
    );
  }
  section.append(...againElements());
}

/** When it was found; and when it was broken, by which revision, where one did. */
function whenElement() {
  const broke = REVISIONS.find(isFinding);
  if (broke === undefined) return clock(FINDING.time);
  const revision = link(`r${broke.number}`, `revision ${broke.number}`);
  const found = FINDING.time === broke.time ? null : `, found at ${clock(FINDING.time)}`;
  return make("span", {}, revision, ` at ${clock(broke.time)}`, found);
}

/** Expected, last seen and the nearest miss side by side; what differs from the expected is marked. */
function sides() {
  const { expected, seen, nearest } = FINDING;
  if (expected === null && seen === null) return [];
  const lines = difference(yaml(expected), yaml(seen));
  const blocks = [
    side("Expected (\u2212)", lines.filter((line) => line.how !== "+")),
    side("Last seen (+)", lines.filter((line) => line.how !== "-")),
  ];
  if (nearest) {
    const near = difference(yaml(expected), yaml(nearest.seen)).filter((line) => line.how !== "-");
    const where = link(`r${nearest.revision}`, `revision ${nearest.revision}`);
    blocks.push(side("Nearest miss (+)", near, make("p", { class: "soft" }, where, `, ${clock(nearest.time)}`)));
  }
  return [make("div", { class: "sides" }, ...blocks)];
}

function side(title, lines, below = null) {
  const box = { class: "difference", tabindex: "0", role: "group", "aria-label": title };
  return make("div", {}, make("h3", {}, title), make("div", box, ...lines.map((line) => lineElement(line))), below);
}

function texts(title, lines) {
  if (!lines?.length) return [];
  return [make("h3", {}, title), make("ul", {}, ...lines.map((text) => make("li", {}, text)))];
}

function againElements() {
  const command = make("code", { id: "command" }, TOLD.run.command);
  const told = make("span", { role: "status", class: "soft" });
  const act = async () => {
    told.textContent = (await copied(TOLD.run.command)) ? "Copied." : "It is selected: press Ctrl+C.";
  };
  return [
    make("h3", {}, "Run it again"),
    make("div", { class: "again" }, command, button("Copy", act, { "aria-label": "Copy the command" }), told),
  ];
}

/** Whether the text is on the clipboard. A page in a frame may be refused the newer way; what stays is selected. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection().selectAllChildren(byId("command"));
    return document.execCommand("copy");
  }
}

function buildLegend() {
  const legend = [
    ["marks added", "+", "created"],
    ["marks modified", "~", "changed"],
    ["marks deleted", "\u2212", "deleted"],
    ["marks answered", "\u2713", "2xx to a write"],
    ["marks answered", "\u00b7", "2xx to a read"],
    ["marks absent", "\u2205", "404 to a read"],
    ["marks refused", "\u00d7", "any other 4xx or 5xx"],
    ["marks unanswered", "?", "no answer"],
    ["marks many", "3", "that many, too close to tell apart"],
    ...(REVISIONS.some(isFinding) ? [["marks modified finding", "~", "the finding's revision"]] : []),
  ];
  const sample = (names, sign) => make("span", { class: names, "aria-hidden": "true" }, sign);
  byId("legend").append(...legend.map(([names, sign, text]) => make("li", {}, sample(names, sign), text)));
}
