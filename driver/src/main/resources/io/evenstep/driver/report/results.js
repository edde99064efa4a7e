// Results on the test rows; the data, the network, the settings.

let test; // the results of all outputs
let shown; // those of the output that is drawn
let suffix = ""; // of the names of its charts
const noTest = {classes: [], confusion: [], curves: [], calibration: [], wrong: [], sample: [], image: [], columns: [], others: []};
const className = i => shown.classes[i] ?? String(i);

function confusion() {
  const rows = shown.confusion;
  if (rows.length === 0 || rows.length > 30) return undefined;
  const most = rows.map(row => Math.max(1, row.reduce((a, b) => a + b, 0)));
  return el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Confusion matrix"},
    el("table", {class: "confusion"},
      el("caption", {}, "Confusion matrix ", el("span", {class: "soft"}, "lines: actual class, columns: predicted")),
      el("thead", {}, el("tr", {}, el("td"), rows.map((row, i) => el("th", {scope: "col", title: className(i)}, className(i))))),
      el("tbody", {}, rows.map((row, actual) => el("tr", {}, el("th", {scope: "row", title: className(actual)}, className(actual)),
        row.map((count, predicted) => {
          const share = count / most[actual];
          const right = actual === predicted;
          const fill = count === 0 ? "transparent" : right ? "rgba(var(--heat)," + (0.12 + 0.4 * share) + ")"
            : "color-mix(in srgb, var(--bad) " + Math.min(70, 18 + 160 * share) + "%, transparent)";
          return el("td", {class: right ? "right" : undefined, style: "background:" + fill}, count === 0 ? "" : whole(count));
        }))))));
}

function perClass() {
  if (shown.confusion.length === 0) return undefined;
  const rows = shown.confusion.map((row, i) => {
    const all = row.reduce((a, b) => a + b, 0);
    const called = shown.confusion.reduce((sum, other) => sum + other[i], 0);
    return {name: className(i), all, precision: called ? row[i] / called : null, recall: all ? row[i] / all : null,
      f1: all + called ? 2 * row[i] / (all + called) : null, auc: shown.curves[i] ? area(shown.curves[i]) : null};
  });
  const share = (title, key) => ({title, value: row => row[key], text: row => known(row[key]) ? row[key].toFixed(4) : "–", number: true});
  return table("By class", [{title: "class", value: row => row.name},
    {title: "rows", value: row => row.all, text: row => whole(row.all), number: true},
    share("precision", "precision"), share("recall", "recall"), share("F1", "f1"),
    ...(shown.curves.length ? [share("AUC", "auc")] : [])], rows);
}

/** The area under the receiver operating characteristic, by trapezoids. */
function area(curve) {
  if (!curve.positives || !curve.negatives) return null;
  let sum = 0, before = [0, 0];
  curve.truePositives.forEach((count, i) => {
    const here = [curve.falsePositives[i] / curve.negatives, count / curve.positives];
    sum += (here[0] - before[0]) * (here[1] + before[1]) / 2;
    before = here;
  });
  return sum + (1 - before[0]) * (1 + before[1]) / 2;
}

/** A curve's value on an even grid: the first point where {@code along} reaches the grid's value. */
function onGrid(curve, along, value) {
  const grid = Array.from({length: 101}, (none, i) => i / 100);
  const places = curve.threshold.map((none, i) => along(i));
  return grid.map(x => {
    const i = places.findIndex(place => place >= x - 1e-12);
    return i < 0 ? {y: null, threshold: null} : {y: value(i), threshold: curve.threshold[i]};
  });
}

function rates(curve) {
  const grid = Array.from({length: 101}, (none, i) => i / 100);
  return grid.map(x => { // the highest share of the class that is found with at most so many false alarms
    let best = {y: 0, threshold: null};
    curve.threshold.forEach((threshold, i) => {
      if (curve.falsePositives[i] / curve.negatives <= x + 1e-12) best = {y: curve.truePositives[i] / curve.positives, threshold};
    });
    return x === 1 ? {y: 1, threshold: 0} : best;
  });
}

