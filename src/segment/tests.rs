//! Tests of blocks and passages.
