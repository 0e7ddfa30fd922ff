"""Everything the command line says, in Vietnamese and in English: help, progress, results, errors. Pure data.

Keys of help texts are `help.COMMAND`, of options `help.COMMAND.OPTION`; a test walks the commands and complains
of any that is missing in either language. Refusals of the product are worded in `chithi.core.wording`.
"""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # import and export
    "help.import": (
        "Nhập đơn vị, đảng viên, cán bộ hoặc chức vụ từ bảng tính: kiểm tra trước, rồi ghi tất cả hoặc không ghi gì.",
        "Import units, people or posts from a sheet: checked first, then applied whole or not at all.",
    ),
    "help.import.kind": ("Loại bảng: {choices}.", "What the rows are: {choices}."),
    "help.import.file": ("Tệp .xlsx, .xls, .ods hoặc .csv.", "A file .xlsx, .xls, .ods or .csv."),
    "help.import.unit": (
        "Mã đơn vị; chỉ các dòng của đơn vị này và cấp dưới (mặc định: toàn bộ).",
        "Code of a unit; only rows of it and what is below (by default everything).",
    ),
    "help.import.dry_run": ("Chỉ kiểm tra, không ghi gì.", "Only check; write nothing."),
    "help.export": (
        "Xuất đơn vị, đảng viên, cán bộ hoặc chức vụ ra bảng tính, cùng các cột như mẫu nhập.",
        "Export units, people or posts to a sheet with the columns of the import.",
    ),
    "help.export.kind": ("Xuất gì: {choices}.", "What to export: {choices}."),
    "help.export.file": ("Tệp sẽ ghi, .xlsx hoặc .csv.", "The file to write, .xlsx or .csv."),
    "help.export.date": ("Như đã có vào ngày này (mặc định: hôm nay).", "As it was on this day (by default today)."),
    "import.checking": ("Kiểm tra bảng", "Checking the sheet"),
    "import.applying": ("Ghi bảng", "Applying the sheet"),
    "import.would": (
        "Sẽ thêm {new}, thay đổi {changed}, giữ nguyên {unchanged}.",
        "Would add {new}, change {changed}, leave {unchanged} as they are.",
    ),
    "import.did": (
        "Đã thêm {new}, thay đổi {changed}, giữ nguyên {unchanged}.",
        "Added {new}, changed {changed}, left {unchanged} as they are.",
    ),
    "import.row": ("Dòng {row}", "Row {row}"),
    "import.on_record": ("một người đã có", "somebody on record"),
    "import.alike": ("Dòng {row}: {name}, giống {other}", "Row {row}: {name}, like {other}"),
    "import.more": ("và {count} chỗ nữa", "and {count} more"),
    "import.refused": ("Có {count} chỗ cần sửa; chưa ghi gì.", "{count} places to correct; nothing was written."),
    "export.written": ("Đã ghi {file}", "Wrote {file}"),
    # The frame of every help page
    "frame.usage": ("Cách dùng: ", "Usage: "),
    "frame.options": ("Tùy chọn", "Options"),
    "frame.arguments": ("Tham số", "Arguments"),
    "frame.commands": ("Lệnh", "Commands"),
    "frame.options_metavar": ("[TÙY CHỌN]", "[OPTIONS]"),
    "frame.command_metavar": ("LỆNH …", "COMMAND …"),
    "help.help": ("Hiện phần hướng dẫn này rồi thoát.", "Show this help and exit."),
    "help.version": ("Hiện số phiên bản rồi thoát.", "Show the version and exit."),
    "help.lang": ("Ngôn ngữ của lệnh: vi hoặc en.", "Language of the command line: vi or en."),
    "help.debug": ("Khi có lỗi, hiện dấu vết cho người lập trình.", "On an error show the traceback."),
    "help.chithi": (
        "Theo dõi việc thực hiện chỉ thị trong một tổ chức lớn nhiều cấp. Số nào cũng mở được tới nguồn.",
        "Runs the carrying-out of a directive in a large hierarchical organisation. Every number opens its source.",
    ),
    # serve
    "help.serve": ("Phục vụ giao diện web cùng tiến trình tổng hợp.", "Serve the web interface and its worker."),
    "help.serve.host": ("Địa chỉ lắng nghe (mặc định 127.0.0.1).", "Address to listen on (127.0.0.1 by default)."),
    "help.serve.port": (
        "Cổng lắng nghe (mặc định là cổng ghi trong CHITHI_PUBLIC_URL, không có thì 8000).",
        "Port to listen on (by default the one in CHITHI_PUBLIC_URL, else 8000).",
    ),
    "help.serve.threads": (
        "Số luồng xử lý yêu cầu, 1–64 (mặc định CHITHI_THREADS, không có thì 8).",
        "Request threads, 1–64 (by default CHITHI_THREADS, else 8).",
    ),
    "help.serve.demo": (
        "Lần đầu: dựng dữ liệu mẫu. Lần sau: giữ nguyên dữ liệu, chỉ phát mã đăng nhập mới.",
        "First start: build the demo. Later starts keep the data and only give new log-in codes.",
    ),
    "serve.migrate": ("Chuẩn bị cơ sở dữ liệu", "Preparing the database"),
    "serve.catalogue": ("Nạp danh mục chỉ tiêu", "Loading the catalogue of indicators"),
    "serve.demo_built": ("Xong dữ liệu mẫu", "The demo is built"),
    "serve.samples": ("Tiếp nhận báo cáo mẫu", "Taking in the sample reports"),
    "serve.ready": ("chithi đang phục vụ tại {address}", "chithi serves {address}"),
    "serve.public": ("Địa chỉ công khai: {address}", "Public address: {address}"),
    "serve.how_to_stop": ("Nhấn Ctrl-C để dừng.", "Press Ctrl-C to stop."),
    "serve.stopping": ("Đang dừng…", "Stopping…"),
    "serve.stopped": ("Đã dừng; dữ liệu còn nguyên.", "Stopped; the data is kept."),
    "serve.died": (
        "Tiến trình {name} đã dừng (mã {code}); sẽ chạy lại sau {wait} giây.",
        "The {name} process ended (code {code}); it restarts in {wait} s.",
    ),
    "serve.web": ("web", "web"),
    "serve.worker": ("tổng hợp", "worker"),
    "serve.logins": (
        "Mã đăng nhập dùng một lần (mã của lần trước không còn dùng được):",
        "One-time log-in codes (those of the last start no longer work):",
    ),
    "role.secretary": ("Bí thư", "Secretary"),
    "role.clerk": ("Cán bộ văn phòng", "Clerk"),
    "role.agency": ("Ban tham mưu", "Standing agency"),
    "role.leader": ("Lãnh đạo", "Leader"),
    "role.administrator": ("Người quản trị", "Administrator"),
    # demo
    "help.demo": (
        "Dựng dữ liệu mẫu vào cơ sở dữ liệu trống. Cùng một số gieo thì cùng một dữ liệu.",
        "Build the demo in an empty database. The same seed gives the same data.",
    ),
    "help.demo.size": ("Cỡ dữ liệu: {choices}.", "Size of the demo: {choices}."),
    "help.demo.reorganised": (
        "Áp dụng luôn đợt sắp xếp ngày 1/7/2025: không còn cấp huyện.",
        "Carry out the reorganisation of 1 July 2025 too: no districts.",
    ),
    # plan
    "help.plan": (
        "Sắp xếp tổ chức từ một bảng: xem trước, áp dụng, hủy.",
        "Reorganise from a sheet: preview, apply, undo.",
    ),
    "help.plan.preview": (
        "Thử phương án: nói rõ điều gì sẽ xảy ra; không thay đổi gì.",
        "Try a plan: say what would happen; nothing is changed.",
    ),
    "help.plan.apply": (
        "Áp dụng phương án: trọn vẹn hoặc không làm gì.",
        "Apply a plan: all of it or nothing.",
    ),
    "help.plan.undo": (
        "Hủy phương án đã áp dụng, như một sự kiện mới.",
        "Undo an applied plan, as a new event.",
    ),
    "help.plan.file": ("Bảng .xlsx, .ods hoặc .csv theo mẫu.", "Sheet .xlsx, .ods or .csv made from the template."),
    "help.plan.under": ("Mã đơn vị mà việc sắp xếp diễn ra bên trong.", "Code of the unit within which it happens."),
    "help.plan.on": ("Từ ngày, viết 2025-07-01.", "From which day, written 2025-07-01."),
    "help.plan.document": ("Văn bản quyết định.", "The document that orders it."),
    "help.plan.title": ("Tên phương án (mặc định: tên tệp).", "Title of the plan (the file's name by default)."),
    "help.plan.number": ("Số của phương án, được báo khi áp dụng.", "Number of the plan, told when it was applied."),
    "plan.opened": ("Thành lập: {count} {codes}", "Opened: {count} {codes}"),
    "plan.closed": ("Kết thúc: {count} {codes}", "Closed: {count} {codes}"),
    "plan.moved": ("Chuyển: {count} {codes}", "Moved: {count} {codes}"),
    "plan.changed": ("Đổi tên, đổi loại: {count} {codes}", "Renamed or of another kind: {count} {codes}"),
    "plan.people": ("Đảng viên trong các đơn vị này: {count}", "Members in these units: {count}"),
    "plan.records": (
        "Vai trò hết: {roles}. Số liệu đơn vị kế thừa tiếp nhận: {figures}. Đơn vị tính lại: {recounted}.",
        "Roles that end: {roles}. Figures the heirs take over: {figures}. Units counted anew: {recounted}.",
    ),
    "plan.tried": ("Chưa thay đổi gì.", "Nothing was changed."),
    "plan.applied": (
        "Đã áp dụng phương án số {number} từ ngày {day}.",
        "Plan {number} was applied from {day}.",
    ),
    "plan.undone": ("Đã hủy phương án số {number} từ ngày {day}.", "Plan {number} was undone from {day}."),
    "help.demo.seed": ("Số gieo (mặc định 2016).", "Seed (2016 by default)."),
    # unit
    "help.unit": ("Mở những đơn vị đầu tiên của một hệ thống mới.", "Open the first units of a new installation."),
    "help.unit.open_root": (
        "Mở đơn vị cao nhất của một hệ thống còn trống.",
        "Open the top unit of an empty installation.",
    ),
    "help.unit.open": ("Mở một đơn vị dưới một đơn vị đã có.", "Open a unit under one that exists."),
    "help.unit.code": ("Mã đơn vị, giữ nguyên mãi.", "Code of the unit; it never changes."),
    "help.unit.name": ("Tên đầy đủ.", "Full name."),
    "help.unit.kind": ("Loại đơn vị: {choices}.", "Kind of unit: {choices}."),
    "help.unit.short": ("Tên ngắn (mặc định: tên đầy đủ).", "Short name (the full name by default)."),
    "help.unit.since": (
        "Hoạt động từ ngày nào (mặc định 1/1 năm trước, để ghi được số liệu năm trước).",
        "Open since (by default 1 January of last year, so that last year's figures can be stated).",
    ),
    "help.unit.open.under": ("Mã đơn vị cấp trên.", "Code of the unit above."),
    "unit.opened": ("Đã mở đơn vị {code} từ ngày {day}.", "The unit {code} is open since {day}."),
    # account
    "help.account": (
        "Mở, đóng, liệt kê tài khoản; phát mã đăng nhập.",
        "Open, close, list accounts; give codes.",
    ),
    "help.account.open": (
        "Mở tài khoản, giao một vai trò trong một đơn vị và in mã đăng nhập dùng một lần.",
        "Open an account, give it a role in a unit and print a one-time log-in code.",
    ),
    "help.account.code": (
        "In mã đăng nhập mới; mã chưa dùng trước đó hết hiệu lực.",
        "Print a new one-time log-in code; an earlier unused one stops working.",
    ),
    "help.account.close": (
        "Đóng tài khoản: vai trò, mã và khóa API đều hết hiệu lực.",
        "Close an account: its roles, codes and API tokens end.",
    ),
    "help.account.list": ("Liệt kê tài khoản và vai trò.", "List the accounts and their roles."),
    "help.account.username": ("Tên đăng nhập.", "User name."),
    "help.account.open.name": ("Họ tên.", "Name of the person."),
    "help.account.open.role": ("Vai trò: {choices}.", "Role: {choices}."),
    "help.account.open.unit": ("Mã đơn vị giữ vai trò.", "Code of the unit in which the role is held."),
    "help.account.open.language": ("Ngôn ngữ giao diện: vi hoặc en.", "Language of the interface: vi or en."),
    "account.opened": (
        "Đã mở tài khoản {username}: {role} · {unit}.",
        "The account {username} is open: {role} · {unit}.",
    ),
    "account.code": (
        "Mã đăng nhập dùng một lần, trong 24 giờ: {code}",
        "One-time log-in code, valid for 24 hours: {code}",
    ),
    "account.closed": ("Đã đóng tài khoản {username}.", "The account {username} is closed."),
    "account.is_closed": ("đã đóng", "closed"),
    "account.no_role": ("chưa có vai trò", "without a role"),
    "account.none": ("Chưa có tài khoản nào.", "There is no account yet."),
    # intake
    "help.intake": (
        "Đọc số liệu trong báo cáo (.txt, .docx, .doc, .pdf, .odt, .rtf, .html). Không cần cơ sở dữ liệu.",
        "Read the figures out of reports (.txt, .docx, .doc, .pdf, .odt, .rtf, .html). Needs no database.",
    ),
    "help.intake.files": ("Tệp báo cáo.", "Report files."),
    "help.intake.jsonl": (
        "Ghi ra mỗi số liệu một dòng JSON; câu hỏi kiểm tra ghi ra luồng lỗi.",
        "Write one JSON object a figure; questions go to standard error.",
    ),
    "help.intake.questions": (
        "Ghi cả câu hỏi kiểm tra vào luồng kết quả.",
        "Write the questions to standard output too.",
    ),
    "help.intake.summary": (
        "Thêm một dòng tóm tắt cho mỗi tệp (ra luồng lỗi nếu có --jsonl).",
        "Add one summary line a file (to standard error with --jsonl).",
    ),
    "help.intake.date": (
        "Ngày của báo cáo, viết 2016-06-30; để hiểu “năm nay”, “đến nay”.",
        "Date of the reports, as 2016-06-30; to understand “this year”, “so far”.",
    ),
    "intake.summary": (
        "{file}: {figures} số liệu ({indicators} thuộc danh mục), {questions} câu hỏi, {characters} ký tự",
        "{file}: {figures} figures ({indicators} of the catalogue), {questions} questions, {characters} characters",
    ),
    "intake.question": ("{file}:{start}: {words} «{quote}»", "{file}:{start}: {words} «{quote}»"),
    "intake.problem": ("{file}: {words}", "{file}: {words}"),
    # report
    "help.report": (
        "Lập báo cáo Word, PDF hoặc phụ lục Excel của một đơn vị trong một kỳ.",
        "Make the Word or PDF report of a unit and period, or its annex in Excel.",
    ),
    "help.report.unit": ("Mã đơn vị.", "Code of the unit."),
    "help.report.period": ("Kỳ báo cáo: 2025, 2026-06, 2026-Q2…", "Period: 2025, 2026-06, 2026-Q2…"),
    "help.report.output": (
        "Tệp .docx, .pdf hoặc .xlsx (phụ lục) để ghi (mặc định: MÃ-KỲ.docx); PDF cần LibreOffice.",
        "The .docx, .pdf or .xlsx (annex) file to write (UNIT-PERIOD.docx by default); PDF needs LibreOffice.",
    ),
    "help.report.template": (
        "Tên mẫu riêng của đơn vị hoặc cấp trên (mặc định: mẫu quy định).",
        "Name of a template of the unit or of one above it (the prescribed form by default).",
    ),
    "help.report.date": ("Ngày ký, viết 2026-11-21 (mặc định hôm nay).", "Date of the report (today by default)."),
    "report.written": (
        "Đã ghi {file} (mã tra cứu {code}).",
        "{file} written (its code is {code}).",
    ),
    "report.issued": ("Báo cáo này đã ban hành: {sign}.", "This report has been issued as {sign}."),
    # verify
    "help.verify": (
        "Kiểm tra mọi tổng số, số đếm, danh sách và ngày đổi màu của nhiệm vụ có khớp; có sai lệch thì mã thoát là 1.",
        "Check that every total, count, list and turning day of a task agrees; exit code 1 where something differs.",
    ),
    "help.verify.period": ("Chỉ kiểm tra kỳ này.", "Check this period only."),
    "help.verify.rebuild": ("Tính lại những chỗ bị lệch.", "Compute what differs anew."),
    "verify.ok": (
        "Khớp hết: {periods} kỳ, {totals} tổng số, {counts} số đếm.",
        "All agree: {periods} periods, {totals} totals, {counts} counts.",
    ),
    "verify.differs": (
        "{differences} chỗ lệch trong {periods} kỳ, {totals} tổng số, {counts} số đếm.",
        "{differences} differences in {periods} periods, {totals} totals, {counts} counts.",
    ),
    "verify.difference": (
        "{check} {where}: đang ghi {stored}, tính ra {found}",
        "{check} {where}: stored {stored}, found {found}",
    ),
    "verify.rebuilt": ("Đã tính lại những chỗ bị lệch.", "What differed was computed anew."),
    # respell
    "help.respell": (
        "Ghi lại các chuỗi dùng để tìm đơn vị và người theo tên đang có.",
        "Write the strings by which units and people are found anew from their names.",
    ),
    "help.respell.check": (
        "Chỉ so, không ghi; có sai lệch thì mã thoát là 1.",
        "Only compare; exit code 1 where something differs.",
    ),
    "respell.step": ("Ghi lại các chuỗi để tìm", "Writing the strings anew"),
    "respell.done": (
        "Đã ghi lại cho {units} đơn vị, {people} người.",
        "Written for {units} units and {people} people.",
    ),
    "respell.ok": ("Khớp hết.", "All agree."),
    "respell.differs": (
        "Lệch ở {units} đơn vị, {people} người; hãy chạy: chithi respell",
        "Different for {units} units and {people} people; run: chithi respell",
    ),
    # retention
    "help.retention": (
        "Xóa hoặc thay dữ liệu cá nhân đã quá thời hạn lưu giữ. Không khôi phục được.",
        "Remove or replace personal data kept beyond its time. This cannot be undone.",
    ),
    "help.retention.kind": ("Chỉ một loại: {choices}.", "One kind only: {choices}."),
    "help.retention.dry_run": ("Chỉ cho biết sẽ có bao nhiêu mục, không làm gì.", "Only say how many; do nothing."),
    "retention.step": ("Áp dụng thời hạn lưu giữ", "Applying the times"),
    "retention.did": ("{kind} ({months} tháng): {count} mục đã xong", "{kind} ({months} months): {count} done"),
    "retention.would": ("{kind} ({months} tháng): {count} mục đến hạn", "{kind} ({months} months): {count} due"),
    "retention.for_ever": ("{kind}: giữ mãi", "{kind}: kept for ever"),
    # bench
    "help.bench": (
        "Đo tốc độ so với cách làm khác trên cùng dữ liệu: {choices}.",
        "Measure speed against rivals on the same input: {choices}.",
    ),
    "help.bench.name": ("Tên phép đo.", "Name of the bench."),
    "help.bench.json": ("Ghi ra một đối tượng JSON thay cho bảng.", "Write one JSON object instead of a table."),
    "help.bench.size": ("Chỉ đo cỡ nhỏ, để thử.", "Only the small sizes, to try it."),
    "help.bench.demo": (
        "Cỡ dữ liệu mẫu để đo trang, khi kho dữ liệu còn trống: {choices}.",
        "Size of the demo whose pages are measured, where the database is empty: {choices}.",
    ),
    "bench.left_out": ("Không đo {name}: {reason}.", "Left out: {name} ({reason})."),
    # manage
    "help.manage": (
        "Các lệnh quản trị của Django (migrate, shell, …).",
        "Django's own commands (migrate, shell, …).",
    ),
    # Errors of the command line itself
    "error.line": ("Lỗi: {words}", "Error: {words}"),
    "error.hint": (" Xem: {command} --help", " See: {command} --help"),
    "error.no_option": ("không có tùy chọn {name}.", "there is no option {name}."),
    "error.no_command": ("không có lệnh “{name}”.", "there is no command “{name}”."),
    "error.needs_value": ("tùy chọn {name} cần một giá trị.", "the option {name} needs a value."),
    "error.missing": ("thiếu {name}.", "{name} is missing."),
    "error.missing_command": ("thiếu tên lệnh.", "a command is missing."),
    "error.too_many": ("thừa tham số.", "too many arguments."),
    "error.bad_value": ("{name}: {why}", "{name}: {why}"),
    "error.whole": ("“{value}” phải là số từ {low} đến {high}.", "“{value}” must be a number from {low} to {high}."),
    "error.choice": ("“{value}” phải là một trong: {choices}.", "“{value}” must be one of: {choices}."),
    "error.day": ("“{value}” không phải ngày; viết như 2016-06-30.", "“{value}” is not a date; write 2016-06-30."),
    "error.no_file": ("không có tệp “{file}”.", "there is no file “{file}”."),
    "error.folder": ("“{file}” là thư mục, không phải tệp.", "“{file}” is a folder, not a file."),
    "error.unreadable": ("không đọc được “{file}”: {why}.", "“{file}” cannot be read: {why}."),
    "error.unwritable": ("không ghi được “{file}”: {why}.", "“{file}” cannot be written: {why}."),
    "error.port_in_use": (
        "cổng {port} của {host} đang có chương trình khác dùng; hãy chọn cổng khác bằng --port.",
        "port {port} of {host} is in use by another program; choose another with --port.",
    ),
    "error.cannot_listen": ("không lắng nghe được tại {host}:{port}: {why}.", "cannot listen on {host}:{port}: {why}."),
    "error.home": (
        "không dùng được thư mục dữ liệu “{folder}” (CHITHI_HOME): {why}.",
        "the data folder “{folder}” (CHITHI_HOME) cannot be used: {why}.",
    ),
    "error.database": ("không kết nối được cơ sở dữ liệu: {why}.", "the database cannot be reached: {why}."),
    "error.no_tables": (
        "cơ sở dữ liệu chưa được chuẩn bị; hãy chạy: chithi manage migrate",
        "the database is not set up yet; run: chithi manage migrate",
    ),
}
