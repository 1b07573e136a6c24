//! How candidates of each activity look: how many, what they cost, what share they ask for.

use super::Profile;
use super::draw::Bin;

/// What is drawn for a candidate of one activity. Costs are in million đồng for one unit of
/// quantity, shares in percent of the cost; the norms of the programme bound both further.
#[derive(Debug, Clone, Copy)]
pub(super) struct Activity {
    /// Its code, of the vocabulary that all datasets share.
    pub code: &'static str,
    /// How many of a thousand candidates: the mix of published lists.
    pub weight: i64,
    /// How many of a hundred single candidates of a tight programme.
    pub tight: i64,
    /// Whether it has a place and a sector.
    pub is_placed: bool,
    /// Whether it is an investment, whose size varies with the money at hand.
    pub is_investment: bool,
    /// Total cost of one unit.
    pub cost: &'static [Bin],
    /// Part of the cost that is asked for.
    pub share: &'static [Bin],
    /// Weights of the quantities 1, 2, … of a single project.
    pub quantities: &'static [i64],
    /// How the name of a candidate begins.
    pub begins: &'static str,
    /// What is paid for.
    pub content: &'static str,
}

/// Published awards: median cost 609, long tail.
const MACHINERY_COST: &[Bin] = &[
    (9, 60, 150),
    (12, 151, 300),
    (18, 301, 500),
    (25, 501, 700),
    (20, 701, 1000),
    (11, 1001, 1600),
    (5, 1601, 2500),
];
/// Published awards: 20 to 50 %, median 43 %.
const MACHINERY_SHARE: &[Bin] = &[(15, 20, 29), (22, 30, 39), (34, 40, 46), (29, 47, 50)];
const SOFT_SHARE: &[Bin] = &[(1, 30, 50)];
const THIRD: &[Bin] = &[(1, 16, 30)];
const ONE: &[i64] = &[1];
const SOME: &[i64] = &[66, 22, 12];

const fn investment(
    code: &'static str,
    weights: (i64, i64),
    cost: &'static [Bin],
    share: &'static [Bin],
    names: (&'static str, &'static str),
) -> Activity {
    Activity {
        code,
        weight: weights.0,
        tight: weights.1,
        is_placed: true,
        is_investment: true,
        cost,
        share,
        quantities: ONE,
        begins: names.0,
        content: names.1,
    }
}

const fn soft(
    code: &'static str,
    weight: i64,
    cost: &'static [Bin],
    share: &'static [Bin],
    quantities: &'static [i64],
    names: (&'static str, &'static str),
) -> Activity {
    Activity {
        code,
        weight,
        tight: 0,
        is_placed: true,
        is_investment: false,
        cost,
        share,
        quantities,
        begins: names.0,
        content: names.1,
    }
}

const fn without_place(activity: Activity) -> Activity {
    Activity {
        is_placed: false,
        ..activity
    }
}

/// Every activity that candidates are made of.
pub(super) static ACTIVITIES: &[Activity] = &[
    investment(
        "machinery",
        (590, 0),
        MACHINERY_COST,
        MACHINERY_SHARE,
        ("Ứng dụng máy móc", "Máy móc, thiết bị"),
    ),
    investment(
        "technology_line",
        (28, 32),
        &[(3, 500, 1000), (2, 1001, 2400)],
        &[(1, 22, 45)],
        ("Ứng dụng dây chuyền công nghệ", "Dây chuyền công nghệ"),
    ),
    investment(
        "demonstration_model",
        (25, 30),
        &[(3, 500, 1500), (2, 1501, 3500)],
        THIRD,
        ("Mô hình trình diễn kỹ thuật", "Mô hình trình diễn"),
    ),
    investment(
        "cleaner_production",
        (20, 16),
        &[(1, 350, 1700)],
        THIRD,
        ("Thí điểm sản xuất sạch hơn", "Mô hình sản xuất sạch hơn"),
    ),
    investment(
        "pollution_treatment",
        (33, 10),
        &[(1, 250, 1250)],
        THIRD,
        (
            "Xử lý ô nhiễm môi trường tại cơ sở",
            "Hệ thống xử lý chất thải",
        ),
    ),
    investment(
        "cluster_infrastructure",
        (0, 12),
        &[(1, 1000, 6000)],
        &[(1, 30, 60)],
        ("Đầu tư hạ tầng cụm công nghiệp", "Hạ tầng cụm công nghiệp"),
    ),
    soft(
        "existing_model",
        14,
        &[(1, 60, 240)],
        &[(1, 40, 90)],
        ONE,
        (
            "Nhân rộng mô hình đang hoạt động hiệu quả",
            "Hoàn thiện mô hình",
        ),
    ),
    soft(
        "trademark",
        128,
        &[(1, 42, 98)],
        SOFT_SHARE,
        SOME,
        ("Xây dựng, đăng ký nhãn hiệu", "Nhãn hiệu"),
    ),
    soft(
        "packaging",
        50,
        &[(1, 40, 98)],
        SOFT_SHARE,
        SOME,
        ("Thiết kế mẫu mã, bao bì", "Mẫu mã, bao bì"),
    ),
    soft(
        "consulting",
        18,
        &[(1, 40, 110)],
        SOFT_SHARE,
        ONE,
        ("Tư vấn cải tiến sản xuất", "Thuê tư vấn"),
    ),
    soft(
        "showroom",
        18,
        &[(1, 50, 160)],
        SOFT_SHARE,
        ONE,
        ("Phòng trưng bày, giới thiệu sản phẩm", "Phòng trưng bày"),
    ),
    soft(
        "digital",
        26,
        &[(1, 60, 320)],
        SOFT_SHARE,
        ONE,
        (
            "Phần mềm quản lý, thương mại điện tử",
            "Phần mềm, gian hàng trực tuyến",
        ),
    ),
    without_place(soft(
        "training",
        28,
        &[(1, 48, 132)],
        &[(1, 84, 95)],
        ONE,
        ("Đào tạo nghề, tập huấn", "Lớp đào tạo"),
    )),
    without_place(soft(
        "product_voting",
        10,
        &[(1, 125, 235)],
        &[(1, 80, 90)],
        ONE,
        (
            "Bình chọn sản phẩm công nghiệp nông thôn tiêu biểu",
            "Tổ chức bình chọn",
        ),
    )),
    without_place(soft(
        "information",
        14,
        &[(1, 26, 90)],
        &[(1, 78, 90)],
        ONE,
        ("Thông tin, tuyên truyền khuyến công", "Chuyên mục, ấn phẩm"),
    )),
    without_place(soft(
        "fair",
        6,
        &[(1, 70, 190)],
        &[(1, 50, 80)],
        ONE,
        ("Tham gia hội chợ, triển lãm", "Gian hàng"),
    )),
];

impl Activity {
    /// The activity of a code, if candidates are made of it.
    pub fn find(code: &str) -> Option<&'static Activity> {
        ACTIVITIES.iter().find(|activity| activity.code == code)
    }

    /// Its weight among the single projects of a profile.
    pub fn weight_in(&self, profile: Profile) -> i64 {
        match profile {
            Profile::Province | Profile::Nation => self.weight,
            Profile::Tight => self.tight,
        }
    }
}
