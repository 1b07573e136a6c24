//! What chance decides in one draw: numbers by seed, a stream a draw, so that they depend neither on
//! threads nor on what else is asked.
//!
//! Every project has a number for each year in which it could be due, and one for when it is called
//! from the reserve list; every cut has one. The numbers of a project stay the same whatever plan and
//! whatever reserve list is tried: common random numbers, with which differences between plans
//! vary far less than the plans do (Glasserman and Yao, Management Science 38 (1992)).

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::programme::ProjectId;
use crate::quantities::Share;

/// The numbers of one draw: ten-thousandths, each from 0 to 9999.
#[derive(Debug)]
pub(super) struct Chances {
    /// A row a project: its years, then its call.
    projects: Vec<i64>,
    years: usize,
    cuts: Vec<i64>,
}

impl Chances {
    /// The numbers of draw `draw` for so many projects, years and cuts.
    pub fn new(seed: u64, draw: usize, (projects, years, cuts): (usize, usize, usize)) -> Chances {
        let draw = u64::try_from(draw).unwrap_or(u64::MAX);
        Chances {
            projects: numbers(seed, draw.wrapping_mul(2), projects * (years + 1)),
            years,
            cuts: numbers(seed, draw.wrapping_mul(2).wrapping_add(1), cuts),
        }
    }

    /// The number of a project when it is due in a year, by the year's position.
    pub fn due(&self, project: ProjectId, year: usize) -> i64 {
        self.projects[project.index() * (self.years + 1) + year]
    }

    /// The number of a project when it is called from the reserve list.
    pub fn called(&self, project: ProjectId) -> i64 {
        self.due(project, self.years)
    }

    /// Whether a cut, by its position, comes.
    pub fn is_cut(&self, cut: usize, chance: Share) -> bool {
        self.cuts[cut] < chance.0
    }
}

fn numbers(seed: u64, stream: u64, count: usize) -> Vec<i64> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(stream);
    let whole = u128::from(Share::WHOLE.unsigned_abs());
    let number = |()| {
        let drawn = u128::from(rng.next_u64()).saturating_mul(whole) >> 64;
        i64::try_from(drawn).unwrap_or(0)
    };
    std::iter::repeat_n((), count).map(number).collect()
}