const atThreshold = points => (v, at) => v === null ? "–" : v.toFixed(3) +
  (points[at] && known(points[at].threshold) ? " at p ≥ " + brief(points[at].threshold, 2) : "");

function classCharts() {
  const usable = shown.curves.map((curve, i) => ({curve, i})).filter(each => each.curve.positives && each.curve.negatives);
  const drawn = usable.length === 2 ? usable.slice(1) : usable.slice(0, 10);
  const grid = Array.from({length: 101}, (none, i) => i / 100);
  const roc = drawn.map(({curve, i}) => {
    const points = rates(curve);
    return {label: className(i) + " (" + area(curve).toFixed(3) + ")", values: points.map(p => p.y), width: 1.5, value: atThreshold(points)};
  });
  const recall = drawn.map(({curve, i}) => {
    const points = onGrid(curve, at => curve.truePositives[at] / curve.positives,
      at => curve.truePositives[at] / (curve.truePositives[at] + curve.falsePositives[at]));
    return {label: className(i), values: points.map(p => p.y), width: 1.5, value: atThreshold(points)};
  });
  const unit = () => [-0.02, 1.02];
  const bins = shown.calibration;
  return el("div", {class: "charts"},
    chart("roc" + suffix, {title: "Receiver operating characteristic", note: "area under the curve in brackets", xLabel: "false positive rate",
      yLabel: "true positive rate", x: grid, series: roc, xRange: unit, yRange: unit, height: 300, quiet: true}),
    chart("precision-recall" + suffix, {title: "Precision and recall", xLabel: "recall", yLabel: "precision", x: grid, series: recall,
      xRange: unit, yRange: unit, height: 300, quiet: true}),
    chart("calibration" + suffix, {title: "Calibration", note: "on the dashed line, probabilities mean what they say", xLabel: "predicted probability",
      yLabel: "share that came true", x: bins.map(bin => bin.predicted), xRange: unit, yRange: unit, height: 300, quiet: true,
      series: [{label: "observed", values: bins.map(bin => bin.observed), value: (v, at) => v === null || !bins[at] ? "–" : v.toFixed(3) + " of " + whole(bins[at].count)},
               {label: "ideal", values: bins.map(bin => bin.predicted), dash: [5, 5], color: "--c8", width: 1.2, points: "none"}]}));
}

function picture(row) {
  const [channels, height, width] = test.image;
  const canvas = el("canvas", {width, height, role: "img", "aria-label": "test row " + row.row});
  const pen = canvas.getContext("2d");
  const pixels = pen.createImageData(width, height);
  const low = Math.min(...row.features), span = Math.max(...row.features) - low || 1;
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) {
      const level = (row.features[channels === 3 ? c * width * height + i : i] - low) / span;
      pixels.data[4 * i + c] = Math.round(255 * (channels === 3 ? level : 1 - level));
    }
    pixels.data[4 * i + 3] = 255;
  }
  pen.putImageData(pixels, 0, 0);
  return canvas;
}

function wrongRows() {
  if (shown.wrong.length === 0) return undefined;
  const classes = shown.classes.length > 0;
  const drawn = test.image.length === 3 && shown.wrong.every(row => row.features);
  const cells = !drawn && shown.wrong.every(row => row.cells) ? test.columns : [];
  window.evenstep.charts["wrong" + suffix] = {points: shown.wrong.length, series: 1};
  const title = classes ? "Most confidently wrong rows" : "Rows with the largest errors";
  if (drawn && classes) {
    return [el("h3", {}, title), el("ul", {class: "pictures"}, shown.wrong.map(row => el("li", {}, picture(row),
      el("p", {}, className(row.actual) + " taken for " + className(row.predicted),
        el("br"), el("span", {class: "soft"}, (100 * row.score).toFixed(1) + " % sure, row " + row.row)))))];
  }
  const label = classes ? row => className(row) : row => brief(row, 5);
  return table(title, [{title: "test row", value: row => row.row, text: row => whole(row.row), number: true},
    {title: "actual", value: row => row.actual, text: row => label(row.actual), number: !classes},
    {title: "predicted", value: row => row.predicted, text: row => label(row.predicted), number: !classes},
    {title: classes ? "probability" : "error", value: row => row.score, text: row => brief(row.score), number: true},
    ...cells.map((name, i) => ({title: name, value: row => row.cells[i],
      number: shown.wrong.every(row => row.cells[i] === "" || !Number.isNaN(Number(row.cells[i])))}))], shown.wrong);
}

