//! What the program says to a planner: every sentence in Vietnamese and in English.

use serde::Serialize;

/// The languages that a planner can read the program in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Vietnamese.
    Vietnamese,
    /// English.
    #[default]
    English,
}

/// One thing said in both languages, so that neither can be forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Default)]
pub struct Phrase {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

impl Phrase {
    /// The same thing in both languages.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Phrase {
        Phrase {
            vi: vi.into(),
            en: en.into(),
        }
    }

    /// A name or a figure that reads alike in both languages.
    pub fn same(text: impl Into<String>) -> Phrase {
        let text = text.into();
        Phrase {
            vi: text.clone(),
            en: text,
        }
    }

    /// The text in one language.
    #[must_use]
    pub fn say(&self, language: Language) -> &str {
        match language {
            Language::Vietnamese => &self.vi,
            Language::English => &self.en,
        }
    }
}

/// How a value is written inside a sentence of a language.
pub trait Said {
    /// The value's text in `language`.
    fn said(&self, language: Language) -> String;
}

impl Said for Phrase {
    fn said(&self, language: Language) -> String {
        self.say(language).to_owned()
    }
}

impl Said for str {
    fn said(&self, _: Language) -> String {
        self.to_owned()
    }
}

impl Said for String {
    fn said(&self, _: Language) -> String {
        self.clone()
    }
}

impl<T: Said + ?Sized> Said for &T {
    fn said(&self, language: Language) -> String {
        (**self).said(language)
    }
}

impl Said for i64 {
    fn said(&self, language: Language) -> String {
        grouped(&self.to_string(), language)
    }
}

impl Said for usize {
    fn said(&self, language: Language) -> String {
        grouped(&self.to_string(), language)
    }
}

/// A decimal number (`-1234567.5`) with the thousands and decimal marks of `language`.
#[must_use]
pub fn grouped(number: &str, language: Language) -> String {
    let (thousands, decimal) = match language {
        Language::Vietnamese => ('.', ','),
        Language::English => (',', '.'),
    };
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", number),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut text = String::from(sign);
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            text.push(thousands);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(decimal);
        text.push_str(fraction);
    }
    text
}

/// Builds a [`Phrase`] from a Vietnamese and an English sentence; the values named after the
/// semicolon are written in each by [`Said`], other captures as they print.
#[macro_export]
macro_rules! phrase {
    ($vi:literal, $en:literal $(; $($value:ident),+ $(,)?)?) => {
        $crate::phrase::Phrase::new(
            {
                $($(let $value = $crate::phrase::Said::said(&$value, $crate::phrase::Language::Vietnamese);)+)?
                format!($vi)
            },
            {
                $($(let $value = $crate::phrase::Said::said(&$value, $crate::phrase::Language::English);)+)?
                format!($en)
            },
        )
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_marks_of_the_language() {
        let text = |number| {
            [Language::Vietnamese, Language::English].map(|language| grouped(number, language))
        };
        assert_eq!(text("116080.5"), ["116.080,5", "116,080.5"]);
        assert_eq!(text("-999"), ["-999", "-999"]);
        assert_eq!(text("1000"), ["1.000", "1,000"]);
        let count = 1234_usize;
        let phrase = phrase!("{count} đề án", "{count} projects"; count);
        assert_eq!(phrase, Phrase::new("1.234 đề án", "1,234 projects"));
    }
}
