// During the run the server sends new data each second.

window.evenstep.live = {updates: 0};
let paused = false;
let waiting; // the newest data while the page is paused
let ended = false;
const news = el("p", {class: "live", role: "status"});
const pause = el("button", {type: "button", "aria-pressed": "false", on: {click: () => {
  paused = !paused;
  pause.setAttribute("aria-pressed", String(paused));
  pause.textContent = paused ? "Continue" : "Pause";
  if (!paused && waiting) take(waiting);
  say();
}}}, "Pause");
document.getElementById("top").before(el("div", {class: "livebar"}, news, pause));

function say(trouble) {
  const words = ended ? "The run has ended; this page stays as it is. The run's folder holds it as report.html."
    : trouble || (paused ? "Paused" : "Live");
  if (news.textContent !== words) news.textContent = words;
  pause.hidden = ended;
}

/** Draws the data; keeps the focus and the scroll position. */
function take(next) {
  waiting = undefined;
  const focused = document.activeElement;
  const home = focused && focused.closest("main, #sections");
  const reachable = () => [...home.querySelectorAll("a, button, [tabindex]")];
  const place = home ? reachable().indexOf(focused) : -1;
  const top = scrollY;
  show(next);
  scrollTo({top, behavior: "instant"});
  if (place >= 0 && reachable()[place]) reachable()[place].focus({preventScroll: true});
  window.evenstep.live.updates++;
}

function hear(event) {
  const next = JSON.parse(event.data);
  if (paused && event.type === "data") waiting = next;
  else take(next);
  say();
}

const events = new EventSource("events");
events.addEventListener("data", hear);
events.addEventListener("end", event => {
  ended = true;
  events.close();
  hear(event);
});
events.addEventListener("error", () => ended || say("The run does not answer. This page tries again by itself."));
show(data);
say();
