//! What many draws say together: means and chances, each with its sampling error, and quantiles.
//!
//! The error of a mean of n draws is the standard error s / √n, with s the sample's standard
//! deviation. The error of a chance is Wilson's interval at 95 % (Wilson, Journal of the American
//! Statistical Association 22 (1927)), which stays inside 0 and 1 for chances near either. A
//! quantile is the smallest draw that at least so many per cent of the draws do not pass.

/// The standard errors at 95 % of a normal distribution.
const NORMAL: f64 = 1.96;

/// A mean over draws and its standard error, in the unit of what was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Mean {
    /// The mean; 0 of no draws.
    pub value: f64,
    /// Its standard error; 0 of fewer than two draws.
    pub error: f64,
}

/// How a figure is spread over the draws.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Band {
    /// Its mean.
    pub mean: Mean,
    /// 5 % of the draws are at or below it.
    pub low: i64,
    /// Half of the draws are at or below it.
    pub middle: i64,
    /// 95 % of the draws are at or below it.
    pub high: i64,
}

/// In how many draws something came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Chance {
    /// Draws in which it did.
    pub times: usize,
    /// Draws in all.
    pub draws: usize,
}

impl Mean {
    /// The mean of drawn values.
    #[must_use]
    pub fn of(values: &[i64]) -> Mean {
        if values.is_empty() {
            return Mean::default();
        }
        let count = float(values.len());
        let sum: i128 = values.iter().map(|&value| i128::from(value)).sum();
        #[allow(clippy::cast_precision_loss)] // a statistic for people to read, not for a decision
        let value = sum as f64 / count;
        let squares = values.iter().map(|&own| (near(own) - value).powi(2));
        let squares: f64 = squares.sum();
        let error = if values.len() < 2 {
            0.0
        } else {
            (squares / (count - 1.0) / count).sqrt()
        };
        Mean { value, error }
    }
}

impl Band {
    /// The spread of drawn values.
    #[must_use]
    pub fn of(values: &[i64]) -> Band {
        let mut sorted = values.to_vec();
        sorted.sort_unstable();
        let quantile = |percent: usize| {
            let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
            sorted.get(place).copied().unwrap_or_default()
        };
        Band {
            mean: Mean::of(values),
            low: quantile(5),
            middle: quantile(50),
            high: quantile(95),
        }
    }
}

impl Chance {
    /// How often `came` is true.
    pub fn of(came: impl IntoIterator<Item = bool>) -> Chance {
        let mut chance = Chance::default();
        for own in came {
            chance.times += usize::from(own);
            chance.draws += 1;
        }
        chance
    }

    /// The part of the draws, from 0 to 1; 0 of no draws.
    #[must_use]
    pub fn share(self) -> f64 {
        float(self.times) / float(self.draws).max(1.0)
    }

    /// Wilson's interval at 95 %: from, to.
    #[must_use]
    pub fn interval(self) -> (f64, f64) {
        if self.draws == 0 {
            return (0.0, 1.0);
        }
        let (draws, share) = (float(self.draws), self.share());
        let square = NORMAL * NORMAL / draws;
        let middle = share + square / 2.0;
        let half = NORMAL * (share * (1.0 - share) / draws + square / draws / 4.0).sqrt();
        let (least, most) = (
            (middle - half) / (1.0 + square),
            (middle + half) / (1.0 + square),
        );
        (least.max(0.0), most.min(1.0))
    }
}

#[allow(clippy::cast_precision_loss)] // a count of draws, far below 2^53
fn float(count: usize) -> f64 {
    count as f64
}

#[allow(clippy::cast_precision_loss)] // a statistic for people to read, not for a decision
fn near(value: i64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_quantiles_and_intervals_of_known_figures() {
        let values: Vec<i64> = (1..=100).rev().collect();
        let band = Band::of(&values);
        assert_eq!((band.low, band.middle, band.high), (5, 50, 95));
        // s² of 1…100 is 100 · 101 / 12.
        let error = (100.0_f64 * 101.0 / 12.0 / 100.0).sqrt();
        assert!((band.mean.value - 50.5).abs() < 1e-12);
        assert!((band.mean.error - error).abs() < 1e-12);
        assert_eq!(Band::of(&[]), Band::default());
        // Wilson (1927): of 10 draws without any, 1.96² / (10 + 1.96²).
        let never = Chance {
            times: 0,
            draws: 10,
        };
        let (least, most) = never.interval();
        assert!(least.abs() < 1e-12 && (most - 3.8416 / 13.8416).abs() < 1e-12);
        let half = Chance::of([true, false, true, false]);
        let (least, most) = half.interval();
        assert!((least + most - 1.0).abs() < 1e-12 && half.share() > least);
    }
}
