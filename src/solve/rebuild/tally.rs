//! How far each row is filled as decisions come and go, in integers, a change at a time.
//!
//! Every row is read as “at most”. Helpers are not searched over: they follow the decisions, as
//! their rows say (see `roles`). A row with a helper that does not is left out, so that a plan may
//! keep the tally and still miss a row: whoever uses one holds its plans to all rows.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::ranked::Ranked;
use super::roles::{AtMost, Role, Roles};
use crate::formulation::Formulation;

/// A row, a helper or a ranking, by position.
type Place = u32;

/// How far rows are filled.
pub(super) struct Tally {
    /// The rows of each decision, with what it adds, one decision after another.
    parts: Vec<(Place, i64)>,
    /// Where those of each decision begin, and where the last ones end.
    begins: Vec<usize>,
    /// The rows that each following helper adds to once it is 1.
    helpers: Vec<Vec<(Place, i64)>>,
    rows: Vec<Filled>,
    rankings: Vec<Ranked>,
    /// How many rows need each helper.
    needs: Vec<u32>,
    /// How many rows are missed.
    missed: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Filled {
    left: i64,
    bound: i64,
    what: What,
}

/// What a row does beside being kept.
#[derive(Debug, Clone, Copy, Default)]
enum What {
    #[default]
    Nothing,
    /// It needs a helper once it is filled beyond a bound of its own.
    Needs(Place, i64),
    /// It is no row, but what a member of a ranking comes to.
    Member(Place, Place),
    /// It is filled by so many times what the largest of a ranking come to.
    Counts(Place, i64),
}

impl Tally {
    /// The rows of a formulation but those that say that a project is decided once, with nothing
    /// taken. Helpers that do not follow the decisions are as in `base`.
    pub fn new(formulation: &Formulation, base: &[bool]) -> Tally {
        let roles = Roles::new(formulation, base);
        let mut tally = Tally {
            parts: Vec::new(),
            begins: Vec::with_capacity(base.len() + 1),
            helpers: vec![Vec::new(); roles.all.len()],
            needs: vec![0; roles.all.len()],
            rows: Vec::new(),
            rankings: Vec::new(),
            missed: 0,
        };
        let mut parts: Vec<Vec<(Place, i64)>> = vec![Vec::new(); base.len()];
        for (ranking, own) in (0..).zip(&roles.rankings) {
            tally
                .rankings
                .push(Ranked::new(own.count, own.members.len()));
            for (member, &(_, row)) in (0..).zip(&own.members) {
                let place = tally.push(Filled {
                    bound: i64::MAX / 4,
                    what: What::Member(ranking, member),
                    ..Filled::default()
                });
                let row = AtMost::of(&formulation.rows()[row]);
                for &(id, times) in &row.row.decisions {
                    parts[id.index()].push((place, -row.sign * times));
                }
            }
        }
        for row in formulation.rows().iter().skip(formulation.groups().len()) {
            if let Some(whole) = Whole::of(formulation, AtMost::of(row), &roles) {
                tally.add(whole, &mut parts);
            }
        }
        for mut own in parts {
            own.sort_by_cached_key(|&part| Reverse(tally.likelihood(part)));
            tally.begins.push(tally.parts.len());
            tally.parts.extend(own);
        }
        tally.begins.push(tally.parts.len());
        tally.begin();
        tally
    }

    /// How likely the row is not to hold a part more, so that it is asked first: the larger the part of
    /// the bound, in thousandths; last what takes time to ask.
    fn likelihood(&self, (place, by): (Place, i64)) -> i128 {
        let row = &self.rows[place as usize];
        match row.what {
            What::Nothing => i128::from(by) * 1_000 / i128::from(row.bound.max(1)),
            What::Needs(..) | What::Member(..) => 0,
            What::Counts(..) => -1,
        }
        .max(-1)
    }

    fn push(&mut self, row: Filled) -> Place {
        self.rows.push(row);
        Place::try_from(self.rows.len() - 1).unwrap_or(Place::MAX)
    }

