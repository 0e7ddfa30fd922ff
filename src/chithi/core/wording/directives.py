"""Refusals of the documents of a directive: writing, going out, links, files."""

from __future__ import annotations

DIRECTIVES: dict[str, tuple[str, str]] = {
    "directives.attached_already": ("Tệp này đã đính kèm rồi.", "This file is attached already."),
    "directives.circle": (
        "Văn bản kia đã dẫn về chính văn bản này, nối thêm sẽ thành vòng tròn.",
        "That document leads back to this one; the link would close a circle.",
    ),
    "directives.dated_later": (
        "Ngày văn bản không được sau hôm nay.",
        "A document cannot bear a date to come.",
    ),
    "directives.due_first": (
        "Hạn phải sau ngày văn bản ({day}).",
        "The deadline must come after the date of the document ({day}).",
    ),
    "directives.due_for_nobody": (
        "Đã có hạn mà chưa chọn ai phải ban hành. Hãy chọn loại đơn vị.",
        "There is a deadline, but nobody who must issue a document. Choose which units.",
    ),
    "directives.ends_first": ("Ngày hết hiệu lực phải sau ngày bắt đầu.", "It cannot end before it begins."),
    "directives.entered_already": (
        "Đã có văn bản số {sign} cùng ngày của đơn vị này.",
        "A document {sign} of that day is entered for this unit already.",
    ),
    "directives.file_stays": (
        "Văn bản đã ban hành theo sổ của đơn vị, tệp đi cùng không gỡ được. Hãy thu hồi rồi ban hành lại.",
        "The document went out through the unit's register; its files stay. Withdraw it and issue it anew.",
    ),
    "directives.holds_no_more": (
        "Văn bản này không còn hiệu lực nên không đôn đốc nữa.",
        "This document no longer holds; nobody is reminded of it.",
    ),
    "directives.linked_already": ("Hai văn bản này đã nối với nhau.", "These two documents are linked already."),
    "directives.newer_than_those": (
        "Có văn bản triển khai hoặc thay thế văn bản này từ ngày {day}; ngày của văn bản này không được sau ngày đó.",
        "A document that carries this one out or replaces it bears the date {day}; this one cannot be newer.",
    ),
    "directives.no_date": ("Hãy ghi ngày văn bản.", "Write down the date of the document."),
    "directives.no_document": ("Không tìm thấy văn bản này.", "This document was not found."),
    "directives.no_file": ("Không tìm thấy tệp này.", "This file was not found."),
    "directives.no_sign": (
        "Hãy ghi số, ký hiệu như in trên văn bản, ví dụ 05-KH/ĐU.",
        "Write number and symbol as printed, for example 05-KH/TU.",
    ),
    "directives.no_such_document": (
        "Loại văn bản này không dùng để chỉ đạo hay triển khai.",
        "This kind of document neither leads nor carries out.",
    ),
    "directives.no_such_kind": ("Không có loại đơn vị này.", "There is no such kind of unit."),
    "directives.no_summary": ("Hãy ghi trích yếu.", "Write down what the document is about."),
    "directives.nobody_late": ("Không có đơn vị nào quá hạn ở đây.", "No unit is overdue here."),
    "directives.of_others": (
        "Văn bản của cơ quan khác không cấp số theo sổ của đơn vị. Hãy ghi số như in trên văn bản.",
        "A document of another body gets no number of this unit's register. Write its number as printed.",
    ),
    "directives.older_than_it": (
        "Văn bản này có trước văn bản kia (ngày {day}) nên không thể triển khai hay thay văn bản kia.",
        "This document is older than the other ({day}); it cannot carry it out or replace it.",
    ),
    "directives.out_already": (
        "Văn bản số {sign} đã ban hành.",
        "Document {sign} has gone out already.",
    ),
    "directives.pointed_to": (
        "Có văn bản hoặc nhiệm vụ khác gắn với dự thảo này. Hãy gỡ ra trước.",
        "Another document or a task belongs to this draft. Take that away first.",
    ),
    "directives.register_of_others": (
        "Văn bản này đứng trong sổ văn bản đi; chỉ người lập báo cáo của đơn vị mới thu hồi được.",
        "It stands in the register of documents; only who reports for the unit may withdraw it.",
    ),
    "directives.several": (
        "Có nhiều văn bản cùng số, ký hiệu này. Hãy mở đúng văn bản rồi dán địa chỉ trang vào đây.",
        "Several documents bear this number. Open the one you mean and paste the address of its page.",
    ),
    "directives.still_draft": (
        "Dự thảo chưa ban hành thì không thu hồi.",
        "A draft that never went out is not withdrawn.",
    ),
    "directives.to_itself": ("Không nối văn bản với chính nó.", "A document is not linked to itself."),
    "directives.too_early": ("Ngày không được trước {day}.", "The day cannot be before {day}."),
    "directives.too_far": ("Ngày không được sau {day}.", "The day cannot be after {day}."),
    "directives.too_many": ("Nhiều nhất là {most}.", "At most {most}."),
    "directives.too_many_late": (
        "Có {count} đơn vị quá hạn, một công văn gửi được nhiều nhất {most}. Hãy mở từng đơn vị bên dưới rồi đôn đốc.",
        "{count} units are overdue; one letter goes to at most {most}. Open the units below and remind each branch.",
    ),
    "directives.withdrawn_already": ("Văn bản đã thu hồi ngày {day}.", "The document was withdrawn on {day}."),
    "directives.withdrawn_first": (
        "Ngày thu hồi phải từ ngày văn bản ({day}) đến hôm nay.",
        "It is withdrawn between its date ({day}) and today.",
    ),
}
