//! Supplementary services: switches and codes become commands, and the network's answers words.

use super::check::check;
use super::rig::Rig;
use deskphone::modem::ModemCommand;
use deskphone::phone::{RequestId, Service, ServiceAction, ServiceRequest};

#[test]
fn a_forwarding_code_is_a_command_and_its_answer_words() {
    check(
        r#"
        0.000 modem  AT+CCFC*: (by hand)
        0.000 user   ussd **67*+49301234567*11#
        0.000 ->     AT+CCFC=1,3,"+49301234567",145,1
        0.000 event  ussd waiting
        2.000 <-     OK
        2.000 ->     AT+CCFC=1,2,,,1
        3.000 <-     +CCFC: 1,1,"+49301234567",145
        3.000 <-     OK
        3.000 event  service Forwarding when busy: on for voice to +49 30 1234567
        3.000 event  ussd "Forwarding when busy: on for voice to +49 30 1234567"
        3.000 event  done 1
    "#,
    );
}

#[test]
fn a_query_tells_of_each_class() {
    check(
        r#"
        0.000 modem  AT+CCFC*: (by hand)
        0.000 user   service *#21#
        0.000 ->     AT+CCFC=0,2
        1.000 <-     +CCFC: 1,1,"777",129
        1.000 <-     +CCFC: 0,2
        1.000 <-     +CCFC: 1,4,"0301",129
        1.000 <-     OK
        1.000 event  service Forwarding of all calls: on for voice to 777; on for fax to 0301
        1.000 event  done 1
        "#,
    );
}

#[test]
fn where_the_class_must_be_named_voice_is() {
    check(
        r#"
        0.000 modem  AT+CCFC*: (by hand)
        0.000 user   service *#21#
        0.000 ->     AT+CCFC=0,2
        1.000 <-     ERROR
        1.000 ->     AT+CCFC=0,2,,,1
        2.000 <-     +CCFC: 0,1
        2.000 <-     OK
        2.000 event  service Forwarding of all calls: off
        2.000 event  done 1
        "#,
    );
}

#[test]
fn all_of_a_kind_are_asked_one_by_one() {
    check(
        r#"
        0.000 modem  AT+CCFC*: (by hand)
        0.000 user   ussd #002#
        0.000 ->     AT+CCFC=4,0
        0.000 event  ussd waiting
        1.000 <-     OK
        1.000 ->     AT+CCFC=0,2
        2.000 <-     +CCFC: 0,7
        2.000 <-     OK
        2.000 ->     AT+CCFC=1,2
        2.000 event  service Forwarding of all calls: off
        3.000 <-     +CCFC: 0,7
        3.000 <-     OK
        3.000 ->     AT+CCFC=2,2
        3.000 event  service Forwarding when busy: off
        4.000 <-     +CME ERROR: 30
        4.000 event  ussd "Forwarding of all calls: off\nForwarding when busy: off"
        4.000 event  done 1
    "#,
    );
}

#[test]
fn the_networks_refusal_is_named() {
    check(
        r#"
        0.000 modem  AT+CCWA*: (by hand)
        0.000 user   ussd *43#
        0.000 ->     AT+CCWA=1,1
        0.000 event  ussd waiting
        3.000 <-     +CME ERROR: no network service
        3.000 event  ussd ended: There is no network, or the network has no such service
        3.000 event  failed 1: There is no network, or the network has no such service
    "#,
    );
}

#[test]
fn a_second_call_is_no_answer_to_the_question_for_call_waiting() {
    check(
        r#"
        0.000 modem  AT+CCWA*: (by hand)
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.100 <-     OK
        0.100 event  done 1
        0.105 event  call 1 active 0100
        2.000 user   service *#43#
        2.000 ->     AT+CCWA=1,2
        2.500 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | +CLCC: 2,1,5,0,0,"0200",129 | OK
        2.500 <-     +CCWA: "0200",129,1
        2.500 event  call 2 waiting 0200
        3.000 <-     +CCWA: 1,1
        3.000 <-     OK
        3.000 event  service Call waiting: on for voice
        3.000 event  done 2
    "#,
    );
}

