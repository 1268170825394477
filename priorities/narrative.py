"""Context summaries: Markdown with live figures and numbered notes, made into safe HTML.

Raw HTML is never interpreted, and what remains passes an allow-list.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any
from urllib.parse import quote

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from priorities.figures import PATTERN, Figure

NOTE = re.compile(r"\[\^([a-z0-9-]+)\]")
SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~^])")
NOTES_BEGIN = "\N{INFORMATION SEPARATOR FOUR}"

CLASSES = {
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "table_open": "govuk-table",
    "thead_open": "govuk-table__head",
    "tbody_open": "govuk-table__body",
    "tr_open": "govuk-table__row",
    "th_open": "govuk-table__header",
    "td_open": "govuk-table__cell",
    "heading_open": "govuk-heading-s",
    "link_open": "govuk-link",
}
ALLOWED: dict[str, set[str]] = {
    tag: {"class"}
    for tag in [
        "p",
        "ul",
        "ol",
        "table",
        "thead",
        "tbody",
        "tr",
        "td",
        "h3",
        "h4",
        "strong",
        "em",
        "blockquote",
        "section",
        "hr",
        "sup",
        "span",
    ]
}
ALLOWED |= {
    "a": {"class", "href", "id", "title", "aria-label"},
    "th": {"class", "scope"},
    "li": {"class", "id"},
    "ol": {"class", "start"},
    "br": set(),
    "code": set(),
}


@dataclass(frozen=True, slots=True)
class Citation:
    """What a numbered note says: a source edition in words, and its address if it has one."""

    text: str
    url: str = ""

    @property
    def markdown(self) -> str:
        words = SPECIAL.sub(r"\\\1", self.text)
        return f"{words} [Open the source](<{quote(self.url, safe=':/?&=#%')}>)" if self.url else words


@dataclass(frozen=True, slots=True)
class Narrative:
    """A rendered text: `body` and `notes` are safe HTML, `notes` empty where the text has none. `quoted` are its live
    figures as they stood, in the order of the text."""

    body: str
    notes: str
    quoted: tuple[Figure, ...] = ()


def cited(text: str) -> list[str]:
    """The notes that a text refers to, in order, once each."""
    return list(dict.fromkeys(NOTE.findall(text)))


def render(text: str, *, figures: Mapping[str, Figure], citations: Mapping[str, Citation], doc_id: str) -> Narrative:
    """The text as safe HTML. `figures` by reference text; `citations` by the name of the note; `doc_id` keeps
    the addresses of the notes of one text apart from those of another on the same page."""
    defined = set(re.findall(r"^\[\^([a-z0-9-]+)\]:", text, re.MULTILINE))
    definitions = [
        f"[^{name}]: {citations[name].markdown}" for name in cited(text) if name in citations and name not in defined
    ]
    source = "\n\n".join([text.replace(NOTES_BEGIN, ""), *definitions])
    tokens = parser().parse(source, env := {"docId": doc_id, "figures": figures})
    dress(tokens)
    html = parser().renderer.render(tokens, parser().options, env)
    body, _, notes = html.partition(NOTES_BEGIN)
    quoted = dict.fromkeys(match["body"] for match in PATTERN.finditer(text))
    return Narrative(clean(body), clean(notes), tuple(figures[each] for each in quoted if each in figures))


def clean(html: str) -> str:
    """Only what ALLOWED names remains; links lead to web pages or within the site."""
    return nh3.clean(
        html,
        tags=set(ALLOWED),
        attributes=ALLOWED,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    ).strip()


def dress(tokens: Sequence[Token]) -> None:
    """Give elements the classes of the design, headings the level they have on the page, and table cells a
    class where Markdown would write a style."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3" if token.tag in ("h1", "h2", "h3") else "h4"
        if token.type in ("th_open", "td_open"):
            style = str(token.attrs.pop("style", ""))
            if "right" in style:
                token.attrJoin("class", f"{CLASSES[token.type]}--numeric")
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if css := CLASSES.get(token.type):
            token.attrJoin("class", css)
        if token.children:
            dress(token.children)


def live_figure(state: StateInline, silent: bool) -> bool:
    """The inline rule for `[[…]]`."""
    match = PATTERN.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("live_figure", "", 0).content = match["body"]
    state.pos = match.end()
    return True


def render_figure(_: Any, tokens: Sequence[Token], index: int, __: Any, env: Mapping[str, Any]) -> str:
    body = tokens[index].content
    figure: Figure | None = env["figures"].get(body)
    if figure is None or figure.fault:
        fault = figure.fault if figure else "It was not looked up."
        return f'<span class="csa-figure-missing">[{escape(body)}: {escape(fault)}]</span>'
    if figure.where is None:
        return escape(figure.text)
    address, label = escape(figure.where.address), escape(figure.where.label)
    return f'<a class="govuk-link csa-figure" href="{address}" aria-label="{label}">{escape(figure.text)}</a>'


def render_note_reference(_: Any, tokens: Sequence[Token], index: int, __: Any, env: Mapping[str, Any]) -> str:
    meta = tokens[index].meta
    number, again = meta["id"] + 1, meta["subId"]
    anchor = f"{env['docId']}-note-{number}"
    here = f"{anchor}-from-{again + 1}"
    return (
        f'<sup class="csa-note"><a class="govuk-link" href="#{anchor}" id="{here}"'
        f' aria-label="Note {number}">{number}</a></sup>'
    )


def render_note_open(_: Any, tokens: Sequence[Token], index: int, __: Any, env: Mapping[str, Any]) -> str:
    return f'<li id="{env["docId"]}-note-{tokens[index].meta["id"] + 1}">'


def render_note_return(_: Any, tokens: Sequence[Token], index: int, __: Any, env: Mapping[str, Any]) -> str:
    meta = tokens[index].meta
    number, again = meta["id"] + 1, meta["subId"] + 1
    anchor = f"{env['docId']}-note-{number}-from-{again}"
    label = f"Back to note {number} in the text" + (f", mention {again}" if again > 1 else "")
    return f' <a class="govuk-link" href="#{anchor}" aria-label="{label}">↩</a>'


@cache
def parser() -> MarkdownIt:
    """The Markdown that summaries are written in: CommonMark without HTML, with tables and footnotes."""
    md = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    md.enable("table").disable("image").use(footnote_plugin, inline=False, move_to_end=True)
    md.inline.ruler.before("link", "live_figure", live_figure)
    md.add_render_rule("live_figure", render_figure)
    md.add_render_rule("footnote_ref", render_note_reference)
    md.add_render_rule("footnote_open", render_note_open)
    md.add_render_rule("footnote_anchor", render_note_return)
    md.add_render_rule("footnote_block_open", lambda *_: f'{NOTES_BEGIN}<ol class="govuk-list govuk-list--number">')
    md.add_render_rule("footnote_block_close", lambda *_: "</ol>")
    return md
