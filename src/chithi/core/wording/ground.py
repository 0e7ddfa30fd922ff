"""What refusals say about settings, numbers, periods, the store. Vietnamese, English."""

from __future__ import annotations

GROUND: dict[str, tuple[str, str]] = {
    "db.taken": (
        "Chưa ghi được vì trùng với điều vừa được ghi trước. Hãy mở lại trang rồi làm lại.",
        "Not saved: the same was saved just before. Open the page again and do it once more.",
    ),
    "db.stale": (
        "Có người vừa sửa nội dung này. Hãy tải lại để xem bản mới rồi làm tiếp; chưa có gì bị ghi đè.",
        "Somebody has just changed this. Reload to see the new version; nothing was overwritten.",
    ),
    "periods.not_in_use": (
        "Chưa có số liệu nào cho kỳ “{period}”. Hãy chọn một kỳ trong danh sách.",
        "Nothing has been stated for the period “{period}” yet. Choose one from the list.",
    ),
    "periods.unreadable": (
        "Không hiểu kỳ “{text}”. Ví dụ đúng: 2013, 2013-06, 2013-Q2, 2011-05-14..2013-08-23.",
        "The period “{text}” is not understood. Examples: 2013, 2013-06, 2013-Q2, 2011-05-14..2013-08-23.",
    ),
    "periods.not_understood": (
        "Không hiểu kỳ “{text}”. Hãy viết như 2013, tháng 6/2013, quý II/2013, 6 tháng đầu năm 2013, "
        "14/5/2011–23/8/2013.",
        "The period “{text}” is not understood. Write it like 2013, June 2013, Q2 2013, H1 2013, "
        "14 May 2011 – 23 Aug 2013.",
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
    "periods.no_window": ("Loại kỳ này không có kỳ nối tiếp.", "This kind of period has no windows."),
    "web.no_such_page": ("Không có trang này trong hướng dẫn.", "There is no such page in the manual."),
    "web.not_saved": ("Chưa lưu được. Hãy sửa các ô được chỉ ra.", "Nothing was saved. Mend the cells pointed out."),
    "web.undo_gone": (
        "Không hoàn tác được nữa: việc này đã hoàn tác rồi, hoặc đã quá một giờ. Hãy sửa lại trên trang của nó.",
        "This can no longer be undone: it was undone already, or is over an hour ago. Change it on its own page.",
    ),
    "rollup.key": ("Mã chỉ số không dùng được.", "The measure's key cannot be used."),
    "rollup.not_whole": ("Số đưa vào cộng dồn phải là số nguyên.", "Only whole numbers can be added up."),
    "rollup.outside": ("Vị trí nằm ngoài cây {units} đơn vị.", "A position lies outside the tree of {units} units."),
    "rollup.row_missing": (
        "Thiếu tổng của một đơn vị; hãy chạy “chithi verify --rebuild”.",
        "A unit's total is missing; run “chithi verify --rebuild”.",
    ),
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
    "numbers.unreadable": (
        "“{text}” không phải một con số đọc được. Viết như 40.539 hoặc 98,1.",
        "“{text}” is not a number that can be read. Write 40,539 or 98.1.",
    ),
    "numbers.too_fine": (
        "Số này có quá nhiều chữ số thập phân (tối đa {scale}).",
        "Too many decimals (at most {scale}).",
    ),
    "numbers.too_large": ("Số này quá lớn.", "This number is too large."),
    "demo.not_empty": (
        "Cơ sở dữ liệu đã có đơn vị; dữ liệu mẫu chỉ dựng được trên cơ sở dữ liệu trống.",
        "The database has units already; the demo is built in an empty one only.",
    ),
    "demo.unknown_size": (
        "Không có cỡ dữ liệu mẫu “{size}”. Chọn một trong: {known}.",
        "There is no demo size “{size}”. Choose one of: {known}.",
    ),
    "demo.reorganised_already": (
        "Dữ liệu mẫu cỡ “{size}” vốn đã theo bản đồ sau ngày 1/7/2025, không sắp xếp lại nữa.",
        "The demo of size “{size}” stands on the map after 1 July 2025 already; it is not reorganised.",
    ),
    "bench.not_empty": (
        "Phép đo này cần cơ sở dữ liệu chưa có đơn vị nào. Hãy đặt CHITHI_HOME vào một thư mục trống.",
        "This measurement needs a database without units. Set CHITHI_HOME to an empty folder.",
    ),
    "bench.no_size": (
        "Phép đo “{name}” không chọn cỡ dữ liệu mẫu; chỉ {known} chọn được.",
        "The bench “{name}” has no size of a demo to choose; only {known} has.",
    ),
    "bench.no_demo": (
        "Cơ sở dữ liệu này không có dữ liệu mẫu để đo. Hãy đo trên cơ sở dữ liệu trống hoặc có dữ liệu mẫu.",
        "This database holds no demo to measure. Measure on an empty one, or on one with the demo in it.",
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
    "settings.not_a_safe_url": (
        "{name}: “{value}” không dùng được; cần địa chỉ https (http chỉ dùng được trên chính máy này).",
        "{name}: “{value}” cannot be used; an https address is needed (http only on this very machine).",
    ),
    "settings.needed_too": ("Đã đặt {other} thì phải đặt cả {name}.", "{name} is needed along with {other}."),
    "settings.not_ascii": (
        "{name} chỉ được gồm chữ không dấu, số và dấu câu thường: thư không gửi chữ có dấu đi được.",
        "{name} may hold plain letters, digits and signs only: mail carries no others.",
    ),
    "settings.short_key": ("{name} phải dài ít nhất 32 ký tự.", "{name} must have at least 32 characters."),
}