    fn add(&mut self, whole: Whole, parts: &mut [Vec<(Place, i64)>]) {
        let mut own = Filled {
            left: 0,
            bound: whole.bound,
            what: whole.ranked.map_or(What::Nothing, |(ranking, times)| {
                What::Counts(ranking, times)
            }),
        };
        let mut following = whole.following;
        if let [(helper, times)] = following[..]
            && times < 0
        {
            own.what = What::Needs(helper, whole.bound);
            own.bound -= times;
            following.clear();
        }
        let place = self.push(own);
        for (helper, times) in following {
            self.helpers[helper as usize].push((place, times));
        }
        if let Some((ranking, _)) = whole.ranked {
            self.rankings[ranking as usize].row = place;
        }
        for (decision, times) in whole.decisions {
            parts[decision].push((place, times));
        }
    }

    /// What the empty plan needs and misses.
    fn begin(&mut self) {
        for place in 0..self.rows.len() {
            if let What::Needs(helper, need) = self.rows[place].what
                && self.rows[place].left > need
            {
                self.need(helper as usize, true);
            }
        }
        let rows = self.rows.iter();
        self.missed = rows.filter(|row| row.left > row.bound).count();
    }

    /// Whether every row is kept.
    pub fn is_kept(&self) -> bool {
        self.missed == 0
    }

    /// Whether no row would be missed by more than before with the decision taken too.
    pub fn fits(&self, decision: usize) -> bool {
        self.fits_as(decision, false)
    }

    /// The same, but for rows that come with a helper and that the decision fills in part.
    pub fn opens(&self, decision: usize) -> bool {
        self.fits_as(decision, true)
    }

    fn fits_as(&self, decision: usize, opening: bool) -> bool {
        let own = self.own(decision);
        own.iter().all(|&(place, by)| {
            let row = &self.rows[place as usize];
            match row.what {
                What::Member(..) => true,
                What::Counts(ranking, times) => {
                    let by = by + times * self.raise(own, ranking);
                    by <= 0 || row.left + by <= row.bound
                }
                What::Nothing => by <= 0 || row.left + by <= row.bound,
                What::Needs(helper, need) => {
                    let is_new = row.left <= need && row.left + by > need;
                    by <= 0
                        || row.left + by <= row.bound
                            && (!is_new || self.opens_well(own, helper as usize, opening))
                }
            }
        })
    }

    /// Whether a decision fills a row that is missed.
    pub fn mends(&self, decision: usize) -> bool {
        let own = self.own(decision).iter();
        let mut rows = own.map(|&(place, by)| (&self.rows[place as usize], by));
        rows.any(|(row, by)| by < 0 && row.left > row.bound)
    }

    /// By how much the largest of a ranking would come to more.
    fn raise(&self, own: &[(Place, i64)], ranking: Place) -> i64 {
        let raises = own
            .iter()
            .map(|&(place, by)| match self.rows[place as usize].what {
                What::Member(of, member) if of == ranking => {
                    self.rankings[ranking as usize].raise(member as usize, by)
                }
                _ => 0,
            });
        raises.sum()
    }

    /// Whether the helper that a decision would come to need may be 1; rows that the decision fills
    /// may be missed by that where it is `opening`.
    fn opens_well(&self, own: &[(Place, i64)], helper: usize, opening: bool) -> bool {
        self.needs[helper] > 0
            || self.helpers[helper].iter().all(|&(place, more)| {
                let other = &self.rows[place as usize];
                let beside = own.iter().find(|(own, _)| *own == place);
                let by = beside.map_or(0, |(_, by)| *by);
                more <= 0 || other.left + more + by <= other.bound || opening && by < 0
            })
    }

    /// Takes a decision.
    pub fn take(&mut self, decision: usize) {
        self.turn(decision, 1);
    }

    /// Lets a decision go.
    pub fn leave(&mut self, decision: usize) {
        self.turn(decision, -1);
    }

    /// The rows of a decision, by position.
    pub fn rows_of(&self, decision: usize) -> impl Iterator<Item = u32> + '_ {
        self.own(decision).iter().map(|(place, _)| *place)
    }

    fn own(&self, decision: usize) -> &[(Place, i64)] {
        &self.parts[self.begins[decision]..self.begins[decision + 1]]
    }

    fn turn(&mut self, decision: usize, times: i64) {
        for at in self.begins[decision]..self.begins[decision + 1] {
            let (place, by) = self.parts[at];
            let by = times * by;
            let row = self.rows[place as usize];
            match row.what {
                What::Member(ranking, member) => {
                    let own = &mut self.rankings[ranking as usize];
                    let (row, more) = (own.row, own.change(member as usize, by));
                    self.count(row, more);
                    continue;
                }
                What::Needs(helper, need) => match (row.left > need, row.left + by > need) {
                    (false, true) => self.need(helper as usize, true),
                    (true, false) => self.need(helper as usize, false),
                    _ => {}
                },
                What::Nothing | What::Counts(..) => {}
            }
            self.fill(place, by);
        }
    }

