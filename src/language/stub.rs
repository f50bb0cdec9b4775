//! stub
#![allow(missing_docs)]
use super::Sentence; use crate::span::*;
pub struct Reader; impl Reader{pub fn embedded()->&'static Self{&Reader} pub fn read(&self,_:&str,_:&TextIndex,_:Span)->Sentence{Sentence::default()}}
