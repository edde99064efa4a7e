// The head of the page, and how training went.

let run, result, metrics, running;

function head() {
  const badge = {running: "running", done: "done", "gate-not-met": "quality gate not met", failed: "not finished"};
  const when = new Date(data.at);
  document.getElementById("top").replaceChildren(...[
    el("h1", {}, run.id, el("span", {class: "badge " + data.state}, badge[data.state] || data.state)),
    el("p", {class: "soft"}, "Job " + run.name + " · written " + when.toLocaleString() +
      (running && !window.evenstep.live ? " · this page is written anew during the run and reloads itself" : "")),
    data.reason ? el("p", {class: "note"}, data.reason) : undefined,
    el("dl", {class: "tiles"}, tiles().map(([name, value, lead]) =>
      el("div", {class: "tile" + (lead ? " lead" : "")}, el("dt", {}, name), el("dd", {}, value))))].filter(known));
  document.getElementById("sections").replaceChildren(el("ul"));
  document.getElementById("main").replaceChildren();
}

function tiles() {
  const list = [];
  const lastEpoch = data.epochs[data.epochs.length - 1];
  const figures = running || !data.result ? (lastEpoch ? lastEpoch.validation : {}) : metrics;
  const split = ["test", "validation"].find(name => known(figures[name + ".loss"]));
  if (split) {
    for (const figure of ["accuracy", "r2", "rmse", "auc", "loss"]) {
      for (const name of Object.keys(figures)) {
        if (name.startsWith(split + ".") && name.endsWith("." + figure)) {
          list.push([name.replace(/\./g, " "), brief(figures[name]), figure === "accuracy" || figure === "r2"]);
        }
      }
    }
  } else if (lastEpoch) {
    list.push(["train loss", brief(lastEpoch.loss), true]);
  }
  const step = result.steps ?? data.steps.step[data.steps.step.length - 1];
  list.push(["steps", whole(step ?? 0) + (running ? " of " + whole(run.steps) : "")]);
  list.push(["epochs", whole(result.epochs ?? data.epochs.length) + " of " + whole(run.epochs)]);
  list.push([running ? "time so far" : "training time", duration(result.trainSeconds ?? data.seconds)]);
  const rates = data.steps.rate.filter(known);
  list.push(["examples/s", whole(result.examplesPerSecond ?? rates[rates.length - 1])]);
  list.push(["workers", whole(result.workers ?? run.workers)], ["parameters", whole(run.parameters)]);
  list.push(["engine", run.engine]);
  return list.slice(0, 14);
}

/** The name of the job file, without its folder, as the origins of the settings have it. */
function jobFile() {
  const origins = data.config.map(line => (/^(.+):\d+$/.exec(line.origin) || [])[1]);
  return origins.find(known) || "JOB.yaml";
}

function commands() {
  const folder = run.folder;
  const lines = data.result
    ? ["evenstep evaluate " + folder, "evenstep predict " + folder + " --input FILE --output FOLDER", "evenstep inspect " + folder]
    : ["evenstep train " + jobFile() + " --run-id " + run.id];
  const advice = data.result ? "To go on from here:"
    : running ? "If this run is stopped or loses its driver, the same command resumes it from the last checkpoint:"
    : "The same command resumes it from the last checkpoint:";
  section("next", "Result and next steps",
    data.result ? el("p", {}, "The weights have the SHA-256 ", el("code", {}, result.parametersSha256),
      ". The same job gives the same weights with any number of workers",
      result.attempts > 1 ? "; this run took " + result.attempts + " attempts, and " + whole(result.stepsRedone) + " steps were done again." : ".") : undefined,
    el("p", {}, advice),
    el("pre", {tabindex: "0"}, el("code", {}, lines.join("\n"))));
}

/** The epoch that the job's own metric chose, else that with the lowest validation loss. */
function bestEpoch() {
  if (known(run.stoppingMetric)) return [...data.epochs].reverse().find(epoch => epoch.best);
  const loss = epoch => epoch.validation["validation.loss"];
  return data.epochs.filter(epoch => known(loss(epoch)))
    .reduce((best, epoch) => best === undefined || loss(epoch) < loss(best) ? epoch : best, undefined);
}

