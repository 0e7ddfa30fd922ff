"""Owns the words by which figures are told apart: measures, counted things, words that are never counted.

Data only. All words are in lower case and in the clean form of `chithi.text.vietnamese`. To teach the
intake a
new counted thing, add it to `COUNTED`; see docs/how-to/add-a-text-rule.md.
"""

from __future__ import annotations

from decimal import Decimal


def phrases(block: str) -> frozenset[tuple[str, ...]]:
    """Phrases of a block of text, separated by commas, as tuples of words; a line end is only a space."""
    return frozenset(tuple(part.split()) for part in block.split(",") if part.strip())


def words(block: str) -> frozenset[str]:
    """Single words of a block of text, separated by white space."""
    return frozenset(block.split())


SCALES: dict[str, Decimal] = {
    "chục": Decimal(10),
    "trăm": Decimal(100),
    "nghìn": Decimal(1000),
    "ngàn": Decimal(1000),
    "vạn": Decimal(10_000),
    "triệu": Decimal(10**6),
    "tr": Decimal(10**6),
    "k": Decimal(1000),
    "tỷ": Decimal(10**9),
    "tỉ": Decimal(10**9),
}
SPELLED: dict[str, int] = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
APPROX: dict[tuple[str, ...], str] = {
    ("hơn",): "at_least",
    ("trên",): "at_least",
    ("ít", "nhất"): "at_least",
    ("tối", "thiểu"): "at_least",
    ("không", "dưới"): "at_least",
    ("từ", "trên"): "at_least",
    ("gần",): "at_most",
    ("dưới",): "at_most",
    ("không", "quá"): "at_most",
    ("tối", "đa"): "at_most",
    ("xấp", "xỉ"): "about",
    ("khoảng",): "about",
    ("ước",): "about",
    ("chừng",): "about",
    ("ngót",): "at_most",
    ("ước", "đạt"): "about",
    ("ước", "tính"): "about",
    ("hơn", "cả"): "at_least",
    ("đạt", "trên"): "at_least",
    ("lên", "đến"): "about",
}

# Measures and scales that are written with decimals: a comma before them is the decimal sign.
DECIMAL_MEASURES = words("km km2 km² ha tấn tạ m3 m³ tỷ tỉ triệu vạn % kwh")
MONEY = phrases("đồng, đ, vnđ, vnd, đồng tiền mặt")
AREA = phrases(
    "m2, m², km2, km², ha, hecta, héc ta, hécta, mét vuông, sào, công đất, mẫu đất, mẫu ao, mẫu vườn, mẫu ruộng"
)
LENGTH = phrases("m, km, mét, ki lô mét, kilômét, kilomet, cây số, cm, m dài, mét dài")
WEIGHT = phrases("""kg, kilôgam, ki lô gam, kilogam, tấn, tạ, yến, lít, gam, g, lạng, cân, m3, m³, mét khối,
kw, kwh, kva""")
WORKDAYS = phrases("ngày công, ngày công lao động, công lao động, công, lượt ngày công, ngày lao động")
RATE_PERIODS = words("""
năm tháng quý tuần ngày giờ vụ kỳ lần lứa người hộ khẩu đầu gia hội lượt sào
công mẫu ha km km2 m2 m3 kg tấn lít đợt buổi
""")

