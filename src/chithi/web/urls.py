"""Every address of the interface. Words in addresses are Vietnamese, as people read them out."""

from __future__ import annotations

from django.urls import path, register_converter

from chithi.core.periods import CODE_PATTERN
from chithi.web.manage import (
    accounts,
    accounts_acts,
    handovers,
    health,
    journal,
    people,
    people_acts,
    plans,
    plans_done,
    plans_files,
    plans_rows,
    posts,
    roles,
    transfers,
    unit_field,
    units_acts,
)
from chithi.web.manage import groups as manage_groups
from chithi.web.manage import home as manage_home
from chithi.web.manage import links as manage_links
from chithi.web.manage import units as units_manage
from chithi.web.views import (
    account,
    documents,
    entry,
    finding,
    gallery,
    groups,
    organisation,
    reports,
    session,
    traces,
    units,
)


class PeriodConverter:
    """A period's code in an address; read by `chithi.core.periods.parse` in the view."""

    regex = CODE_PATTERN

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PeriodConverter, "period")

urlpatterns = [
    path("", units.home, name="home"),
    path("nhanh/<int:unit_id>/", units.branch, name="branch"),
    path("canh/<int:unit_id>/", units.siblings, name="siblings"),
    path("don-vi/<int:unit_id>/", units.unit_page, name="unit"),
    path("tim/", finding.search, name="search"),
    path("so/<int:indicator>/<int:unit>/<period:period>/", traces.trace_page, name="trace"),
    path("so/<int:figure>/nhan-bu/", traces.adopt_figure, name="adopt"),
    path("so/<int:figure>/thoi-nhan-bu/", traces.adopt_end, name="adopt_end"),
    path("don-vi/<int:unit>/nguon/<int:measure>/", traces.choose, name="source"),
    path("nhom/", groups.groups_page, name="groups"),
    path("nhom/<int:group>/", groups.group_page, name="group"),
    path("nhom/<int:group>/so/<int:indicator>/<period:period>/", groups.group_trace_page, name="group_trace"),
    path("ma/", traces.code_lookup, name="code_lookup"),
    path("ma/<slug:code>", traces.code_page, name="code"),
    path("van-ban/", documents.documents, name="documents"),
    path("van-ban/<int:document>/", documents.document, name="document"),
    path("van-ban/so/<int:span>/xac-nhan/", documents.span_confirm, name="span_confirm"),
    path("van-ban/so/<int:span>/bo/", documents.span_reject, name="span_reject"),
    path("van-ban/so/<int:span>/xem-lai/", documents.span_reopen, name="span_reopen"),
    path("van-ban/so/<int:span>/sua/", documents.span_correct, name="span_correct"),
    path("van-ban/hoi/<int:question>/", documents.question_settle, name="question_settle"),
    path("nhap/<int:unit>/<period:period>/", entry.entry, name="entry"),
    path("nhap/<int:unit>/<period:period>/xac-nhan/", entry.period_confirm, name="period_confirm"),
    path("bao-cao/<int:unit>/<period:period>/", reports.report_page, name="report"),
    path("bao-cao/<int:unit>/<period:period>/word/", reports.report_make, name="report_make"),
    path("bao-cao/tep/<slug:code>.docx", reports.report_file, name="report_file"),
    path("mau/", gallery.gallery, name="gallery"),
    path("mau/<slug:page>/", gallery.gallery, name="gallery_page"),
    path("quan-tri/", manage_home.manage_home, name="manage"),
    path("quan-tri/nguoi/", people.people, name="people"),
    path("quan-tri/nguoi/them/<slug:what>/", people_acts.person_add, name="person_add"),
    path("quan-tri/nguoi/<int:person>/", people.person, name="person"),
    path("quan-tri/nguoi/<int:person>/sua/", people_acts.person_correct, name="person_correct"),
    path("quan-tri/nguoi/thoi/<slug:what>/<int:row>/", people_acts.person_end, name="person_end"),
    path("quan-tri/nguoi/mien/<int:membership>/", people_acts.person_exempt, name="person_exempt"),
    path("quan-tri/nguoi/chuyen/<int:membership>/", transfers.transfer_propose, name="transfer_propose"),
    path("quan-tri/chuyen-sinh-hoat/", transfers.transfers, name="transfers"),
    path("quan-tri/chuyen-sinh-hoat/<int:proposal>/", transfers.transfer, name="transfer"),
    path("quan-tri/chuyen-sinh-hoat/<int:proposal>/nhan/", transfers.transfer_accept, name="transfer_accept"),
    path("quan-tri/chuyen-sinh-hoat/<int:proposal>/khong-nhan/", transfers.transfer_refuse, name="transfer_refuse"),
    path("quan-tri/chuyen-sinh-hoat/<int:proposal>/rut/", transfers.transfer_withdraw, name="transfer_withdraw"),
    path("quan-tri/chuc-vu/", posts.posts, name="posts"),
    path("quan-tri/chuc-vu/<int:post>/ban-giao/", handovers.handover_prepare, name="handover_prepare"),
    path("quan-tri/ban-giao/", handovers.handovers_page, name="handovers"),
    path("quan-tri/ban-giao/<int:handover>/", handovers.handover, name="handover"),
    path("quan-tri/ban-giao/<int:handover>/ky/<slug:side>/", handovers.handover_sign, name="handover_sign"),
    path("quan-tri/ban-giao/<int:handover>/rut/", handovers.handover_withdraw, name="handover_withdraw"),
    path("quan-tri/ban-giao/<int:handover>/vai-tro/", handovers.handover_roles, name="handover_roles"),
    path("quan-tri/goi-y/don-vi/", unit_field.unit_suggest, name="unit_suggest"),
    path("quan-tri/tai-khoan/", accounts.accounts, name="accounts"),
    path("quan-tri/tai-khoan/mo/", accounts_acts.account_open, name="account_open"),
    path("quan-tri/tai-khoan/bi-khoa/", accounts.accounts_locked, name="accounts_locked"),
    path("quan-tri/tai-khoan/vai-tro/<int:grant>/thoi/", accounts_acts.grant_end, name="grant_end"),
    path("quan-tri/tai-khoan/<int:account>/", accounts.account, name="account"),
    path("quan-tri/tai-khoan/<int:account>/sua/", accounts_acts.account_change, name="account_change"),
    path("quan-tri/tai-khoan/<int:account>/giao/", accounts_acts.account_give, name="account_give"),
    path("quan-tri/tai-khoan/<int:account>/lam/<slug:act>/", accounts_acts.account_act, name="account_act"),
    path("quan-tri/vai-tro/", roles.roles, name="roles"),
    path("quan-tri/vai-tro/dat/", roles.role_define, name="role_define"),
    path("quan-tri/vai-tro/<slug:code>/sua/", roles.role_change, name="role_change"),
    path("quan-tri/vai-tro/<slug:code>/ngung/", roles.role_retire, name="role_retire"),
    path("tai-khoan/", account.my_account, name="my_account"),
    path("tai-khoan/mat-khau/", account.my_password, name="my_password"),
    path("tai-khoan/hai-buoc/", account.my_second_factor, name="my_second_factor"),
    path("tai-khoan/hai-buoc/hinh.svg", account.my_second_factor_picture, name="my_second_factor_picture"),
    path("tai-khoan/hai-buoc/tat/", account.my_second_factor_end, name="my_second_factor_end"),
    path("tai-khoan/ma-du-phong/", account.my_recovery_codes, name="my_recovery_codes"),
    path("tai-khoan/phien/<int:seat>/", account.my_session_end, name="my_session_end"),
    path("tai-khoan/phien/", account.my_sessions_end, name="my_sessions_end"),
    path("quan-tri/nhom/", manage_groups.manage_groups, name="manage_groups"),
    path("quan-tri/nhom/moi/", manage_groups.manage_group_new, name="manage_group_new"),
    path("quan-tri/nhom/<int:group>/", manage_groups.manage_group, name="manage_group"),
    path("quan-tri/nhom/<int:group>/ten/", manage_groups.manage_group_name, name="manage_group_name"),
    path("quan-tri/nhom/<int:group>/ket-thuc/", manage_groups.manage_group_end, name="manage_group_end"),
    path("quan-tri/nhom/ra/<int:member>/", manage_groups.manage_group_member_end, name="manage_group_member_end"),
    path("quan-tri/gan/", manage_links.manage_links, name="manage_links"),
    path("quan-tri/gan/moi/", manage_links.manage_link_new, name="manage_link_new"),
    path("quan-tri/gan/<int:link>/thoi/", manage_links.manage_link_end, name="manage_link_end"),
    path("vao/", session.sign_in, name="sign_in"),
    path("vao/co-quan/", organisation.organisation_begin, name="organisation_begin"),
    path("vao/co-quan/ve/", organisation.organisation_back, name="organisation_back"),
    path("quan-tri/nhat-ky/", journal.journal, name="journal"),
    path("quan-tri/nhat-ky/tep.<slug:ending>", journal.journal_file, name="journal_file"),
    path("quan-tri/tinh-trang/", health.health, name="health"),
    path("quan-tri/don-vi/", units_manage.unit_list, name="units"),
    path("quan-tri/don-vi/<int:unit>/", units_manage.unit_manage, name="unit_manage"),
    path("quan-tri/don-vi/<int:unit>/<slug:act>/", units_acts.unit_act, name="unit_act"),
    path("quan-tri/sap-xep/", plans.plan_list, name="plans"),
    path("quan-tri/sap-xep/moi/", plans.plan_new, name="plan_new"),
    path("quan-tri/sap-xep/mau/<slug:tongue>/", plans_files.plan_template, name="plan_template"),
    path("quan-tri/sap-xep/<int:plan>/", plans.plan_page, name="plan"),
    path("quan-tri/sap-xep/<int:plan>/sua/", plans.plan_head, name="plan_head"),
    path("quan-tri/sap-xep/<int:plan>/bang/", plans.plan_sheet, name="plan_sheet"),
    path("quan-tri/sap-xep/<int:plan>/tai/", plans_files.plan_file, name="plan_file"),
    path("quan-tri/sap-xep/<int:plan>/bo/", plans.plan_cancel, name="plan_cancel"),
    path("quan-tri/sap-xep/<int:plan>/dong/", plans_rows.plan_row_new, name="plan_row_new"),
    path("quan-tri/sap-xep/<int:plan>/dong/<int:row>/", plans_rows.plan_row, name="plan_row"),
    path("quan-tri/sap-xep/<int:plan>/dong/<int:row>/bo/", plans_rows.plan_row_drop, name="plan_row_drop"),
    path("quan-tri/sap-xep/<int:plan>/xem-truoc/", plans_done.plan_preview, name="plan_preview"),
    path("quan-tri/sap-xep/<int:plan>/ap-dung/", plans_done.plan_apply, name="plan_apply"),
    path("quan-tri/sap-xep/<int:plan>/ket-qua/", plans_done.plan_result, name="plan_result"),
    path("quan-tri/sap-xep/<int:plan>/huy/", plans_done.plan_undo, name="plan_undo"),
    path("vao/ma/", session.second_step, name="second_step"),
    path("ra/", session.sign_out, name="sign_out"),
    path("ngon-ngu/", session.set_language, name="set_language"),
    path("healthz", session.healthz, name="healthz"),
]
