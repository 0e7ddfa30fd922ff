"""Documents of a directive (văn bản chỉ đạo): register, links, files, search, who has turned it into a plan."""
