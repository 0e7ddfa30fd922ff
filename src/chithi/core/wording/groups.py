"""What refusals say about named groups and ties beside the tree. Vietnamese, English."""

from __future__ import annotations

GROUPS: dict[str, tuple[str, str]] = {
    "groups.no_group": (
        "Không tìm thấy nhóm này, hoặc nhóm nằm ngoài phạm vi được giao.",
        "This group was not found, or lies outside your reach.",
    ),
    "groups.no_member": (
        "Không tìm thấy đơn vị này trong nhóm.",
        "This unit was not found in the group.",
    ),
    "groups.no_name": ("Hãy đặt tên cho nhóm.", "Give the group a name."),
    "groups.name_taken": (
        "Đơn vị đã có một nhóm mang tên này. Hãy chọn tên khác.",
        "The unit has a group of this name already. Choose another name.",
    ),
    "groups.ended": (
        "Nhóm đã kết thúc từ {day}, không sửa được nữa.",
        "The group ended on {day} and can no longer be changed.",
    ),
    "groups.ends_too_early": (
        "Ngày {day} sớm hơn ngày bắt đầu ({since}). Hãy chọn ngày muộn hơn.",
        "{day} comes before the beginning ({since}). Choose a later day.",
    ),
    "groups.too_many": (
        "Một nhóm có nhiều nhất {most} đơn vị.",
        "A group holds {most} units at most.",
    ),
    "groups.not_open_then": (
        "Đơn vị {unit} chưa hoạt động, hoặc đã kết thúc, vào ngày {day}.",
        "Unit {unit} is not open on {day}.",
    ),
    "groups.member_already": (
        "Đơn vị {unit} đã ở trong nhóm vào ngày ấy, hoặc sau đó.",
        "Unit {unit} is in the group on that day already, or later.",
    ),
    "groups.left_already": (
        "Đơn vị đã ra khỏi nhóm từ {day}.",
        "The unit left the group on {day} already.",
    ),
    "links.no_link": (
        "Không tìm thấy mối gắn này, hoặc nó nằm ngoài phạm vi được giao.",
        "This tie was not found, or lies outside your reach.",
    ),
    "links.to_itself": (
        "Một đơn vị không gắn được với chính nó. Hãy chọn đơn vị khác.",
        "A unit cannot be tied to itself. Choose another one.",
    ),
    "links.tied_already": (
        "Đơn vị đã có một mối gắn như thế vào ngày ấy, hoặc sau đó. Hãy thôi mối gắn cũ trước.",
        "The unit has such a tie on that day already, or later. End the old one first.",
    ),
    "links.ended_already": ("Mối gắn đã thôi từ {day}.", "The tie ended on {day} already."),
    "links.not_this_owner": (
        "Loại đơn vị này không gắn theo cách đã chọn. Hãy chọn cách gắn khác hoặc đơn vị khác.",
        "A unit of this kind is not tied in this way. Choose another way or another unit.",
    ),
    "links.not_this_other": (
        "Đơn vị được gắn tới không hợp với cách gắn đã chọn: cần chi bộ hoặc tổ chức đảng.",
        "The other unit does not fit this tie: it must be a cell or a Party organisation.",
    ),
}
