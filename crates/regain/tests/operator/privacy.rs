//! The page about personal data, the record of processing, and one person's data.

use crate::bench::{Bench, Browser};

fn school() -> Bench {
    let bench = Bench::new();
    bench.edit("# [retention]\n# audit_days = 365", "[retention]\naudit_days = 123\nnetwork_days = 17");
    bench.edit("# [privacy]", "[privacy]\ncontroller = \"Stadt Eupen\"\ncontact = \"dpo@school.example\"");
    bench.edit("# legal_basis = \"legitimate_interest\"", "legal_basis = \"public_task\"");
    let add = ["user", "add", "anna", "--no-password", "--alternate-email", "anna.dubois@mail.example"];
    bench.run(&add).well();
    bench
}

#[test]
fn the_page_says_what_the_settings_say_and_every_page_leads_to_it() {
    let bench = school();
    let server = bench.serve();
    let mut browser = Browser::new(&server.address);
    for path in ["/recover", "/sign-in", "/contact-helpdesk", "/not-me", "/nowhere", "/privacy"] {
        assert!(browser.get(path).body.contains("<a href=\"/privacy\">"), "{path}");
    }
    for language in ["fr", "nl", "de", "en"] {
        let page = browser.get(&format!("/privacy?language={language}"));
        page.is("privacy");
        assert_eq!(page.status, 200);
        for said in ["Stadt Eupen", "123", "17", "dpo@school.example"] {
            assert!(page.body.contains(said), "{language}: {said}");
        }
        assert!(!page.body.contains("SMS"), "{language}: no channel carries them");
    }
    server.stop();
    bench.edit("[privacy]", "[privacy]\nurl = \"https://www.school.example/privacy\"");
    let server = bench.serve();
    let page = Browser::new(&server.address).get("/recover");
    assert!(page.body.contains("<a href=\"https://www.school.example/privacy\">"), "{}", page.body);
    server.stop();
}

#[test]
fn the_record_is_made_from_the_settings() {
    let said = school().run(&["privacy", "report"]).well();
    for part in [
        "| controller | Stadt Eupen |",
        "| contact for data protection | dpo@school.example |",
        "article 6 §1 (e)",
        "123 days (`[retention] audit_days`)",
        "17 days (`[retention] network_days`)",
        "mail by the channel `smtp`",
        "# Impact assessment: a draft",
    ] {
        assert!(said.contains(part), "{part} is not in {said}");
    }
}

#[test]
fn one_persons_data_is_printed_and_erased_after_a_question() {
    let bench = school();
    bench.write("contacts.csv", "user_name,mobile\nanna,0471 99 88 77\n");
    bench.run(&["contacts", "import", "contacts.csv", "--apply"]).well();
    let data = bench.run(&["privacy", "export", "anna"]).well();
    assert!(data.contains("anna.dubois@mail.example") && data.contains("+32471998877"), "{data}");
    let said = bench.run(&["privacy", "erase", "anna"]).refused();
    assert!(said.contains("nothing was erased") && said.contains("--yes"), "{said}");
    let said = bench.run(&["privacy", "erase", "anna", "--yes"]).well();
    assert!(said.contains("the imported contacts") && said.contains("Not erased: the account"), "{said}");
    let data = bench.run(&["privacy", "export", "anna"]).well();
    assert!(!data.contains("471998877") && data.contains("\"imported_contacts\": null"), "{data}");
}
