"""Words that invented units and people are named from. Pure; no place or person meant."""

from __future__ import annotations

from chithi.org.demo.streams import Stream

FAMILY = (
    *("Nguyễn",) * 7, *("Trần",) * 4, *("Lê",) * 4, *("Phạm",) * 3, *("Hoàng",) * 3, *("Vũ",) * 2, *("Đặng",) * 2,
    "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Phan", "Trịnh", "Đinh", "Lương", "Mai", "Tô", "Hà", "Cao", "Nông",
    "Lò", "Vàng", "Sùng", "Giàng", "Thào", "Ma", "Lù", "Hoàng", "Triệu", "Tạ", "Quách", "Chu",
)  # fmt: skip
MIDDLE_M = ("Văn", "Văn", "Văn", "Đức", "Quang", "Minh", "Hữu", "Xuân", "Ngọc", "Công", "Đình", "Mạnh", "Thanh", "Tiến")
GIVEN_M = (
    "Hùng", "Dũng", "Sơn", "Hải", "Thắng", "Tuấn", "Nam", "Long", "Bình", "Cường", "Đạt", "Hiếu", "Khánh", "Lâm",
    "Mạnh", "Nghĩa", "Phong", "Quân", "Sáng", "Tâm", "Thành", "Toàn", "Trung", "Việt", "Vinh", "Hòa", "Chung", "Lợi",
)  # fmt: skip
MIDDLE_F = ("Thị", "Thị", "Thị", "Thu", "Ngọc", "Thanh", "Kim", "Minh", "Bích", "Hồng", "Thúy")
GIVEN_F = (
    "Lan", "Hoa", "Mai", "Hương", "Hạnh", "Nga", "Thảo", "Yến", "Oanh", "Phượng", "Liên", "Nhung", "Dung", "Hằng",
    "Huệ", "Loan", "Ngân", "Quyên", "Thoa", "Trang", "Tuyết", "Vân", "Xuân", "Bích", "Chinh", "Duyên", "Hiền", "Lý",
)  # fmt: skip

COMMUNE_FIRST = (
    "An", "Bằng", "Cẩm", "Diên", "Gia", "Hưng", "Khánh", "Lưu", "Mậu", "Nghi", "Phú", "Quế", "Tràng", "Tùng", "Vạn",
    "Xuân", "Yên", "Đại",
)  # fmt: skip
COMMUNE_SECOND = (
    "Bạch", "Dương", "Đàm", "Khoát", "Lĩnh", "Mão", "Nham", "Phả", "Sủng", "Thái", "Tuyền", "Uyên", "Viễn", "Xá",
)  # fmt: skip
VILLAGE_FIRST = (
    "Bãi", "Bến", "Cây", "Đá", "Đồi", "Đồng", "Gò", "Hang", "Hốc", "Khe", "Làng", "Lũng", "Nà", "Ngòi", "Pác", "Rừng",
    "Suối", "Thác", "Vườn", "Xóm",
)  # fmt: skip
VILLAGE_SECOND = (
    "Bưởi", "Chè", "Cọ", "Dẻ", "Gạo", "Lau", "Mây", "Mít", "Ngái", "Nứa", "Quế", "Sậy", "Sổ", "Sung", "Thông", "Trám",
    "Vầu", "Vông",
)  # fmt: skip

COMMITTEES = (
    "cơ quan Huyện ủy", "cơ quan Ủy ban nhân dân huyện", "Công an huyện", "Quân sự huyện", "Bệnh viện Đa khoa huyện",
    "Trung tâm Y tế huyện", "Phòng Giáo dục và Đào tạo", "Trường Trung học phổ thông số 1",
    "Trường Trung học phổ thông số 2", "Đồn Biên phòng Cửa Nham", "Lâm trường Khe Trám", "Công ty Chè",
    "Trung tâm Giáo dục thường xuyên",
)  # fmt: skip
GRASSROOTS_CELLS = (
    "Tòa án nhân dân huyện", "Viện kiểm sát nhân dân huyện", "Chi cục Thuế", "Kho bạc Nhà nước huyện",
    "Bảo hiểm xã hội huyện", "Hạt Kiểm lâm", "Trạm Khuyến nông", "Điện lực huyện", "Ngân hàng Chính sách xã hội huyện",
    "Bưu điện huyện", "Chi cục Thống kê", "Đài Truyền thanh - Truyền hình huyện", "Ban Quản lý rừng phòng hộ",
    "Trường Dân tộc nội trú",
)  # fmt: skip
BLOC_COMMITTEES = (
    "Sở Tài chính", "Sở Nội vụ", "Sở Giáo dục và Đào tạo", "Sở Y tế", "Công ty Cổ phần Giấy", "Sở Xây dựng",
    "Sở Tư pháp",
)  # fmt: skip
BLOC_CELLS = ("Hội Chữ thập đỏ tỉnh", "Liên minh Hợp tác xã tỉnh")
MORE_COMMITTEES = ("Công ty Cổ phần", "Lâm trường", "Trường Trung học phổ thông", "Trường Cao đẳng")
MORE_CELLS = (
    "Trường Tiểu học", "Trường Trung học cơ sở", "Trường Mầm non", "Hợp tác xã", "Công ty Trách nhiệm hữu hạn",
    "Trạm Bảo vệ thực vật",
)  # fmt: skip
MORE_BLOC_COMMITTEES = ("Công ty Cổ phần", "Trung tâm", "Chi nhánh Ngân hàng", "Ban Quản lý dự án", "Tổng Công ty")
MORE_BLOC_CELLS = ("Công ty Cổ phần", "Chi nhánh Ngân hàng", "Trung tâm", "Quỹ tín dụng", "Hội nghề nghiệp")
"""Where a place has more offices than are named above: these, each with a name of its own."""
MASS_ORGANISATIONS = (
    "Hội Nông dân huyện", "Hội Liên hiệp Phụ nữ huyện", "Hội Cựu chiến binh huyện", "Huyện đoàn",
    "Liên đoàn Lao động huyện",
)  # fmt: skip
OFFICE_PARTS = ("Văn phòng", "Tổng hợp", "Nghiệp vụ 1", "Nghiệp vụ 2", "Hành chính", "Kỹ thuật")

