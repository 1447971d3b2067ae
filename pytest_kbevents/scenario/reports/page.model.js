// The run as the page needs it: revisions with both sides, and lanes of items on the time axis.

const TOLD = JSON.parse(document.getElementById("document").textContent);
const FINDING = TOLD.finding;
const ROLE_LABEL = "kubeblocks.io/role";
const AGENT = "kbagent";
const HARNESS = ["kbevents", "fleet-of-agents", "?", ""];
const MOST_CLIENTS = 5;
const SIGNS = { ADDED: "+", MODIFIED: "~", DELETED: "\u2212" };
const WORDS = { ADDED: "created", MODIFIED: "changed", DELETED: "deleted" };

const objectOf = (revision) => `${revision.kind}/${revision.name}`;
const isFinding = (revision) => FINDING !== null && revision.number === FINDING.revision;

/** A time since the start of the world, to the microsecond. */
function clock(micros) {
  return `${micros < 0 ? "\u2212" : "+"}${(Math.abs(micros) / 1e6).toFixed(6)}s`;
}

/** A length of time in the unit that suits it. */
function span(micros) {
  if (micros < 1000) return `${Math.round(micros)}\u00b5s`;
  if (micros < 1e6) return `${+(micros / 1000).toPrecision(4)}ms`;
  return `${+(micros / 1e6).toFixed(6)}s`;
}

/** All revisions in order, each with its place, both sides, and its place among the revisions of its object. */
function readRevisions() {
  const last = new Map();
  return TOLD.revisions.map((revision, index) => {
    const earlier = last.get(objectOf(revision)) ?? null;
    const before = "before" in revision ? revision.before : (earlier?.after ?? null);
    const full = { ...revision, index, before, earlier, later: null };
    if (earlier !== null) earlier.later = full;
    last.set(objectOf(revision), full);
    return full;
  });
}

const REVISIONS = readRevisions();

/** What a revision is on a lane. Every item has an id (also its URL hash), a time, a sign, a tone and a text. */
function revisionItem(revision) {
  const told = isFinding(revision) ? "\u25b2 The finding. " : "";
  const text = `${told}Revision ${revision.number}, ${clock(revision.time)}, ${revision.writer}: ${revision.text}`;
  const tone = revision.type.toLowerCase();
  return { id: `r${revision.number}`, time: revision.time, sign: SIGNS[revision.type] ?? "~", tone, text, revision };
}

/** A read that finds nothing is how clients ask whether there is something, and no trouble. */
function toneOf({ code, method }) {
  if (!code) return "unanswered";
  if (code < 400) return "answered";
  return method === "GET" && code === 404 ? "absent" : "refused";
}

function requestItem(request, index) {
  const outcome = request.code ? String(request.code) : "no answer";
  const tone = toneOf(request);
  const answered = request.method === "GET" ? "\u00b7" : "\u2713";
  const sign = { unanswered: "?", refused: "\u00d7", absent: "\u2205", answered }[tone];
  const problem = request.problem ? `: ${request.problem}` : "";
  const text = `${clock(request.time)}, ${request.by}: ${request.method} ${request.path}, ${outcome}${problem}`;
  return { id: `q${index + 1}`, time: request.time, sign, tone, text, request };
}

function judgedItem(judged, id, name) {
  const signs = { done: "\u2713", held: "\u2713", failed: "\u00d7" };
  const times = judged.begun === null ? "" : `, ${clock(judged.begun)} to ${clock(judged.ended ?? TOLD.time)}`;
  return {
    id,
    time: judged.begun,
    until: judged.begun === null ? null : (judged.ended ?? TOLD.time),
    sign: signs[judged.outcome] ?? "\u2013",
    tone: judged.outcome.replace(" ", "-"),
    text: `${name}${times}, ${judged.outcome}: ${judged.text}`,
    name,
    judged,
  };
}

/** The moments to look at: when a revision broke what was asserted, where one did, and when that was found. */
function readMoments() {
  if (FINDING === null) return [];
  const broke = REVISIONS.find(isFinding);
  const found = { time: FINDING.time, text: broke === undefined ? "finding" : "found" };
  if (broke === undefined || broke.time === FINDING.time) return [{ ...found, text: "finding" }];
  return [{ time: broke.time, text: "finding" }, found];
}

const MOMENTS = readMoments();

const byTime = (one, other) => one.time - other.time;

/** The Pod whose kb-agent an Event is from; null for an Event of anyone else. */
function agentPod(revision) {
  if (revision.writer.startsWith(`${AGENT}/`)) return revision.writer.slice(AGENT.length + 1);
  const event = revision.after ?? revision.before ?? {};
  const claims = event.reportingComponent === AGENT || event.source?.component === AGENT;
  const unknown = revision.writer === "?" || revision.writer === "";
  return unknown && claims ? (event.reportingInstance || event.involvedObject?.name || null) : null;
}