function bestMarks(place) {
  const best = bestEpoch();
  if (!best || data.epochs.length < 2) return [];
  const marks = [{x: best[place], label: (known(run.stoppingMetric) ? "best: epoch " : "lowest validation loss: epoch ") + best.epoch}];
  const last = data.epochs[data.epochs.length - 1];
  if (data.result && known(run.stoppingMetric) && last.epoch < run.epochs) marks.push({x: last[place], label: "early stop", color: "--warn"});
  return marks;
}

function curves() {
  const steps = data.steps;
  const byEpoch = data.epochs.map(epoch => epoch.epoch);
  const names = [...new Set(data.epochs.flatMap(epoch => Object.keys(epoch.validation)))];
  const of = name => data.epochs.map(epoch => epoch.validation[name] ?? null);
  const isShare = name => /\.(accuracy|precision|recall|f1|auc|r2)$/.test(name);
  const shares = names.filter(isShare);
  const validationLoss = names.filter(name => name === "validation.loss");
  section("curves", "Curves", el("div", {class: "charts"},
    chart("loss-by-step", {
      title: "Loss by step", xLabel: "step", yLabel: "loss", x: steps.step, log: false, marks: bestMarks("step"),
      series: [{label: "train", values: steps.loss, width: 1.4, band: [steps.least, steps.most]}],
    }),
    chart("loss-by-epoch", {
      title: "Loss by epoch", xLabel: "epoch", yLabel: "loss", x: byEpoch, log: false, marks: bestMarks("epoch"),
      series: [{label: "train", values: data.epochs.map(epoch => epoch.loss)},
               ...validationLoss.map(name => ({label: "validation", values: of(name)}))],
    }),
    chart("metrics-by-epoch", {
      title: "Validation metrics by epoch", xLabel: "epoch", yLabel: "", x: byEpoch, marks: bestMarks("epoch"),
      series: shares.map(name => ({label: name.replace("validation.", ""), values: of(name)})),
    }),
    chart("speed", {
      title: "Speed", xLabel: "step", yLabel: "examples/s", x: steps.step, yRange: (u, low, high) => [0, high * 1.08],
      series: [{label: "examples/s", values: steps.rate, width: 1.4}],
    })));
}

function optimization() {
  const steps = data.steps;
  const layers = data.layers;
  section("optimization", "Optimization",
    el("div", {class: "charts"},
      chart("learning-rate", {
        title: "Learning rate", xLabel: "step", yLabel: "", x: steps.step, log: false,
        series: [{label: "learning rate", values: steps.learningRate}],
      }),
      chart("gradient-norm", {
        title: "Gradient norm", note: "before clipping", xLabel: "step", yLabel: "", x: steps.step, log: true,
        series: [{label: "gradient norm", values: steps.gradientNorm, width: 1.4}],
      }),
      chart("update-ratio", {
        title: "Update to weights", note: "norm of the change over norm of the weights; about 0.001 is usual",
        xLabel: "step", yLabel: "", x: steps.step, log: true,
        series: [{label: "all layers", values: steps.updateRatio, width: 1.4}],
      }),
      chart("update-ratio-by-layer", {
        title: "Update to weights by layer", xLabel: "step", yLabel: "", x: layers.step, log: true,
        series: layers.ratios.slice(0, 12).map(layer => ({label: layer.name, values: layer.ratio, width: 1.4})),
      })));
}

const PHASES = {
  feed: "waiting for rows", compute: "forward and backward", communicate: "sending and adding", wait: "waiting for peers",
  update: "optimizer", other: "evaluation, checkpoints and the rest",
};

