"""Hints to the writer of a task, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from chithi.tasks.kinds import Hint

_WORDS: dict[Hint, Any] = {
    Hint.NO_OWNER: gettext_lazy("Chưa chọn người chịu trách nhiệm."),
    Hint.NO_DATE: gettext_lazy("Chưa có hạn hoàn thành."),
    Hint.TOO_SHORT: gettext_lazy("Viết thêm: làm gì, với ai hoặc với cái gì."),
    Hint.VAGUE: gettext_lazy("Từ này khó kiểm tra. Hãy ghi con số, đối tượng hoặc sản phẩm cụ thể."),
    Hint.NO_VERB: gettext_lazy("Nên bắt đầu bằng động từ: lập, mở, viết, kiểm tra…"),
    Hint.SEVERAL: gettext_lazy("Có vẻ là nhiều việc. Nên tách mỗi việc thành một nhiệm vụ."),
    Hint.NO_PRODUCT: gettext_lazy("Chưa ghi sản phẩm: xong thì có gì trong tay?"),
    Hint.FAR_OFF: gettext_lazy("Hạn xa hơn một năm. Nên chia thành các bước có hạn riêng."),
}


def hint_words(hint: Hint) -> str:
    """One sentence."""
    return str(_WORDS[hint])