/** Lanes by name, in the order of names, each with the items that ``nameOf`` sends there. */
function sorted(group, pairs) {
  const lanes = new Map();
  for (const [name, item] of pairs) {
    if (!lanes.has(name)) lanes.set(name, { group, name, form: "marks", items: [] });
    lanes.get(name).items.push(item);
  }
  for (const lane of lanes.values()) lane.items.sort(byTime);
  return [...lanes.values()].sort((one, other) => one.name.localeCompare(other.name, "en", { numeric: true }));
}

/** A later revision of an Event stands on the lane of the one who created it. */
function eventLanes() {
  const pods = new Map();
  const pairs = REVISIONS.filter((revision) => revision.kind === "Event").map((revision) => {
    const known = pods.get(revision.name) ?? null;
    const pod = revision.type === "ADDED" || known === null ? agentPod(revision) : known;
    if (pod !== null) pods.set(revision.name, pod);
    return [pod, revisionItem(revision)];
  });
  const others = pairs.filter(([pod]) => pod === null).map(([, item]) => ["not from a kb-agent", item]);
  return [
    ...sorted("Events of kb-agents", pairs.filter(([pod]) => pod !== null)),
    ...sorted("Other Events", others),
  ];
}

/** Each controller has a lane; the kb-agents share one, and so does all that is no part of the pipeline. */
function requestLanes() {
  const clientOf = (request) =>
    request.by.startsWith(`${AGENT}/`) ? "kb-agents" : HARNESS.includes(request.by) ? "the test itself" : request.by;
  const counts = new Map();
  for (const request of TOLD.requests) counts.set(clientOf(request), (counts.get(clientOf(request)) ?? 0) + 1);
  const most = [...counts].sort((one, other) => other[1] - one[1]).slice(0, MOST_CLIENTS).map(([name]) => name);
  const nameOf = (request) => (most.includes(clientOf(request)) ? clientOf(request) : "all others");
  return sorted("Requests", TOLD.requests.map((request, index) => [nameOf(request), requestItem(request, index)]));
}

/** A bar for each object of a kind: a segment for every value that ``read`` finds, from the revision that set it. */
function valueLanes(group, kind, read, used) {
  const lanes = new Map();
  for (const revision of REVISIONS.filter((one) => one.kind === kind)) {
    const value = revision.after === null ? { text: "deleted", tone: "gone" } : read(revision.after);
    if (!lanes.has(revision.name)) lanes.set(revision.name, { group, name: revision.name, form: "bars", items: [] });
    const items = lanes.get(revision.name).items;
    const last = items.at(-1);
    if (last && last.value === value.text) continue;
    if (last) last.until = revision.time;
    used.add(revision.index);
    items.push({ ...revisionItem(revision), until: Infinity, value: value.text, tone: value.tone });
  }
  return [...lanes.values()].sort((one, other) => one.name.localeCompare(other.name, "en", { numeric: true }));
}

/** The same roles have the same colours in every run that has these roles. */
function roleReader() {
  const roleOf = (pod) => pod?.metadata?.labels?.[ROLE_LABEL];
  const pods = REVISIONS.filter((revision) => revision.kind === "Pod");
  const found = new Set(pods.map((revision) => roleOf(revision.after)));
  const roles = [...found].filter((role) => role !== undefined).sort();
  return (pod) => {
    const role = roleOf(pod);
    if (role === undefined) return { text: "no role", tone: "none" };
    return { text: role === "" ? '""' : role, tone: `value${roles.indexOf(role) % 4}` };
  };
}

function available(component) {
  const found = (component.status?.conditions ?? []).find((condition) => condition.type === "Available");
  if (found === undefined) return { text: "no condition", tone: "none" };
  return { text: `${found.status}: ${found.reason ?? ""}`, tone: `status-${String(found.status).toLowerCase()}` };
}

function judgedLanes() {
  const row = (group) => (item) => ({ group, name: item.name, form: "row", items: [item] });
  const steps = TOLD.steps.map((step) => judgedItem(step, `s${step.number}`, `${step.number} ${step.verb}`));
  const always = TOLD.invariants.map((one, index) => judgedItem(one, `i${index + 1}`, `invariant ${index + 1}`));
  return [...steps.map(row("Steps")), ...always.map(row("Invariants"))];
}

/** Every lane that has something, from cause to judgement. */
function readLanes() {
  const used = new Set();
  const roles = valueLanes(`Label ${ROLE_LABEL}`, "Pod", roleReader(), used);
  const conditions = valueLanes("Condition Available", "Component", available, used);
  const rest = REVISIONS.filter((revision) => revision.kind !== "Event" && !used.has(revision.index));
  const others = sorted("Other revisions", rest.map((revision) => [revision.kind, revisionItem(revision)]));
  return [...eventLanes(), ...requestLanes(), ...roles, ...conditions, ...others, ...judgedLanes()];
}

const LANES = readLanes();
const ITEMS = new Map(LANES.flatMap((lane) => lane.items.map((item) => [item.id, { lane, item }])));
