// The network as a diagram, inputs first, and as a table.

const MOST_BOXES = 120;
const BOX = {width: 216, height: 48, gap: 26, between: 22};

/** How many numbers a layer outputs for a row, from its shape, such as "32 x 24 x 24"; null when it is unknown. */
function given(shape) {
  const sizes = (shape || "").match(/\d+/g);
  return sizes ? sizes.reduce((product, size) => product * Number(size), 1) : null;
}

/** Layers after the inputs, each with its level: one more than its deepest input. */
function placed() {
  const boxes = new Map();
  const takes = layer => (layer.from || "").split(", ").filter(name => name !== "");
  for (const layer of data.network) {
    for (const name of takes(layer)) {
      if (!data.network.some(other => other.name === name)) boxes.set(name, {name, input: true, from: [], level: 0});
    }
  }
  if (boxes.size === 0) boxes.set("input", {name: "input", input: true, from: [], level: 0});
  let before = [...boxes.keys()][0];
  for (const layer of data.network) {
    const from = takes(layer).filter(name => boxes.has(name));
    const sources = from.length ? from : [before];
    boxes.set(layer.name, {...layer, from: sources, level: 1 + Math.max(...sources.map(name => boxes.get(name).level))});
    before = layer.name;
  }
  return [...boxes.values()];
}

function svgOf(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  for (const child of children) made.append(child);
  return made;
}

const cut = (text, most) => text.length > most ? text.slice(0, most - 1) + "…" : text;

function diagram() {
  const boxes = placed();
  if (boxes.length > MOST_BOXES) return undefined;
  const levels = [];
  boxes.forEach(box => (levels[box.level] = levels[box.level] || []).push(box));
  const widest = Math.max(...levels.map(level => level.length));
  const width = widest * (BOX.width + BOX.between) + BOX.between;
  const height = levels.length * (BOX.height + BOX.gap) + BOX.gap;
  levels.forEach((level, depth) => level.forEach((box, i) => {
    box.x = width / 2 + (i - (level.length - 1) / 2) * (BOX.width + BOX.between);
    box.y = BOX.gap + depth * (BOX.height + BOX.gap);
  }));
  const named = new Map(boxes.map(box => [box.name, box]));
  const drawing = svgOf("svg", {class: "diagram", width, height, viewBox: "0 0 " + width + " " + height, role: "img",
    "aria-label": "The network: " + data.network.map(layer => layer.type).join(", then ")});
  let arrows = 0;
  for (const box of boxes) {
    for (const name of box.from) {
      drawing.append(arrow(named.get(name), box, boxes));
      arrows++;
    }
  }
  boxes.forEach(box => drawing.append(boxOf(box)));
  window.evenstep.charts.network = {points: boxes.length, series: arrows};
  return el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Diagram of the network"}, drawing);
}

/** An arrow that passes what lies between on its right. */
function arrow(from, to, boxes) {
  const y1 = from.y + BOX.height, y2 = to.y - 5;
  const straight = level => from.x + (to.x - from.x) * (level - from.level) / (to.level - from.level);
  const hit = boxes.filter(box => box.level > from.level && box.level < to.level
    && Math.abs(box.x - straight(box.level)) < BOX.width / 2 + 6);
  const x1 = hit.length ? from.x + 40 : from.x, tip = hit.length ? to.x + 40 : to.x;
  const side = Math.max(...hit.map(box => box.x)) + (BOX.width + BOX.between) / 2;
  const bend = BOX.gap / 2;
  const path = hit.length
    ? `M${x1},${y1} C${x1},${y1 + bend} ${side},${y1 + bend} ${side},${y1 + BOX.gap} L${side},${y2 - BOX.gap} ` +
      `C${side},${y2 - bend} ${tip},${y2 - bend} ${tip},${y2}`
    : `M${x1},${y1} C${x1},${(y1 + y2) / 2} ${tip},${(y1 + y2) / 2} ${tip},${y2}`;
  return svgOf("g", {}, svgOf("path", {d: path, class: "wire"}),
    svgOf("path", {d: `M${tip - 4},${y2 - 3} L${tip},${y2 + 4} L${tip + 4},${y2 - 3} Z`, class: "tip"}));
}

function boxOf(box) {
  const kind = box.input ? "input" : box.parameters > 0 ? "learns" : "plain";
  const first = box.input ? "input " + (box.name === "input" ? "" : box.name)
    : box.type.replace(/(Layer|Vertex)$/, "") + (box.activation ? ", " + box.activation : "");
  const facts = box.input ? [] : [box.shape, box.parameters > 0 ? whole(box.parameters) + " parameters" : ""].filter(Boolean);
  const parts = [svgOf("title", {}, box.name + (box.input ? "" : ": " + box.type + (facts.length ? ", " + facts.join(", ") : ""))),
    svgOf("rect", {x: box.x - BOX.width / 2, y: box.y, width: BOX.width, height: BOX.height, rx: 7, class: kind}),
    svgOf("text", {x: box.x, y: box.y + (facts.length ? 20 : 29), class: "kind"}, cut(first.trim(), 30))];
  if (facts.length) parts.push(svgOf("text", {x: box.x, y: box.y + 37}, cut(facts.join(" · "), 36)));
  return svgOf("g", {}, ...parts);
}

function network() {
  if (data.network.length === 0) return;
  const activations = data.network.map(layer => given(layer.shape));
  const row = activations.reduce((sum, count) => sum + (count || 0), 0);
  section("network", "Network", el("div", {class: "pair"}, diagram(),
    el("div", {}, table(whole(run.parameters) + " parameters", [
      {title: "layer", value: layer => layer.name}, {title: "type", value: layer => layer.type},
      {title: "takes", value: layer => layer.from}, {title: "gives", value: layer => layer.shape || "–"},
      {title: "activation", value: layer => layer.activation || "–"},
      {title: "parameters", value: layer => layer.parameters, text: layer => whole(layer.parameters), number: true},
      {title: "weights", value: layer => layer.parameters, text: layer => layer.parameters ? bytes(4 * layer.parameters) : "–", number: true},
      {title: "a row's output", value: layer => given(layer.shape), text: layer => known(given(layer.shape)) ? bytes(4 * given(layer.shape)) : "–", number: true}],
      data.network),
    el("p", {class: "soft"}, "Memory: weights take " + bytes(4 * run.parameters) + ", the gradient as much again" +
      (row ? "; the outputs of all layers take " + bytes(4 * row) + " for each row that is computed at one time." : ".")))));
}
