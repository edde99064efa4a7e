// Charts, drawn by uPlot. Each is kept in window.evenstep.charts with the number of its points.

window.evenstep = {data, charts: {}};
const drawings = [];
const scales = {}; // whether a chart's scale is logarithmic, where a reader chose
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const color = i => css("--c" + (i % 10 + 1));

/** Marks on the x axis: labelled lines across the plot. */
function marksPlugin(marks) {
  return {hooks: {draw: [u => {
    const pen = u.ctx;
    pen.save();
    pen.font = 11 * devicePixelRatio + "px system-ui, sans-serif";
    for (const [i, mark] of marks.entries()) {
      const x = Math.round(u.valToPos(mark.x, "x", true));
      if (x < u.bbox.left - 1 || x > u.bbox.left + u.bbox.width + 1) continue;
      pen.strokeStyle = pen.fillStyle = css(mark.color || "--good");
      pen.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
      pen.beginPath();
      pen.moveTo(x, u.bbox.top);
      pen.lineTo(x, u.bbox.top + u.bbox.height);
      pen.stroke();
      const before = x > u.bbox.left + u.bbox.width * 0.75;
      pen.textAlign = before ? "right" : "left";
      const place = [x + (before ? -5 : 5) * devicePixelRatio, u.bbox.top + (11 + 14 * i) * devicePixelRatio];
      const wide = pen.measureText(mark.label).width;
      pen.globalAlpha = 0.7; // what lies below stays visible
      pen.fillStyle = css("--card");
      pen.fillRect(place[0] - (before ? wide : 0) - 2, place[1] - 11 * devicePixelRatio, wide + 4, 14 * devicePixelRatio);
      pen.globalAlpha = 1;
      pen.fillStyle = css(mark.color || "--good");
      pen.fillText(mark.label, ...place);
    }
    pen.restore();
  }]}};
}

function axis(label, side, log) {
  return {
    side, label, labelSize: 22, labelFont: "12px system-ui, sans-serif", font: "11px system-ui, sans-serif",
    stroke: css("--soft"), grid: {stroke: css("--grid"), width: 1}, ticks: {stroke: css("--line"), width: 1},
    size: side === 3 ? 62 : 40, space: side === 3 ? 36 : 60,
    values: (u, ticks) => ticks.map(v => v === null ? "" : side === 3 || !Number.isInteger(v) ? short(v) : whole(v)),
    filter: log ? (u, ticks) => ticks.map(v => v !== null && Math.abs(Math.log10(v) % 1) < 1e-6 ? v : null) : undefined,
  };
}

function short(v) {
  if (v === 0) return "0";
  const size = Math.abs(v);
  if (size >= 1e4) return v.toLocaleString("en-US", {notation: "compact", maximumSignificantDigits: 3});
  return size < 1e-3 ? v.toExponential(0) : String(Number(v.toPrecision(6)));
}

/**
 * A chart. Series are {label, values, color, width, dash, points, band: [least, most], bars, value}; the x values
 * must not fall.
 */
function chart(id, spec) {
  const shown = spec.series.filter(line => line.values.some(known));
  const points = shown.reduce((sum, line) => sum + line.values.filter(known).length, 0);
  if (points === 0) return undefined;
  window.evenstep.charts[id] = {points, series: shown.length};
  const host = el("div", {class: "plot", role: "img", "aria-label": spec.title + ". " + described(shown)});
  const positive = shown.every(line => line.values.every(v => !known(v) || v > 0));
  const values = shown.flatMap(line => line.values.filter(known));
  const wide = values.reduce((a, b) => Math.max(a, b)) > 100 * values.reduce((a, b) => Math.min(a, b));
  let log = positive && spec.log !== undefined && (scales[id] ?? (spec.log || wide));
  const toggle = spec.log !== undefined && positive
    ? el("button", {type: "button", "aria-pressed": String(log), on: {click: () => {
        scales[id] = log = !log;
        toggle.setAttribute("aria-pressed", String(log));
        draw();
      }}}, "log scale")
    : undefined;
  let plot;
  const draw = () => {
    if (plot) plot.destroy();
    plot = new uPlot(options(spec, shown, log, host.clientWidth || 520), columns(spec.x, shown), host);
  };
  drawings.push({host, draw, end: () => plot && plot.destroy(), resize: () => plot && plot.setSize({width: host.clientWidth, height: spec.height || 250})});
  return el("figure", {id: "chart-" + id, class: spec.wide ? "wide" : undefined},
    el("figcaption", {}, spec.title, spec.note ? el("span", {class: "soft"}, spec.note) : undefined, toggle), host);
}

function described(series) {
  return series.map(line => {
    const values = line.values.filter(known);
    return line.label + ": " + values.length + " points, from " + brief(values[0]) + " to " + brief(values[values.length - 1]);
  }).join("; ");
}

function columns(x, series) {
  const all = [x];
  for (const line of series) {
    all.push(line.values);
    if (line.band) all.push(line.band[0], line.band[1]);
  }
  return all;
}

function options(spec, series, log, width) {
  const lines = [{label: spec.xLabel, value: (u, v) => v === null ? "–" : brief(v, 6)}];
  const bands = [];
  series.forEach((line, i) => {
    const stroke = line.color ? css(line.color) : color(i);
    lines.push({
      label: line.label, stroke, width: line.width ?? 1.8, dash: line.dash, spanGaps: true,
      fill: line.bars ? stroke + "66" : undefined,
      paths: line.bars ? uPlot.paths.bars({size: [0.94, 60]}) : line.points === "only" ? () => null : undefined,
      points: line.points === "only"
        ? {show: true, size: 5, fill: stroke, stroke, width: 0}
        : line.points === "none" ? {show: false} : {show: (u, si, from, to) => !line.bars && to - from <= 40, size: 5, fill: stroke},
      value: line.value ? (u, v, si, at) => line.value(v, at) : (u, v) => v === null ? "–" : brief(v),
    });
    if (line.band) {
      const at = lines.length;
      lines.push({label: "least", stroke: "transparent", width: 0, points: {show: false}, spanGaps: true, class: "hidden-series"},
                 {label: "most", stroke: "transparent", width: 0, points: {show: false}, spanGaps: true, class: "hidden-series"});
      bands.push({series: [at + 1, at], fill: stroke + "26"});
    }
  });
  return {
    width, height: spec.height || 250, padding: [12, 12, 0, 0], series: lines, bands,
    axes: [axis(spec.xLabel, 2, false), axis(spec.yLabel, 3, log)],
    scales: {x: {time: false, range: spec.xRange}, y: {distr: log ? 3 : 1, range: log ? undefined : spec.yRange}},
    legend: {live: true, markers: {width: 2}},
    cursor: {drag: {x: true, y: false}},
    plugins: [marksPlugin(spec.marks || [])],
    hooks: {
      ready: [u => spec.quiet ? quiet(u) : u.setLegend({idx: lastKnown(u)})],
      setCursor: spec.quiet ? [quiet] : [],
    },
  };
}

/** Where the last value of any line is. */
function lastKnown(u) {
  for (let i = u.data[0].length - 1; i > 0; i--) {
    if (u.data.slice(1).some(values => known(values[i]))) return i;
  }
  return 0;
}

/** Shows values only while a reader points at the chart. */
function quiet(u) {
  u.root.classList.toggle("quiet", !known(u.cursor.idx));
}

function drawAll() {
  drawings.forEach(each => each.draw());
}

let resizing;
window.addEventListener("resize", () => {
  clearTimeout(resizing);
  resizing = setTimeout(() => drawings.forEach(each => each.resize()), 100);
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
window.addEventListener("beforeprint", drawAll);
