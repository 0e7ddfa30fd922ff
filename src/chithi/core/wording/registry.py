"""Refusals of the records office: letterhead, terms, numbers, documents issued."""

from __future__ import annotations

REGISTRY: dict[str, tuple[str, str]] = {
    "registry.bad_first": (
        "Số bắt đầu phải từ 1 đến {most}.",
        "The first number must lie between 1 and {most}.",
    ),
    "registry.begun_already": (
        "Loại văn bản này đã cấp đến số {last}, không đặt lại số bắt đầu được nữa.",
        "Numbers of this kind have been given up to {last}; the first one can no longer be set.",
    ),
    "registry.dated_later": (
        "Ngày ban hành không được sau hôm nay.",
        "A document cannot be issued on a day to come.",
    ),
    "registry.documents_outside": (
        "Có văn bản đã ban hành ngày {day} trong nhiệm kỳ này; thời gian mới phải gồm cả ngày đó.",
        "A document of this term is dated {day}; the new days must hold it.",
    ),
    "registry.issued_already": (
        "Báo cáo này đã ban hành: {sign}. Muốn cấp số khác, hãy thu hồi văn bản ấy trước.",
        "This report has been issued as {sign}. To give it another number, withdraw that document first.",
    ),
    "registry.made_before": (
        "Báo cáo này lập từ trước khi có việc ban hành. Hãy lập lại báo cáo rồi ban hành.",
        "This report was made before documents could be issued. Make it again, then issue it.",
    ),
    "registry.may_not_issue": (
        "{name} không thuộc loại văn bản mà {body} được ban hành ({basis}).",
        "{name} is not a kind of document that {body} may issue ({basis}).",
    ),
    "registry.no_document": ("Không tìm thấy văn bản này.", "This document was not found."),
    "registry.no_term": (
        "Chưa ghi nhiệm kỳ của cấp ủy vào ngày {day}, nên chưa cấp số được. Hãy ghi nhiệm kỳ ở phần Thể thức văn bản.",
        "No term of the committee is known for {day}, so no number can be given. Write down the term first.",
    ),
    "registry.not_a_signer": (
        "Người này không giữ chức vụ nào trong đơn vị. Hãy chọn lại.",
        "This person holds no post in the unit. Choose again.",
    ),
    "registry.state_only": (
        "Văn bản của Đảng không ký theo hình thức này.",
        "Documents of the Party are not signed in this form.",
    ),
    "registry.term_ends_first": ("Nhiệm kỳ phải kết thúc sau ngày bắt đầu.", "A term ends after it has begun."),
    "registry.terms_overlap": (
        "Trùng với nhiệm kỳ bắt đầu ngày {since}. Hãy ghi ngày kết thúc cho nhiệm kỳ ấy trước.",
        "It overlaps the term that began on {since}. End that one first.",
    ),
    "registry.unit_closed": (
        "Đơn vị đã kết thúc ngày {day}, không ban hành văn bản từ ngày đó.",
        "The unit closed on {day} and issues no documents from then on.",
    ),
    "registry.whose_order": (
        "Hãy ghi ký thừa lệnh (thừa ủy quyền) của ai.",
        "Say by whose order (authority) it is signed.",
    ),
    "registry.withdrawn_already": ("Văn bản này đã thu hồi ngày {day}.", "This document was withdrawn on {day}."),
    "registry.withdrawn_first": (
        "Ngày thu hồi phải từ ngày ban hành đến hôm nay.",
        "The day of withdrawal lies between the day of issue and today.",
    ),
}
