"""What refusals say about files that somebody brings. Vietnamese, English."""

from __future__ import annotations

FILES: dict[str, tuple[str, str]] = {
    "files.broken_picture": (
        "Ảnh này bị hỏng hoặc chưa tải đủ. Hãy mở ảnh, lưu lại rồi gửi lại.",
        "This picture is damaged or incomplete. Open it, save it again, then send it again.",
    ),
    "files.heic": (
        "Ảnh HEIC của điện thoại chưa nhận được. Hãy đổi ảnh sang JPG rồi gửi lại.",
        "Pictures in the HEIC form of phones are not taken. Change it to JPG, then send it again.",
    ),
    "files.not_a_file": (
        "Chỉ đính kèm được tệp Word, PDF, ODT, Excel, ảnh PNG, JPG hoặc văn bản .txt.",
        "Only Word, PDF, ODT, Excel, PNG, JPG and plain text files can be attached.",
    ),
}
