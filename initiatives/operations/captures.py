"""Making the copy of what a link leads to: asked of the world outside, judged, kept once.

The worker asks, and may be told twice, die in between or be late: the request has room for one
answer, the link for one copy, and whatever was fetched for nothing is removed again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import BinaryIO

from django.conf import settings

from initiatives.choices import CaptureResult, ScanResult
from initiatives.models import Capture, CaptureRequest
from initiatives.operations.files import FileRefusedError, Received, drop_unused, keep, received
from initiatives.operations.scanner import scanned
from initiatives.queries.captures import is_open, request_to_answer
from initiatives.queries.evidence import journalled, words_of
from initiatives.queries.initiatives import locked
from initiatives.rules.captures import judge_copy, media_type_of, result_of_status, suffix_of
from initiatives.rules.files import FileVerdict
from journal.acts import act, record
from journal.kinds import Kind
from kernel.outbound import Answer, Question, asked
from kernel.refusals import Blocker, RefusedError
from kernel.wires import THE_NETWORK, Limits, OutboundError, Wire

REFUSALS = {
    "file_empty": CaptureResult.EMPTY,
    "file_too_large": CaptureResult.TOO_LARGE,
    "infected": CaptureResult.INFECTED,
    "scan_failed": CaptureResult.UNCHECKED,
    "no_room": CaptureResult.NO_ROOM,
}


SECONDS = 15


class NoCopyError(Exception):
    """What came back is nothing to keep."""

    def __init__(self, result: CaptureResult) -> None:
        """Keep the reason."""
        super().__init__(result)
        self.result = result


class AnsweredError(RefusedError):
    """The request is answered already, or what it was about was taken back meanwhile."""


@dataclass(frozen=True)
class Found:
    """What is to be stored of one try."""

    result: CaptureResult
    file: Received | None = None
    scan: ScanResult | None = None


@dataclass
class _Download:
    """An answer as a file that comes in."""

    answer: Answer
    name: str | None

    def chunks(self) -> Iterator[bytes]:
        return self.answer.chunks()


def capture_link(
    *, request_id: int, clock: Callable[[], datetime], wire: Wire = THE_NETWORK
) -> CaptureResult | None:
    """Fetch what the link of a request leads to, and keep it; return what came of it.

    Called again, or for what nobody waits for any more, it does nothing.
    """
    request = request_to_answer(request_id)
    if request is None:
        return None
    with suppress(AnsweredError):
        return _answered(request, clock, wire)
    return None


@act
def store_capture(*, request_id: int, found: Found, at: datetime) -> Capture:
    """Answer a request, once; the last step puts the copy in its place.

    :raises AnsweredError: when it was answered, or its evidence taken back, in the meantime.
    """
    request = CaptureRequest.objects.select_related("evidence").get(pk=request_id)
    evidence = request.evidence
    initiative = locked(evidence.initiative_id)
    if not is_open(request):
        raise AnsweredError(Blocker("answered", "Nobody waits for this copy any more."))
    file = found.file
    capture = Capture.objects.create(
        request=request,
        evidence=evidence,
        result=found.result,
        sha256=file.sha256 if file else "",
        size=file.size if file else None,
        content_type=file.content_type if file else "",
        scan=found.scan or "",
        fetched_at=at,
    )
    record(
        Kind.COPY_KEPT if file else Kind.COPY_MISSED,
        actor="clock",
        subject=capture,
        thread=initiative,
        at=at,
        data={**journalled(evidence), "sha256": capture.sha256, "result": str(found.result)},
    )
    if file is not None:
        keep(file)
    return capture


def _answered(request: CaptureRequest, clock: Callable[[], datetime], wire: Wire) -> CaptureResult:
    try:
        with _fetched(request, wire) as found:
            store_capture(request_id=request.pk, found=found, at=clock())
            return found.result
    except (OutboundError, NoCopyError, FileRefusedError) as none:
        result = _why(none)
    store_capture(request_id=request.pk, found=Found(result), at=clock())
    return result


def _why(none: OutboundError | NoCopyError | FileRefusedError) -> CaptureResult:
    if isinstance(none, FileRefusedError):
        return REFUSALS.get(none.codes[0], CaptureResult.KIND)
    return CaptureResult(none.obstacle) if isinstance(none, OutboundError) else none.result


@contextmanager
def _fetched(request: CaptureRequest, wire: Wire) -> Iterator[Found]:
    """Fetch what the link leads to; what is not kept by then is gone afterwards."""
    if not settings.CAPTURE_LINKS:
        raise NoCopyError(CaptureResult.OFF)
    url = words_of(request.evidence).get("url", "")
    with asked(Question(url=url), limits=_limits(), wire=wire) as answer:
        if (result := result_of_status(answer.status)) is not None:
            raise NoCopyError(result)
        media_type = media_type_of(answer.media_type)
        if not (suffix := suffix_of(media_type)):
            raise NoCopyError(CaptureResult.KIND)
        judge = partial(_judged, media_type=media_type)
        with received(_Download(answer, f"copy{suffix}"), judge) as file:
            try:
                yield Found(CaptureResult.KEPT, file, scanned(file.path))
            except BaseException:
                drop_unused(file.sha256)
                raise


def _judged(stream: BinaryIO, _: str, *, media_type: str) -> FileVerdict:
    return judge_copy(stream, media_type=media_type)


def _limits() -> Limits:
    return Limits(
        seconds=SECONDS,
        most_bytes=settings.CAPTURE_MAX_BYTES,
        ports=frozenset(settings.OUTBOUND_PORTS),
        inside=frozenset(host.lower() for host in settings.OUTBOUND_INSIDE_HOSTS),
    )
