"""Refusals of units' files on a directive and of helper sections."""

from __future__ import annotations

DOSSIERS: dict[str, tuple[str, str]] = {
    "dossiers.asks_nobody": (
        "Văn bản này không yêu cầu đơn vị nào ban hành văn bản triển khai. "
        "Hãy sửa văn bản, chọn đơn vị rồi lập danh mục.",
        "This document asks no unit for one of its own. Change it, choose which units, then make the list.",
    ),
    "dossiers.begins_before": ("Không thể bắt đầu trước {day}.", "It cannot begin before {day}."),
    "dossiers.begins_later": ("Ngày bắt đầu không được sau hôm nay.", "It cannot begin after today."),
    "dossiers.begun_already": ("Danh mục hồ sơ đã có rồi.", "The list of the file is there already."),
    "dossiers.decided_later": ("Ngày quyết định không được sau hôm nay.", "A decision cannot bear a date to come."),
    "dossiers.done_before": (
        "Ngày hoàn thành không được trước ngày văn bản ({day}).",
        "It cannot have been done before the date of the document ({day}).",
    ),
    "dossiers.done_later": ("Ngày hoàn thành không được sau hôm nay.", "It cannot have been done after today."),
    "dossiers.ends_outside": (
        "Ngày thôi phải từ {day} đến hôm nay.",
        "The last day must lie between {day} and today.",
    ),
    "dossiers.head_already": (
        "Bộ phận này đã có trưởng bộ phận. Hãy cho người cũ thôi trước.",
        "This section has a head already. Let the former one leave first.",
    ),
    "dossiers.known_anyway": (
        "Mục này tự được tính là đã có, không đánh dấu bằng tay.",
        "This entry follows from what is recorded; it is not ticked by hand.",
    ),
    "dossiers.named_already": (
        "Đơn vị đã có bộ phận giúp việc cho việc này. Hãy sửa bộ phận đang có, hoặc cho thôi hoạt động trước.",
        "The unit has a helper section for this already. Change that one, or let it end first.",
    ),
    "dossiers.no_entry": ("Không tìm thấy mục hồ sơ này.", "There is no such entry."),
    "dossiers.no_evidence": (
        "Hãy ghi để ở đâu hoặc dẫn văn bản, để người sau mở được.",
        "Say where it is found, or name a document, so that others can open it.",
    ),
    "dossiers.no_name": ("Hãy ghi tên bộ phận giúp việc.", "Name the helper section."),
    "dossiers.no_seat": ("Không tìm thấy người này trong bộ phận.", "There is no such seat in the section."),
    "dossiers.no_section": ("Không tìm thấy bộ phận giúp việc này.", "There is no such helper section."),
    "dossiers.no_title": ("Hãy ghi tên mục hồ sơ.", "Name the entry."),
    "dossiers.nobody_there": (
        "Hãy chọn một chức vụ hoặc đảng viên của đơn vị.",
        "Choose a post or a member of the unit.",
    ),
    "dossiers.not_asked": (
        "Văn bản này không yêu cầu đơn vị lập hồ sơ.",
        "This document asks no file of the unit.",
    ),
    "dossiers.seated_before": (
        "Đã có người làm việc trong bộ phận từ {day}, bộ phận không thể bắt đầu sau ngày đó.",
        "Somebody has sat in the section since {day}; it cannot begin later.",
    ),
    "dossiers.sits_already": ("Người này đã ở trong bộ phận.", "This person sits in the section already."),
    "dossiers.titled_already": ("Danh mục đã có mục mang tên này.", "The list has an entry of this name."),
    "dossiers.too_many": ("Nhiều nhất {most}.", "At most {most}."),
}