PEOPLE = phrases("""
người, đ/c, người dân, người dân tộc thiểu số, người dân tộc, người khuyết tật,
người lao động, người con, người có uy tín, đồng chí, đảng viên, cán bộ, người đứng đầu,
công chức, viên chức, lao động, công nhân, quần chúng, hội viên, đoàn viên, thanh niên, chiến sĩ, chiến sỹ,
em, học sinh, sinh viên, học viên, giáo viên, nhà giáo, thầy giáo, cô giáo, thầy, cô, hộ, hộ dân, hộ gia đình,
hộ nghèo, gia đình, nhân khẩu, khẩu, dân tộc, phụ nữ, nông dân, cựu chiến binh, cháu, trẻ em, trẻ, bệnh nhân,
lượt, lượt người, đại biểu, báo cáo viên, tuyên truyền viên, cộng tác viên, thành viên, quân nhân, nạn nhân,
đối tượng, trường hợp, mẹ, bà mẹ, cụ, tình nguyện viên, thí sinh, vận động viên, tác giả, hòa giải viên,
dân quân, ủy viên, bí thư, nhân dân, cử tri, nghệ nhân, thương binh, bà con, lãnh đạo, cbccvc, cb, đv, đvtn,
cbcs, cbgv, hssv, ccb, nlđ, cnvclđ, cbcnv, gv, hs, cán bộ chiến sĩ, chị, chị em, anh, bạn, bác sĩ, y bác sĩ,
sĩ quan, hạ sĩ quan, đội viên, nữ, nam, nhân viên, nhân sự, chủ hộ, lượt hộ, lượt đảng viên, thân nhân,
mạnh thường quân, nhà hảo tâm, hoàn cảnh, nhân vật, nhân chứng, nhân tố, nhân tố mới, chủ nhiệm, chủ trang trại,
già làng, trưởng bản, trưởng thôn, hiệu trưởng, giám đốc, chủ tịch, phó chủ tịch, cấp ủy viên, đảng ủy viên,
biên chế, thương bệnh binh, bệnh binh, liệt sĩ, liệt sỹ, gia đình chính sách, kiều bào, ngư dân, hộ cận nghèo,
cặp, cặp vợ chồng, đám cưới, đám tang, thế hệ, bí thư chi bộ, bí thư đoàn, tổ trưởng, thuyền viên
""")
AWARDS = phrases("""
tập thể, cá nhân, gương, tấm gương, điển hình, bằng khen, giấy khen, huân chương, huy chương, huy hiệu, cờ,
cờ thi đua, danh hiệu, giải, giải thưởng, kỷ niệm chương, chiến sĩ thi đua, lá cờ, lượt tập thể, lượt cá nhân,
gương điển hình, hcv, hcb, hcđ, thư khen
""")
ORGANISATIONS = phrases("""
chi bộ, đảng bộ, tổ chức, tổ chức cơ sở đảng, tổ chức đảng, đảng ủy, cấp ủy, cơ sở, đơn vị, cơ quan, chi hội,
tổ hội, chi đoàn, chi đội, liên đội, công đoàn, công đoàn cơ sở, cđcs, tổ, nhóm, câu lạc bộ, clb, hợp tác xã,
htx, doanh nghiệp, công ty, trường, trường học, thôn, bản, ấp, khóm, khu phố, tổ dân phố, khu dân cư, khu, xã,
phường, thị trấn, huyện, quận, tỉnh, thành phố, thị xã, huyện ủy, địa phương, phòng, ban, ngành, sở, khoa,
bệnh viện, trạm, đội, đoàn, dòng họ, làng, buôn, trang trại, gia trại, điểm cầu, điểm trường, điểm sáng,
điểm nhóm, điểm bưu điện, điểm sinh hoạt, hội, tccsđ, tổ chức hội, chi, chi ủy, cụm, cụm dân cư, xóm,
nhà trường, tổ công tác, đội công tác, đoàn kiểm tra, cơ sở hội, mặt trận, ban chỉ đạo, tổ hợp tác,
nông trường, đầu mối, tổng công ty, chủ thể, nghiệp đoàn, chi cục, trung tâm, khu công nghiệp, đồn biên phòng,
chốt, điểm du lịch, điểm sạt lở, điểm trưng bày, điểm bán hàng, điểm tiếp nhận, điểm tập kết, điểm đọc, điểm nóng,
điểm chốt, điểm đen, điểm di tích, điểm văn hóa, điểm trực, điểm phục vụ, điểm giao dịch, điểm truy cập, điểm tư vấn
""")
ACTIVITIES = phrases("""
lớp, lớp học, lớp học tập, hội nghị, hội thảo, hội thi, cuộc thi, cuộc, buổi, đợt, lần, phiên, chuyến, kỳ,
tọa đàm, diễn đàn, chuyên đề, lễ, hoạt động, chương trình, phong trào, chiến dịch, chuyến đi, chuyến thăm, ca,
tiết, tiết học, bữa, bữa ăn, bữa cơm, lượt khám, đêm, vụ, vụ án, vụ việc, hội diễn, giờ dạy, giờ giảng,
giờ học, giờ lao động, ngày hội, ngày lương, tháng lương, giờ bay, khóa học, khóa đào tạo, khóa tập huấn,
khóa bồi dưỡng, triển lãm, tham luận, bài tham luận, ý kiến tham luận, lượt ý kiến, lượt phát biểu,
tiết học, học phần, thông tin, chuyến xe, chuyến hàng, trận, trận đánh, môn, môn học
""")
PRODUCTS = phrases("""
mô hình, cách làm, việc làm, việc, phần việc, công trình, sáng kiến, đề tài, giải pháp, cải tiến, tác phẩm,
tin, bài, tin bài, bài viết, bài dự thi, chuyên mục, chuyên trang, phóng sự, cuốn, cuốn sách, quyển, bộ,
tài liệu, tờ rơi, băng rôn, khẩu hiệu, pa nô, pano, đĩa, ấn phẩm, bản tin, tờ, bản, bản đăng ký, đầu sách,
ảnh, bức ảnh, câu chuyện, tiểu phẩm, tiết mục, video, clip, nghị quyết, kế hoạch, văn bản, công văn, báo cáo,
quy chế, thiết chế, nội dung, nhóm nội dung, khâu, khâu đột phá, đột phá, nhiệm vụ, chỉ tiêu, tiêu chí,
lĩnh vực, thủ tục, hồ sơ, vấn đề, đơn, đơn thư, ý kiến, kiến nghị, đề xuất, cam kết, chuẩn mực, bản cam kết,
bản kế hoạch, câu, câu hỏi, bước, phần, mục tiêu, sản phẩm, đề án, dự án, công nghệ, thủ tục hành chính, bức,
bài báo, nhóm giải pháp, nhóm vấn đề, nhóm nhiệm vụ, chương trình hành động, quyết định, hướng dẫn, ca khúc,
bài hát, ý tưởng, sáng chế, chủ đề, chủ trương, thông báo, kết luận, đầu việc, việc tốt, việc làm tốt, giấy phép,
kỷ lục, kỷ yếu, bằng sáng chế, bước đột phá, đề cương, chữ ký, giấy chứng nhận,
bằng tổ quốc ghi công, bằng lao động sáng tạo, chuyên án, tài khoản, biên bản,
 lượt góp ý, nhóm việc, biện pháp,
cách làm hay, mặt hàng, bài học, số báo, bài thơ, vở kịch, bộ phim, tiểu mục
""")
GOODS = phrases("""
nhà, ngôi nhà, căn nhà, căn, nhà tình nghĩa, nhà văn hóa, mái ấm, phòng học, sân, cầu, cây cầu, cống, tuyến,
tuyến đường, con đường, đoạn đường, bóng đèn, bóng, bóng điện, đèn, cột, trụ, cột đèn, cột cờ, cây, cây xanh,
cây con, cây giống, con, con giống, con bò, con lợn, bò, lợn, dê, gà, trâu, vịt, suất, suất quà, phần quà,
quà, xe, xe đạp, xe lăn, chiếc, cái, bộ quần áo, thẻ bảo hiểm y tế, thẻ bảo hiểm, thẻ bhyt, thẻ, sổ tiết kiệm,
sổ, thùng, chai, lon, ống, heo đất, ống heo, lợn nhựa, hũ gạo, hũ, bao, tấm, đơn vị máu, giếng, bể, hố rác,
nghĩa trang, mộ, phần mộ, ngôi mộ, máy, máy tính, bộ máy tính, ti vi, tivi, thư viện, tủ sách, tủ, vườn, ao,
lồng, cổng, ngõ, camera, mắt camera, thùng rác, lò đốt rác, suất học bổng, học bổng, gốc, bụi, áo, chăn, bát,
đôi, ghế đá, bộ bàn ghế, khóm cây, luống, bầu, liều, mũi, hạng mục, cơ sở vật chất, khẩu phần, khẩu trang,
lá cờ tổ quốc, vị trí, gian hàng, vật dụng, cuộn, két, gói, gói mì, phần,
nhà vệ sinh, hàng cây, hàng rào, ngọn đèn, tàu, thuyền
""")
FAMILIES = (PEOPLE, ORGANISATIONS, AWARDS, ACTIVITIES, PRODUCTS, GOODS)
COUNTED = PEOPLE | AWARDS | ORGANISATIONS | ACTIVITIES | PRODUCTS | GOODS

