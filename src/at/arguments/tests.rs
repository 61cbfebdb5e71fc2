//! The shapes of parameters that modems send.

use super::*;

#[test]
fn parameters_are_read_one_after_the_other() {
    let mut arguments = Arguments::new("1,\"+4930123456\",145,,-7,\"\",0A");
    assert_eq!(arguments.number::<u8>(), Some(1));
    assert_eq!(arguments.string().as_deref(), Some("+4930123456"));
    assert_eq!(arguments.number::<u8>(), Some(145));
    assert_eq!(arguments.string(), None, "omitted");
    assert_eq!(arguments.number::<i8>(), Some(-7));
    assert_eq!(arguments.string().as_deref(), Some(""), "empty");
    assert_eq!(arguments.hex(), Some(10));
    assert!(arguments.is_empty());
    assert_eq!((arguments.number::<u8>(), arguments.string(), arguments.hex()), (None, None, None));
}

#[test]
fn a_parameter_of_another_kind_is_passed_over() {
    let mut arguments = Arguments::new("x,300,\"12\",zz,5");
    assert_eq!(arguments.number::<u8>(), None);
    assert_eq!(arguments.number::<u8>(), None, "too large");
    assert_eq!(arguments.number::<u8>(), Some(12), "quoted numbers are numbers");
    assert_eq!(arguments.hex(), None);
    assert_eq!(arguments.number::<u8>(), Some(5));
}

#[test]
fn commas_and_quotes_within_quotes_are_text() {
    let mut arguments = Arguments::new("\"a,b\", \"say \"hi\" now\" ,\"x\\22y\\5Cz\",end");
    assert_eq!(arguments.string().as_deref(), Some("a,b"));
    assert_eq!(arguments.string().as_deref(), Some("say \"hi\" now"));
    // V.250 §5.4.2.2.
    assert_eq!(arguments.string().as_deref(), Some("x\"y\\z"));
    assert_eq!(arguments.string().as_deref(), Some("end"));
}

#[test]
fn missing_quotes_cost_only_their_own_parameter() {
    let mut arguments = Arguments::new("\"+49,145,x\",7");
    assert_eq!(arguments.string().as_deref(), Some("+49,145,x"), "the next quote closes it");
    let mut arguments = Arguments::new("\"+49,145");
    assert_eq!(arguments.string().as_deref(), Some("+49"));
    assert_eq!(arguments.number::<u8>(), Some(145));
    let mut arguments = Arguments::new("+49\",145");
    assert_eq!(arguments.string().as_deref(), Some("+49"));
    assert_eq!(arguments.number::<u8>(), Some(145));
}

#[test]
fn groups_and_ranges_are_read_with_and_without_parentheses() {
    let mut arguments = Arguments::new("(\"SM\",\"ME\"),(0-3,5), 7 ,(),(0 - 2 , 4)");
    let mut group = arguments.group().unwrap();
    assert_eq!(group.string().as_deref(), Some("SM"));
    assert_eq!(group.string().as_deref(), Some("ME"));
    assert!(group.is_empty());
    let ranges = arguments.ranges().unwrap();
    assert_eq!(ranges.0, [(0, 3), (5, 5)]);
    assert!(ranges.contains(2) && ranges.contains(5) && !ranges.contains(4));
    assert_eq!(ranges.bounds(), Some((0, 5)));
    assert_eq!(arguments.ranges().unwrap().0, [(7, 7)]);
    assert_eq!(arguments.ranges().unwrap().bounds(), None);
    assert_eq!(arguments.ranges().unwrap().0, [(0, 2), (4, 4)]);
}

#[test]
fn parentheses_that_do_not_match_swallow_nothing() {
    let mut arguments = Arguments::new("(1,2,3");
    assert_eq!(arguments.raw(), Some("(1"));
    assert_eq!(arguments.number::<u8>(), Some(2));
    let mut arguments = Arguments::new("1),2");
    assert_eq!(arguments.raw(), Some("1)"));
    assert_eq!(arguments.number::<u8>(), Some(2));
}

#[test]
fn trailing_commas_are_omitted_parameters() {
    let mut arguments = Arguments::new("2,,");
    assert_eq!(arguments.number::<u8>(), Some(2));
    assert_eq!((arguments.raw(), arguments.raw(), arguments.raw()), (Some(""), Some(""), None));
    assert!(Arguments::new("  ").is_empty());
}
