"""Requests by letter (yêu cầu báo cáo đột xuất): an outline, a short deadline, the units asked, their answers."""
