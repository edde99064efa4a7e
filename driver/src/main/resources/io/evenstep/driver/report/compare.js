// Several runs side by side.

const runs = data.runs;

/** Curves of several runs over one axis; each run may have other x values. */
function joined(curves) {
  const places = [...new Set(curves.flatMap(curve => curve.x))].sort((a, b) => a - b);
  const at = new Map(places.map((place, i) => [place, i]));
  const series = curves.map(curve => {
    const values = new Array(places.length).fill(null);
    curve.x.forEach((place, i) => { values[at.get(place)] = curve.y[i]; });
    return {label: curve.label, values, width: 1.5};
  });
  return {x: places, series};
}

function byEpoch(name) {
  return joined(runs.map(run => ({label: run.id, x: run.epochs.map(epoch => epoch.epoch), y: run.epochs.map(epoch => epoch[name] ?? null)})));
}

function comparedCurves() {
  const names = [...new Set(runs.flatMap(run => run.epochs.flatMap(epoch => Object.keys(epoch))))]
    .filter(name => name !== "epoch" && /loss$|accuracy$|r2$|auc$/.test(name));
  const steps = joined(runs.map(run => ({label: run.id, x: run.steps.step, y: run.steps.loss})));
  section("curves", "Curves", el("div", {class: "charts"},
    chart("loss-by-step", {title: "Training loss by step", xLabel: "step", yLabel: "loss", log: false, quiet: true, ...steps}),
    names.map(name => chart(name.replace(/\W/g, "-"), {title: name + " by epoch", xLabel: "epoch", yLabel: "",
      log: /loss$/.test(name) ? false : undefined, quiet: true, ...byEpoch(name)}))));
}

function comparedMetrics() {
  const names = [...new Set(runs.flatMap(run => Object.keys((run.result || {}).metrics || {})))];
  const values = name => runs.map(run => ((run.result || {}).metrics || {})[name]).filter(known);
  const mean = list => list.reduce((a, b) => a + b, 0) / list.length;
  const spread = list => list.length < 2 ? null
    : Math.sqrt(list.reduce((sum, v) => sum + (v - mean(list)) ** 2, 0) / (list.length - 1));
  section("metrics", "Metrics", table("Metrics of each run", [{title: "metric", value: name => name},
    ...runs.map(run => ({title: run.id, value: name => ((run.result || {}).metrics || {})[name] ?? null,
      text: name => brief(((run.result || {}).metrics || {})[name]), number: true})),
    {title: "mean", value: name => mean(values(name)), text: name => brief(mean(values(name))), number: true},
    {title: "spread", value: name => spread(values(name)), text: name => brief(spread(values(name))), number: true}], names));
}

function comparedCost() {
  const of = key => run => (run.result || {})[key];
  const column = (title, key, text) => ({title, value: run => of(key)(run) ?? null, text: run => text(of(key)(run)), number: true});
  section("cost", "Time and cost", table("What each run took", [{title: "run", value: run => run.id},
    {title: "state", value: run => (run.result || {status: "not finished"}).status},
    column("training", "trainSeconds", duration), column("examples/s", "examplesPerSecond", whole), column("steps", "steps", whole),
    column("epochs", "epochs", whole), column("workers", "workers", whole), column("attempts", "attempts", whole),
    {title: "engine", value: run => of("engine")(run) ?? "–"},
    {title: "weights", value: run => (of("parametersSha256")(run) ?? "–").slice(0, 12)}], runs));
}

function comparedSettings() {
  const keys = [...new Set(runs.flatMap(run => Object.keys(run.settings)))];
  const text = (run, key) => key in run.settings ? JSON.stringify(run.settings[key]) : "–";
  const differing = keys.filter(key => new Set(runs.map(run => text(run, key))).size > 1);
  section("settings", "Settings that differ", differing.length === 0
    ? el("p", {}, "All settings are the same.")
    : table("Settings", [{title: "key", value: key => key},
      ...runs.map(run => ({title: run.id, value: key => text(run, key), wrap: true}))], differing));
}

document.getElementById("top").append(el("h1", {}, runs.length + (runs.length === 1 ? " run" : " runs")),
  el("p", {class: "soft"}, runs.map(run => run.id).join(", ")));
document.getElementById("sections").append(el("ul"));
comparedCurves();
comparedMetrics();
comparedCost();
comparedSettings();
drawAll();
window.evenstep.ready = true;
