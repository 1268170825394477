"""Files on their way in: what is larger than may be uploaded is dropped while it arrives, not kept first."""

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

TOO_LARGE = "csa.file_too_large"


class LimitedFileUploadHandler(TemporaryFileUploadHandler):
    """Writes a file to disk as it arrives, and drops it beyond settings.MAX_UPLOAD_BYTES."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > settings.MAX_UPLOAD_BYTES:
            if self.request is not None:
                self.request.META[TOO_LARGE] = True
            self.file.close()
            raise SkipFile
        super().receive_data_chunk(raw_data, start)


def was_too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was dropped because of its size."""
    return TOO_LARGE in request.META


def gone_on(request: HttpRequest, to: HttpResponseRedirect) -> HttpResponse:
    """The way to the next page. The script that shows how much of a file has been sent is given its address: it would
    fetch the page once more than needed."""
    by_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    return JsonResponse({"to": to.url}) if by_script else to