# Longer words that begin like a counted thing and count nothing.
LOOK_COUNTED = phrases("""
tiết kiệm, công tác, công khai, công bố, công nhận, công bằng, công cuộc, công sức, công chúng, hội đồng,
hội nhập, ban hành, đoàn kết, điểm danh, phần lớn, phần nào, bộ đội, con người, bức xúc, chi tiêu, chi trả,
tin tưởng, đơn giản, cơ bản, giải quyết, giải phóng, giải ngân, sở thích, phòng chống, phòng ngừa,
phòng tránh, ảnh hưởng, ban đầu, kỳ vọng, tổ quốc, bản thân, bản chất, cơ hội, cuộc sống, con số, nhân rộng,
nhân kỷ niệm, tỉnh táo, lễ phép, bạn đọc, khu vực, đội ngũ, việt nam, hội tụ, bài bản, bài trí, bao gồm,
bao giờ, bí mật, tờ trình, ca ngợi, cờ bạc, đơn phương, đôi khi, anh hùng, cô đơn, nhà nước, nhà báo,
tham gia, xe cộ, vụ lợi, bộ chính trị, bộ tư lệnh, bộ trưởng, bộ công an, bộ quốc phòng, điều kiện
""")

# Counted right after a number, but verbs after another noun: "04 đảng bộ cơ sở tổ chức làm điểm".
VERBS_TOO = phrases("""
tổ chức, quyết định, hướng dẫn, báo cáo, kiến nghị, đề xuất, hoạt động, cam kết, lãnh đạo, giải, tặng, ban,
bước, cải tiến, ca, lập, vườn, điểm
""")

