"""The command line: two languages, one-line errors with exit code 2, and what each command prints."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import click
import pytest

from chithi.bench import BENCHES, NEEDS_DATABASE
from chithi.cli import main, reference
from chithi.cli.commands import build
from chithi.cli.frame import Group
from chithi.cli.serving.samples import SAMPLES
from chithi.cli.speech import LANGUAGES, Speech, language_of
from chithi.cli.words import WORDS
from chithi.core.periods import parse
from chithi.demo.sizes import SIZES
from chithi.registry.actions import set_term
from chithi.reporting.issuing import issue_report
from tests.worlds import World

PROJECT = Path(__file__).resolve().parents[2]
PLACEHOLDER = re.compile(r"\{(\w+)\}")
KEY = re.compile(r"\bsay\(\s*\"([a-z_.]+)\"")


@pytest.fixture(autouse=True)
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own locale decides nothing in these tests."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "CHITHI_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)


def one_line_error(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that must fail by the user's error; the one line it says."""
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.splitlines()
    assert len(lines) == 1, said.err
    return lines[0]


# Languages


@pytest.mark.parametrize(
    ("arguments", "environ", "language"),
    [
        ([], {}, "vi"),
        ([], {"LANG": "C.UTF-8"}, "vi"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LC_ALL": "vi_VN.UTF-8", "LANG": "en_US.UTF-8"}, "vi"),
        ([], {"LANG": "vi_VN.UTF-8", "CHITHI_LANGUAGE": "en"}, "en"),
        (["--lang", "vi"], {"CHITHI_LANGUAGE": "en"}, "vi"),
        (["verify", "--lang=en"], {}, "en"),
        (["--lang", "fr"], {"LANG": "en_US.UTF-8"}, "vi"),
        (["--lang"], {"LANG": "en_US.UTF-8"}, "en"),
        (["manage", "shell", "--lang", "en"], {}, "vi"),
    ],
)
def test_the_option_rules_over_the_setting_and_the_setting_over_the_machine(
    arguments: list[str], environ: dict[str, str], language: str
) -> None:
    assert language_of(arguments, environ) == language


@pytest.mark.parametrize("key", sorted(WORDS))
def test_everything_said_exists_in_both_languages_with_the_same_facts(key: str) -> None:
    vi, en = WORDS[key]
    assert vi.strip()
    assert en.strip()
    assert set(PLACEHOLDER.findall(vi)) == set(PLACEHOLDER.findall(en))


def test_every_key_the_commands_say_has_words() -> None:
    said = {key for path in (PROJECT / "src/chithi/cli").rglob("*.py") for key in KEY.findall(path.read_text("utf-8"))}
    assert said
    assert not said - set(WORDS)


def tree(language: str) -> Group:
    return build(Speech(language))


@pytest.mark.parametrize("name", reference.names_of(tree("en")))
def test_the_help_of_every_command_is_told_in_both_languages(name: str) -> None:
    en, vi = (reference.help_of(tree(language), name) for language in ("en", "vi"))
    assert en.startswith("Usage: chithi")
    assert vi.startswith("Cách dùng: chithi")
    assert "Options:" not in vi
    assert "Show this" not in vi


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_option_or_argument_is_left_without_help(language: str) -> None:
    group = tree(language)
    for name in ("", *reference.names_of(group)):
        command: click.Command = group
        for part in name.split():
            assert isinstance(command, click.Group)
            command = command.commands[part]
        for param in command.params:
            if command.name != "manage" or isinstance(param, click.Option):
                assert getattr(param, "help", None), f"{command.name} {param.name}"


def test_the_reference_pages_are_what_the_code_makes() -> None:
    for name, make in reference.PAGES.items():
        kept = (PROJECT / "docs" / "reference" / name).read_text("utf-8")
        assert kept == make(), f"docs/reference/{name} has fallen behind: make reference"


# Errors of the user's


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing"], "không có lệnh “nothing”"),
        (["--nothing"], "không có tùy chọn --nothing"),
        (["--lang", "fr", "verify"], "“fr” phải là một trong: vi, en"),
        (["verify", "more"], "thừa tham số"),
        (["verify", "--period"], "--period cần một giá trị"),
        (["intake"], "thiếu FILE"),
        (["intake", "--date", "30/6/2016", "a.txt"], "“30/6/2016” không phải ngày"),
        (["serve", "--port", "70000"], "“70000” phải là số từ 1 đến 65535"),
        (["serve", "--threads", "8x"], "“8x” phải là số từ 1 đến 64"),
        (["serve", "--port", "²"], "“²” phải là số"),
        (["demo", "--size", "world"], "“world” phải là một trong"),
        (["bench", "nothing"], "“nothing” phải là một trong"),
        (["bench", "rollup", "--size", "nation"], "không chọn cỡ dữ liệu mẫu; chỉ pages chọn được"),
        (["bench", "pages", "--size", "galaxy"], "“galaxy” phải là một trong"),
    ],
)
def test_a_wrong_command_is_one_line_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert words in one_line_error(capsys, *arguments)


def test_a_wrong_command_is_told_in_english_where_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert one_line_error(capsys, "--lang", "en", "verify", "--x") == (
        "Error: there is no option --x. See: chithi verify --help"
    )


