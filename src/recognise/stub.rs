//! stub
#![allow(missing_docs)]
use crate::date::{Date,Period}; use crate::language::Sentence;
#[derive(Debug,Clone)] pub struct DateMention{pub first:usize,pub last:usize,pub period:Option<Period>,pub written:String}
impl DateMention{pub fn is_point(&self)->bool{true} pub fn is_deadline(&self)->bool{true}}
#[derive(Debug,Clone,Copy,PartialEq,Eq)] pub enum AmountKind{Money,Percent,Quantity,Count,Fold,Duration}
#[derive(Debug,Clone)] pub struct Amount{pub first:usize,pub last:usize,pub value:f64,pub unit:String,pub written:String,pub kind:AmountKind,pub unit_head:Option<usize>}
impl Amount{pub fn is_count(&self)->bool{true} pub fn is_figure(&self)->bool{true}}
pub struct ValueLexicon; impl ValueLexicon{pub fn embedded()->crate::error::Result<&'static Self>{Ok(&ValueLexicon)}}
pub fn find_dates(_:&Sentence,_:Option<Date>,_:&ValueLexicon)->Vec<DateMention>{vec![]}
pub fn find_amounts(_:&Sentence,_:&[DateMention],_:Option<&str>,_:&ValueLexicon)->Vec<Amount>{vec![]}
