// Two values as lines of text, and what differs between them.

const CONTEXT = 3;
const MOST_CELLS = 4e6;
const PLAIN = /^[A-Za-z_./(][\w ./:@()%+-]*$/;
const IN_WORD = /[^\s"',:[\]{}]/; // whole words are marked, and no half of a character
const WORD = /^(true|false|null|yes|no|on|off|y|n)$/i;

/** A value as lines of YAML, keys sorted, so that equal values give equal lines. */
function yaml(value, indent = "") {
  if (value === null || typeof value !== "object") return [`${indent}${scalar(value)}`];
  if (Array.isArray(value)) return value.length ? value.flatMap((one) => element(one, indent)) : [`${indent}[]`];
  const keys = Object.keys(value).sort();
  return keys.length ? keys.flatMap((key) => entry(key, value[key], indent)) : [`${indent}{}`];
}

function element(value, indent) {
  const [first, ...rest] = yaml(value, `${indent}  `);
  return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
}

function entry(key, value, indent) {
  const name = `${indent}${scalar(key)}:`;
  if (typeof value === "string" && value.includes("\n")) {
    return [`${name} |`, ...value.split("\n").map((line) => `${indent}  ${line}`)];
  }
  if (value === null || typeof value !== "object") return [`${name} ${scalar(value)}`];
  if (Object.keys(value).length === 0) return [`${name} ${Array.isArray(value) ? "[]" : "{}"}`];
  return [name, ...yaml(value, Array.isArray(value) ? indent : `${indent}  `)];
}

function scalar(value) {
  if (typeof value !== "string") return JSON.stringify(value);
  const plain = PLAIN.test(value) && !WORD.test(value) && !value.includes(": ") && !/[\s:]$/.test(value);
  return plain ? value : JSON.stringify(value);
}

/** Lines of both, each with how it goes from one to the other: "-" removed, "+" added, " " kept. */
function difference(before, after) {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const kept = (lines) => lines.map((text) => ({ how: " ", text }));
  const old = before.slice(head, before.length - tail);
  const young = after.slice(head, after.length - tail);
  return [...kept(before.slice(0, head)), ...middle(old, young), ...kept(before.slice(before.length - tail))];
}

/** The longest common subsequence of lines; of two very long texts none is sought. */
function middle(old, young) {
  const removed = old.map((text) => ({ how: "-", text }));
  const added = young.map((text) => ({ how: "+", text }));
  if (!old.length || !young.length || old.length * young.length > MOST_CELLS) return [...removed, ...added];
  const wide = young.length + 1;
  const common = new Uint16Array((old.length + 1) * wide);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = young.length - 1; j >= 0; j -= 1) {
      const [down, right] = [common[(i + 1) * wide + j], common[i * wide + j + 1]];
      common[i * wide + j] = old[i] === young[j] ? common[(i + 1) * wide + j + 1] + 1 : Math.max(down, right);
    }
  }
  const lines = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < young.length) {
    if (i < old.length && j < young.length && old[i] === young[j]) {
      lines.push({ how: " ", text: old[i] });
      i += 1;
      j += 1;
    } else if (i < old.length && (j === young.length || common[(i + 1) * wide + j] >= common[i * wide + j + 1])) {
      lines.push(removed[i]);
      i += 1;
    } else {
      lines.push(added[j]);
      j += 1;
    }
  }
  return lines;
}

/** Runs of lines to show, and runs of kept lines so far from any change that they are folded. */
function folded(lines) {
  const near = new Uint8Array(lines.length);
  lines.forEach((line, index) => {
    if (line.how !== " ") near.fill(1, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  });
  const runs = [];
  lines.forEach((line, index) => {
    const shown = near[index] === 1;
    if (runs.length === 0 || runs.at(-1).shown !== shown) runs.push({ shown, lines: [] });
    runs.at(-1).lines.push(line);
  });
  for (const run of runs) if (run.lines.length < 3) run.shown = true; // a fold would take as much room
  return runs;
}

const SPOKEN = { "+": "added", "-": "removed", " ": "" };

/** One line with its sign; ``other`` is the line that it replaces or that replaces it, to mark what differs in it. */
function lineElement(line, other = null) {
  const sign = make("span", { class: "sign" }, line.how === "-" ? "\u2212" : line.how);
  return make("div", { class: `line ${SPOKEN[line.how]}` }, sign, make("code", {}, ...marked(line.text, other)));
}

function marked(text, other) {
  if (other === null) return [text];
  const most = Math.min(text.length, other.length);
  let head = 0;
  while (head < most && text[head] === other[head]) head += 1;
  let tail = 0;
  while (tail < most - head && text.at(-1 - tail) === other.at(-1 - tail)) tail += 1;
  let [from, to] = [head, text.length - tail];
  while (from > 0 && IN_WORD.test(text[from - 1])) from -= 1;
  while (to < text.length && IN_WORD.test(text[to])) to += 1;
  if (from >= to || to - from > text.length * 0.8) return [text]; // all of it differs: the line's colour says so
  return [text.slice(0, from), make("mark", {}, text.slice(from, to)), text.slice(to)];
}

/** Lines as elements, where as many lines are removed as are added each is marked against the other. */
function lineElements(lines) {
  const others = new Map();
  for (let start = 0; start < lines.length; start += 1) {
    let [gone, come] = [0, 0];
    while (lines[start + gone]?.how === "-") gone += 1;
    while (lines[start + gone + come]?.how === "+") come += 1;
    if (gone > 0 && gone === come) {
      for (let k = 0; k < gone; k += 1) {
        others.set(start + k, lines[start + gone + k].text);
        others.set(start + gone + k, lines[start + k].text);
      }
    }
    start += Math.max(0, gone + come - 1);
  }
  return lines.map((line, index) => lineElement(line, others.get(index) ?? null));
}

/** The whole difference, unchanged parts folded behind buttons. */
function differenceElement(before, after) {
  const lines = difference(before === null ? [] : yaml(before), after === null ? [] : yaml(after));
  const runs = folded(lines).map((run) => (run.shown ? lineElements(run.lines) : [foldElement(run.lines)]));
  if (lines.length === 0 || lines.every((line) => line.how === " ")) {
    runs.unshift([make("p", { class: "soft" }, "Nothing differs.")]);
  }
  const names = { class: "difference", role: "group", "aria-label": "Difference, before to after" };
  return make("div", names, ...runs.flat());
}

function foldElement(lines) {
  const open = (event) => {
    const opened = lineElements(lines);
    opened[0].tabIndex = -1;
    event.currentTarget.replaceWith(...opened);
    opened[0].focus();
  };
  return make("button", { type: "button", class: "fold", onclick: open }, `\u22ef ${lines.length} unchanged lines`);
}
