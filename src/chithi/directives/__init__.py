"""Documents of a directive (văn bản chỉ đạo): register, links, attachments, search, and who has turned it into a plan."""
