"""What refusals say about templates that offices write themselves, and about PDF. Vietnamese, English."""

from __future__ import annotations

_AT_VI, _AT_EN = "Đoạn {paragraph} (“{words}”)", "Paragraph {paragraph} (“{words}”)"

_FIELDS: dict[str, tuple[str, str]] = {
    "template_unknown_field": (
        "không có trường tên là {field_name}. Hãy xem lại bảng các trường và gõ đúng tên.",
        "there is no field {field_name}. Look at the list of fields and write its name as it stands there.",
    ),
    "template_unknown_indicator": (
        "{field_name}: không có chỉ tiêu mang mã {indicator}. Hãy lấy mã ở trang chỉ tiêu.",
        "{field_name}: there is no indicator with the code {indicator}. Take the code from the page of indicators.",
    ),
    "template_unknown_part": (
        "{field_name}: chỉ tiêu không có phần “{part}”. Các phần: giá trị, đơn vị tính, tỷ lệ, tổng số, cùng kỳ, "
        "tăng giảm, tên, số đơn vị đã báo.",
        "{field_name}: an indicator has no part “{part}”. Its parts: value, unit, share, base, before, change, name, "
        "units heard.",
    ),
    "template_misplaced": (
        "{field_name} chỉ dùng được giữa “mỗi …” và “hết …” của danh sách có trường ấy, "
        "và không đặt danh sách này trong danh sách khác.",
        "{field_name} may only stand between “each …” and “end …” of the list it belongs to, "
        "and no list of the report inside another.",
    ),
    "template_list_written": (
        "{field_name} là một danh sách. Hãy viết mỗi … và hết … hai bên phần cần lặp lại.",
        "{field_name} is a list. Write each … and end … around what is to be repeated.",
    ),
    "template_not_a_list": (
        "{field_name}: trường này chỉ có một giá trị, không lặp lại được. Hãy bỏ chữ “mỗi”.",
        "{field_name}: this field has one value and cannot be repeated. Leave out “each”.",
    ),
    "template_not_open": (
        "{field_name} không có phần mở ở trước. Hãy thêm “mỗi …” hoặc “nếu có …”, hoặc bỏ chỗ này.",
        "{field_name} closes nothing. Add “each …” or “if …” before it, or take it out.",
    ),
    "template_wrong_end": (
        "{field_name} không khớp với {opened} đang mở. Hãy đóng phần mở sau cùng trước.",
        "{field_name} does not match {opened}, which is open. Close what was opened last first.",
    ),
    "template_not_closed": (
        "{field_name} chưa có phần đóng. Hãy thêm “hết …” vào sau phần cần lặp lại.",
        "{field_name} is never closed. Add “end …” after what is to be repeated.",
    ),
    "template_crossing": (
        "{field_name} và {end} không nằm cùng chỗ. Hãy để cả hai trong một đoạn, hoặc mỗi bên một đoạn riêng, "
        "hoặc trong cùng một dòng của bảng.",
        "{field_name} and {end} do not stand in one place. Put both in one paragraph, or each in a paragraph of its "
        "own, or both in one row of a table.",
    ),
    "template_too_long": (
        "{field_name}: phần lặp lại làm văn bản quá dài. Hãy rút bớt nội dung nằm trong phần lặp lại.",
        "{field_name}: what is repeated makes the document too long. Put less between its braces.",
    ),
    "template_broken_tag": (
        "dấu ngoặc chưa đủ đôi. Mỗi trường viết giữa hai ngoặc mở và hai ngoặc đóng, không lồng vào nhau.",
        "braces are not paired. Each field stands between two opening and two closing braces, none inside another.",
    ),
    "template_other_language": (
        "mẫu ở đây không dùng dấu %. Hãy viết mỗi trường giữa hai ngoặc mở và hai ngoặc đóng như bảng các trường.",
        "templates here know no % signs. Write each field between two opening and two closing braces, as in the list.",
    ),
}
"""Refusals about one place in the file; where it is stands before them."""

