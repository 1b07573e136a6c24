//! A test as part of a sentence: words for what the law and the tables name, quotation marks for
//! the codes of a dataset.

use super::{Comparison, Key, Test};
use crate::phrase;
use crate::phrase::Phrase;
use crate::programme::{Class, Kind, Level};
use crate::record::Cell;

impl Key {
    fn phrase(self) -> Phrase {
        let (vi, en) = match self {
            Key::Project => ("mã", "code"),
            Key::Kind => ("loại", "kind"),
            Key::Tag => ("nhãn", "tag"),
            Key::Group => ("nhóm đối tượng ưu tiên", "priority group"),
            Key::Activity => ("nội dung hoạt động", "activity"),
            Key::Zone => ("vùng", "zone"),
            Key::Area => ("địa bàn", "area"),
            Key::Class => ("địa bàn thuộc diện", "area class"),
            Key::Sector => ("ngành nghề", "sector"),
            Key::Unit => ("đơn vị thực hiện", "implementing unit"),
            Key::BeneficiaryType => ("loại hình đơn vị thụ hưởng", "beneficiary type"),
            Key::Counterpart => ("vốn đối ứng", "counterpart"),
            Key::Advantage => ("lợi thế vùng", "regional advantage"),
            Key::Support => ("mức hỗ trợ", "support"),
            Key::Jobs => ("số việc làm", "number of jobs"),
            Key::Fund => ("nguồn kinh phí", "fund"),
            Key::Level => ("nguồn kinh phí cấp", "fund level"),
            Key::Year => ("năm", "year"),
        };
        Phrase::new(vi, en)
    }

    /// One value that a key is compared with.
    fn value(self, value: &str) -> Phrase {
        match value {
            _ if self == Key::Counterpart => return committed(value),
            "none" => return phrase!("không có", "none"),
            "unknown" => return phrase!("chưa biết", "unknown"),
            _ => {}
        }
        match self {
            Key::Kind => Kind::parse(value).map_or_else(|_| quoted(value), kind),
            Key::Class => Class::parse(value).map_or_else(|_| quoted(value), class),
            Key::Level => Level::parse(value).map_or_else(|_| quoted(value), level),
            Key::Zone | Key::Area | Key::Year => Phrase::same(value),
            Key::Advantage | Key::Support | Key::Jobs => {
                Phrase::new(value.replace('.', ","), value)
            }
            _ => quoted(value),
        }
    }
}

fn quoted(code: &str) -> Phrase {
    Phrase::same(format!("“{code}”"))
}

fn kind(kind: Kind) -> Phrase {
    match kind {
        Kind::Single => phrase!("đơn", "single"),
        Kind::Group => phrase!("nhóm", "group"),
        Kind::Pilot => phrase!("điểm", "pilot"),
    }
}

fn class(class: Class) -> Phrase {
    match class {
        Class::Ordinary => phrase!("không khó khăn", "ordinary"),
        Class::Difficult => phrase!("khó khăn", "difficult"),
        Class::SpeciallyDifficult => phrase!("đặc biệt khó khăn", "specially difficult"),
    }
}

/// Whether the beneficiary has committed its share, as table `projects` says it.
fn committed(value: &str) -> Phrase {
    match value {
        "yes" => phrase!("đã cam kết", "committed"),
        "no" => phrase!("chưa cam kết", "not committed"),
        _ => phrase!("chưa rõ đã cam kết hay chưa", "not known to be committed"),
    }
}

fn level(level: Level) -> Phrase {
    match level {
        Level::National => phrase!("quốc gia", "national"),
        Level::Local => phrase!("địa phương", "local"),
        Level::Combined => phrase!("lồng ghép", "combined"),
    }
}

impl Test {
    /// The kinds of project that it asks for, as a noun: “pilot or group projects”.
    pub(in crate::selector) fn as_noun(&self) -> Option<Phrase> {
        if self.key != Key::Kind || self.comparison != Comparison::Is {
            return None;
        }
        let kinds = self.alternatives();
        Some(phrase!("đề án {kinds}", "{kinds} projects"; kinds))
    }

