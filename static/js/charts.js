// Takes the charts of a page over from their pictures: plotly.js draws the same figure at the same place and
// size, so that each point tells its value. Where that fails, the picture stays. Nothing moves, so there is
// nothing to slow down for people who prefer less motion.

const CONFIG = {
  displayModeBar: false,
  displaylogo: false,
  doubleClick: false,
  plotlyServerURL: "",
  scrollZoom: false,
  showTips: false,
};

let library;

// plotly.js and its stylesheet, fetched once. The link must be there before the script runs: without it, the
// script would write its rules into a <style>, which the content security policy forbids.
function plotly({ script, style }) {
  library ??= Promise.all([
    arrived(Object.assign(document.createElement("link"), {
      id: "plotly.js-style-global", className: "no-inline-styles", rel: "stylesheet", href: style,
    })),
    arrived(Object.assign(document.createElement("script"), { src: script })),
  ]).then(() => window.Plotly);
  return library;
}

function arrived(element) {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", resolve);
    element.addEventListener("error", reject);
    document.head.append(element);
  });
}

const figures = new WeakMap();

function figureOf(chart) {
  if (!figures.has(chart)) {
    figures.set(chart, JSON.parse(chart.querySelector("script[type='application/json']").textContent));
  }
  return structuredClone(figures.get(chart));
}

// The figure for the picture that is shown now, narrow or wide, at the size it has on the screen.
function fitted(chart, picture) {
  const { data, layout, narrow } = figureOf(chart);
  const shown = picture.classList.contains("chart__svg--narrow") ? narrow : layout;
  const box = picture.getBoundingClientRect();
  const scale = box.width / shown.width;
  scaleNumbers(shown.margin, ["l", "r", "t", "b"], scale);
  scaleNumbers(shown.font, ["size"], scale);
  for (const words of shown.annotations ?? []) {
    scaleNumbers(words, ["xshift", "yshift"], scale);
    scaleNumbers(words.font, ["size"], scale);
  }
  for (const { marker, meta } of data) {
    if (meta) marker.size = shown.meta[meta];
    if (marker) scaleNumbers(marker, ["size"], scale);
  }
  return { data, layout: { ...shown, width: box.width, height: box.height } };
}

function scaleNumbers(object, names, scale) {
  for (const name of names) object[name] *= scale;
}

async function takeOver(chart) {
  const Plotly = await plotly(chart.dataset);
  const frame = chart.querySelector(".chart__picture");
  const stage = Object.assign(document.createElement("div"), { className: "chart__live" });
  stage.setAttribute("aria-hidden", "true");
  frame.append(stage);
  const draw = async () => {
    const picture = [...frame.querySelectorAll(".chart__svg")].find((svg) => svg.getClientRects().length);
    if (!picture) return;
    const { data, layout } = fitted(chart, picture);
    await Plotly.react(stage, data, layout, CONFIG);
    chart.classList.add("chart--live");
  };
  try {
    await draw();
    new ResizeObserver(draw).observe(frame);
  } catch (error) {
    stage.remove();
    throw error;
  }
}

const whenIdle = window.requestIdleCallback ?? ((callback) => setTimeout(callback, 200));

const watcher = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    watcher.unobserve(target);
    whenIdle(() => takeOver(target).catch(() => target.classList.remove("chart--live")));
  }
}, { rootMargin: "100px" });

for (const chart of document.querySelectorAll(".chart[data-script]")) watcher.observe(chart);
