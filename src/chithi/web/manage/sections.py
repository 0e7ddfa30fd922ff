"""The areas of administration, in the order in which they are offered. A new area is a new line."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from chithi.db.viewer import Capability, Viewer


@dataclass(frozen=True)
class Section:
    """One area: its first page's route, who is offered it, what it is for.

    `everywhere`: it belongs to the whole installation, so the capability must reach all of it.
    """

    route: str
    needs: Capability
    title: object
    text: object
    everywhere: bool = False

    def open_to(self, viewer: Viewer) -> bool:
        return viewer.may_everywhere(self.needs) if self.everywhere else viewer.may_anywhere(self.needs)


SECTIONS: tuple[Section, ...] = (
    Section(
        "accounts",
        Capability.ACCOUNTS,
        _("Tài khoản"),
        _("Mở tài khoản, giao vai trò, cấp mã, mở khóa, đóng."),
    ),
    Section(
        "roles",
        Capability.SYSTEM,
        _("Vai trò"),
        _("Vai trò nào được làm gì; đặt vai trò riêng."),
        everywhere=True,
    ),
    Section(
        "people",
        Capability.PEOPLE,
        _("Người trong đơn vị"),
        _("Đảng viên, cán bộ, công chức, viên chức: ai ở đâu, từ khi nào."),
    ),
    Section(
        "transfers",
        Capability.PEOPLE,
        _("Chuyển sinh hoạt đảng"),
        _("Đề nghị chuyển đi, chuyển đến đang chờ trả lời."),
    ),
    Section(
        "posts",
        Capability.PEOPLE,
        _("Chức vụ"),
        _("Ai đang giữ chức vụ nào; giao, thôi giữ, bàn giao."),
    ),
    Section(
        "handovers",
        Capability.PEOPLE,
        _("Bàn giao chức vụ"),
        _("Biên bản chờ ký, đã xong; in ra để lưu."),
    ),
    Section(
        "helper_sections",
        Capability.READ,
        _("Bộ phận giúp việc"),
        _("Ai giúp cấp ủy theo dõi việc thực hiện, theo quyết định nào."),
    ),
    Section(
        "units",
        Capability.TREE,
        _("Đơn vị"),
        _("Thành lập, đổi tên, chuyển, kết thúc từng đơn vị; lịch sử của đơn vị."),
    ),
    Section(
        "plans",
        Capability.TREE,
        _("Sắp xếp tổ chức"),
        _("Sáp nhập, chia tách, chuyển, kết thúc theo phương án; xem trước, áp dụng, hủy."),
    ),
    Section(
        "manage_groups",
        Capability.TREE,
        _("Nhóm đơn vị"),
        _("Lập nhóm đơn vị làm điểm, cụm; đưa đơn vị vào nhóm, ra khỏi nhóm."),
    ),
    Section(
        "manage_links",
        Capability.TREE,
        _("Gắn đơn vị"),
        _("Cơ quan, đoàn thể với tổ chức đảng; thôn, bản với chi bộ."),
    ),
    Section(
        "indicators",
        Capability.DEFINE,
        _("Chỉ tiêu và cách tính"),
        _("Đặt chỉ tiêu, đổi cách tính từ một ngày, chia thành các phần; thử trước khi lưu."),
        everywhere=True,
    ),
    Section(
        "imports",
        Capability.PEOPLE,
        _("Nhập, xuất bằng bảng tính"),
        _("Đưa đơn vị, đảng viên, cán bộ, chức vụ vào bằng bảng tính; xuất ra tệp."),
    ),
    Section(
        "own_templates",
        Capability.REPORT,
        _("Mẫu báo cáo riêng"),
        _("Mẫu Word của đơn vị, có chỗ để điền số; ai ở cấp dưới cũng chọn được."),
    ),
    Section(
        "other_names",
        Capability.TREE,
        _("Tên gọi khác của đơn vị"),
        _("Tên viết tắt, tên quen gọi để tìm ra đơn vị."),
    ),
    Section(
        "offices",
        Capability.REPORT,
        _("Thể thức văn bản"),
        _("Tên cơ quan, người ký, nơi nhận in trên văn bản; nhiệm kỳ, số bắt đầu."),
    ),
    Section(
        "outgoing",
        Capability.REPORT,
        _("Sổ đăng ký văn bản đi"),
        _("Văn bản đã ban hành: tìm, tải về, thu hồi."),
    ),
    Section(
        "retention",
        Capability.SYSTEM,
        _("Lưu giữ dữ liệu cá nhân"),
        _("Giữ bao lâu; thay tên người đã thôi; yêu cầu của một người."),
        everywhere=True,
    ),
    Section(
        "journal",
        Capability.JOURNAL,
        _("Nhật ký"),
        _("Ai đã làm gì, khi nào; lọc và tải về."),
    ),
    Section(
        "health",
        Capability.SYSTEM,
        _("Tình trạng máy chủ"),
        _("Kho dữ liệu, việc cộng số, chỗ trống trên đĩa."),
        everywhere=True,
    ),
    Section(
        "background",
        Capability.SYSTEM,
        _("Việc chạy nền"),
        _("Thư, nhắc việc đang chờ, đã xong, bị hỏng; cho làm lại."),
        everywhere=True,
    ),
)


def offered(viewer: Viewer) -> list[Section]:
    """The areas this viewer may open."""
    return [section for section in SECTIONS if section.open_to(viewer)]