TEMPLATES: dict[str, tuple[str, str]] = {
    **{f"reporting.{code}": (f"{_AT_VI}: {vi}", f"{_AT_EN}: {en}") for code, (vi, en) in _FIELDS.items()},
    "reporting.template_too_large": (
        "Tệp mẫu lớn quá {most} MB. Hãy thu nhỏ ảnh trong tệp.",
        "The template is larger than {most} MB. Make its pictures smaller.",
    ),
    "reporting.template_not_word": (
        "Tệp này không phải văn bản Word (.docx) hoặc đã hỏng. Hãy mở bằng Word và lưu lại dạng .docx.",
        "This is no Word document (.docx), or it is damaged. Open it in Word and save it as .docx.",
    ),
    "reporting.template_locked": (
        "Tệp đặt mật khẩu hoặc là dạng .doc cũ. Hãy bỏ mật khẩu và lưu lại dạng .docx.",
        "The file has a password or is an old .doc. Take the password off and save it as .docx.",
    ),
    "reporting.template_zip_bomb": (
        "Tệp bung ra lớn bất thường, không mở. Hãy tạo lại tệp từ Word.",
        "The file unpacks to a strange size and was not opened. Make it anew in Word.",
    ),
    "reporting.template_with_macros": (
        "Tệp chứa macro. Hãy lưu lại dạng .docx (không có macro).",
        "The file holds macros. Save it as .docx, without macros.",
    ),
    "reporting.template_embeds": (
        "Tệp chứa tệp khác nhúng bên trong (bảng tính, biểu đồ, đối tượng). Hãy dán thành ảnh hoặc thành bảng.",
        "The file has another file inside it (a sheet, a chart, an object). Paste it as a picture or a table.",
    ),
    "reporting.template_fetches": (
        "Tệp lấy nội dung từ nơi khác: {address}. Hãy chèn nội dung vào tệp thay vì nối ra ngoài.",
        "The file fetches something from elsewhere: {address}. Insert it instead of linking to it.",
    ),
    "reporting.template_field_code": (
        "Tệp có trường tự động của Word không được dùng: {word}. Hãy gõ thành chữ thường.",
        "The file has a field of Word that may not be used: {word}. Write it as plain text.",
    ),
    "reporting.template_without_fields": (
        "Tệp chưa có trường nào để điền. Hãy tải mẫu khởi đầu về xem cách viết.",
        "The file has no field to fill. Look at the starter template to see how fields are written.",
    ),
    "reporting.template_too_slow": (
        "Điền mẫu quá lâu nên đã dừng. Hãy làm mẫu đơn giản hơn.",
        "Filling the template took too long and was stopped. Make it simpler.",
    ),
    "reporting.template_broke": (
        "Không điền được mẫu này. Hãy tạo lại mẫu từ tệp khởi đầu.",
        "This template could not be filled. Begin again from the starter template.",
    ),
    "reporting.template_needs_name": ("Hãy đặt tên cho mẫu.", "Give the template a name."),
    "reporting.template_name_taken": (
        "Đơn vị đã có mẫu tên “{name}”. Hãy chọn tên khác, hoặc đưa bản mới cho mẫu ấy.",
        "The unit already has a template “{name}”. Choose another name, or upload a new version of that one.",
    ),
    "reporting.template_unchanged": (
        "Tệp này giống hệt bản đang dùng.",
        "This file is the same as the version in use.",
    ),
    "reporting.template_retired": (
        "Mẫu đã thôi dùng từ ngày {day}. Hãy dùng lại mẫu trước khi đưa bản mới.",
        "The template is no longer offered since {day}. Offer it again before uploading a new version.",
    ),
    "reporting.too_many_templates": (
        "Một đơn vị có nhiều nhất {most} mẫu đang dùng. Hãy thôi dùng bớt.",
        "A unit has at most {most} templates in use. Stop offering some.",
    ),
    "reporting.no_template": (
        "Không có mẫu này, hoặc đơn vị không được dùng mẫu này.",
        "There is no such template, or the unit may not use it.",
    ),
    "reporting.pdf_no_office": (
        "Máy chủ chưa có LibreOffice nên chưa làm được PDF. Hãy cài gói libreoffice-writer-nogui và fonts-liberation2.",
        "PDF needs LibreOffice on the server. Install the packages libreoffice-writer-nogui and fonts-liberation2.",
    ),
    "reporting.pdf_busy": (
        "Đang làm PDF cho người khác. Hãy thử lại sau ít giây; báo cáo Word đã lập xong.",
        "PDFs are being made for others. Try again in a few seconds; the Word report is made.",
    ),
    "reporting.pdf_failed": (
        "Không làm được PDF từ báo cáo này. Hãy tải Word và lưu thành PDF.",
        "No PDF could be made of this report. Take the Word file and save it as PDF.",
    ),
    "reporting.pdf_too_slow": (
        "Làm PDF quá {limit} giây nên đã dừng. Hãy thử lại, hoặc tải Word.",
        "Making the PDF took more than {limit} seconds and was stopped. Try again, or take the Word file.",
    ),
}
