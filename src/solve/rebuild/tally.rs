//! How far each row is filled as decisions come and go, in integers, a change at a time.
//!
//! Every row is read as “at most”. Helpers are not searched over: they follow the decisions, as
//! their rows say (see `roles`). A row with a helper that does not is left out, so that a plan may
//! keep the tally and still miss a row: whoever uses one holds its plans to all rows.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::ops::Range;

use super::Place;
use super::opening::Opening;
use super::ranked::Ranked;
use super::roles::{AtMost, Roles};
use super::whole::Whole;
use crate::formulation::Formulation;

/// How far rows are filled.
pub(super) struct Tally {
    /// The rows of each decision, one decision after another, and what it adds to each.
    places: Vec<Place>,
    amounts: Vec<i64>,
    spans: Vec<Span>,
    /// The rows that each following helper adds to once it is 1.
    helpers: Vec<Vec<(Place, i64)>>,
    /// The helpers that each decision may come to need, once it has been asked: most never are.
    openings: Vec<OnceCell<Vec<Opening>>>,
    /// The rows that a helper fills, with the decisions that ease them.
    easing: Vec<(Place, Vec<Place>)>,
    /// What each row still takes; below 0 it is missed.
    room: Vec<i64>,
    whats: Vec<What>,
    rankings: Vec<Ranked>,
    /// How many rows need each helper.
    needs: Vec<u32>,
    /// How many rows are missed.
    missed: usize,
}

/// Where the rows of a decision stand.
#[derive(Debug, Clone, Copy, Default)]
struct Span {
    /// First those that do nothing beside being kept, and that it fills.
    fills: usize,
    /// Then those of them that it eases.
    eases: usize,
    /// Then the others that may be missed.
    others: usize,
    /// Then what members of rankings come to.
    members: usize,
    end: usize,
}

