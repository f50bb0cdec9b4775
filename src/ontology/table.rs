//! Tab-separated knowledge: a header line, `#` comments, one entry a line.
//!
//! Law: columns are found by name, so that a table may grow without a change here.

/// A parsed table that borrows its text.
pub(crate) struct Table<'t> {
    columns: Vec<&'t str>,
    rows: Vec<Vec<&'t str>>,
}

/// One line of a table.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a, 't> {
    columns: &'a [&'t str],
    cells: &'a [&'t str],
}

impl<'t> Table<'t> {
    /// Reads `text`; short rows are read as if filled up with empty cells.
    pub(crate) fn parse(text: &'t str) -> Self {
        let mut lines =
            text.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('\t').collect());
        let columns = lines.next().unwrap_or_default();
        Self { columns, rows: lines.collect() }
    }

    /// Its lines in order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_, 't>> {
        self.rows.iter().map(|cells| Row { columns: &self.columns, cells })
    }
}

impl<'t> Row<'_, 't> {
    /// The cell under `column`, trimmed; empty where there is none.
    pub(crate) fn get(&self, column: &str) -> &'t str {
        let at = self.columns.iter().position(|c| c.trim() == column);
        at.and_then(|i| self.cells.get(i)).map_or("", |cell| cell.trim())
    }

    /// The values of a cell that holds several, separated by `|`.
    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        self.get(column).split('|').map(str::trim).filter(|v| !v.is_empty())
    }
}
