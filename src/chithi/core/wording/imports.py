"""What refusals say about imports: what is wrong in a sheet, and with an import as a whole. Vietnamese, English."""

from __future__ import annotations

IMPORTS: dict[str, tuple[str, str]] = {
    "imports.no_import": (
        "Không tìm thấy lần nhập này, hoặc nằm ngoài phạm vi được xem.",
        "This import was not found, or lies outside your reach.",
    ),
    "imports.not_checked": (
        "Chỉ ghi vào được khi bảng đã kiểm tra xong và không còn chỗ sai.",
        "An import is applied only once it was checked and has no problems left.",
    ),
    "imports.ended_already": ("Lần nhập này đã kết thúc.", "This import has ended already."),
    "imports.file_gone": (
        "Tệp của lần nhập này đã được xóa. Hãy chọn lại tệp.",
        "The file of this import has been deleted. Choose the file again.",
    ),
    "imports.no_rows": ("Bảng không có dòng nào. Hãy dùng mẫu.", "The sheet has no rows. Use the template."),
    "imports.unknown_head": (
        "Không hiểu tên cột “{head}”. Hãy dùng tên cột như trong mẫu, hoặc bỏ cột này.",
        "The head “{head}” is not understood. Use the heads of the template, or take the column out.",
    ),
    "imports.head_twice": ("Cột “{head}” có hai lần.", "The column “{head}” stands twice."),
    "imports.no_head": ("Thiếu cột “{column}”.", "The column “{column}” is missing."),
    "imports.cell_without_head": (
        "Có chữ “{said}” ở cột không có tên.",
        "There is “{said}” in a column without a head.",
    ),
    "imports.missing": ("Ô này phải ghi.", "This cell must be filled."),
    "imports.needed_with": (
        "Đã ghi “{column}” thì phải ghi ô này.",
        "Where “{column}” is filled, this cell must be too.",
    ),
    "imports.too_long": ("Dài quá {limit} chữ cái.", "Longer than {limit} letters."),
    "imports.bad_code": (
        "Mã “{said}” chưa đúng: tối đa 40 chữ không dấu, số, gạch, dấu chấm.",
        "The code “{said}” is not usable: at most 40 letters without marks, digits, dashes, dots.",
    ),
    "imports.bad_date": (
        "“{said}” không phải ngày. Ghi ngày/tháng/năm, ví dụ 05/06/2024.",
        "“{said}” is not a date. Write day/month/year, for example 05/06/2024.",
    ),
    "imports.no_such_day": ("Không có ngày “{said}” trong lịch.", "There is no day “{said}” in the calendar."),
    "imports.bad_year": ("“{said}” không phải năm. Ghi bốn chữ số.", "“{said}” is not a year. Write four digits."),
    "imports.bad_flag": ("“{said}” phải là có hoặc không.", "“{said}” must be yes or no."),
    "imports.bad_kind": (
        "Không hiểu loại đơn vị “{said}”. Dùng một trong: {known}.",
        "The kind “{said}” is not understood. Use one of: {known}.",
    ),
    "imports.bad_employment": (
        "Không hiểu “{said}”. Dùng một trong: {known}.",
        "“{said}” is not understood. Use one of: {known}.",
    ),
    "imports.bad_key": (
        "Mã nhận dạng đã bị sửa. Hãy giữ nguyên như khi xuất ra, hoặc để trống.",
        "The identity was altered. Leave it as it was exported, or empty.",
    ),
    "imports.no_unit": (
        "Không có đơn vị mang mã “{said}” trong phạm vi của lần nhập này.",
        "There is no unit with the code “{said}” where this import happens.",
    ),
    "imports.no_person": (
        "Không tìm thấy người này trong phạm vi của lần nhập. Hãy kiểm tra tên, năm sinh, chi bộ.",
        "This person was not found where the import happens. Check name, year of birth and cell.",
    ),
    "imports.several_people": (
        "Có {count} người cùng tên và năm sinh. Hãy ghi thêm năm sinh, mã chi bộ hoặc mã nhận dạng.",
        "There are {count} people of this name and year of birth. Add the year, the cell, or the identity.",
    ),
    "imports.twice": ("Trùng với dòng {first}.", "The same as row {first}."),
    "imports.code_unusable": (
        "Không dùng được mã “{said}”. Hãy chọn mã khác.",
        "The code “{said}” cannot be used. Choose another.",
    ),
    "imports.round": (
        "Các đơn vị trong bảng là cấp trên vòng quanh của nhau.",
        "Units of this sheet stand above each other in a circle.",
    ),
    "imports.other_day": (
        "Đã ghi từ ngày {day}. Nếu ngày đó sai, hãy sửa ở trang của người hoặc đơn vị này.",
        "It is on record since {day}. If that day is wrong, put it right on the page of the person or unit.",
    ),
    "imports.other_value": (
        "Khác với điều đã ghi. Hãy sửa ở trang của người này.",
        "This differs from what is on record. Put it right on the person's page.",
    ),
    "imports.say_from_when": (
        "Tên, loại hoặc cấp trên khác với hiện nay; hãy ghi ngày thay đổi có hiệu lực.",
        "Name, kind or parent differ from today's; say from which day.",
    ),
    "imports.somewhere_else": (
        "Người này đang sinh hoạt ở chi bộ khác. Hãy chuyển sinh hoạt ở trang của người này.",
        "This person belongs to another cell. Transfer them on their page.",
    ),
    "imports.other_name": (
        "Tên hoặc năm sinh khác với người mang mã nhận dạng này. Hãy sửa tên ở trang của người này.",
        "Name or year of birth differ from those of this identity. Put them right on the person's page.",
    ),
    "imports.no_home": (
        "Hãy ghi mã chi bộ, hoặc mã cơ quan nếu là người ngoài Đảng.",
        "Give the code of the cell, or of the agency for somebody outside the Party.",
    ),
    "imports.failed": (
        "Máy chủ gặp lỗi khi đọc bảng này; chưa có gì được ghi. Hãy báo người quản trị.",
        "The server failed on this sheet; nothing was written. Tell whoever runs the installation.",
    ),
    "imports.changed_meanwhile": (
        "Dữ liệu đã thay đổi từ khi kiểm tra. Hãy xem các chỗ dưới đây.",
        "Something has changed since the check. See below.",
    ),
}
