"use strict";
// The building blocks of a page. Text from a run always goes in as text, never as HTML.

let data = JSON.parse(document.getElementById("data").textContent);
const known = v => v !== null && v !== undefined && !Number.isNaN(v);

/** An element; children are elements or text. */
function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "on") {
      for (const [event, handler] of Object.entries(value)) made.addEventListener(event, handler);
    } else if (value !== undefined && value !== null) {
      made.setAttribute(name, value);
    }
  }
  for (const child of children.flat(Infinity)) {
    if (child !== undefined && child !== null) made.append(child);
  }
  return made;
}

const whole = v => known(v) ? Math.round(v).toLocaleString("en-US") : "–";

/** A number with as many digits as a reader needs. */
function brief(v, digits = 4) {
  if (!known(v)) return "–";
  if (v === 0) return "0";
  const size = Math.abs(v);
  if (size >= 1e6 || size < 1e-3) return v.toExponential(2);
  if (Number.isInteger(v)) return v.toLocaleString("en-US");
  return size >= 1000 ? v.toLocaleString("en-US", {maximumFractionDigits: 0}) : v.toPrecision(digits);
}

function duration(seconds) {
  if (!known(seconds)) return "–";
  if (seconds < 60) return seconds.toFixed(1) + " s";
  if (seconds < 3600) return Math.floor(seconds / 60) + " min " + Math.round(seconds % 60) + " s";
  return Math.floor(seconds / 3600) + " h " + Math.round(seconds % 3600 / 60) + " min";
}

function bytes(count) {
  const units = ["B", "kB", "MB", "GB"];
  let i = 0;
  while (count >= 1000 && i < units.length - 1) { count /= 1000; i++; }
  return (i === 0 ? Math.round(count) : count.toPrecision(3)) + " " + units[i];
}

/** A section and its link in the navigation; nothing when there is nothing to show. */
function section(id, title, ...children) {
  const content = children.flat(Infinity).filter(known);
  if (content.length === 0) return;
  document.getElementById("main").append(
    el("section", {id, "aria-labelledby": id + "-title"}, el("h2", {id: id + "-title"}, title), content));
  document.querySelector("#sections ul").append(el("li", {}, el("a", {href: "#" + id}, title)));
}

/**
 * A table whose columns sort. A column is {title, value: row => sortable, text: row => shown, number, wrap}.
 */
function table(caption, columns, rows, attributes) {
  const body = el("tbody");
  const fill = list => body.replaceChildren(...list.map(row => el("tr", {}, columns.map((column, i) => {
    const shown = (column.text || column.value)(row);
    const kind = [column.number ? "number" : "", column.wrap ? "wrap" : ""].join(" ").trim() || undefined;
    return el(i === 0 ? "th" : "td", {class: kind, scope: i === 0 ? "row" : undefined}, String(shown));
  }))));
  const heads = columns.map(column => el("th", {scope: "col", class: column.number ? "number" : undefined}));
  columns.forEach((column, i) => {
    const sort = () => {
      const falling = heads[i].getAttribute("aria-sort") === "ascending";
      heads.forEach(head => head.removeAttribute("aria-sort"));
      heads[i].setAttribute("aria-sort", falling ? "descending" : "ascending");
      const order = (a, b) => column.number ? a - b : String(a).localeCompare(String(b), "en", {numeric: true});
      const sorted = [...rows].sort((a, b) => order(column.value(a) ?? -Infinity, column.value(b) ?? -Infinity));
      fill(falling ? sorted.reverse() : sorted);
    };
    heads[i].append(el("button", {type: "button", on: {click: sort}}, column.title));
  });
  fill(rows);
  return el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": caption},
    el("table", {class: "rows", ...attributes}, el("caption", {}, caption), el("thead", {}, el("tr", {}, heads)), body));
}
