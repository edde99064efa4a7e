// Several runs side by side.

const runs = data.runs;
const settingText = (run, key) => key in run.settings ? JSON.stringify(run.settings[key]) : "–";
const settingKeys = [...new Set(runs.flatMap(run => Object.keys(run.settings)))];
const differingKeys = settingKeys.filter(key => new Set(runs.map(run => settingText(run, key))).size > 1);
const metricNames = [...new Set(runs.flatMap(run => Object.keys((run.result || {}).metrics || {})))];
const metric = (run, name) => ((run.result || {}).metrics || {})[name];
const mean = list => list.reduce((a, b) => a + b, 0) / list.length;
const spread = list => list.length < 2 ? null // of a sample
  : Math.sqrt(list.reduce((sum, v) => sum + (v - mean(list)) ** 2, 0) / (list.length - 1));

/** Runs whose settings differ in the seed only, or not at all. */
function seedGroups() {
  const keys = differingKeys.filter(key => !["seed", "name", "output"].includes(key));
  const groups = new Map();
  for (const run of runs) {
    const name = JSON.stringify(keys.map(key => settingText(run, key)));
    groups.set(name, [...groups.get(name) || [], run]);
  }
  return {keys, groups: [...groups.values()]};
}

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
  const values = name => runs.map(run => metric(run, name)).filter(known);
  section("metrics", "Metrics", overSeeds(), table("Metrics of each run", [{title: "metric", value: name => name},
    ...runs.map(run => ({title: run.id, value: name => metric(run, name) ?? null,
      text: name => brief(metric(run, name)), number: true})),
    {title: "mean", value: name => mean(values(name)), text: name => brief(mean(values(name))), number: true},
    {title: "spread", value: name => spread(values(name)), text: name => brief(spread(values(name))), number: true}], metricNames));
}

/** A line for the runs with the same settings but for the seed: each metric's mean and spread. */
function overSeeds() {
  const {keys, groups} = seedGroups();
  const most = groups.reduce((size, group) => Math.max(size, group.length), 0);
  window.evenstep.charts["over-seeds"] = {points: most > 1 ? groups.length : 0, series: most};
  if (most < 2) return undefined;
  const values = (group, name) => group.map(run => metric(run, name)).filter(known);
  const text = list => list.length === 0 ? "–" : brief(mean(list)) + (list.length > 1 ? " ± " + brief(spread(list), 2) : "");
  const split = ["test.", "validation.", "train."].find(start => metricNames.some(name => name.startsWith(start))) || "";
  const shown = metricNames.filter(name => name.startsWith(split)).slice(0, 10);
  const shortKeys = keys.filter(key => groups.every(group => settingText(group[0], key).length <= 24)).slice(0, 5);
  return [table("Mean and spread over seeds", [
    {title: "runs", value: group => group.map(run => run.id).join(", "), wrap: true},
    ...shortKeys.map(key => ({title: key, value: group => settingText(group[0], key), wrap: true})),
    ...shown.map(name => ({title: name, value: group => values(group, name).length ? mean(values(group, name)) : null,
      text: group => text(values(group, name)), number: true}))], groups),
  el("p", {class: "soft"}, "A line stands for runs that differ in their seed only. The number after ± is the standard deviation of a sample."),
  el("div", {style: "height:12px"})];
}

/** Seconds of training on all workers together: what a run costs. */
function workerSeconds(run) {
  const {trainSeconds, workers} = run.result || {};
  return known(trainSeconds) && known(workers) ? trainSeconds * workers : null;
}

function comparedCost() {
  const of = key => run => (run.result || {})[key];
  const column = (title, key, text) => ({title, value: run => of(key)(run) ?? null, text: run => text(of(key)(run)), number: true});
  section("cost", "Time and cost", table("What each run took", [{title: "run", value: run => run.id},
    {title: "state", value: run => (run.result || {status: "not finished"}).status},
    column("training", "trainSeconds", duration),
    {title: "times workers", value: workerSeconds, text: run => duration(workerSeconds(run)), number: true},
    column("sent per worker and step", "bytesSentPerWorkerPerStep", sent => known(sent) ? bytes(sent) : "–"), column("examples/s", "examplesPerSecond", whole), column("steps", "steps", whole),
    column("epochs", "epochs", whole), column("workers", "workers", whole), column("attempts", "attempts", whole),
    {title: "engine", value: run => of("engine")(run) ?? "–"},
    {title: "weights", value: run => (of("parametersSha256")(run) ?? "–").slice(0, 12)}], runs));
}

function comparedSettings() {
  section("settings", "Settings that differ", differingKeys.length === 0
    ? el("p", {}, "All settings are the same.")
    : table("Settings", [{title: "key", value: key => key},
      ...runs.map(run => ({title: run.id, value: key => settingText(run, key), wrap: true}))], differingKeys));
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