function time() {
  const names = Object.keys(PHASES);
  const longest = Math.max(...data.ranks.map(rank => names.reduce((sum, name) => sum + (rank.milliseconds[name] || 0), 0)), 1e-9);
  const perStep = result.stepMilliseconds;
  const rows = data.ranks.flatMap(rank => {
    const total = names.reduce((sum, name) => sum + (rank.milliseconds[name] || 0), 0);
    return [el("span", {}, "rank " + rank.rank),
      el("div", {class: "bar", role: "img", "aria-label": names.map(name => name + " " + duration(rank.milliseconds[name] / 1e3)).join(", ")},
        names.map((name, i) => el("span", {
          style: "width:" + 100 * (rank.milliseconds[name] || 0) / longest + "%;background:var(--c" + (i + 1) + ")",
          title: name + ": " + duration(rank.milliseconds[name] / 1e3)}))),
      el("span", {class: "soft"}, duration(total / 1e3))];
  });
  window.evenstep.charts.time = {points: data.ranks.length * names.length, series: names.length};
  const sent = result.bytesSentPerWorkerPerStep;
  const bound = result.bytesLowerBoundPerWorkerPerStep;
  section("time", "Where the time went", data.ranks.length === 0 ? undefined : [
    el("div", {class: "ranks"}, rows),
    el("ul", {class: "key"}, names.map((name, i) => el("li", {},
      el("i", {style: "background:var(--c" + (i + 1) + ")"}), name + ": " + PHASES[name],
      perStep ? el("span", {class: "soft"}, " " + brief(perStep[name], 3) + " ms a step") : undefined))),
    known(sent) && sent > 0 ? el("p", {class: "bytes"}, "Each worker sent ", bytes(sent), " a step; the least an all-reduce can do with is ",
      bytes(bound), bound > 0 ? ", so " + (100 * sent / bound - 100).toFixed(1) + " % above it." : ".") : undefined]);
}

const KINDS = {
  attempt: "attempt starts", resumed: "resumed", choice: "synchronization chosen", lost: "worker lost", trouble: "slow or silent worker",
  checkpoint: "checkpoint", skipped: "checkpoint skipped", end: "end",
};

function timeline() {
  const notable = data.timeline.filter(entry => entry.kind !== "checkpoint");
  const checkpoints = data.timeline.length - notable.length;
  const end = Math.max(data.seconds, 1e-9, ...data.timeline.map(entry => entry.seconds));
  const svg = (tag, attributes, text) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text) made.textContent = text;
    return made;
  };
  const strip = svg("svg", {class: "strip", viewBox: "0 0 1000 56", preserveAspectRatio: "none", role: "img",
    "aria-label": checkpoints + " checkpoints and " + notable.length + " other events over " + duration(end)});
  strip.append(svg("rect", {x: 0, y: 24, width: 1000, height: 6, rx: 3, fill: "var(--line)"}));
  const marks = {checkpoint: ["var(--c1)", 12], attempt: ["var(--good)", 22], resumed: ["var(--c4)", 22], choice: ["var(--c4)", 16], lost: ["var(--bad)", 22],
    trouble: ["var(--warn)", 16], skipped: ["var(--warn)", 16], end: ["var(--ink)", 22]};
  for (const entry of data.timeline) {
    const [fill, height] = marks[entry.kind] || ["var(--soft)", 12];
    const mark = svg("rect", {x: 994 * entry.seconds / end, y: 27 - height / 2, width: 4, height, rx: 1, fill});
    mark.append(svg("title", {}, duration(entry.seconds) + ", step " + entry.step + ": " + entry.text));
    strip.append(mark);
  }
  const kinds = [...new Set(data.timeline.map(entry => entry.kind))];
  section("timeline", "Time line", data.timeline.length === 0 ? undefined : [
    strip,
    el("ul", {class: "key"}, kinds.map(kind => el("li", {},
      el("i", {style: "background:" + (marks[kind] || ["var(--soft)"])[0]}), KINDS[kind] || kind))),
    table("What happened" + (checkpoints ? ", besides " + checkpoints + " checkpoints" : ""), [
      {title: "time", value: entry => entry.seconds, text: entry => duration(entry.seconds), number: true},
      {title: "step", value: entry => entry.step, text: entry => whole(entry.step), number: true},
      {title: "event", value: entry => entry.kind},
      {title: "what happened", value: entry => entry.text, wrap: true}], notable)]);
}
