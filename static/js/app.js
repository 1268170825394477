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
