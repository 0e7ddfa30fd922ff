"""What refusals say about documents, their text, reports. Vietnamese, English."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
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
    "reporting.collective_in_place": (
        "Tập thể không ký thay: “{body}” phải ký T/M.",
        "A collective does not sign in place of anyone: “{body}” signs T/M.",
    ),
    "reporting.not_of_this_side": (
        "Văn bản của Đảng không ký theo hình thức {form}.",
        "Documents of the Party know no signature of the form {form}.",
    ),
    "reporting.nobody_to_write_to": (
        "Chưa biết gửi công văn cho ai: đơn vị không có cấp trên và chưa ghi nơi nhận. "
        "Hãy ghi nơi nhận ở phần Thể thức văn bản.",
        "There is nobody to write to: no unit above and no recipients. Fill in the recipients among the letterhead.",
    ),
    "reporting.annex_being_made": (
        "Đang có người xuất một tệp Excel lớn. Hãy thử lại sau ít giây.",
        "Somebody is exporting a large Excel file just now. Try again in a few seconds.",
    ),
    "reporting.line_inconsistent": (
        "Số liệu của chỉ tiêu {indicator} mâu thuẫn, chưa thể in.",
        "The figures of {indicator} contradict each other and cannot be printed.",
    ),
    "reporting.too_many_groups": (
        "Một báo cáo có nhiều nhất {most} cột nhóm. Hãy bỏ bớt nhóm.",
        "A report has at most {most} columns of groups. Choose fewer.",
    ),
    "reporting.no_report": ("Không có báo cáo mang mã {code}.", "There is no report with the code {code}."),
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
        "Không đọc được tệp loại “{suffix}”. Hãy lưu thành .docx, .pdf hoặc .txt rồi đưa vào lại.",
        "Files of the kind “{suffix}” cannot be read. Save it as .docx, .pdf or .txt and bring it in again.",
    ),
    "text.legacy_or_encrypted": (
        "Tệp “{filename}” không phải văn bản Word, hoặc có mật khẩu. Hãy bỏ mật khẩu nếu có, lưu thành .docx.",
        "“{filename}” is no Word document, or it has a password. Take the password off and save it as .docx.",
    ),
    "text.encrypted": (
        "Tệp này có mật khẩu. Hãy mở tệp, bỏ mật khẩu, lưu lại rồi đưa vào.",
        "This file has a password. Open it, take the password off, save it and bring it in again.",
    ),
    "text.binary": (
        "Tệp này không phải văn bản đọc được. Hãy chọn tệp Word, PDF hoặc .txt.",
        "This file is not readable text. Choose a Word, PDF or .txt file.",
    ),
    "text.not_a_document": (
        "Tệp này không đúng loại như đuôi tệp, hoặc đã hỏng. Hãy mở tệp, lưu thành .docx mới rồi đưa vào lại.",
        "This file is not what its ending says, or it is damaged. Open it, save a new .docx and bring that in.",
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
    "text.no_office": (
        "Máy chủ này chưa đọc được Word đời cũ (.doc). Hãy mở bằng Word, lưu thành .docx rồi đưa vào.",
        "This server cannot read old Word files (.doc). Open it in Word, save it as .docx and bring that in.",
    ),
    "text.too_many_pages": (
        "Tệp có {pages} trang; chỉ nhận đến {limit} trang. Hãy chia thành nhiều tệp.",
        "The file has {pages} pages; at most {limit} are taken. Split it into several files.",
    ),
    "text.scanned": (
        "Cả {pages} trang đều là ảnh chụp, chưa đọc được chữ. Hãy đưa vào tệp Word gốc, hoặc dán nội dung vào.",
        "All {pages} pages are pictures and cannot be read. Bring in the original Word file, or paste the text.",
    ),
    "text.scanned_pages": (
        "Trang {pages} là ảnh chụp, chưa đọc được chữ. Hãy bổ sung nội dung các trang này nếu có số liệu.",
        "Pages that are pictures and were not read: {pages}. Add what they say if there are figures in it.",
    ),
    "text.wrong_ending": (
        "Tệp mang đuôi {suffix} nhưng nội dung là {right}; đã đọc theo nội dung.",
        "The file ends in {suffix} but holds {right}; it was read by what it holds.",
    ),
    "text.older_encoding": (
        "Văn bản dùng bảng mã cũ {encoding}; đã chuyển sang Unicode. Hãy xem lại vài dòng.",
        "The text was in the older encoding {encoding} and was made Unicode. Look over a few lines.",
    ),
    "text.too_slow": (
        "Đọc tệp quá {limit} giây nên đã dừng. Hãy chia thành nhiều tệp, hoặc dán nội dung vào.",
        "Reading this file took more than {limit} seconds and was stopped. Split it, or paste the text.",
    ),
}