function numberCharts() {
  if (shown.sample.length === 0) return undefined;
  const sorted = [...shown.sample].sort((a, b) => a.actual - b.actual);
  const x = sorted.map(row => row.actual);
  const errors = shown.sample.map(row => row.predicted - row.actual);
  const low = Math.min(...errors), high = Math.max(...errors), count = Math.max(5, Math.min(31, Math.ceil(Math.sqrt(errors.length))));
  const width = (high - low) / count || 1;
  const bins = new Array(count).fill(0);
  errors.forEach(error => bins[Math.min(count - 1, Math.floor((error - low) / width))]++);
  const note = shown.sample.length < test.rows ? "of " + whole(shown.sample.length) + " rows chosen at random" : undefined;
  return el("div", {class: "charts"},
    chart("predicted" + suffix, {title: "Predicted against actual", note, xLabel: "actual", yLabel: "predicted", x, height: 300, series: [
      {label: "predicted", values: sorted.map(row => row.predicted), points: "only"},
      {label: "ideal", values: x, dash: [5, 5], color: "--c8", width: 1.2, points: "none"}]}),
    chart("residuals" + suffix, {title: "Residuals", note: "predicted less actual", xLabel: "residual", yLabel: "rows", height: 300,
      x: bins.map((none, i) => low + (i + 0.5) * width), yRange: (u, least, most) => [0, most * 1.08], xRange: () => [low - width / 2, high + width / 2],
      series: [{label: "rows", values: bins, bars: true}]}));
}

/** Metrics by split, one per line. */
function metricTable() {
  const splits = ["test", "validation", "train"].filter(split => Object.keys(metrics).some(name => name.startsWith(split + ".")));
  const names = [...new Set(Object.keys(metrics).map(name => name.replace(/^[^.]*\./, "")))];
  return table("Metrics", [{title: "metric", value: row => row},
    ...splits.map(split => ({title: split, value: row => metrics[split + "." + row] ?? null,
      text: row => brief(metrics[split + "." + row]), number: true}))], names);
}

/** How probabilities become predictions, and what that changed on the validation rows. */
function decision() {
  const decided = result.decision || {outputs: {}, before: {}};
  const outputs = Object.entries(decided.outputs);
  if (outputs.length === 0) return undefined;
  const changes = Object.keys(decided.before).filter(name => decided.before[name] !== metrics[name]);
  return [el("p", {}, outputs.map(([name, one]) => "Predicts " + name + " with threshold " + brief(one.threshold) +
      " and temperature " + brief(one.temperature) + ".").join(" ")),
    changes.length ? table("What that changed", [{title: "metric", value: name => name},
      {title: "before", value: name => decided.before[name], text: name => brief(decided.before[name]), number: true},
      {title: "after", value: name => metrics[name] ?? null, text: name => brief(metrics[name]), number: true}], changes) : undefined];
}

/** The results of one output. */
function outputResults(output, i, all) {
  shown = output;
  suffix = i === 0 ? "" : "-" + i;
  return el("div", {class: "output"}, all.length > 1 ? el("h3", {}, "Output " + output.output) : undefined,
    el("div", {class: "pair"}, confusion(), perClass(), all.length > 1 ? undefined : metricTable()),
    output.classes.length ? classCharts() : numberCharts(), wrongRows());
}

function results() {
  const all = [test, ...(test.others || [])];
  section("results", "Results", data.result
    ? [decision(), all.length > 1 ? metricTable() : undefined, all.map(outputResults)] : undefined);
}

