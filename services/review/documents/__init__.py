"""What people read: postings in the village, and the written notice to a household."""

from services.review.documents.page import Page, as_html, as_text
from services.review.documents.posting import announcement_page, notice_page
from services.review.documents.written_notice import written_notice

__all__ = [
    "Page",
    "announcement_page",
    "as_html",
    "as_text",
    "notice_page",
    "written_notice",
]
