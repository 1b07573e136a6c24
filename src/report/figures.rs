//! Figures of plans side by side: a column a plan.

use super::text::say;
use super::{Grid, hundredths, millions, points, said};
use crate::analysis::Figures;
use crate::phrase::{Language, Phrase};
use crate::quantities::rounded;

pub(super) fn grid(title: String, all: &[(Phrase, Figures)], language: Language) -> Grid {
    type Show = fn(&Figures, Language) -> String;
    let lines: [(&str, &str, Show); 13] = [
        (
            "số đề án được hỗ trợ",
            "funded projects",
            |f, l| said(&f.projects, l),
        ),
        (
            "chi (triệu đồng)",
            "spent (million đồng)",
            |f, l| millions(f.spent, l),
        ),
        (
            "hỗ trợ bình quân (triệu đồng)",
            "mean support (million đồng)",
            |f, l| hundredths(rounded(i128::from(f.mean.0), 10_000), l),
        ),
        (
            "hỗ trợ trung vị (triệu đồng)",
            "median support (million đồng)",
            |f, l| millions(f.median, l),
        ),
        (
            "trọng điểm được mở (vùng × ngành)",
            "focal points opened (zone × sector)",
            |f, l| said(&f.focal_points, l),
        ),
        (
            "số trọng điểm quy đổi (nghịch đảo chỉ số HHI)",
            "effective number of them (1/HHI)",
            |f, l| hundredths(f.effective_points, l),
        ),
        (
            "tỷ trọng 5 trọng điểm lớn nhất",
            "share of the five largest",
            |f, l| said(&f.top_five, l),
        ),
        (
            "tỷ lệ đề án được hỗ trợ dưới 50 triệu đồng",
            "grants under 50 million đồng",
            |f, l| said(&f.small_grants, l),
        ),
        ("tỷ trọng đề án điểm", "pilot share", |f, l| {
            said(&f.pilot_share, l)
        }),
        (
            "vốn đối ứng trên một đồng hỗ trợ",
            "counterpart per đồng of support",
            |f, l| hundredths(f.leverage, l),
        ),
        ("lợi ích (điểm)", "benefit (points)", |f, l| {
            points(f.benefit, l)
        }),
        ("chỉ tiêu đạt", "targets met", |f, _| {
            format!("{}/{}", f.targets.0, f.targets.1)
        }),
        ("quy tắc bị vi phạm", "rules broken", |f, l| {
            said(&f.broken, l)
        }),
    ];
    let mut headings = vec![String::new()];
    headings.extend(all.iter().map(|(title, _)| title.say(language).to_owned()));
    let mut lines = lines.to_vec();
    if all.iter().any(|(_, figures)| figures.penalty > 0) {
        let after = lines.len() - 2;
        lines.insert(
            after,
            (
                "trừ do quy tắc mềm (điểm)",
                "cost of soft rules (points)",
                |f, l| points(f.penalty, l),
            ),
        );
    }
    let rows = lines.iter().map(|(vi, en, show)| {
        let mut row = vec![say(vi, en, language)];
        row.extend(all.iter().map(|(_, figures)| show(figures, language)));
        row
    });
    Grid {
        title,
        rows: rows.collect(),
        numeric: (1..headings.len()).collect(),
        headings,
    }
}
