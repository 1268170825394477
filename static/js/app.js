// The parts of GOV.UK Frontend that these pages use. Everything works without them.
import {
  Button,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "../vendor/govuk-frontend/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
createAll(SkipLink);
createAll(ServiceNavigation);
createAll(NotificationBanner);
createAll(ErrorSummary);
createAll(FileUpload);
createAll(Button, { preventDoubleClick: true });

// What takes a while says so while it is under way.
for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", () => {
    form.querySelector("[role=status]").textContent = form.dataset.busy;
  });
}