    /// Notes that the largest of the ranking that a row counts come to so much more.
    fn count(&mut self, row: Place, more: i64) {
        if let Some(Filled {
            what: What::Counts(_, times),
            ..
        }) = self.rows.get(row as usize)
        {
            self.fill(row, times * more);
        }
    }

    fn need(&mut self, helper: usize, is_more: bool) {
        let times = if is_more {
            self.needs[helper] += 1;
            i64::from(self.needs[helper] == 1)
        } else {
            self.needs[helper] -= 1;
            -i64::from(self.needs[helper] == 0)
        };
        if times != 0 {
            for at in 0..self.helpers[helper].len() {
                let (place, by) = self.helpers[helper][at];
                self.fill(place, times * by);
            }
        }
    }

    fn fill(&mut self, place: Place, by: i64) {
        let row = &mut self.rows[place as usize];
        let before = row.left > row.bound;
        row.left += by;
        match (before, row.left > row.bound) {
            (false, true) => self.missed += 1,
            (true, false) => self.missed -= 1,
            _ => {}
        }
    }
}

/// A row over decisions, following helpers and a ranking alone.
struct Whole {
    decisions: BTreeMap<usize, i64>,
    following: Vec<(Place, i64)>,
    ranked: Option<(Place, i64)>,
    bound: i64,
}

impl Whole {
    /// `None` for a row with a helper that does not follow, one without decisions, and one whose sums
    /// could leave 64 bits.
    fn of(formulation: &Formulation, row: AtMost<'_>, roles: &Roles<'_>) -> Option<Whole> {
        let mut whole = Whole {
            decisions: BTreeMap::new(),
            following: Vec::new(),
            ranked: None,
            bound: row.bound(),
        };
        whole.take(row, row.sign)?;
        for (helper, times) in row.helpers() {
            match roles.all[helper.index()] {
                Role::Fixed(value) => whole.lower(times.checked_mul(value)?)?,
                Role::Following => whole.following.push((helper.0, times)),
                Role::Opposing => {
                    whole.lower(times)?;
                    whole.following.push((helper.0, times.checked_neg()?));
                }
                Role::Limit(place) => {
                    let limit = AtMost::of(&formulation.rows()[place]);
                    if std::ptr::eq(limit.row, row.row) {
                        return None;
                    }
                    whole.lower(times.checked_mul(limit.bound())?)?;
                    whole.take(limit, times.checked_neg()?.checked_mul(limit.sign)?)?;
                }
                Role::Ranked(ranking) => {
                    let own = (Place::try_from(ranking).ok()?, times);
                    if times > 0 || whole.ranked.is_some_and(|known| known != own) {
                        return None;
                    }
                    whole.ranked = Some(own);
                }
                Role::Unknown => return None,
            }
        }
        whole.decisions.retain(|_, own| *own != 0);
        let is_something = !whole.decisions.is_empty() || !whole.following.is_empty();
        (is_something && whole.stays_small(roles)?).then_some(whole)
    }

    fn lower(&mut self, by: i64) -> Option<()> {
        self.bound = self.bound.checked_sub(by)?;
        Some(())
    }

    fn take(&mut self, row: AtMost<'_>, times: i64) -> Option<()> {
        for &(id, own) in &row.row.decisions {
            let entry = self.decisions.entry(id.index()).or_default();
            *entry = entry.checked_add(own.checked_mul(times)?)?;
        }
        Some(())
    }

    /// Whether no sum of its parts leaves 64 bits.
    fn stays_small(&self, roles: &Roles<'_>) -> Option<bool> {
        let following = self.following.iter().map(|(_, own)| own);
        let mut sizes = self.decisions.values().chain(following);
        let total = sizes.try_fold(self.bound.unsigned_abs(), |sum, own| {
            sum.checked_add(own.unsigned_abs())
        });
        let ranked = match self.ranked {
            Some((ranking, times)) => roles
                .most_ranked(ranking as usize)
                .checked_mul(times.unsigned_abs())?,
            None => 0,
        };
        Some(total?.checked_add(ranked)? < i64::MAX as u64 / 4)
    }
}
