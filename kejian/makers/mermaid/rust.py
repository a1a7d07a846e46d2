"""Mermaid by `merman`, an engine in Rust: milliseconds for a drawing, and errors with their place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import merman

from kejian.makers.mermaid.engine import EngineError
from kejian.makers.mermaid.measure import LINE, Ruler
from kejian.makers.mermaid.theme import CONFIG

SECONDS = 20

_OPTIONS = {
    "site_config": CONFIG,
    "layout": {"container_width": 900, "screen_available_width": 900},
    "resources": {"profile": "constrained", "limits": {"max_layout_work_units": 4_000_000}},
    "parse": {"suppress_errors": False},
}
_WIDTHS = frozenset(
    "COMPUTED_LENGTH SIMPLE_B_BOX_WIDTH RAW_B_BOX_WIDTH TSPAN_B_BOX_WIDTH WRAP_PROBE_B_BOX_WIDTH "
    "BOUNDING_CLIENT_RECT_WIDTH CANVAS_MEASURE_TEXT_WIDTH".split()
)
_EXTENTS = frozenset({"B_BOX_X", "B_BOX_X_WITH_ASCII_OVERHANG", "TITLE_B_BOX_X"})
_METRICS = frozenset({"MEASURE", "WRAPPED", "MERMAID_CALCULATE_TEXT_DIMENSIONS"})


class _Measurer(merman.MermanTextMeasurer):  # type: ignore[misc]  # publishes no types
    """Answers the engine's questions about widths; heights that it asks for alone are its own."""

    def __init__(self, ruler: Ruler) -> None:
        super().__init__()
        self._ruler = ruler

    def measure(self, request: merman.MermanTextMeasureRequest) -> merman.MermanTextMeasureResult | None:
        """Return the measure of a text, or `None` to leave it to the engine."""
        asked, size, weight = request.operation.name, request.font_size, request.font_weight
        width = self._ruler.width(request.text, size, weight)
        kinds = merman.MermanTextMeasurementResultKind
        if asked in _WIDTHS:
            return _result(kinds.LENGTH, length=width)
        if asked in _EXTENTS:
            return _result(kinds.HORIZONTAL_EXTENTS, bbox_left=width / 2, bbox_right=width / 2)
        if asked not in _METRICS and asked != "WRAPPED_WITH_RAW_WIDTH":
            return None
        lines = self._ruler.lines(request.text, size, request.max_width or width + 1, weight)
        widest = max(self._ruler.width(line, size, weight) for line in lines)
        height = len(lines) * (request.line_height or size * LINE)
        metrics = {"width": widest, "height": height, "line_count": len(lines)}
        if asked in _METRICS:
            return _result(kinds.METRICS, **metrics)
        return _result(kinds.WRAPPED_WITH_RAW_WIDTH, **metrics, raw_width=width)


def _result(kind: merman.MermanTextMeasurementResultKind, **known: Any) -> merman.MermanTextMeasureResult:  # noqa: ANN401
    blank: dict[str, Any] = {
        "width": 0.0, "height": 0.0, "length": 0.0, "line_count": 1,
        "bbox_left": None, "bbox_right": None, "raw_width": None,
    }  # fmt: skip
    return merman.MermanTextMeasureResult(result_kind=kind, **{**blank, **known})


class RustEngine:
    """Draws and reads Mermaid."""

    def __init__(self, ruler: Ruler) -> None:
        services = merman.MermanEngineServices().with_text_measurer(_Measurer(ruler))
        self._engine = merman.MermanEngine(json.dumps(_OPTIONS), services)

    def svg(self, source: str) -> str:
        """Draw a source. Raises `EngineError`."""
        control = merman.MermanOperationControl(SECONDS * 1000)
        request = merman.MermanOperationRequestV4(
            operation_id="svg", source=source, uri=None, options_json=None, control=control
        )
        try:
            return bytes(self._engine.execute(request).data).decode()
        except merman.MermanError as refused:
            raise self._error(source, refused) from None

    def model(self, source: str) -> Mapping[str, Any]:
        """Return the engine's reading of a source that it has drawn."""
        found = json.loads(self._engine.parse_json(source, None))
        return found if isinstance(found, dict) else {}

    def _error(self, source: str, refused: Exception) -> EngineError:
        message = str(getattr(refused, "message", "") or refused)
        try:
            found = json.loads(self._engine.analyze_json(source, None))["diagnostics"]
        except (merman.MermanError, KeyError, ValueError):
            found = []
        for one in found:
            if one.get("severity") == "error":
                return EngineError(str(one["message"]), _line(source, one))
        return EngineError(message.partition("): ")[2] or message)


def _line(source: str, found: Mapping[str, Any]) -> int:
    """Return the line of an error; 0 if its span is the whole source, and no line has what the message ends with."""
    span = found.get("span") or {}
    if span.get("byte_start") or span.get("byte_end", 0) < len(source.encode()) - 1:
        return int(span.get("line") or 0)
    named = str(found.get("message", "")).rpartition(":")[2].strip()
    lines = [number for number, line in enumerate(source.split("\n"), 1) if named and named in line]
    return lines[0] if len(lines) == 1 else 0
