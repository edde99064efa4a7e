// The page of one run, put together.

function show(next) {
  data = window.evenstep.data = next;
  run = data.run;
  result = data.result || {};
  metrics = result.metrics || {};
  running = data.state === "running";
  test = data.test || noTest;
  drawings.splice(0).forEach(each => each.end());
  window.evenstep.charts = {};
  for (const part of [head, commands, curves, optimization, results, dataCard, network, time, timeline, settings]) part();
  drawAll();
}

show(data);
window.evenstep.ready = true;
// The file is rewritten during the run; a live page receives only updates.
if (running) setTimeout(() => window.evenstep.live || location.reload(), 10000);