/// What a row does beside being kept.
#[derive(Debug, Clone, Copy, Default)]
enum What {
    #[default]
    Nothing,
    /// It needs a helper once it takes less than so much.
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
            places: Vec::new(),
            amounts: Vec::new(),
            spans: Vec::with_capacity(base.len()),
            helpers: vec![Vec::new(); roles.all.len()],
            openings: base.iter().map(|_| OnceCell::new()).collect(),
            easing: Vec::new(),
            needs: vec![0; roles.all.len()],
            room: Vec::new(),
            whats: Vec::new(),
            rankings: Vec::new(),
            missed: 0,
        };
        let mut parts: Vec<Vec<(Place, i64)>> = vec![Vec::new(); base.len()];
        for (ranking, own) in (0..).zip(&roles.rankings) {
            tally
                .rankings
                .push(Ranked::new(own.count, own.members.len()));
            for (member, &(_, row)) in (0..).zip(&own.members) {
                let place = tally.push(i64::MAX / 4, What::Member(ranking, member));
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
        for own in parts {
            tally.place(own);
        }
        tally.begin();
        tally
    }

    /// Puts the rows of the next decision in the order in which they are asked.
    fn place(&mut self, mut parts: Vec<(Place, i64)>) {
        let kind = |&(place, by): &(Place, i64)| match self.whats[place as usize] {
            What::Nothing => usize::from(by < 0),
            What::Needs(..) | What::Counts(..) => 2,
            What::Member(..) => 3,
        };
        parts.sort_by_cached_key(|part| (kind(part), Reverse(self.likelihood(*part))));
        let start = self.places.len();
        let until = |most: usize| start + parts.partition_point(|part| kind(part) < most);
        self.spans.push(Span {
            fills: start,
            eases: until(1),
            others: until(2),
            members: until(3),
            end: start + parts.len(),
        });
        self.places.extend(parts.iter().map(|part| part.0));
        self.amounts.extend(parts.iter().map(|part| part.1));
    }

    /// How likely the row is not to hold a part more, so that it is asked first: the larger the part of
    /// the bound, in thousandths; last what takes time to ask.
    fn likelihood(&self, (place, by): (Place, i64)) -> i128 {
        let bound = self.room[place as usize].max(1);
        match self.whats[place as usize] {
            What::Nothing => i128::from(by) * 1_000 / i128::from(bound),
            What::Needs(..) | What::Member(..) => 0,
            What::Counts(..) => -1,
        }
        .max(-1)
    }

    fn push(&mut self, room: i64, what: What) -> Place {
        self.room.push(room);
        self.whats.push(what);
        Place::try_from(self.room.len() - 1).unwrap_or(Place::MAX)
    }

    fn add(&mut self, whole: Whole, parts: &mut [Vec<(Place, i64)>]) {
        let mut room = whole.bound;
        let mut what = whole.ranked.map_or(What::Nothing, |(ranking, times)| {
            What::Counts(ranking, times)
        });
        let mut following = whole.following;
        if let [(helper, times)] = following[..]
            && times < 0
        {
            what = What::Needs(helper, -times);
            room -= times;
            following.clear();
        }
        let place = self.push(room, what);
        if following.iter().any(|(_, times)| *times > 0) {
            let easing = whole.decisions.iter().filter(|(_, times)| **times < 0);
            let easing = easing.map(|(&own, _)| Place::try_from(own).unwrap_or(Place::MAX));
            self.easing.push((place, easing.collect()));
        }
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
        self.missed = self.room.iter().filter(|room| **room < 0).count();
        for place in 0..self.room.len() {
            if let What::Needs(helper, least) = self.whats[place]
                && self.room[place] < least
            {
                self.need(helper as usize, true);
            }
        }
    }

    /// Whether every row is kept.
    pub fn is_kept(&self) -> bool {
        self.missed == 0
    }

    /// Whether no row would be missed by more than before with the decision taken too.
    pub fn fits(&self, decision: usize) -> bool {
        self.fits_as(decision, false)
    }

    /// Whether that is so but for rows that come with a helper and that the decision fills in part.
    pub fn opens(&self, decision: usize) -> bool {
        let span = self.spans[decision];
        let mut others = self.parts(span.others..span.members);
        others.any(|part| self.newly_needed(part).is_some())
            && self.fits_as(decision, true)
            && !self.fits(decision)
    }

    #[inline]
    fn fits_as(&self, decision: usize, opening: bool) -> bool {
        let span = self.spans[decision];
        let mut filled = self.parts(span.fills..span.eases);
        filled.all(|(place, by)| by <= self.room[place as usize])
            && self.others_hold(decision, opening)
    }

    /// Whether the rows that do something beside being kept are missed by no more with a decision.
    #[inline(never)]
    fn others_hold(&self, decision: usize, opening: bool) -> bool {
        let span = self.spans[decision];
        let mut others = self.parts(span.others..span.members);
        others.all(|part| self.holds(decision, part, opening))
    }

    fn holds(&self, decision: usize, part: (Place, i64), opening: bool) -> bool {
        let (place, by) = part;
        let most = self.room[place as usize].max(0);
        if let What::Counts(ranking, times) = self.whats[place as usize] {
            // What is counted eases the row.
            return by <= most || by + times * self.raise(decision, ranking) <= most;
        }
        let opens_well = |helper| self.opens_well(decision, helper, opening);
        by <= most && self.newly_needed(part).is_none_or(opens_well)
    }

    /// The helper that a row would come to need by so much more, if none needs it yet.
    fn newly_needed(&self, (place, by): (Place, i64)) -> Option<usize> {
        match self.whats[place as usize] {
            What::Needs(helper, least)
                if self.needs[helper as usize] == 0 && self.room[place as usize] - by < least =>
            {
                Some(helper as usize)
            }
            _ => None,
        }
    }

    /// The decisions that ease a row which is missed, of the rows that a helper fills, some more than once.
    pub fn mending(&self) -> impl Iterator<Item = Place> + '_ {
        let missed = self
            .easing
            .iter()
            .filter(|own| self.room[own.0 as usize] < 0);
        missed.flat_map(|own| own.1.iter().copied())
    }

    /// Whether a decision eases a row that is missed.
    pub fn mends(&self, decision: usize) -> bool {
        let span = self.spans[decision];
        let mut rows = self.parts(span.eases..span.end);
        rows.any(|(place, by)| by < 0 && self.room[place as usize] < 0)
    }

    /// By how much the largest of a ranking would come to more.
    fn raise(&self, decision: usize, ranking: Place) -> i64 {
        let span = self.spans[decision];
        let raises = self.parts(span.members..span.end).map(|(place, by)| {
            match self.whats[place as usize] {
                What::Member(of, member) if of == ranking => {
                    self.rankings[ranking as usize].raise(member as usize, by)
                }
                _ => 0,
            }
        });
        raises.sum()
    }

    /// Whether the helper that a decision would come to need may be 1; rows that the decision fills
    /// may be missed by that where it is `opening`.
    fn opens_well(&self, decision: usize, helper: usize, opening: bool) -> bool {
        let all = self.openings[decision].get_or_init(|| self.openings_of(decision));
        let own = all.iter().find(|own| own.is_of(helper));
        own.is_none_or(|own| own.holds(&self.room, opening))
    }

    fn openings_of(&self, decision: usize) -> Vec<Opening> {
        let span = self.spans[decision];
        let parts: Vec<(Place, i64)> = self.parts(span.fills..span.end).collect();
        let opening = |part: &(Place, i64)| match self.whats[part.0 as usize] {
            What::Needs(own, _) => Some(Opening::new(own, &self.helpers[own as usize], &parts)),
            _ => None,
        };
        parts.iter().filter_map(opening).collect()
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
    pub fn rows_of(&self, decision: usize) -> &[Place] {
        let span = self.spans[decision];
        &self.places[span.fills..span.end]
    }

    /// The row that a decision is likeliest to find full, of those that do nothing else, and what it takes.
    pub fn fills_most(&self, decision: usize) -> Option<(Place, i64)> {
        let span = self.spans[decision];
        self.parts(span.fills..span.eases).next()
    }

    /// What a row still takes; below 0 it is missed.
    pub fn room(&self, row: Place) -> i64 {
        self.room[row as usize]
    }

    /// Rows and what is added to each.
    fn parts(&self, own: Range<usize>) -> impl Iterator<Item = (Place, i64)> + '_ {
        let places = self.places[own.clone()].iter().copied();
        places.zip(self.amounts[own].iter().copied())
    }

    fn turn(&mut self, decision: usize, times: i64) {
        let span = self.spans[decision];
        let plain = span.fills..span.others;
        let amounts = &self.amounts[plain.clone()];
        for (&place, &by) in self.places[plain].iter().zip(amounts) {
            fill(&mut self.room[place as usize], &mut self.missed, times * by);
        }
        for at in span.others..span.end {
            let (place, by) = (self.places[at], times * self.amounts[at]);
            let room = self.room[place as usize];
            match self.whats[place as usize] {
                What::Member(ranking, member) => {
                    let own = &mut self.rankings[ranking as usize];
                    let (row, more) = (own.row, own.change(member as usize, by));
                    self.count(row, more);
                    continue;
                }
                What::Needs(helper, least) => match (room < least, room - by < least) {
                    (false, true) => self.need(helper as usize, true),
                    (true, false) => self.need(helper as usize, false),
                    _ => {}
                },
                What::Nothing | What::Counts(..) => {}
            }
            fill(&mut self.room[place as usize], &mut self.missed, by);
        }
    }

    /// Notes that the largest of the ranking that a row counts come to so much more.
    fn count(&mut self, row: Place, more: i64) {
        if let Some(What::Counts(_, times)) = self.whats.get(row as usize) {
            let by = times * more;
            fill(&mut self.room[row as usize], &mut self.missed, by);
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
            for &(place, by) in &self.helpers[helper] {
                fill(&mut self.room[place as usize], &mut self.missed, times * by);
            }
        }
    }
}

/// Fills a row by so much, and counts it among those missed or no longer.
fn fill(room: &mut i64, missed: &mut usize, by: i64) {
    let before = *room < 0;
    *room -= by;
    *missed = *missed + usize::from(*room < 0) - usize::from(before);
}
