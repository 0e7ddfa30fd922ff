"""What each refusal says to people, in both languages. Pure data and one function.

A sentence says what happened and what to do. Facts stand in braces by name; dates and numbers are written the
way the language writes them. The page docs/reference/errors.md is made from this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from chithi.core.numbers import format_date, format_number

WORDING: dict[str, tuple[str, str]] = {
    "access.not_allowed": (
        "Tài khoản này chưa được giao quyền làm việc đó. Hãy hỏi người quản trị của đơn vị.",
        "This account has not been given the right to do that. Ask your unit's administrator.",
    ),
    "access.bad_username": (
        "Tên đăng nhập “{username}” chưa đúng: dùng 2–59 chữ thường không dấu, số, dấu chấm, gạch.",
        "The user name “{username}” is not usable: 2–59 lower-case letters, digits, dots or dashes.",
    ),
    "access.username_taken": ("Tên đăng nhập “{username}” đã có người dùng.", "The user name “{username}” is taken."),
    "access.no_account": ("Không có tài khoản “{username}”.", "There is no account “{username}”."),
    "db.stale": (
        "Có người vừa sửa nội dung này. Hãy tải lại để xem bản mới rồi làm tiếp; chưa có gì bị ghi đè.",
        "Somebody has just changed this. Reload to see the new version; nothing was overwritten.",
    ),
    "org.no_plan": (
        "Không tìm thấy phương án sắp xếp này, hoặc phương án nằm ngoài phạm vi của đồng chí.",
        "This reorganisation was not found, or lies outside your reach.",
    ),
    "org.plan_has_problems": (
        "Phương án còn {count} chỗ phải sửa, chỗ đầu tiên ở dòng {row}. Chưa có gì thay đổi.",
        "The plan has {count} problems, the first in row {row}. Nothing was changed.",
    ),
    "org.plan_not_draft": (
        "Phương án đã được áp dụng hoặc đã hủy, không áp dụng lại được.",
        "This plan was applied or undone already and cannot be applied again.",
    ),
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
    "narrative.taken_in_already": (
        "Văn bản này đã được đưa vào trước đây: “{title}”.",
        "This document was taken in before: “{title}”.",
    ),
    "narrative.no_document": (
        "Không tìm thấy văn bản này, hoặc văn bản nằm ngoài phạm vi được xem.",
        "This document was not found, or lies outside your reach.",
    ),
    "narrative.no_span": ("Không tìm thấy chỗ này trong văn bản.", "This place in the document was not found."),
    "narrative.no_question": ("Không tìm thấy câu hỏi này.", "This question was not found."),
    "narrative.decided_already": ("Con số này đã được xác nhận.", "This figure has been confirmed already."),
    "indicators.period_ahead": (
        "Kỳ này chưa bắt đầu (từ {first}); chưa thể ghi số.",
        "This period has not begun (from {first}); nothing can be stated yet.",
    ),
    "indicators.period_not_over": (
        "Kỳ này đến hết {last}; xác nhận sau ngày đó.",
        "This period runs until {last}; confirm after that day.",
    ),
    "indicators.unit_not_there": (
        "Đơn vị không hoạt động trong kỳ từ {first} đến {last}.",
        "The unit did not exist in the period from {first} to {last}.",
    ),
    "indicators.negative": ("Số không được âm.", "The number must not be negative."),
    "indicators.range_upside_down": ("Số sau của khoảng nhỏ hơn số trước.", "The range ends below its beginning."),
    "indicators.says_nothing": ("Hãy ghi một con số hoặc một tỷ lệ.", "Give a number or a share."),
    "indicators.no_figure": (
        "Không tìm thấy số liệu này, hoặc số liệu nằm ngoài phạm vi được xem.",
        "This figure was not found, or lies outside your reach.",
    ),
    "indicators.not_adoptable": (
        "Chỉ nhận bù được một con số nói về toàn đơn vị và các cấp dưới.",
        "Only a number about the whole subtree can be adopted.",
    ),
    "indicators.adopted_already": ("Con số này đã được nhận bù.", "This number has been adopted already."),
    "indicators.bad_source": ("Hãy chọn một nguồn số liệu.", "Choose a source of figures."),
    "indicators.no_measure": ("Không có chỉ số này.", "There is no such measure."),
    "indicators.no_breakdown": ("Chỉ tiêu này không chia theo cách đó.", "This indicator has no such breakdown."),
    "indicators.no_indicator": ("Không có chỉ tiêu này.", "There is no such indicator."),
    "indicators.choose_indicator": (
        "Hãy chọn chỉ tiêu cho con số này.",
        "Choose the indicator this number belongs to.",
    ),
    "indicators.bad_covers": ("Hãy chọn phạm vi của con số.", "Choose what the number covers."),
    "indicators.stated_elsewhere": (
        "Chỉ tiêu này của kỳ này đã có số {value} từ một câu khác. Muốn thay, hãy chọn “Thay số cũ”.",
        "A sentence already states {value} for this indicator and period. To replace it, choose “Replace”.",
    ),
    "reporting.collective_in_place": (
        "Tập thể không ký thay: “{body}” phải ký T/M.",
        "A collective does not sign in place of anyone: “{body}” signs T/M.",
    ),
    "periods.not_in_use": (
        "Chưa có số liệu nào cho kỳ “{period}”. Hãy chọn một kỳ trong danh sách.",
        "Nothing has been stated for the period “{period}” yet. Choose one from the list.",
    ),
    "web.not_saved": ("Chưa lưu được. Hãy sửa các ô được chỉ ra.", "Nothing was saved. Mend the cells pointed out."),
    "reporting.line_inconsistent": (
        "Số liệu của chỉ tiêu {indicator} mâu thuẫn, chưa thể in.",
        "The figures of {indicator} contradict each other and cannot be printed.",
    ),
    "periods.unreadable": (
        "Không hiểu kỳ “{text}”. Ví dụ đúng: 2013, 2013-06, 2013-Q2, 2011-05-14..2013-08-23.",
        "The period “{text}” is not understood. Examples: 2013, 2013-06, 2013-Q2, 2011-05-14..2013-08-23.",
    ),
    "periods.backwards": ("Ngày cuối của kỳ đứng trước ngày đầu.", "The period ends before it begins."),
    "periods.out_of_range": ("Kỳ phải nằm trong khoảng năm {low}–{high}.", "The period must lie in {low}–{high}."),
    "periods.wrong_window": (
        "Các ngày này không thành một kỳ của loại đã chọn.",
        "These days are not a window of that kind.",
    ),
    "periods.cut_day": ("Ngày chốt số phải từ 2 đến 28.", "The cut-off day must lie between 2 and 28."),
    "periods.no_such_part": ("Năm không có phần này.", "A year has no such part."),
    "periods.unknown_level": ("Không có cấp báo cáo này.", "There is no such reporting level."),
    "reporting.no_report": ("Không có báo cáo mang mã {code}.", "There is no report with the code {code}."),
    "rollup.key": ("Mã chỉ số không dùng được.", "The measure's key cannot be used."),
    "rollup.not_whole": ("Số đưa vào cộng dồn phải là số nguyên.", "Only whole numbers can be added up."),
    "rollup.outside": ("Vị trí nằm ngoài cây {units} đơn vị.", "A position lies outside the tree of {units} units."),
    "rollup.row_missing": (
        "Thiếu tổng của một đơn vị; hãy chạy “chithi verify --rebuild”.",
        "A unit's total is missing; run “chithi verify --rebuild”.",
    ),
    "periods.no_window": ("Loại kỳ này không có kỳ nối tiếp.", "This kind of period has no windows."),
    "numbers.unreadable": (
        "“{text}” không phải một con số đọc được. Viết như 40.539 hoặc 98,1.",
        "“{text}” is not a number that can be read. Write 40,539 or 98.1.",
    ),
    "numbers.too_fine": (
        "Số này có quá nhiều chữ số thập phân (tối đa {scale}).",
        "Too many decimals (at most {scale}).",
    ),
    "numbers.too_large": ("Số này quá lớn.", "This number is too large."),
    "rollup.too_large": ("Tổng quá lớn để tính.", "The total is too large to compute."),
    "rollup.cycle": ("Cây tổ chức có vòng lặp tại đơn vị {unit}.", "The tree has a cycle at unit {unit}."),
    "rollup.no_parent": ("Đơn vị {unit} có cấp trên không tồn tại.", "Unit {unit} has a parent that does not exist."),
    "rollup.no_unit": ("Không có đơn vị {unit} trong cây.", "Unit {unit} is not in the tree."),
    "rollup.duplicate": ("Đơn vị {unit} có hai lần trong cây.", "Unit {unit} stands twice in the tree."),
    "rollup.too_deep": ("Cây tổ chức sâu quá {limit} cấp.", "The tree is deeper than {limit} levels."),
    "rollup.uneven": ("Dữ liệu cây tổ chức không khớp.", "The rows of the tree do not match."),
    "rollup.damaged": (
        "Dữ liệu tổng hợp đã hỏng; hãy chạy “chithi verify --rebuild”.",
        "Stored totals are damaged; run “chithi verify --rebuild”.",
    ),
    "text.empty": (
        "Văn bản không có chữ nào. Hãy kiểm tra lại tệp, hoặc dán nội dung vào.",
        "The document has no text. Check the file, or paste the text.",
    ),
    "text.too_large": (
        "Văn bản quá lớn (tối đa 20 MB, 1 triệu chữ cái; lệnh “chithi intake” đọc được 5 triệu). "
        "Hãy bỏ bớt hình ảnh hoặc chia thành nhiều tệp.",
        "The document is too large (at most 20 MB and 1 million letters; “chithi intake” reads 5 million). "
        "Leave pictures out or split it.",
    ),
    "text.unknown_format": (
        "Chưa đọc được tệp loại “{suffix}”. Hãy lưu thành .docx hoặc .txt rồi đưa vào lại.",
        "Files of the kind “{suffix}” cannot be read yet. Save it as .docx or .txt and bring it in again.",
    ),
    "text.legacy_or_encrypted": (
        "Tệp “{filename}” là Word đời cũ (.doc) hoặc có mật khẩu. Hãy bỏ mật khẩu nếu có, lưu thành .docx.",
        "“{filename}” is an old Word file (.doc) or has a password. Take the password off and save it as .docx.",
    ),
    "text.encrypted": (
        "Tệp này có mật khẩu. Hãy mở bằng Word, bỏ mật khẩu, lưu lại rồi đưa vào.",
        "This file has a password. Open it in Word, take the password off, save it and bring it in again.",
    ),
    "text.binary": (
        "Tệp này không phải văn bản đọc được. Hãy chọn tệp .docx hoặc .txt.",
        "This file is not readable text. Choose a .docx or .txt file.",
    ),
    "text.not_a_document": (
        "Tệp này không phải văn bản Word, hoặc đã hỏng. Hãy mở bằng Word, lưu thành .docx mới rồi đưa vào lại.",
        "This file is not a Word document, or it is damaged. Open it in Word, save a new .docx and bring that in.",
    ),
    "text.unreadable_document": (
        "Không mở được tệp này. Hãy mở bằng Word, lưu thành .docx mới, hoặc dán nội dung vào.",
        "This file could not be opened. Open it in Word and save a new .docx, or paste the text.",
    ),
    "text.unreadable_encoding": (
        "Không nhận ra bảng mã của tệp. Hãy chuyển sang Unicode rồi lưu thành .docx hoặc .txt.",
        "The encoding of this file is not known. Convert it to Unicode and save it as .docx or .txt.",
    ),
    "text.forbidden_xml": (
        "Tệp này chứa nội dung không an toàn nên không được mở. Hãy lưu thành .docx mới, hoặc dán nội dung vào.",
        "This file holds something unsafe and was not opened. Save a new .docx, or paste the text.",
    ),
    "text.strange_path": (
        "Tệp này được đóng gói bất thường nên không được mở. Hãy lưu thành .docx mới, hoặc dán nội dung vào.",
        "This file is packed in a strange way and was not opened. Save a new .docx, or paste the text.",
    ),
    "text.zip_bomb": (
        "Tệp này phình ra quá lớn khi mở nên không được nhận. Hãy lưu thành .docx mới, hoặc dán nội dung vào.",
        "This file swells too much when opened and was not taken. Save a new .docx, or paste the text.",
    ),
    "text.too_deep": (
        "Văn bản có bảng lồng nhau quá {limit} lớp. Hãy dán nội dung vào.",
        "The document nests tables more than {limit} deep. Paste its text instead.",
    ),
    "text.too_slow": (
        "Đọc tệp quá {limit} giây nên đã dừng. Hãy chia thành nhiều tệp, hoặc dán nội dung vào.",
        "Reading this file took more than {limit} seconds and was stopped. Split it, or paste the text.",
    ),
    "demo.not_empty": (
        "Cơ sở dữ liệu đã có đơn vị; dữ liệu mẫu chỉ dựng được trên cơ sở dữ liệu trống.",
        "The database has units already; the demo is built in an empty one only.",
    ),
    "demo.unknown_size": (
        "Không có cỡ dữ liệu mẫu “{size}”. Chọn một trong: {known}.",
        "There is no demo size “{size}”. Choose one of: {known}.",
    ),
    "settings.not_yes_or_no": ("{name}: “{value}” phải là yes hoặc no.", "{name}: “{value}” must be yes or no."),
    "settings.not_in_range": (
        "{name}: “{value}” phải từ {low} đến {high}.",
        "{name}: “{value}” must be {low} to {high}.",
    ),
    "settings.not_a_choice": (
        "{name}: “{value}” phải là một trong: {choices}.",
        "{name}: “{value}” must be one of: {choices}.",
    ),
    "settings.not_a_url": (
        "{name}: “{value}” không phải địa chỉ http(s).",
        "{name}: “{value}” is not an http(s) address.",
    ),
    "settings.not_a_database": (
        "{name}: “{value}” không dùng được; cần sqlite:///… hoặc postgresql://….",
        "{name}: “{value}” cannot be used; sqlite:///… or postgresql://… is needed.",
    ),
    "settings.short_key": ("{name} phải dài ít nhất 32 ký tự.", "{name} must have at least 32 characters."),
}


def sentence(code: str, facts: Mapping[str, Any], language: str) -> str:
    """The sentence of a refusal; an unknown code is shown as such rather than hidden."""
    vi, en = WORDING.get(code, (f"Không làm được ({code}).", f"This could not be done ({code})."))
    pattern = en if language.startswith("en") else vi
    return pattern.format_map(_Shown({name: _shown(value, language) for name, value in facts.items()}))


class _Shown(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _shown(value: Any, language: str) -> str:
    if isinstance(value, date):
        return format_date(value, language)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return format_number(value, language)
    return str(value)[:200]
