"""What refusals say about spreadsheets. Vietnamese, English."""

from __future__ import annotations

SHEETS: dict[str, tuple[str, str]] = {
    "sheets.empty": (
        "Tệp này không có ô nào được điền. Hãy kiểm tra lại tệp.",
        "No cell of this file is filled in. Check the file.",
    ),
    "sheets.too_large": (
        "Tệp quá lớn: tối đa {limit} MB. Hãy bỏ hình ảnh, trang thừa hoặc chia thành nhiều tệp.",
        "The file is too large: at most {limit} MB. Leave out pictures and idle sheets, or split it.",
    ),
    "sheets.too_much": (
        "Bảng tính chiếm quá nhiều chỗ nên không mở: có ô nằm quá xa, hoặc có quá nhiều ô. Hãy chép phần cần dùng sang "
        "một bảng tính mới.",
        "The workbook takes too much room and was not opened: a cell lies too far away, or there are too many. "
        "Copy what is needed into a new workbook.",
    ),
    "sheets.too_slow": (
        "Đọc bảng tính quá {limit} giây nên đã dừng. Hãy chép phần cần dùng sang một bảng tính mới.",
        "Reading the workbook took more than {limit} seconds and was stopped. Copy what is needed into a new one.",
    ),
    "sheets.unknown_format": (
        "Chưa đọc được loại tệp này (“{suffix}”). Hãy lưu thành .xlsx, .xls, .ods hoặc .csv.",
        "This kind of file (“{suffix}”) cannot be read. Save it as .xlsx, .xls, .ods or .csv.",
    ),
    "sheets.not_a_workbook": (
        "Tên tệp có đuôi “{suffix}” nhưng bên trong không phải bảng tính, hoặc tệp bị cắt mất phần đầu. Hãy mở bằng "
        "Excel và lưu thành .xlsx.",
        "The file is called “{suffix}” but holds no workbook, or its beginning is cut off. Open it in a spreadsheet "
        "program and save it as .xlsx.",
    ),
    "sheets.wrong_ending": (
        "Tên tệp có đuôi “{suffix}” nhưng bên trong là tệp {right}. Hãy đổi đuôi thành {right} rồi chọn lại.",
        "The file is called “{suffix}” but is a {right} file. Change its ending to {right} and choose it again.",
    ),
    "sheets.encrypted": (
        "Tệp này có mật khẩu. Hãy mở bằng Excel, bỏ mật khẩu, lưu lại rồi chọn tệp.",
        "This file has a password. Open it, take the password off, save it and choose it again.",
    ),
    "sheets.macros": (
        "Tệp này có macro (lệnh chạy kèm) nên không nhận. Hãy mở bằng Excel và lưu thành .xlsx.",
        "This file carries macros and is not accepted. Open it in a spreadsheet program and save it as .xlsx.",
    ),
    "sheets.broken": (
        "Tệp này đã hỏng hoặc tải lên chưa hết. Hãy mở bằng Excel, lưu thành .xlsx mới rồi chọn lại.",
        "This file is damaged or was not uploaded whole. Open it, save a new .xlsx and choose that.",
    ),
    "sheets.zip_bomb": (
        "Tệp này nở ra quá lớn khi mở nên không nhận. Hãy chép phần cần dùng sang một bảng tính mới.",
        "This file grows far too large when opened and is not accepted. Copy what is needed into a new workbook.",
    ),
    "sheets.too_many_sheets": (
        "Bảng tính có quá nhiều trang: tối đa {limit}. Hãy bỏ những trang không dùng.",
        "The workbook has too many sheets: at most {limit}. Take out those not needed.",
    ),
    "sheets.too_many_rows": (
        "Bảng tính có ô được điền sau dòng {limit}. Hãy bỏ các dòng thừa ở cuối hoặc chia thành nhiều tệp.",
        "The sheet has cells filled in after row {limit}. Take out idle rows at its end, or split it.",
    ),
    "sheets.too_many_columns": (
        "Bảng tính có ô được điền sau cột thứ {limit}. Hãy bỏ các cột thừa ở bên phải.",
        "The sheet has cells filled in after column {limit}. Take out idle columns at the right.",
    ),
    "sheets.long_cell": (
        "Ô {cell} dài quá {limit} chữ cái. Hãy rút ngắn lại.",
        "The cell {cell} holds more than {limit} letters. Shorten it.",
    ),
    "sheets.unreadable_encoding": (
        "Không nhận ra bảng mã chữ của tệp này. Hãy mở bằng Excel và lưu thành .xlsx, hoặc “CSV UTF-8”.",
        "The encoding of this file is not recognised. Open it in a spreadsheet program and save it as .xlsx or "
        "“CSV UTF-8”.",
    ),
    "sheets.unclear_separator": (
        "Không rõ các ô cách nhau bằng dấu gì (phẩy, chấm phẩy hay dấu tab). Hãy lưu tệp thành .xlsx.",
        "It is unclear what separates the cells (comma, semicolon or tab). Save the file as .xlsx.",
    ),
    "sheets.open_quote": (
        "Dòng {row} có dấu ngoặc kép mở mà không đóng, hoặc đóng sai chỗ. Hãy sửa rồi chọn lại.",
        "Row {row} has a quotation mark that is not closed, or closed in the wrong place. Mend it and try again.",
    ),
}
