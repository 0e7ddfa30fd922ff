"""Addresses of work calendars and of requests by letter; `chithi.web.urls` holds them with all others."""

from __future__ import annotations

from django.urls import path

from chithi.web.views import calls, calls_reply, routine, routine_lines

WORK_PATHS = [
    path("lich/", routine.routine, name="routine"),
    path("lich/<int:unit>/<int:year>/", routine.routine_of, name="routine_of"),
    path("lich/<int:unit>/<int:year>/tao/", routine.routine_make, name="routine_make"),
    path("lich/<int:unit>/dong/", routine_lines.routine_lines, name="routine_lines"),
    path("lich/<int:unit>/dong/moi/", routine_lines.routine_line_new, name="routine_line_new"),
    path("lich/<int:unit>/mau/", routine_lines.routine_begin, name="routine_begin"),
    path("lich/<int:unit>/goi-y/", routine_lines.routine_offered, name="routine_offered"),
    path("lich/dong/<int:line>/", routine_lines.routine_line_change, name="routine_line_change"),
    path("lich/dong/<int:line>/bo/", routine_lines.routine_line_drop, name="routine_line_drop"),
    path("lich/dong/<int:line>/cap-tren/", routine_lines.routine_line_follow, name="routine_line_follow"),
    path("lich/nhac/<int:turn>/xong/", routine.routine_done, name="routine_done"),
    path("yeu-cau/", calls.calls, name="calls"),
    path("yeu-cau/moi/", calls.call_new, name="call_new"),
    path("yeu-cau/<int:call>/", calls.call, name="call"),
    path("yeu-cau/<int:call>/sua/", calls.call_change, name="call_change"),
    path("yeu-cau/<int:call>/dong/", calls.call_line_add, name="call_line_add"),
    path("yeu-cau/dong/<int:line>/bo/", calls.call_line_drop, name="call_line_drop"),
    path("yeu-cau/<int:call>/gui/", calls.call_send, name="call_send"),
    path("yeu-cau/<int:call>/bo/", calls.call_discard, name="call_discard"),
    path("yeu-cau/<int:call>/thu-hoi/", calls.call_withdraw, name="call_withdraw"),
    path("yeu-cau/<int:call>/don-doc/", calls.call_remind, name="call_remind"),
    path("yeu-cau/<int:call>/bang.<slug:ending>", calls.call_file, name="call_file"),
    path("yeu-cau/tra-loi/<int:reply>/", calls_reply.reply, name="reply"),
    path("yeu-cau/tra-loi/<int:reply>/chuyen-xuong/", calls_reply.reply_pass, name="reply_pass"),
    path("yeu-cau/tra-loi/<int:reply>/tra-lai/", calls_reply.reply_back, name="reply_back"),
]
