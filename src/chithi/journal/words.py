"""What each deed of the journal is called, in both languages. Pure data and two functions.

A verb is a concept's name and a word. Facts kept with the deed stand in braces; a deed without them is told without.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TOPICS: dict[str, tuple[str, str]] = {
    "org": ("Tổ chức và con người", "Units and people"),
    "access": ("Tài khoản và vai trò", "Accounts and roles"),
    "indicators": ("Số liệu và chỉ tiêu", "Figures and indicators"),
    "narrative": ("Văn bản", "Documents"),
    "imports": ("Nhập bằng bảng tính", "Imports"),
    "reporting": ("Báo cáo", "Reports"),
    "registry": ("Văn thư", "Records office"),
    "directives": ("Văn bản chỉ đạo", "Documents of a directive"),
    "privacy": ("Lưu giữ dữ liệu cá nhân", "Keeping personal data"),
    "jobs": ("Việc chạy nền", "Background work"),
    "groups": ("Nhóm đơn vị", "Groups of units"),
    "links": ("Gắn đơn vị bên cạnh cây", "Ties beside the tree"),
    "tasks": ("Nhiệm vụ", "Tasks"),
}
"""What the first words of verbs stand for."""

WORDS: dict[str, tuple[str, str]] = {
    "privacy.rule_set": ("Đặt thời hạn lưu giữ {kind}: {months} tháng", "Set the time for {kind}: {months} months"),
    "privacy.held": ("Giữ nguyên dữ liệu của một người", "Put a person's data on hold"),
    "privacy.released": ("Thôi giữ nguyên dữ liệu của một người", "Ended the hold on a person's data"),
    "privacy.release_taken_back": (
        "Hoàn tác việc thôi giữ nguyên dữ liệu của một người",
        "Undid the end of the hold on a person's data",
    ),
    "privacy.removed": (
        "Thay hoặc xóa {count} mục hết hạn: {kind} (mã kiểm chứng {digest})",
        "Replaced or removed {count} entries: {kind} (proof {digest})",
    ),
    "org.other_name_added": ("Thêm tên gọi khác của đơn vị", "Added another name of the unit"),
    "org.other_name_dropped": ("Bỏ tên gọi khác của đơn vị", "Removed another name of the unit"),
    "jobs.tried_again": ("Cho chạy lại một việc nền bị hỏng: {deed}", "Had failed work tried again: {deed}"),
    "access.email_set": ("Đặt địa chỉ thư của mình", "Set the own e-mail address"),
    "access.email_dropped": ("Bỏ địa chỉ thư của mình", "Removed the own e-mail address"),
    "access.granted": ("Giao vai trò {role}", "Gave the role {role}"),
    "access.ended": ("Thôi giao vai trò {role}", "Ended the role {role}"),
    "access.ending_taken_back": ("Hoàn tác việc thôi giao vai trò {role}", "Undid the end of the role {role}"),
    "access.code_given": ("Cấp mã dùng một lần", "Gave a one-time code"),
    "access.account_opened": ("Mở tài khoản", "Opened an account"),
    "access.account_changed": ("Sửa tên, ngôn ngữ của tài khoản", "Changed an account's name or language"),
    "access.account_closed": ("Đóng tài khoản", "Closed an account"),
    "access.closing_taken_back": ("Hoàn tác việc đóng tài khoản", "Undid the closing of an account"),
    "access.account_reopened": ("Mở lại tài khoản", "Reopened an account"),
    "access.password_changed": ("Đổi mật khẩu của mình", "Changed the own password"),
    "access.person_linked": ("Gắn tài khoản với một người", "Linked an account to a person"),
    "access.recovery_codes_made": ("Lập mã dự phòng mới", "Made new recovery codes"),
    "access.role_changed": ("Sửa quyền của vai trò “{role}”", "Changed what the role “{role}” may do"),
    "access.role_defined": ("Đặt vai trò mới “{role}”", "Defined the role “{role}”"),
    "access.role_resumed": ("Dùng lại vai trò “{role}”", "Resumed the role “{role}”"),
    "access.role_retired": ("Ngừng dùng vai trò “{role}” từ {on}", "Retired the role “{role}” from {on}"),
    "access.second_factor_off": ("Tắt xác thực hai bước", "Switched the second factor off"),
    "access.second_factor_on": ("Bật xác thực hai bước", "Switched the second factor on"),
    "access.second_factor_reset": ("Bỏ xác thực hai bước của một tài khoản", "Reset an account's second factor"),
    "access.sessions_ended": ("Kết thúc các phiên đăng nhập của một tài khoản", "Ended an account's sessions"),
    "access.unlocked": ("Mở khóa đăng nhập cho một tài khoản", "Unlocked an account"),
    "indicators.adopted": ("Nhận số của cấp trên bù cho đơn vị chưa báo", "Adopted a statement for silent units"),
    "indicators.adoption_ended": ("Thôi nhận bù", "Ended an adoption"),
    "indicators.defined": ("Đặt chỉ tiêu mới {indicator}", "Defined the indicator {indicator}"),
    "indicators.redefined": (
        "Sửa chỉ tiêu {indicator}, bản {version}",
        "Changed the indicator {indicator}, version {version}",
    ),
    "indicators.retired": ("Ngừng dùng chỉ tiêu {indicator} từ {on}", "Retired the indicator {indicator} from {on}"),
    "indicators.resumed": ("Dùng lại chỉ tiêu {indicator}", "Used the indicator {indicator} again"),
    "indicators.breakdown_defined": ("Đặt cách chia mới {breakdown}", "Defined the breakdown {breakdown}"),
    "indicators.breakdown_renamed": ("Đổi tên cách chia {breakdown}", "Renamed the breakdown {breakdown}"),
    "indicators.member_added": ("Thêm một phần vào cách chia {breakdown}", "Added a part to the breakdown {breakdown}"),
    "indicators.member_changed": ("Sửa một phần của cách chia", "Changed a part of a breakdown"),
    "indicators.member_merged": ("Gộp một phần của cách chia từ {until}", "Merged a part of a breakdown from {until}"),
    "indicators.stated": ("Ghi số, kỳ {period}", "Stated a figure, {period}"),
    "indicators.withdrawn": ("Rút số đã ghi", "Withdrew a figure"),
    "indicators.period_confirmed": (
        "Xác nhận ghi chép của kỳ đã đủ",
        "Confirmed that the period's records are complete",
    ),
    "indicators.source_chosen": ("Chọn nguồn số liệu", "Chose the source that speaks"),
    "narrative.taken_in": ("Đưa văn bản vào", "Took a document in"),
    "narrative.question_settled": ("Giải quyết một chỗ cần hỏi", "Settled a question"),
    "narrative.span_confirmed": ("Xác nhận một con số trong văn bản", "Confirmed a number of a document"),
    "narrative.span_rejected": ("Bỏ một con số trong văn bản", "Rejected a number of a document"),
    "narrative.span_proposed": ("Xem lại một con số trong văn bản", "Reopened a number of a document"),
    "groups.made": ("Lập nhóm đơn vị", "Made a group of units"),
    "groups.changed": ("Sửa nhóm đơn vị", "Changed a group of units"),
    "groups.ended": ("Kết thúc nhóm đơn vị từ {on}", "Ended a group of units on {on}"),
    "groups.joined": ("Đưa đơn vị vào nhóm từ {since}", "Put a unit into a group from {since}"),
    "groups.left": ("Đưa đơn vị ra khỏi nhóm từ {on}", "Took a unit out of a group on {on}"),
    "groups.leaving_taken_back": (
        "Hoàn tác việc đưa đơn vị ra khỏi nhóm từ {on}",
        "Undid a unit's leaving of a group on {on}",
    ),
    "links.made": ("Gắn hai đơn vị từ {on}", "Tied two units from {on}"),
    "links.ended": ("Thôi gắn hai đơn vị từ {on}", "Ended a tie of two units on {on}"),
    "links.ending_taken_back": ("Hoàn tác việc thôi gắn hai đơn vị từ {on}", "Undid the end of a tie on {on}"),
    "tasks.assigned": ("Giao nhiệm vụ, hạn {due}", "Assigned a task, due {due}"),
    "tasks.changed": ("Sửa nội dung nhiệm vụ", "Worded a task anew"),
    "tasks.reported": ("Ghi tiến độ nhiệm vụ", "Reported on a task"),
    "tasks.finished": ("Báo hoàn thành nhiệm vụ ngày {on}", "Reported a task finished on {on}"),
    "tasks.step_added": ("Thêm một bước, hạn {due}", "Added a step, due {due}"),
    "tasks.step_done": ("Xong một bước của nhiệm vụ", "Finished a step of a task"),
    "tasks.accepted": ("Nghiệm thu nhiệm vụ", "Accepted a task"),
    "tasks.reopened": ("Trả lại nhiệm vụ để làm tiếp", "Gave a task back to be done"),
    "tasks.cancelled": ("Hủy nhiệm vụ", "Cancelled a task"),
    "tasks.suspended": ("Tạm dừng nhiệm vụ từ {on}", "Suspended a task from {on}"),
    "tasks.resumed": ("Cho làm tiếp nhiệm vụ", "Let a task go on"),
    "tasks.day_asked": ("Xin đổi hạn từ {old} sang {new}", "Asked to move the day from {old} to {new}"),
    "tasks.day_changed": ("Đổi hạn từ {old} sang {new}", "Moved the day from {old} to {new}"),
    "tasks.day_refused": ("Không đồng ý đổi hạn", "Did not agree to another day"),
    "tasks.why_asked": ("Yêu cầu giải trình, hạn {due}", "Asked for an explanation by {due}"),
    "tasks.why_answered": ("Gửi giải trình", "Gave an explanation"),
    "tasks.why_judged": ("Kết luận về giải trình", "Judged an explanation"),
    "tasks.escalated": ("Báo nhiệm vụ quá hạn lên cấp trên", "Brought an overdue task before the level above"),
    "tasks.passed_on": ("Nhiệm vụ chuyển theo đơn vị kế thừa", "A task passed to the heir of a unit"),
    "tasks.followed_post": ("Nhiệm vụ chuyển theo bàn giao chức vụ", "A task followed the hand-over of a post"),
    "org.opened": ("Thành lập đơn vị", "Opened a unit"),
    "org.close": ("Kết thúc hoạt động đơn vị", "Closed a unit"),
    "org.rename": ("Đổi tên đơn vị", "Renamed a unit"),
    "org.move": ("Chuyển đơn vị sang cấp trên khác", "Moved a unit"),
    "org.merge": ("Sáp nhập đơn vị", "Merged a unit"),
    "org.split": ("Chia tách đơn vị", "Split a unit"),
    "org.change_kind": ("Đổi loại đơn vị", "Changed a unit's kind"),
    "org.reopen": ("Mở lại đơn vị", "Reopened a unit"),
    "org.restore": ("Khôi phục đơn vị như trước", "Restored a unit"),
    "org.plan_drafted": ("Lập phương án sắp xếp", "Drafted a reorganisation"),
    "org.plan_edited": ("Sửa phương án sắp xếp", "Mended a reorganisation"),
    "org.plan_tried": ("Tính thử phương án sắp xếp", "Had a reorganisation worked out"),
    "org.plan_apply_asked": ("Yêu cầu áp dụng phương án sắp xếp", "Asked for a reorganisation to be applied"),
    "org.plan_cancelled": ("Bỏ phương án sắp xếp đang soạn", "Gave up a draft reorganisation"),
    "org.plan_taken_up": ("Soạn tiếp phương án sắp xếp đã bỏ", "Took up a reorganisation that was given up"),
    "org.plan_applied": ("Áp dụng phương án sắp xếp ({events} việc)", "Applied a reorganisation ({events} events)"),
    "org.plan_undone": ("Hủy phương án sắp xếp đã áp dụng", "Undid a reorganisation"),
    "org.transferred": ("Chuyển đảng viên theo phương án", "Transferred a member by a plan"),
    "org.joined": ("Nhận đảng viên vào chi bộ, từ {on}", "A member joined, from {on}"),
    "org.left": ("Đảng viên rời chi bộ, từ {on}", "A member left, from {on}"),
    "org.exempted": ("Cho miễn công tác, sinh hoạt từ {on}", "Exempted a member from {on}"),
    "org.exemption_ended": ("Thôi miễn công tác, sinh hoạt từ {on}", "Ended an exemption from {on}"),
    "org.post_taken": ("Ghi người giữ chức vụ từ {on}", "A post was taken from {on}"),
    "org.post_left": ("Thôi giữ chức vụ từ {on}", "A post was left on {on}"),
    "org.person_corrected": ("Sửa họ tên hoặc năm sinh của một người", "Put a person's name or year of birth right"),
    "org.employed": ("Ghi người làm việc tại cơ quan, từ {on}", "Somebody works in the agency, from {on}"),
    "org.employment_ended": ("Thôi làm việc tại cơ quan từ {on}", "Somebody works there no longer, from {on}"),
    "org.ending_taken_back": ("Hoàn tác việc ghi thôi từ {on}", "Undid an end on {on} in the register of people"),
    "org.transfer_proposed": (
        "Đề nghị chuyển sinh hoạt cho đảng viên, từ {on}",
        "Proposed a member's transfer, from {on}",
    ),
    "org.transfer_accepted": ("Nhận đảng viên chuyển đến", "Took a transferred member in"),
    "org.transfer_refused": ("Không nhận đảng viên chuyển đến", "Did not take a transferred member in"),
    "org.transfer_withdrawn": ("Rút đề nghị chuyển sinh hoạt", "Withdrew a proposed transfer"),
    "org.handover_made": ("Lập biên bản bàn giao chức vụ, từ {on}", "Made a hand-over of a post, from {on}"),
    "org.handover_signed": ("Ký biên bản bàn giao", "Signed a hand-over"),
    "org.handover_withdrawn": ("Rút biên bản bàn giao", "Withdrew a hand-over"),
    "org.handed_over": ("Bàn giao xong một chức vụ", "A post was handed over"),
    "access.roles_asked": ("Chờ chuyển vai trò theo biên bản bàn giao", "Roles wait to follow a hand-over"),
    "imports.brought": ("Đưa bảng tính lên để kiểm tra", "Brought a sheet to be checked"),
    "imports.asked_for": ("Đồng ý ghi bảng tính đã kiểm tra", "Had a checked sheet applied"),
    "imports.cancelled": ("Bỏ bảng tính đã đưa lên", "Let a sheet be"),
    "imports.applied": (
        "Ghi bảng tính: {new} dòng mới, {changed} dòng thay đổi, {unchanged} dòng giữ nguyên",
        "Applied a sheet: {new} new rows, {changed} changed, {unchanged} as they were",
    ),
    "directives.drafted": ("Soạn dự thảo văn bản", "Drafted a document"),
    "directives.changed": ("Sửa văn bản chỉ đạo", "Changed a document"),
    "directives.went_out": ("Ban hành, vào sổ văn bản {sign}", "Let document {sign} go out"),
    "directives.withdrawn": ("Thu hồi văn bản {sign}", "Withdrew document {sign}"),
    "directives.discarded": ("Bỏ một dự thảo văn bản", "Threw a draft away"),
    "directives.linked": ("Nối hai văn bản với nhau", "Linked two documents"),
    "directives.unlinked": ("Gỡ mối nối giữa hai văn bản", "Took a link between documents away"),
    "directives.attached": ("Đính kèm tệp vào văn bản", "Attached a file to a document"),
    "directives.detached": ("Gỡ tệp khỏi văn bản", "Took a file from a document away"),
    "registry.office_set": ("Sửa thể thức văn bản: {fields}", "Changed the letterhead: {fields}"),
    "registry.term_set": ("Ghi nhiệm kỳ {name}", "Wrote down the term {name}"),
    "registry.first_set": ("Đặt số bắt đầu của {kind}: {first}", "Set the first number of {kind}: {first}"),
    "registry.issued": ("Ban hành {sign}", "Issued {sign}"),
    "registry.withdrawn": ("Thu hồi {sign}", "Withdrew {sign}"),
    "reporting.made": ("Lập báo cáo Word", "Made a Word report"),
    "reporting.template_added": ("Đưa lên mẫu báo cáo riêng “{name}”", "Uploaded a template of its own, “{name}”"),
    "reporting.template_renewed": ("Đưa lên bản {number} của mẫu báo cáo", "Uploaded version {number} of a template"),
    "reporting.template_named": ("Đổi tên mẫu báo cáo thành “{name}”", "Renamed a template to “{name}”"),
    "reporting.template_offered": ("Dùng lại một mẫu báo cáo", "Offered a template again"),
    "reporting.template_retired": ("Thôi dùng một mẫu báo cáo", "Stopped offering a template"),
}


def told(verb: str, facts: Mapping[str, Any], language: str) -> str:
    """The deed in words; a verb without words is shown as it is rather than hidden."""
    vi, en = WORDS.get(verb, (verb, verb))
    return (en if language.startswith("en") else vi).format_map(_Kept(facts))


def topic_word(topic: str, language: str) -> str:
    """What a group of verbs is called."""
    vi, en = TOPICS.get(topic, (topic, topic))
    return en if language.startswith("en") else vi


class _Kept(dict[str, str]):
    def __init__(self, facts: Mapping[str, Any]) -> None:
        super().__init__({name: str(value)[:80] for name, value in facts.items()})

    def __missing__(self, key: str) -> str:
        return "…"