# What may follow the counted thing and still belong to its name.
QUALIFIERS = phrases("""
tiêu biểu, điển hình, điển hình tiên tiến, tiên tiến, xuất sắc, xuất sắc tiêu biểu, cơ sở, trực thuộc, hay,
hiệu quả, mới, sáng tạo, khoa học, tốt, dân, nghèo, cận nghèo, gia đình, khó khăn, học bác, việt nam anh hùng,
chính sách, độc lập, dưới cơ sở, nòng cốt, chủ chốt, lãnh đạo chủ chốt, dự bị, ưu tú, giỏi, người, gạo, đất,
đất ở, đất vườn, thóc, giống, lao động, tình nghĩa, tình thương, đại đoàn kết, hành động, văn hóa, nghệ thuật,
văn học, dân vận khéo, máu, sách, quà, học bổng, phụ nữ, nông dân, thanh niên, nữ, nam, nhất, nhì, ba,
khuyến khích, bê tông, đường, đường giao thông, đường điện, kênh mương, mương, bảo hiểm y tế, tiền mặt,
chiếu sáng, rau, rau sạch, các loại, chưa là đảng viên, không phải là đảng viên, là đảng viên, ngoài đảng,
người dân tộc thiểu số, dân tộc thiểu số, người dân tộc, đồng bào dân tộc, chuyên trách, kinh tế, đảng viên,
thi đua
""")

# First words after a number that show it does not count anything: function words, verbs, adjectives of
# slogans.
NEVER_COUNTED = words("""
có đã đang sẽ là được bị của và với tại ở trong ngoài theo cho đến từ thuộc về nhằm để do vì bởi nên thì mà
khi như cũng vẫn còn chỉ phải cần không chưa rất hơn này đó kia trên dưới giữa qua sau trước cùng bằng so
lên xuống tới vào ra nữa thêm hay hoặc gồm triển thực tiếp đẩy nâng tăng giảm đạt chiếm nhất nhì sạch tốt
biết dám giỏi bám rõ cao thấp đúng đủ xanh an nhanh lớn nhỏ nói làm nghe học thi đua hiến ủng đóng góp xây
tham vận ban chào kỷ nhân ghi tổng sơ bế khai mạc diễn kết thúc thông phát bắt hoàn chuyển nhận đề yêu chúng
tôi ông bà nếu tuy song nhưng bên riêng toàn các những mỗi từng nhiều một hai ba bốn sáu bảy tám chín mười
vừa luôn đều gắn nêu cấp mặt chiều phía trách xung phẩm chữ điều lời tuổi tuỗi giờ phút giây h sa ch am pm
°c độ tự xin thật trọng đầu
cuối hàng trở vẹn mới chủ hằng sáng trưa tối đêm khóa khoá thế điểm ngày tháng tuần quý
""")
