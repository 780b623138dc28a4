//! Tests of the walk as tables.
