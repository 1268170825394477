// Keeps what is typed into the form of one's actions: on this device at once, on the server at each pause, so that
// neither a closed browser nor an ended session loses it. Saving needs none of this.

const PAUSE = 2000;
const KEPT_DAYS = 14;
const PREFIX = "csa-draft:";
const NOT_KEPT = ["csrfmiddlewaretoken", "draft_number", "whose", "copy"];

const form = document.getElementById("mine");
const state = document.getElementById("draft-state");
const offer = form.querySelector(".csa-draft-offer");
const key = PREFIX + form.dataset.key;
// Times are the server's, whatever the clock of this device says.
const skew = Number(form.dataset.now) - Date.now();

let typed = 0; // how many times something was typed
let sent = 0; // how many of those the server has
let timer = 0;
let underWay = null;
let halted = false;

const now = () => Date.now() + skew;
const clock = (at) => new Date(at - skew).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
const say = (text) => {
  if (state) state.textContent = text;
};

function fields() {
  const pairs = [...new FormData(form)].filter(([name]) => !NOT_KEPT.includes(name));
  return Object.fromEntries(pairs.map(([name, value]) => [name, String(value).replaceAll("\r\n", "\n")]));
}

// --- on this device

function stored(name = key) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

function store(isSent) {
  try {
    localStorage.setItem(key, JSON.stringify({ at: now(), isSent, fields: fields() }));
  } catch {
    say("This device keeps no drafts. Save before you leave.");
  }
}

function forget(name = key) {
  try {
    localStorage.removeItem(name);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

function forgetOld() {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  const limit = now() - KEPT_DAYS * 86_400_000;
  for (const name of names) if ((stored(name)?.at ?? 0) < limit) forget(name);
}

// --- on the server

// One request at a time: two that began from the same draft would be taken for two devices.
function send(isLeaving = false) {
  clearTimeout(timer);
  underWay ??= sendAll(isLeaving).finally(() => {
    underWay = null;
  });
  return underWay;
}

async function sendAll(isLeaving) {
  while (sent !== typed && !halted) {
    const sending = typed;
    const answer = await post(isLeaving);
    await answered(answer, sending);
    if (!answer?.ok) return;
  }
}

async function post(keepalive) {
  try {
    const body = new FormData(form);
    return await fetch(form.dataset.draftUrl, { method: "POST", body, redirect: "manual", keepalive });
  } catch {
    return null;
  }
}

async function answered(answer, sending) {
  if (answer?.ok) {
    const kept = await answer.json();
    form.elements.draft_number.value = kept.number;
    sent = sending;
    if (sent === typed) store(true);
    say(`Draft kept at ${kept.at}`);
  } else if (answer?.status === 409) {
    const newer = await answer.json();
    if (newer.number) offerNewer(newer);
  } else if (answer?.type === "opaqueredirect" || answer?.status === 403) {
    say("You have been signed out. What you typed is kept on this device: sign in again to find it here.");
  } else {
    say("Kept on this device. The server could not be reached.");
  }
}

// --- what is offered

function show(text, ...buttons) {
  const words = document.createElement("p");
  words.className = "govuk-body";
  words.textContent = text;
  const group = document.createElement("div");
  group.className = "govuk-button-group";
  for (const [label, act] of buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = label;
    button.addEventListener("click", () => {
      offer.hidden = true;
      act();
    });
    group.append(button);
  }
  offer.replaceChildren(words, group);
  offer.hidden = false;
}

function offerNewer(newer) {
  halted = true;
  show(
    `On another device you kept a newer draft, at ${newer.at}. What you typed here is kept on this device alone.`,
    ["Show the newer draft", () => location.assign(form.action)],
    [
      "Keep what is here instead",
      () => {
        form.elements.draft_number.value = newer.number;
        halted = false;
        send();
      },
    ],
  );
}

function offerStored(copy) {
  show(
    `On this device there is text of ${clock(copy.at)} that was not saved.`,
    [
      "Put it in the boxes",
      () => {
        fill(copy.fields);
        changed();
        send();
      },
    ],
    ["Discard it", () => forget()],
  );
}

function fill(values) {
  for (const element of form.elements) {
    if (!element.name || NOT_KEPT.includes(element.name)) continue;
    if (element.type === "checkbox") element.checked = element.name in values;
    else if (element.type === "radio") element.checked = values[element.name] === element.value;
    else if (element.name in values && element.type !== "submit") {
      if (element.type !== "hidden" && element.value !== values[element.name]) open(element);
      element.value = values[element.name];
    }
  }
}

function open(element) {
  for (let parent = element.closest("details"); parent; parent = parent.parentElement.closest("details")) {
    parent.open = true;
  }
}

function differs(values) {
  const here = fields();
  const names = new Set([...Object.keys(values), ...Object.keys(here)].filter((name) => !name.endsWith("version")));
  return [...names].some((name) => (values[name] ?? "").trim() !== (here[name] ?? "").trim());
}

// --- what happens

function changed() {
  typed += 1;
  store(false);
  clearTimeout(timer);
  timer = setTimeout(send, PAUSE);
}

function began() {
  forgetOld();
  const copy = stored();
  if ("unsaved" in form.dataset) {
    changed();
    send();
  } else if (!copy || copy.isSent || copy.at <= Number(form.dataset.savedAt) || !differs(copy.fields)) {
    forget();
  } else {
    offerStored(copy);
  }
}

form.addEventListener("input", changed);
form.addEventListener("focusout", () => send());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") send(true);
});
form.addEventListener("submit", async (event) => {
  clearTimeout(timer);
  if (underWay) {
    // A draft that arrives after the save would come back as one.
    event.preventDefault();
    const button = event.submitter;
    await underWay;
    form.requestSubmit(button);
    return;
  }
  halted = true;
});

try {
  began();
} catch {
  say("This device keeps no drafts. Save before you leave.");
}
