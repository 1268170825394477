"""Colours and sizes of charts: the Analysis Function's colours, each at least 3:1 against white."""

DARK_BLUE = "#12436D"
TURQUOISE = "#28A197"
ORANGE = "#F46A25"
DARK_PINK = "#801650"
DARK_GREY = "#3D3D3D"
GREY = "#595959"
WHITE = "#FFFFFF"
GRID = "#DEDEDE"
BAND = "#F0F1F2"
TEXT = "#0B0C0C"

FONT = "Arial, Helvetica, sans-serif"
