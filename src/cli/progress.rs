//! A sign of life on stderr while a solve runs; nothing where stderr is no terminal.

use std::io::{IsTerminal, stderr};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::phrase;
use crate::phrase::{Language, Said};
use crate::report;
use crate::solve;

/// A line that counts the seconds; it goes when dropped.
#[derive(Debug)]
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    text: String,
    language: Language,
}

impl Progress {
    /// Starts the line.
    pub fn start(text: &str, language: Language) -> Progress {
        let text = text.to_owned();
        if !stderr().is_terminal() {
            return Progress {
                bar: None,
                text,
                language,
            };
        }
        let bar = ProgressBar::new_spinner();
        bar.set_style(style_of(UNKNOWN));
        bar.set_message(text.clone());
        bar.enable_steady_tick(Duration::from_millis(500));
        Progress {
            bar: Some(bar),
            text,
            language,
        }
    }

    /// Shows the best plan so far, which keeps every row exactly, and how much better one could be.
    pub fn tell(&self, at: &solve::Progress) {
        let (Some(bar), Some(found)) = (&self.bar, at.found) else {
            return;
        };
        let points = report::points(found, self.language);
        let phrase = match at.gap() {
            Some(gap) => {
                let percent = gap.said(self.language);
                phrase!(
                    ": đã có kế hoạch {points} điểm, còn kém cận trên {percent}",
                    ": a plan of {points} points so far, at most {percent} below the best";
                    points, percent
                )
            }
            None => phrase!(
                ": đã có kế hoạch {points} điểm",
                ": a plan of {points} points so far"
            ),
        };
        bar.set_message(format!("{}{}", self.text, phrase.say(self.language)));
    }
}

/// A line that counts answers and says how long the rest will take; it goes when dropped.
#[derive(Debug)]
pub(super) struct Counted {
    bar: Option<ProgressBar>,
    language: Language,
}

/// The line before it is known how many answers there are to be, and after.
const UNKNOWN: &str = "{msg} … {elapsed}";
const COUNTED: &str = "{msg}: {pos}/{len}, {elapsed}";

fn style_of(template: &str) -> ProgressStyle {
    let style = ProgressStyle::with_template(template);
    style.unwrap_or_else(|_| ProgressStyle::default_bar())
}

impl Counted {
    /// Starts the line.
    pub fn start(text: &str, language: Language) -> Counted {
        if !stderr().is_terminal() {
            return Counted {
                bar: None,
                language,
            };
        }
        let bar = ProgressBar::new(0);
        bar.set_style(style_of(UNKNOWN));
        bar.set_message(text.to_owned());
        bar.enable_steady_tick(Duration::from_millis(500));
        Counted {
            bar: Some(bar),
            language,
        }
    }

    /// So many are answered, of so many.
    pub fn tell(&self, done: usize, all: usize) {
        if let Some(bar) = &self.bar {
            let whole = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
            bar.set_length(whole(all));
            bar.set_position(whole(done));
            // Before the first answer nothing says how long the others will take.
            if done > 0 {
                let left = phrase!("còn khoảng {{eta}}", "about {{eta}} left");
                bar.set_style(style_of(&format!("{COUNTED}, {}", left.say(self.language))));
            } else if all > 0 {
                bar.set_style(style_of(COUNTED));
            }
        }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
