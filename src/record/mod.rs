//! A row of a table as a value: cells that parse and print, columns that explain themselves, and
//! faults that say where, why and what to do.

mod cell;
mod fault;
mod table;

pub use cell::{Cell, Known};
pub use fault::Fault;
pub use table::{Row, Table};

/// A column of a table, as the data dictionary describes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What a cell of it may hold, with the unit.
    pub allowed: &'static str,
    /// Whether it must be present and filled in; otherwise a blank means "none".
    pub needed: bool,
    /// Whether a cell may say `unknown`.
    pub unknown: bool,
}

/// A value that is one row of a table. Declare one with [`record!`](crate::record!).
pub trait Record: Sized {
    /// Its columns, in the order they are written.
    const COLUMNS: &'static [Column];

    /// The value of `row`; every cell that cannot be read is a fault noted in the row.
    fn read(row: &mut Row<'_>) -> Option<Self>;

    /// The value's cells, in the order of [`Record::COLUMNS`].
    fn print(&self) -> Vec<String>;
}

/// Declares a struct that is one row of a table: each documented field is the column of its name.
#[macro_export]
macro_rules! record {
    ($(#[$meta:meta])* pub struct $name:ident {
        $($(#[doc = $meaning:literal])+ $field:ident: $kind:ty,)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct $name {
            $($(#[doc = $meaning])+ pub $field: $kind,)+
        }

        impl $crate::record::Record for $name {
            const COLUMNS: &'static [$crate::record::Column] = &[$($crate::record::Column {
                name: stringify!($field),
                meaning: concat!($($meaning),+),
                allowed: <$kind as $crate::record::Cell>::ALLOWED,
                needed: !<$kind as $crate::record::Cell>::MAY_BE_BLANK,
                unknown: <$kind as $crate::record::Cell>::MAY_BE_UNKNOWN,
            }),+];

            fn read(row: &mut $crate::record::Row<'_>) -> Option<Self> {
                $(let $field = row.cell::<$kind>(stringify!($field));)+
                Some($name { $($field: $field?),+ })
            }

            fn print(&self) -> Vec<String> {
                vec![$($crate::record::Cell::print(&self.$field)),+]
            }
        }
    };
}

/// Declares the words that a column may hold, as an enum that is a [`Cell`].
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
        }

        impl $name {
            /// The word as tables spell it.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl $crate::record::Cell for $name {
            const ALLOWED: &'static str = concat!("one of:" $(, " `", $word, "`")+);

            fn parse(text: &str) -> Result<Self, $crate::phrase::Phrase> {
                match text {
                    $($word => Ok($name::$variant),)+
                    _ => {
                        let words = [$($word),+].join(", ");
                        Err($crate::phrase!(
                            "“{text}” không phải là một trong các từ: {words}",
                            "“{text}” is none of: {words}"
                        ))
                    }
                }
            }

            fn print(&self) -> String {
                self.word().to_owned()
            }
        }
    };
}
