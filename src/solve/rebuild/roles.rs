//! What becomes of helpers while decisions come and go: they follow, each by what its rows say.

use crate::formulation::{Formulation, HelperId, Row, Taken, Values};

/// What becomes of a helper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It stays as in the plan that the search begins with.
    Fixed(i64),
    /// 1 as long as one of its own rows needs it.
    Following,
    /// 0 as long as one of its own rows needs that.
    Opposing,
    /// The bound of a row, by position, less the row's decisions.
    Limit(usize),
    /// The same, but 0 unless it is among the largest of a ranking.
    Ranked(usize),
    /// Rows with it are left out.
    Unknown,
}

/// Amounts of which the largest count: `count` of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ranking {
    pub count: usize,
    /// The row that says so, by position.
    row: usize,
    /// The amounts, each with the row that limits it.
    pub members: Vec<(HelperId, usize)>,
}

/// A row read as “at most”.
#[derive(Debug, Clone, Copy)]
pub(super) struct AtMost<'a> {
    pub row: &'a Row,
    pub sign: i64,
}

impl<'a> AtMost<'a> {
    pub fn of(row: &'a Row) -> AtMost<'a> {
        AtMost {
            row,
            sign: row.sense.sign(),
        }
    }

    pub fn helpers(self) -> impl Iterator<Item = (HelperId, i64)> + 'a {
        let own = self.row.helpers.iter();
        own.map(move |&(id, coefficient)| (id, self.sign * coefficient))
    }

    pub fn bound(self) -> i64 {
        self.sign * self.row.bound
    }

    fn coefficient(self, helper: usize) -> i64 {
        let mut all = self.helpers();
        all.find(|(id, _)| id.index() == helper)
            .map_or(0, |(_, own)| own)
    }
}

/// The roles of all helpers.
pub(super) struct Roles<'a> {
    formulation: &'a Formulation,
    /// The rows of each helper, by position.
    rows_of: Vec<Vec<usize>>,
    pub all: Vec<Role>,
    pub rankings: Vec<Ranking>,
}

impl<'a> Roles<'a> {
    pub fn new(formulation: &'a Formulation, base: &[bool]) -> Roles<'a> {
        let witnesses = formulation.witnesses(&Taken(base));
        let mut rows_of: Vec<Vec<usize>> = vec![Vec::new(); witnesses.len()];
        for (place, row) in formulation.rows().iter().enumerate() {
            for (helper, _) in &row.helpers {
                rows_of[helper.index()].push(place);
            }
        }
        let mut own = Roles {
            formulation,
            rows_of,
            all: witnesses.iter().map(|&value| Role::Fixed(value)).collect(),
            rankings: Vec::new(),
        };
        let is_binary = |helper: usize| formulation.helpers()[helper].values == Values::Binary;
        let all = 0..witnesses.len();
        for helper in all.clone().filter(|&helper| is_binary(helper)) {
            own.all[helper] = own.flag(helper);
        }
        for helper in all.filter(|&helper| !is_binary(helper)) {
            own.all[helper] = own.amount(helper);
        }
        own
    }

    /// What the members of a ranking could come to together.
    pub fn most_ranked(&self, ranking: usize) -> u64 {
        let members = self.rankings[ranking].members.iter();
        let rows = members.map(|&(_, row)| &self.formulation.rows()[row]);
        let sizes = rows.flat_map(|row| row.decisions.iter().map(|(_, own)| own.unsigned_abs()));
        sizes.fold(0, u64::saturating_add)
    }

    fn row(&self, place: usize) -> AtMost<'a> {
        AtMost::of(&self.formulation.rows()[place])
    }

    /// The rows in which more of the helper helps, or those in which it does not.
    fn rows(&self, helper: usize, is_raising: bool) -> Vec<usize> {
        let all = self.rows_of[helper].iter().copied();
        all.filter(|&place| (self.row(place).coefficient(helper) < 0) == is_raising)
            .collect()
    }

    fn flag(&self, helper: usize) -> Role {
        let are_own = |rows: &[usize]| {
            let mut own = rows.iter();
            !rows.is_empty() && own.all(|&place| self.row(place).row.helpers.len() == 1)
        };
        if are_own(&self.rows(helper, true)) {
            Role::Following
        } else if are_own(&self.rows(helper, false)) {
            Role::Opposing
        } else {
            self.all[helper]
        }
    }

    fn amount(&mut self, helper: usize) -> Role {
        let limiting = self.rows(helper, false);
        let is_own = |place: &usize| {
            let row = self.row(*place);
            row.row.helpers.len() == 1
                && !row.row.decisions.is_empty()
                && row.coefficient(helper) == 1
        };
        let (own, others): (Vec<usize>, Vec<usize>) = limiting.into_iter().partition(is_own);
        match (&own[..], &others[..]) {
            (&[own], []) => Role::Limit(own),
            (&[own], &[other]) => self.rank(helper, own, other).unwrap_or(Role::Unknown),
            _ => Role::Unknown,
        }
    }

    /// The role of an amount that a row leaves at 0 unless a flag is 1, of flags that a row counts.
    fn rank(&mut self, helper: usize, own: usize, other: usize) -> Option<Role> {
        let row = self.row(other);
        let flag = match row.row.helpers[..] {
            [(one, _), (two, _)] if row.row.decisions.is_empty() && row.bound() == 0 => {
                if one.index() == helper {
                    two.index()
                } else {
                    one.index()
                }
            }
            _ => return None,
        };
        let is_flag = self.formulation.helpers()[flag].values == Values::Binary;
        let &[counting] = &self.rows(flag, false)[..] else {
            return None;
        };
        let counted = self.row(counting);
        let counts_alone = counted.row.decisions.is_empty()
            && counted
                .helpers()
                .all(|(id, own)| own == 1 && self.rows_of[id.index()].len() == 2);
        if !is_flag || !counts_alone || self.rows(helper, true).len() != 1 {
            return None;
        }
        let count = usize::try_from(counted.bound()).ok()?;
        let known = self
            .rankings
            .iter()
            .position(|ranking| ranking.row == counting);
        let place = known.unwrap_or_else(|| {
            self.rankings.push(Ranking {
                count,
                row: counting,
                members: Vec::new(),
            });
            self.rankings.len() - 1
        });
        self.rankings[place]
            .members
            .push((HelperId::at(helper), own));
        Some(Role::Ranked(place))
    }
}
