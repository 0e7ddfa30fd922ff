"""What refusals say about units, people and the tree. Vietnamese, English."""

from __future__ import annotations

ORG: dict[str, tuple[str, str]] = {
    "org.no_plan": (
        "Không tìm thấy phương án sắp xếp này, hoặc phương án nằm ngoài phạm vi được giao.",
        "This reorganisation was not found, or lies outside your reach.",
    ),
    "org.plan_has_problems": (
        "Phương án còn {count} chỗ phải sửa, chỗ đầu tiên ở dòng {row}. Chưa có gì thay đổi.",
        "The plan has {count} problems, the first in row {row}. Nothing was changed.",
    ),
    "org.no_act": ("Không có việc này cho đơn vị.", "There is no such act for the unit."),
    "org.outside_kept_tree": (
        "Việc này đụng tới đơn vị ngoài phạm vi được giao; hãy đề nghị cấp trên làm.",
        "This concerns units outside the tree that you keep; ask the level above to do it.",
    ),
    "org.trial_failed": (
        "Chưa tính được phương án này, lỗi đã được ghi lại. Thử lại sau; nếu vẫn vậy, báo người quản trị máy chủ.",
        "This plan could not be worked out; the error was noted. Try again later, then tell whoever runs the server.",
    ),
    "org.plan_not_draft": (
        "Phương án đã được áp dụng, đã hủy hoặc đã bỏ, không sửa và không áp dụng được nữa.",
        "This plan was applied, undone or given up; it can neither be mended nor applied any more.",
    ),
    "org.no_title_of_plan": ("Hãy ghi tên phương án.", "Give the plan a title."),
    "org.plan_not_applied": (
        "Phương án chưa được áp dụng nên không có gì để hủy.",
        "This plan has not been applied, so there is nothing to undo.",
    ),
    "org.built_on_since": (
        "Không hủy được: sau phương án này đã có thay đổi khác dựa vào nó. Hãy hủy thay đổi sau trước.",
        "It cannot be undone: later changes build on it. Undo those first.",
    ),
    "org.no_unit": (
        "Không tìm thấy đơn vị này, hoặc đơn vị nằm ngoài phạm vi được xem.",
        "This unit was not found, or lies outside your reach.",
    ),
    "org.bad_day": (
        "Ngày {day} không dùng được: chỉ nhận từ {earliest} đến {latest}.",
        "The day {day} cannot be used: only from {earliest} to {latest}.",
    ),
    "org.already_closed": ("Đơn vị đã kết thúc hoạt động từ {day}.", "The unit was closed on {day}."),
    "org.before_last_change": (
        "Ngày {day} không sau lần thay đổi gần nhất ({last_change}). Hãy chọn ngày muộn hơn.",
        "{day} is not after the newest change ({last_change}). Choose a later day.",
    ),
    "org.cyclic_move": (
        "Không thể đặt một đơn vị dưới chính nó hoặc dưới đơn vị cấp dưới của nó.",
        "A unit cannot be put under itself or under a unit below it.",
    ),
    "org.parent_not_open": (
        "Cấp trên chưa thành lập hoặc đã kết thúc vào ngày {day}.",
        "The level above is not open on {day}.",
    ),
    "org.nothing_to_merge": ("Hãy chọn ít nhất một đơn vị để sáp nhập.", "Choose at least one unit to merge."),
    "org.heir_closes_too": (
        "Đơn vị kế thừa không thể nằm trong số đơn vị kết thúc.",
        "The heir cannot be among the units that close.",
    ),
    "org.root_cannot_close": ("Đơn vị cao nhất không thể kết thúc.", "The top unit cannot be closed."),
    "org.root_exists": ("Đã có đơn vị cao nhất; hãy chọn cấp trên.", "There is a top unit already; choose a parent."),
    "org.code_taken": ("Mã “{code}” đã dùng cho đơn vị khác.", "The code “{code}” belongs to another unit."),
    "org.no_name": ("Hãy ghi tên đơn vị.", "Give the unit a name."),
    "org.not_open_then": ("Đơn vị chưa hoạt động vào ngày {day}.", "The unit is not open on {day}."),
    "org.not_a_cell": (
        "Đơn vị này không phải chi bộ; đảng viên sinh hoạt tại chi bộ.",
        "This unit is not a cell; members belong to a cell.",
    ),
    "org.no_person": (
        "Không tìm thấy người này, hoặc người này nằm ngoài phạm vi được xem.",
        "This person was not found, or lies outside your reach.",
    ),
    "org.no_such_row": (
        "Không tìm thấy mục này, hoặc mục này nằm ngoài phạm vi được ghi.",
        "This entry was not found, or lies outside your reach.",
    ),
    "org.person_forgotten": (
        "Tên người này đã được thay từ {day} và không khôi phục được. Nếu người đó trở lại, hãy ghi như người mới.",
        "This person's name was replaced on {day} and cannot be restored. Enter somebody who returns as a new person.",
    ),
    "org.bad_other_name": (
        "Tên gọi khác phải có chữ hoặc số và dài không quá {longest} ký tự.",
        "Another name needs letters or digits, {longest} characters at most.",
    ),
    "org.other_name_twice": ("Đơn vị đã có tên gọi này.", "The unit has this name already."),
    "org.too_many_other_names": (
        "Mỗi đơn vị có không quá {most} tên gọi khác. Hãy bỏ bớt trước.",
        "A unit has at most {most} other names. Remove one first.",
    ),
    "org.no_person_name": ("Hãy ghi họ tên.", "Give the person's name."),
    "org.bad_birth_year": ("Năm sinh {year} không dùng được.", "The year of birth {year} cannot be used."),
    "org.no_title": ("Hãy ghi chức vụ.", "Give the title of the post."),
    "org.overlaps": (
        "Trùng thời gian với mục đã có từ {since}. Hãy kết thúc mục đó trước, hoặc chọn ngày khác.",
        "This overlaps with the entry since {since}. End that one first, or choose another day.",
    ),
    "org.ended_already": ("Mục này đã kết thúc từ {day}.", "This entry ended on {day}."),
    "org.ends_before_beginning": (
        "Ngày kết thúc phải sau ngày bắt đầu ({since}).",
        "The end must come after the beginning ({since}).",
    ),
    "org.not_a_member_then": (
        "Người này không sinh hoạt tại chi bộ vào ngày {day}.",
        "This person is not a member of the cell on {day}.",
    ),
    "org.no_such_cell": (
        "Không có chi bộ nào mang mã “{code}” vào ngày đó. Hãy hỏi nơi nhận mã của chi bộ.",
        "No cell has the code “{code}” on that day. Ask the receiving side for its code.",
    ),
    "org.same_cell": ("Đảng viên đang sinh hoạt tại chính chi bộ này.", "The member belongs to this very cell."),
    "org.proposed_already": (
        "Đã có đề nghị chuyển đang chờ trả lời. Hãy rút đề nghị đó trước.",
        "A proposed transfer already waits for an answer. Withdraw it first.",
    ),
    "org.proposal_answered": (
        "Đề nghị này đã được trả lời hoặc đã rút.",
        "This proposal was answered or withdrawn already.",
    ),
    "org.not_receiving_side": (
        "Chỉ nơi nhận mới trả lời được đề nghị này.",
        "Only the receiving side can answer this proposal.",
    ),
    "org.others_proposal": (
        "Chỉ nơi đề nghị mới rút được. Nơi nhận có thể không nhận và ghi lý do.",
        "Only the proposing side can withdraw. The receiving side may refuse with a reason.",
    ),
    "org.no_reason": ("Hãy ghi lý do.", "Give the reason."),
    "org.same_person": ("Người nhận phải là người khác.", "The one who takes over must be somebody else."),
    "org.same_account": (
        "Hai bên không thể dùng chung một tài khoản.",
        "The two sides cannot share one account.",
    ),
    "org.no_such_account": (
        "Không có tài khoản nào đang mở mang tên “{username}”. Nếu người này không có tài khoản, hãy để trống.",
        "No open account is named “{username}”. Leave it empty where the person has no account.",
    ),
    "org.handed_already": (
        "Chức vụ này đang có biên bản bàn giao chưa xong. Hãy dùng hoặc rút biên bản đó.",
        "This post has an unfinished hand-over. Use or withdraw that one.",
    ),
    "org.handover_over": (
        "Biên bản bàn giao này đã xong hoặc đã rút.",
        "This hand-over is done or was withdrawn.",
    ),
    "org.signed_already": ("Bên này đã ký.", "This side has signed already."),
    "org.signs_alone": (
        "Người này có tài khoản nên phải tự ký.",
        "This person has an account and must sign with it.",
    ),
    "org.not_your_side": (
        "Tài khoản này không phải của bên đang ký.",
        "This account does not belong to the side that signs.",
    ),
    "org.not_both_sides": (
        "Người ký bên này không ghi hộ chữ ký của bên kia. Hãy nhờ văn phòng cấp trên ghi.",
        "Who signs for one side does not record the other's signature. Ask the office above to do so.",
    ),
    "org.no_paper": (
        "Hãy ghi bản giấy đã ký đang lưu ở đâu.",
        "Say where the signed paper is kept.",
    ),
    "org.no_roles_asked": (
        "Không có vai trò nào đang chờ chuyển theo biên bản này.",
        "No role waits to be moved for this hand-over.",
    ),
}
