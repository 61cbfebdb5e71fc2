//! Tests of the vCards.
