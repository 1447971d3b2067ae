// Where the marks of a lane stand, in pixels from the start of the whole run, so that panning never regroups them.

const MARK = 24; // the width of a mark; what would overlap becomes one
const NARROW = 18; // the least width of a bar

/** Items in time order -> marks of one or more items that do not overlap. */
function placeMarks(items, at) {
  const marks = [];
  for (const item of items) {
    const center = at(item.time);
    const last = marks.at(-1);
    if (last !== undefined && center - last.center < MARK) last.items.push(item);
    else marks.push({ center, left: center - MARK / 2, width: MARK, items: [item] });
  }
  return marks;
}

/** Adjoining segments -> bars of one segment, or of many where each would be too narrow. */
function placeBars(segments, at, end) {
  const bars = [];
  let cursor = -Infinity;
  let narrow = null;
  const flush = () => {
    if (narrow === null) return;
    bars.push(narrow);
    cursor = narrow.left + NARROW;
    narrow = null;
  };
  for (const item of segments) {
    const right = at(Math.min(item.until, end));
    if (narrow !== null && right - narrow.left < NARROW) {
      narrow.items.push(item);
      continue;
    }
    flush();
    const left = Math.max(at(item.time), cursor);
    if (right - left < NARROW) narrow = { left, width: NARROW, items: [item] };
    else bars.push({ left, width: right - left, items: [item] });
  }
  flush();
  return bars;
}

/** The one bar of a step; none where it was not reached. */
function placeRow([item], at) {
  if (item.time === null) return [{ left: 0, width: 0, items: [item] }];
  const left = at(item.time);
  return [{ left, width: Math.max(at(item.until) - left, NARROW / 2), items: [item] }];
}

/** Round steps of 1, 2 or 5 of which about ``count`` fit into ``length`` microseconds. */
function tickStep(length, count) {
  const rough = Math.max(1, length / count);
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
}

/** A tick's time with as many digits as its step needs. */
function tickText(micros, step) {
  const digits = Math.max(0, 6 - Math.floor(Math.log10(step)));
  return `${(micros / 1e6).toFixed(Math.min(digits, 6))}s`;
}