#[test]
fn barring_sends_its_password_once() {
    check(
        r#"
        0.000 modem  AT+CLCK*: (by hand)
        0.000 user   ussd *33*1234#
        0.000 ->     AT+CLCK="AO",1,"1234"
        0.000 event  ussd waiting
        2.000 <-     +CME ERROR: 16
        2.000 event  ussd ended: The password was wrong
        2.000 event  failed 1: The password was wrong
        3.000 user   ussd *#33#
        3.000 ->     AT+CLCK="AO",2
        3.000 event  ussd waiting
        4.000 <-     +CLCK: 0,7
        4.000 <-     OK
        4.000 event  service Barring of outgoing calls: off
        4.000 event  ussd "Barring of outgoing calls: off"
        4.000 event  done 2
    "#,
    );
}

#[test]
fn a_call_is_not_even_dialed_while_outgoing_calls_are_barred_but_for_help() {
    check(
        r#"
        0.000 modem  AT+CLCK*: +CLCK: 1,1 | OK
        0.000 user   ussd *#33#
        0.000 event  ussd waiting
        0.005 event  service Barring of outgoing calls: on for voice
        0.005 event  ussd "Barring of outgoing calls: on for voice"
        0.005 event  done 1
        2.000 user   dial 0100
        2.000 event  failed 2: Outgoing calls are barred
        2.000 user   try 0100
        2.000 ->     ATD0100;
        2.000 event  call 1 dialing 0100
        2.000 modem  AT+CEER: +CEER: "CM service rejected",29 | OK
        2.500 <-     NO CARRIER
        2.815 event  call 1 released, refused 29: Outgoing calls are barred
        2.815 event  failed 3: Outgoing calls are barred
        6.000 user   dial 112
        6.000 ->     ATD112;
        6.000 event  call 2 dialing 112
    "#,
    );
}

#[test]
fn that_all_calls_go_elsewhere_the_network_says_when_one_is_set_up() {
    // 27.007 §7.17: <code1> 0. Where to an answer to the question tells, which is kept.
    check(
        r#"
        0.000 modem  AT+CCFC*: +CCFC: 1,1,"777",129 | OK
        0.000 modem  AT+CLCC: +CLCC: 1,0,3,0,0,"0100",129 | OK
        1.000 user   dial 0100
        1.000 ->     ATD0100;
        1.000 event  call 1 dialing 0100
        1.200 <-     +CSSI: 0
        1.200 event  service Forwarding of all calls: on for voice
        1.300 <-     OK
        1.300 event  done 1
        1.305 event  call 1 alerting 0100
        1.400 <-     +CSSI: 0
        2.000 user   ussd *#21#
        2.000 event  ussd waiting
        2.005 event  service Forwarding of all calls: on for voice to 777
        2.005 event  ussd "Forwarding of all calls: on for voice to 777"
        2.005 event  done 2
        3.000 <-     +CSSI: 0
        3.100 wait
    "#,
    );
}

#[test]
fn hiding_the_own_number_is_told_as_it_is() {
    check(
        r#"
        0.000 modem  AT+CLIR*: (by hand)
        0.000 user   ussd *#31#
        0.000 ->     AT+CLIR?
        0.000 event  ussd waiting
        1.000 <-     +CLIR: 0,4
        1.000 <-     OK
        1.000 event  service Hiding your number: off, unless a call asks otherwise
        1.000 event  ussd "Hiding your number: off, unless a call asks otherwise"
        1.000 event  done 1
        2.000 user   service *31#
        2.000 ->     AT+CLIR=1
        2.100 <-     OK
        2.100 ->     AT+CLIR?
        3.000 <-     +CLIR: 1,4
        3.000 <-     OK
        3.000 event  service Hiding your number: on, unless a call asks otherwise
        3.000 event  done 2
    "#,
    );
}

#[test]
fn the_own_number_can_be_left_to_the_contract() {
    // 27.007 §7.7: <n> 0, the presentation indicator is used as the subscription has it.
    let mut rig = Rig::new().connected();
    let service = Service::HideOwnNumber;
    let request = ServiceRequest { action: ServiceAction::Erase, ..ServiceRequest::query(service) };
    rig.modem.handle_command(RequestId(1), ModemCommand::Service(request), rig.now);
    let sent = rig.modem.poll_transmit().expect("a command");
    assert_eq!(String::from_utf8_lossy(&sent.bytes), "AT+CLIR=0\r");
}

