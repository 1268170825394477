// Sends a chosen file and shows how far it is. Without this the form is sent like any other.
import { Button, ErrorSummary, FileUpload, createAll } from "../vendor/govuk-frontend/govuk-frontend.min.js";

// A screen reader hears of every so many per cent.
const HEARD = 10;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-upload]") || !form.querySelector("input[type=file]").files.length) return;
  event.preventDefault();
  if (!form.hasAttribute("data-under-way")) send(form);
});

// Who comes back with the browser's button finds the form as it was before.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});

function send(form) {
  const request = new XMLHttpRequest();
  const bar = form.querySelector("progress");
  const status = form.querySelector("[role=status]");
  const failed = (why) => {
    form.removeAttribute("data-under-way");
    bar.hidden = true;
    status.textContent = `${form.dataset.failed} ${why}`.trim();
  };
  request.upload.addEventListener("progress", ({ lengthComputable, loaded, total }) => {
    if (!lengthComputable) return;
    bar.value = Math.floor((100 * loaded) / total);
    status.textContent = `${form.dataset.sending} ${bar.value - (bar.value % HEARD)}%`;
  });
  request.upload.addEventListener("load", () => {
    bar.removeAttribute("value");
    status.textContent = form.dataset.checking;
  });
  request.addEventListener("error", () => failed(""));
  request.addEventListener("load", () => {
    const type = request.getResponseHeader("Content-Type") ?? "";
    if (type.startsWith("application/json")) location.assign(JSON.parse(request.responseText).to);
    else if (request.status === 422) show(request.responseText);
    else if (request.status < 400) location.assign(request.responseURL);
    else failed(`(${request.status})`);
  });
  form.setAttribute("data-under-way", "");
  bar.value = 0;
  bar.hidden = false;
  request.open("POST", form.action);
  request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
  request.send(new FormData(form));
}

// The page that says what is wrong with the form, in place of this one.
function show(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const main = document.adoptNode(page.querySelector("main"));
  document.querySelector("main").replaceWith(main);
  document.title = page.title;
  for (const component of [FileUpload, Button, ErrorSummary]) createAll(component, {}, main);
}