def test_a_refusal_of_the_product_is_worded_like_everywhere_else(capsys: pytest.CaptureFixture[str], db: None) -> None:
    assert "Không hiểu kỳ “2013-H9”" in one_line_error(capsys, "verify", "--period", "2013-H9")


def test_debug_shows_where_an_error_came_from() -> None:
    with pytest.raises(click.UsageError):
        main(["--debug", "verify", "--nothing"])


def test_a_bug_of_ours_is_not_passed_off_as_the_users_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("ours")

    monkeypatch.setattr("chithi.cli.verify.run", broken)
    with pytest.raises(RuntimeError, match="ours"):
        main(["verify"])


# intake


def write_report(folder: Path) -> Path:
    path = folder / "báo cáo.txt"
    path.write_text("Năm 2012, 176/251 chi bộ sinh hoạt có chất lượng, đạt 80%.\n", encoding="utf-8")
    return path


def test_intake_writes_one_object_a_figure_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_report(tmp_path)
    assert main(["intake", "--jsonl", str(path)]) == 0
    said = capsys.readouterr()
    [figure] = [json.loads(line) for line in said.out.splitlines()]
    assert (figure["doc"], figure["value"], figure["total"], figure["percent"]) == ("báo cáo.txt", 176, 251, 80)
    assert path.read_text("utf-8")[figure["start"] : figure["end"]] == figure["quote"]
    assert "80" in said.err, "the wrong share is asked about on standard error"


def test_intake_says_its_questions_on_standard_output_where_asked_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_report(tmp_path)
    assert main(["intake", "--questions", str(path)]) == 0
    asked, summary = capsys.readouterr().out.splitlines()
    assert asked.startswith(f"{path}:")
    assert "1 số liệu" in summary
    assert "1 câu hỏi" in summary


def test_a_broken_file_is_named_and_the_others_are_still_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    wanted = [str(tmp_path / "none.txt"), str(empty), str(tmp_path), str(write_report(tmp_path))]
    assert main(["intake", "--jsonl", *wanted]) == 2
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 1
    for broken in wanted[:3]:
        assert sum(line.startswith(f"Lỗi: {broken}: ") for line in said.err.splitlines()) == 1, said.err


# Commands that need the database


def test_verify_finds_a_sound_database_sound(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify"]) == 0
    assert capsys.readouterr().out.startswith("Khớp hết")


def test_a_report_is_written_as_word_and_its_code_is_told(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.docx"
    assert main(["report", "A", "2025", "-o", str(target), "--date", "2026-11-21"]) == 0
    assert target.read_bytes().startswith(b"PK")
    told = re.search(r"\(mã tra cứu ([A-Z0-9-]{8,})\)", capsys.readouterr().out)
    assert told is not None
    by, unit = world.viewer("chau"), world.unit("A")
    set_term(by=by, unit_id=unit, name="k", since=date(2025, 1, 1), until=None)
    issue_report(by=by, code=told.group(1), on=date(2026, 11, 21))
    assert main(["report", "A", "2025", "-o", str(target), "--date", "2026-11-21"]) == 0
    assert "đã ban hành: Số 01-BC/ĐU" in capsys.readouterr().out


def test_a_report_that_cannot_be_written_or_made_is_the_users_error(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "không ghi được" in one_line_error(capsys, "report", "A", "2025", "-o", str(tmp_path / "no" / "out.docx"))
    assert "Không tìm thấy đơn vị" in one_line_error(capsys, "report", "NOBODY", "2025")


def test_the_demo_is_refused_where_there_are_units(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    one_line_error(capsys, "demo", "--size", "tiny")


def test_the_demo_command_knows_the_sizes_the_demo_knows() -> None:
    from chithi.cli.demo import SIZES as OFFERED

    assert set(OFFERED) == set(SIZES)


def test_every_sample_report_exists_and_names_a_readable_period() -> None:
    for sample in SAMPLES:
        assert (PROJECT / "samples" / sample.file).is_file()
        assert parse(sample.period)


# bench


@pytest.mark.parametrize("name", sorted(set(BENCHES) - NEEDS_DATABASE))
def test_a_bench_prints_one_object_of_the_agreed_shape(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", name, "--json", "--small"]) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert set(found) == {"bench", "machine", "versions", "cases"}
    assert found["bench"] == name
    for case in found["cases"]:
        assert set(case) - {"details"} == {"case", "size", "ours_s", "rivals", "floor_s", "peak_mib", "checked"}
        assert case["ours_s"] > 0
        assert all(seconds > 0 for seconds in case["rivals"].values())
    for rival, number in found["versions"].items():
        assert not number.startswith("left out") or f"Không đo {rival}" in said.err


def test_a_rival_with_another_answer_stops_the_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    from chithi.bench import rollup
    from chithi.bench.rollup_rivals import Input, Rival, numpy_levels

    def wrong(given: Input) -> object:
        cells = numpy_levels(given)
        cells[0, 0, 0] += 1
        return cells

    monkeypatch.setattr(rollup, "RIVALS", (Rival("wrong", "numpy", wrong),))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="wrong gives another answer"):
        rollup.run(small=True)