#[test]
fn a_hang_up_does_not_wait_for_the_network() {
    check(
        r#"
        0.000 modem  AT+CCFC*: (by hand)
        0.000 user   dial 0100
        0.000 ->     ATD0100;
        0.000 event  call 1 dialing 0100
        0.000 modem  AT+CLCC: +CLCC: 1,0,0,0,0,"0100",129 | OK
        0.100 <-     OK
        0.100 event  done 1
        0.105 event  call 1 active 0100
        2.000 user   service #67#
        2.000 ->     AT+CCFC=1,0
        3.000 user   release 1
        3.000 ->     CR
        3.010 <-     ERROR
        3.010 ->     AT+CHUP
        3.010 event  failed 2: This was broken off, since a call goes first
        3.100 modem  AT+CLCC: OK
        3.100 <-     OK
        3.100 event  done 3
        3.110 event  call 1 released, local: You ended the call
    "#,
    );
}

#[test]
fn a_caller_does_not_wait_for_the_network_and_a_question_is_asked_again() {
    check(
        r#"
        0.000 modem  AT+CCFC*: (by hand)
        0.000 user   service *#67#
        0.000 ->     AT+CCFC=1,2
        1.000 modem  AT+CLCC: +CLCC: 1,1,4,0,0,"0100",129 | OK
        1.000 <-     RING
        1.000 event  call 1 incoming unknown
        2.000 user   answer
        2.000 ->     CR
        2.010 <-     ERROR
        2.010 ->     ATA
        2.100 modem  AT+CLCC: +CLCC: 1,1,0,0,0,"0100",129 | OK
        2.100 <-     OK
        2.100 event  call 1 active unknown
        2.100 event  done 2
        2.105 ->     AT+CCFC=1,2
        2.105 event  call 1 active 0100
        4.000 <-     +CCFC: 0,7
        4.000 <-     OK
        4.000 event  service Forwarding when busy: off
        4.000 event  done 1
        5.000 wait
    "#,
    );
}

#[test]
fn the_imei_is_shown_and_codes_that_can_not_be_right_stay_here() {
    check(
        r#"
        modem AT+CGSN: 490154203237518 | OK
        0.000 user   ussd *#06#
        0.000 event  ussd waiting
        0.000 event  ussd "IMEI 490154203237518"
        0.000 event  done 1
        1.000 user   ussd **04*1234*5678*5679#
        1.000 event  ussd ended: The two new ones differ: type the same twice
        1.000 event  failed 2: The two new ones differ: type the same twice
        2.000 user   ussd #30#
        2.000 event  ussd ended: This is a part of the contract, so that it can't be switched here
        2.000 event  failed 3: This is a part of the contract, so that it can't be switched here
    "#,
    );
}

#[test]
fn a_change_that_the_network_took_and_does_not_show_is_told_so() {
    check(
        r#"
        0.000 modem  AT+CCFC*: (by hand)
        0.000 user   ussd **21*0301#
        0.000 ->     AT+CCFC=0,3,"0301",129
        0.000 event  ussd waiting
        1.000 <-     OK
        1.000 ->     AT+CCFC=0,2
        2.000 <-     +CCFC: 0,7
        2.000 <-     OK
        2.000 event  service Forwarding of all calls: off
        2.000 event  ussd "Forwarding of all calls: off\nThe network took the change, but does not show it"
        2.000 event  done 1
        3.000 user   ussd ##21#
        3.000 ->     AT+CCFC=0,4
        3.000 event  ussd waiting
        4.000 <-     OK
        4.000 ->     AT+CCFC=0,2
        5.000 <-     +CCFC: 1,1,"0301",129
        5.000 <-     OK
        5.000 event  service Forwarding of all calls: on for voice to 0301
        5.000 event  ussd "Forwarding of all calls: on for voice to 0301\nThe network took the change, but does not show it"
        5.000 event  done 2
        6.000 wait
    "#,
    );
}
