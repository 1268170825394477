"""The table of pages (tools/pages.py) leaves no page out."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, resolve

from tools.pages import PAGES

# Answers that are not pages: files, addresses that only take a form, pages that need a letter in the post, and pages of
# an issued report that are in the table under another of its addresses.
NOT_PAGES = {
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "attachment",
    "concern_undo",
    "continue_as",
    "cycle_check",
    "data_request_template",
    "data_template",
    "deputy_end",
    "edition_figure",
    "edition_figure_csv",
    "edition_figure_json",
    "edition_introduction",
    "edition_priority",
    "edition_text",
    "health",
    "indicator_csv",
    "link_draft",
    "link_file",
    "link_sheet_file",
    "introduction_still_true",
    "issued_figure_csv",
    "issued_figure_json",
    "issued_text",
    "meeting_figure",
    "meeting_figure_csv",
    "meeting_figure_json",
    "meeting_introduction",
    "meeting_priority",
    "my_actions_draft",
    "my_actions_sheet_file",
    "partner_link_revoke",
    "public_figure",
    "public_figure_csv",
    "public_figure_json",
    "public_introduction",
    "public_priority",
    "report_correct",
    "report_correct_not",
    "report_issue",
    "report_link",
    "report_link_end",
    "report_outcome",
    "report_publish",
    "report_withdraw",
    "summary_still_true",
    "upload_changes",
    "upload_correct",
    "upload_discard",
    "upload_file",
    "upload_rows",
    "upload_uncorrect",
    "upload_use",
}


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of all addresses but those of Django's administration."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from names(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name


def test_every_address_is_in_the_table_of_pages() -> None:
    seen = {resolve(page.path.partition("?")[0]).url_name for page in PAGES}

    assert set(names(get_resolver().url_patterns)) - NOT_PAGES == seen