function dataCard() {
  const card = data.data;
  if (!card) return;
  const splits = Object.keys(card.rows).filter(name => card.rows[name] > 0);
  const sampled = splits.some(name => card.sampled[name] < card.rows[name]);
  const drift = (column, split) => {
    const a = column.splits.train, b = column.splits[split];
    if (a && b && a.shares && b.shares) return a.shares.reduce((sum, share, i) => sum + Math.abs(share - b.shares[i]), 0) / 2;
    return a && b && a.deviation > 0 ? Math.abs(a.mean - b.mean) / a.deviation : null;
  };
  const isCategory = column => column.kind === "one_hot" || column.kind === "index";
  const kind = column => (isCategory(column) ? "category" : column.kind) +
    (column.categories ? " of " + column.categories : column.numbers > 1 ? " × " + column.numbers : "");
  const trained = (column, key) => column.splits.train && !isCategory(column) ? column.splits.train[key] : null;
  const figure = (title, key) => ({title, value: c => trained(c, key), text: c => brief(trained(c, key)), number: true});
  const balance = card.classes.names ? card.classes.names.map((name, i) => ({name, counts: splits.map(split => (card.classes.counts[split] || [])[i] || 0)})) : [];
  const rows = splits.reduce((sum, name) => sum + card.rows[name], card.dropped);
  const missing = column => (card.missing || {})[column.column] || 0;
  const totals = splits.map((split, i) => balance.reduce((sum, row) => sum + row.counts[i], 0) || 1);
  section("data", "Data",
    el("p", {}, splits.map(name => whole(card.rows[name]) + " " + name + " rows").join(", ") +
      (card.dropped ? "; " + whole(card.dropped) + " rows with missing values were left out" : "; no row was left out") + "." +
      (sampled ? " Figures below are of a sample: " + splits.map(name => whole(card.sampled[name]) + " " + name).join(", ") + " rows." : "")),
    card.notices.map(notice => el("p", {class: "note"}, notice)),
    el("div", {class: "pair"},
      balance.length ? table("Class balance", [{title: "class", value: row => row.name},
        ...splits.map((split, i) => ({title: split, value: row => row.counts[i],
          text: row => whole(row.counts[i]) + " (" + (100 * row.counts[i] / totals[i]).toFixed(1) + " %)", number: true}))], balance) : undefined,
      table("Columns", [
        {title: "column", value: c => c.column}, {title: "kind", value: kind},
        {title: "missing", value: missing, text: c => missing(c) ? whole(missing(c)) + " (" + (100 * missing(c) / rows).toFixed(1) + " %)" : "–", number: true},
        figure("mean", "mean"), figure("deviation", "deviation"), figure("least", "least"), figure("most", "most"),
        ...splits.filter(split => split !== "train").map(split => ({title: "drift of " + split,
          value: c => drift(c, split), text: c => brief(drift(c, split), 2), number: true}))], card.columns)),
    el("p", {class: "soft"}, "Numbers are in the units of the source, after its transforms. Missing: rows of the source without a value. Drift: how far the mean of a split's rows lies from that of the training rows, in " +
      "deviations; of a column of categories, the share of rows that would have to change theirs. Above 0.2 is worth a look."));
}

function settings() {
  section("configuration", "Configuration", table("Settings that have a value", [
    {title: "key", value: line => line.key}, {title: "value", value: line => line.value, wrap: true},
    {title: "from", value: line => line.origin}], data.config));
  const facts = Object.entries(data.environment).map(([name, value]) => ({name, value}));
  for (const [name, key] of [["Config SHA-256", "configSha256"], ["Data SHA-256", "dataSha256"], ["Weights SHA-256", "parametersSha256"]]) {
    if (result[key]) facts.push({name, value: result[key]});
  }
  section("environment", "Environment", table("Where and from what", [
    {title: "what", value: fact => fact.name}, {title: "value", value: fact => String(fact.value), wrap: true}], facts));
}