DISTRICT_POSTS = (
    "Bí thư Huyện ủy", "Phó Bí thư Thường trực Huyện ủy", "Phó Bí thư, Chủ tịch Ủy ban nhân dân huyện",
    "Trưởng Ban Tổ chức", "Trưởng Ban Tuyên giáo", "Trưởng Ban Dân vận", "Chủ nhiệm Ủy ban Kiểm tra",
    "Chánh Văn phòng", "Phó Chủ tịch Hội đồng nhân dân huyện", "Phó Chủ tịch Ủy ban nhân dân huyện",
)  # fmt: skip
CITY_POSTS = ("Bí thư Thành ủy", "Phó Bí thư Thường trực Thành ủy", "Trưởng Ban Tổ chức", "Trưởng Ban Tuyên giáo")
BLOC_POSTS = ("Bí thư Đảng ủy Khối", "Phó Bí thư Thường trực", "Trưởng Ban Tổ chức", "Trưởng Ban Tuyên giáo")
COMMUNE_POSTS = (
    "Chủ tịch Ủy ban nhân dân xã", "Phó Chủ tịch Hội đồng nhân dân xã", "Phó Chủ tịch Ủy ban nhân dân xã",
    "Chủ tịch Ủy ban Mặt trận Tổ quốc xã", "Trưởng Công an xã", "Chỉ huy trưởng Ban Chỉ huy quân sự xã",
    "Chủ tịch Hội Nông dân xã", "Chủ tịch Hội Liên hiệp Phụ nữ xã", "Chủ tịch Hội Cựu chiến binh xã",
    "Bí thư Đoàn Thanh niên xã", "Hiệu trưởng Trường Tiểu học", "Hiệu trưởng Trường Trung học cơ sở",
    "Hiệu trưởng Trường Mầm non", "Trạm trưởng Trạm Y tế", "Phó Chủ tịch Ủy ban nhân dân xã",
    "Phó Trưởng Công an xã",
)  # fmt: skip
OFFICE_POSTS = ("Thủ trưởng đơn vị", "Phó Thủ trưởng đơn vị", "Trưởng phòng", "Phó Trưởng phòng", "Chủ tịch Công đoàn")
OTHER_COMMUNE_POSTS = (
    "Phó Hiệu trưởng Trường Tiểu học", "Phó Hiệu trưởng Trường Trung học cơ sở", "Phó Hiệu trưởng Trường Mầm non",
    "Phó Chủ tịch Hội Nông dân xã", "Phó Chủ tịch Hội Liên hiệp Phụ nữ xã", "Phó Bí thư Đoàn Thanh niên xã",
    "Chủ tịch Hội Chữ thập đỏ xã",
)  # fmt: skip
OTHER_OFFICE_POSTS = ("Phó Trưởng phòng", "Tổ trưởng chuyên môn", "Phó Chủ tịch Công đoàn")

LONG_EXEMPT = "Tuổi cao, sức yếu"
SHORT_EXEMPT = ("Điều trị bệnh dài ngày", "Đi làm ăn xa, chưa chuyển sinh hoạt")


def person_name(stream: Stream) -> str:
    """A full name, its parts of one gender."""
    family = stream.pick(FAMILY)
    if stream.chance(58):
        return f"{family} {stream.pick(MIDDLE_M)} {stream.pick(GIVEN_M)}"
    return f"{family} {stream.pick(MIDDLE_F)} {stream.pick(GIVEN_F)}"


def place_names(stream: Stream, first: tuple[str, ...], second: tuple[str, ...], count: int) -> list[str]:
    """So many different names of two words, the first words taking turns."""
    pairs = [f"{a} {b}" for a in first for b in second]
    found = stream.some(pairs, count)
    if len(found) < count:
        raise ValueError(f"only {len(pairs)} names for {count} places")
    return found