    /// What follows “projects with”, or stands in brackets after the projects.
    pub(in crate::selector) fn phrase(&self) -> Phrase {
        if self.key == Key::Year {
            return self.years();
        }
        let is_none = self.values == ["none"];
        let noun = match self.key {
            Key::Class if is_none => phrase!("địa bàn", "area"),
            key => key.phrase(),
        };
        // Of money the sentence speaks in brackets, without a verb.
        let has = if self.is_of_money() || is_none {
            ""
        } else {
            "có "
        };
        let name = Phrase::new(format!("{has}{}", noun.vi), noun.en);
        let value = self.alternatives();
        let unit = match self.key {
            Key::Support => phrase!(" triệu đồng", " million đồng"),
            _ => Phrase::default(),
        };
        match self.comparison {
            Comparison::IsNot if is_none => phrase!("có xác định {name}", "a stated {name}"; name),
            Comparison::Is if is_none => phrase!("không có {name}", "no {name}"; name),
            Comparison::Is => {
                phrase!("{name} {value}{unit}", "{name} {value}{unit}"; name, value, unit)
            }
            Comparison::IsNot => phrase!(
                "{name} khác {value}{unit}", "{name} other than {value}{unit}";
                name, value, unit
            ),
            Comparison::AtLeast => phrase!(
                "{name} từ {value}{unit} trở lên", "{name} of at least {value}{unit}";
                name, value, unit
            ),
            Comparison::AtMost => phrase!(
                "{name} không quá {value}{unit}", "{name} of at most {value}{unit}";
                name, value, unit
            ),
            Comparison::Above => phrase!(
                "{name} trên {value}{unit}", "{name} above {value}{unit}";
                name, value, unit
            ),
            Comparison::Below => phrase!(
                "{name} dưới {value}{unit}", "{name} below {value}{unit}";
                name, value, unit
            ),
        }
    }

    /// The values, any of which will do.
    fn alternatives(&self) -> Phrase {
        let values = self.values.iter().map(|value| self.key.value(value));
        let (vi, en): (Vec<_>, Vec<_>) = values.map(|value| (value.vi, value.en)).unzip();
        Phrase::new(vi.join(" hoặc "), en.join(" or "))
    }

    /// The years spoken of.
    fn years(&self) -> Phrase {
        let value = self.alternatives();
        match self.comparison {
            Comparison::Is => phrase!("năm {value}", "in {value}"; value),
            Comparison::IsNot => phrase!("trừ năm {value}", "not in {value}"; value),
            Comparison::AtLeast => phrase!("từ năm {value}", "from {value} on"; value),
            Comparison::AtMost => phrase!("đến năm {value}", "up to {value}"; value),
            Comparison::Above => phrase!("sau năm {value}", "after {value}"; value),
            Comparison::Below => phrase!("trước năm {value}", "before {value}"; value),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::record::Cell;
    use crate::selector::Selector;

    #[test]
    fn committed_counterparts_read_as_a_sentence() {
        let said = |text| Selector::parse(text).map(|own| own.phrase());
        let [yes, no] = ["counterpart=yes", "counterpart!=yes&tag=green"].map(said);
        let yes = yes.unwrap();
        assert_eq!(yes.vi, "đề án có vốn đối ứng đã cam kết");
        assert_eq!(yes.en, "projects with counterpart committed");
        assert_eq!(
            no.unwrap().en,
            "projects with counterpart other than committed and tag “green”"
        );
        let open = said("counterpart=no|unknown").unwrap();
        assert_eq!(
            open.en,
            "projects with counterpart not committed or not known to be committed"
        );
        let wrong = said("counterpart=maybe").unwrap_err();
        assert_eq!(wrong.en, "“maybe” is none of: yes, no, unknown");
    }
}
