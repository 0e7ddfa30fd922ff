"""Owns the words of numbers that count nothing: dates, documents, numbered names, page chrome. Data only."""

from __future__ import annotations

from chithi.text.figures.lexicon import phrases, words
from chithi.text.figures.tokens import Phrases

DATE_WORDS = words("ngày sáng chiều tối trưa đêm hôm dịp mồng mùng rạng")
DAY_PARTS = words("sáng chiều tối trưa đêm hôm dịp")
SINCE_WORDS = words("từ đến trước sau kể vào tới hết")
EACH_WORDS = words("mỗi hàng hằng một từng trong bình các những bốn ba")
CLOCK_WORDS = words("h giờ g giây °")
CHROME = Phrases(
    phrases("""
lượt xem, lượt truy cập, lượt thích, người theo dõi, views, view, followers, likes, like, bình luận, comments,
lượt đọc, lượt theo dõi, online, %d
""")
)
DOCUMENTS = Phrases(
    phrases("""
chỉ thị, nghị quyết, quyết định, quy định, hướng dẫn, kế hoạch, kết luận, thông tri, thông tư, nghị định, công
văn, thông báo, đề án, chương trình, quy chế, tờ trình, luật, pháp lệnh, điều, khoản, mục, chương, trung ương,
tw, ct, nq, qđ, kl, kh, hd, tờ trình, dự án, khóa, khoá, biểu, phụ lục, điều lệ
""")
)
ALWAYS_DOCUMENTS = phrases(
    "chỉ thị, nghị quyết, nghị định, thông tư, trung ương, tw, khoản, khóa, ct, nq, thông tri, pháp lệnh"
)
SIGNS = words("""
CT NQ QĐ KL KH HD CV BC TB TT TTR CTR QC QCĐ NĐ CP HDLN CTHĐ ĐA TTG UBND TTLT QH SL TTHĐ PA ĐU TU HU TW BTCTW
BTGTW QUTW
""")
NUMBERED = Phrases(
    phrases("""
thôn, bản, ấp, khóm, khu phố, tổ dân phố, tổ, khối, xóm, quận, phường, đội, khu, cụm, vùng, lớp, cấp, loại,
hạng, nhóm, vòng, kỳ, lần, đợt, giai đoạn, bài, trang, bảng, hình, mẫu, số nhà, nhà số, chi bộ, quân khu, lữ
đoàn, trung đoàn, tiểu đoàn, đại đội, hải đội, sư đoàn, binh đoàn, đồn, quốc lộ, tỉnh lộ, đường, hẻm, ngõ,
phòng, tuổi, độ, thứ, chuyên đề, tiêu chí, khóa, khoá, tập, điểm, câu, tiết, công ty, trạm, cảng, chi nhánh,
phần, kênh, buôn, làng, tháng thứ, lần thứ, ban, trại, lô, ô
""")
)
ALWAYS_NUMBERED = phrases("thứ, lần thứ, tháng thứ, quân khu, lữ đoàn, sư đoàn, quốc lộ, tỉnh lộ, số nhà, hẻm")
NOT_NUMBERED = Phrases(
    phrases("dứt điểm, làm điểm, trọng điểm, thời điểm, cao điểm, thành phần, đóng góp phần, con đường, lên lớp")
)
SLOGAN_UNITS = Phrases(
    phrases("""
điều bác, điều kỷ luật, điều đảng viên, điều y đức, điều cấm, lời thề, chữ vàng, phẩm chất, đảm đang, điều dạy,
bước một, cấp, mặt, giờ đồng hồ, điều ước, sao, nhiệm kỳ, biểu hiện
""")
)
PLACES = Phrases(phrases("xã, phường, thị trấn, thị xã, thành phố, quận, huyện, tỉnh"))
NAMES_GO_ON = Phrases(
    phrases("""
xã, phường, thị trấn, thị xã, thành phố, quận, huyện, tỉnh, hội, đoàn, nhân dân, gia đình, ban, trường, em, học
sinh, chị, anh, cụ, mẹ, đồng chí, bí thư, bà con, cán bộ, đảng viên, hội viên, tổ chức, chương trình, phong
trào, công ty, đơn vị, ngành
""")
)
