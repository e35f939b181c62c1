//! planlint: the linter and reporting pipeline for public plans.
//!
//! A plan and its yearly reports are YAML files. The library reads them, holds them against
//! schemas and rules, and renders what it found; it prints nothing by itself. Each module may use
//! only those to its left:
//!
//! `source → arithmetic, statistics, calendar, text → document → catalogue → diagnostic → schema → config →
//! files → model → rule → rules → check → report → cli → main`
//! `source → arithmetic, calendar, text → document → catalogue → diagnostic → schema → config →
//! files → git → model → rule → rules → check → report → cli → main`

#![forbid(unsafe_code)]

pub mod arithmetic;
pub mod calendar;
pub mod catalogue;
pub mod check;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod document;
pub mod files;
pub mod git;
pub mod model;
pub mod report;
pub mod rule;
pub mod rules;
pub mod schema;
pub mod source;
pub mod statistics;
pub mod text;
