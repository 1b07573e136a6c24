//! The law of a made-up frame: the national norms, what national money may pay for, what a pilot is.

use crate::programme::{
    ActivityRecord, CriterionRecord, DefinitionRecord, EligibilityRecord, Kind, NormRecord,
    Territory,
};
use crate::quantities::{Date, Money, Share, Year};

/// Code, Vietnamese and English name, what quantity counts, percent and cap (million đồng) of the
/// national norm, whether national money pays for it.
type Row = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    i64,
    i64,
    bool,
);

const ACTIVITIES: &[Row] = &[
    (
        "machinery",
        "Ứng dụng máy móc, thiết bị tiên tiến",
        "Advanced machinery",
        "establishments",
        50,
        300,
        true,
    ),
    (
        "technology_line",
        "Ứng dụng dây chuyền công nghệ",
        "Complete technology line",
        "establishments",
        50,
        450,
        true,
    ),
    (
        "demonstration_model",
        "Mô hình trình diễn kỹ thuật",
        "Technical demonstration model",
        "models",
        30,
        1000,
        true,
    ),
    (
        "existing_model",
        "Mô hình cơ sở đang hoạt động hiệu quả",
        "Showcase of an efficient existing establishment",
        "models",
        0,
        100,
        true,
    ),
    (
        "cleaner_production",
        "Mô hình thí điểm sản xuất sạch hơn",
        "Cleaner production pilot model",
        "models",
        30,
        500,
        true,
    ),
    (
        "pollution_treatment",
        "Xử lý ô nhiễm môi trường tại cơ sở",
        "Pollution treatment at an establishment",
        "establishments",
        30,
        300,
        true,
    ),
    (
        "trademark",
        "Xây dựng, đăng ký nhãn hiệu",
        "Trademark building and registration",
        "trademarks",
        50,
        35,
        false,
    ),
    (
        "packaging",
        "Thiết kế mẫu mã, bao bì",
        "Packaging design",
        "establishments",
        50,
        35,
        false,
    ),
    (
        "consulting",
        "Thuê tư vấn",
        "Hired consulting",
        "establishments",
        50,
        35,
        false,
    ),
    (
        "showroom",
        "Phòng trưng bày, giới thiệu sản phẩm",
        "Showroom",
        "showrooms",
        50,
        50,
        false,
    ),
    (
        "training",
        "Đào tạo nghề, tập huấn",
        "Training",
        "classes",
        0,
        0,
        true,
    ),
    (
        "product_voting",
        "Bình chọn sản phẩm công nghiệp nông thôn tiêu biểu",
        "Voting of typical rural industrial products",
        "rounds",
        0,
        200,
        true,
    ),
    (
        "information",
        "Thông tin, tuyên truyền",
        "Information and publicity",
        "campaigns",
        0,
        0,
        false,
    ),
    (
        "fair",
        "Tham gia hội chợ, triển lãm",
        "Fairs and exhibitions",
        "stands",
        0,
        0,
        false,
    ),
    (
        "cluster_infrastructure",
        "Đầu tư hạ tầng cụm công nghiệp",
        "Infrastructure of an industrial cluster",
        "clusters",
        0,
        6000,
        true,
    ),
    (
        "digital",
        "Chuyển đổi số: phần mềm quản lý, thương mại điện tử",
        "Digital transformation: management software, e-commerce",
        "establishments",
        0,
        0,
        false,
    ),
];

/// The criteria of all shipped datasets.
pub(super) fn criteria() -> Vec<CriterionRecord> {
    let criteria = [
        ("orientation", "Phù hợp định hướng", "Fit to orientation"),
        ("feasibility", "Tính khả thi", "Feasibility"),
        ("capacity", "Năng lực đơn vị", "Capacity of the unit"),
        ("added_value", "Giá trị gia tăng", "Added value"),
        ("replicability", "Khả năng nhân rộng", "Replicability"),
    ];
    let record = |(code, vi, en): (&str, &str, &str)| CriterionRecord {
        criterion: code.to_owned(),
        name_vi: vi.to_owned(),
        name_en: en.to_owned(),
    };
    criteria.into_iter().map(record).collect()
}

/// The activities.
pub(super) fn activities() -> Vec<ActivityRecord> {
    let record = |&(code, vi, en, unit, ..): &Row| ActivityRecord {
        activity: code.to_owned(),
        name_vi: vi.to_owned(),
        name_en: en.to_owned(),
        unit: unit.to_owned(),
    };
    ACTIVITIES.iter().map(record).collect()
}

/// The national norms; a 0 in the table is no percentage or no cap.
pub(super) fn norms() -> Vec<NormRecord> {
    let limited = ACTIVITIES.iter().filter(|row| row.4 > 0 || row.5 > 0);
    let record = |&(code, _, _, unit, percent, cap, _): &Row| NormRecord {
        activity: code.to_owned(),
        territory: Territory::Nation,
        percent: (percent > 0).then_some(Share(percent * 100)),
        cap: (cap > 0).then_some(Money(cap * Money::MILLION.0)),
        per: unit.to_owned(),
        difficult_factor: None,
        valid_from: since(),
        valid_to: None,
        document: "figures of the national norms; generated by seed".to_owned(),
    };
    limited.map(record).collect()
}

/// National money pays for the activities marked so and for pilots; local money for everything.
pub(super) fn eligibility() -> Vec<EligibilityRecord> {
    let row = |fund: &str, activity: Option<&str>, kind| EligibilityRecord {
        fund: fund.to_owned(),
        activity: activity.map(str::to_owned),
        area_class: None,
        kind,
    };
    let national = ACTIVITIES.iter().filter(|activity| activity.6);
    let mut rows: Vec<_> = national
        .map(|own| row("national", Some(own.0), None))
        .collect();
    rows.push(row("national", None, Some(Kind::Pilot)));
    rows.push(row("local", None, None));
    rows
}

/// A pilot has two activities, two beneficiaries, two or three years; a group two beneficiaries.
pub(super) fn definitions() -> Vec<DefinitionRecord> {
    let definition = |kind, contents, least_years, most_years| DefinitionRecord {
        kind,
        least_contents: contents,
        least_beneficiaries: Some(2),
        least_years,
        most_years,
        valid_from: since(),
        valid_to: None,
        document: "as in TT 17/2018/TT-BCT; generated by seed".to_owned(),
    };
    vec![
        definition(Kind::Pilot, Some(2), Some(2), Some(3)),
        definition(Kind::Group, None, None, None),
    ]
}

/// The first day of the norms.
fn since() -> Date {
    Year(2019).first_day()
}
