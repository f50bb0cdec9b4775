//! Pictures of invented countries and companies.

use crate::draw::{Edge, Node, Picture};
use crate::ontology::Status;

fn small() -> Picture {
    let mut p = Picture::new("Norvania and Calverra: energy partners since 2024");
    p.subtitle = "What 6 sources report of the two countries, March 2024 to February 2025".into();
    p.footer = "Dossier · 6 sources · 14 facts · graph of 2025-03-01".into();
    p.add_node(Node::new("nor", "Norvania", "Country").focus());
    p.add_node(Node::new("cal", "Calverra", "Country"));
    p.add_node(Node::new("sonor", "State Oil Company of the Republic of Norvania (SONOR)", "Company"));
    p.add_node(Node::new("cpo", "Calverra Petroleum Operations", "Company"));
    p.add_node(Node::new("ilves", "Ana Ilves", "Person"));
    p.add_node(Node::new("tarko", "Deputy Prime Minister Jonas Tarkovský-Əliyev", "Person"));
    p.add_node(Node::new("m9", "M9 Motorway Sarnath–Vell", "Project"));
    p.add_node(Node::new("eco", "Organisation for Inland Sea Cooperation", "IntergovernmentalOrganization"));
    p.add_edge(Edge::new("ilves", "nor", "President"));
    p.add_edge(Edge::new("tarko", "cal", "Deputy Prime Minister and Minister of Foreign Affairs"));
    p.add_edge(Edge::new("sonor", "nor", "is owned by"));
    p.add_edge(Edge::new("sonor", "cpo", "contract on petroleum products, 2024-12").undirected());
    p.add_edge(Edge::new("nor", "cal", "signed 15 MoUs, 2024-07").undirected());
    p.add_edge(Edge::new("cal", "nor", "met, 2025-01").undirected());
    p.add_edge(Edge::new("cal", "nor", "met, 2025-02").undirected());
    p.add_edge(Edge::new("nor", "m9", "invests in").status(Status::Planned));
    p.add_edge(Edge::new("nor", "eco", "is a member of"));
    p.add_edge(Edge::new("cal", "eco", "is a member of"));
    p.add_edge(Edge::new("cpo", "cal", "operates in"));
    p.add_edge(Edge::new("cal", "m9", "sells its stake in").status(Status::Denied));
    p
}

fn web(count: usize, edges: usize) -> Picture {
    let names: [(&str, &[&str]); 7] = [
        ("Country", &["Norvania", "Calverra", "Ostrand", "Republic of Miravel", "United Isles of Kesh"]),
        (
            "Company",
            &[
                "State Oil Company of Calverra",
                "Ostrand Shipyards Joint Stock Company",
                "Kesh Mining & Metals",
                "Vell Bank",
            ],
        ),
        (
            "GovernmentBody",
            &[
                "Ministry of Economy, Investment and Digital Transition",
                "Central Bank of Ostrand",
                "Embassy of Miravel in Norvania",
            ],
        ),
        (
            "Person",
            &[
                "Ana Ilves",
                "Jonas Tarkovský",
                "Prof. Dr. Maria-Luisa Fernández de la Huerta",
                "İlkin Şahbazov",
                "Đặng Thị Ngọc",
            ],
        ),
        ("IntergovernmentalOrganization", &["Inland Sea Cooperation Council", "World Port Organization"]),
        ("Project", &["Trans-Sarnath Gas Pipeline", "M9 Motorway", "Green Corridor"]),
        ("Event", &["Third Ministerial Conference on Transport", "Vell Energy Week 2025"]),
    ];
    let labels = [
        "is a member of",
        "invests in",
        "Minister of Energy and Mineral Resources",
        "owns 51 %",
        "met, 2025-02",
        "exports to",
        "signed Sale and Purchase Agreement on liquefied gas, 2024-12",
        "supports",
    ];
    let statuses =
        [Status::Asserted, Status::Asserted, Status::Asserted, Status::Planned, Status::Asserted, Status::Possible];
    let mut p = Picture::new("Who works with whom around the Inland Sea");
    p.subtitle = format!("The {count} most connected of 312 entities; and 287 more that are not shown");
    p.footer = "Dossier · 48 sources · graph of 2025-03-01".into();
    for i in 0..count {
        let (kind, list) = names[(i * 5 + i / 7) % 7];
        let name = list[(i / 7) % list.len()];
        let name = if i / 7 < list.len() { name.to_owned() } else { format!("{name} {}", i / 7) };
        p.add_node(Node::new(i.to_string(), name, kind));
    }
    // A few hubs, as in the world: a fixed sequence, no chance.
    let mut state = 12345u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as usize) % below
    };
    for i in 1..count {
        let hub = next(i).min(next(i));
        p.add_edge(Edge::new(i.to_string(), hub.to_string(), labels[next(labels.len())]).status(statuses[next(6)]));
    }
    while p.edges().len() < edges {
        let (a, b) = (next(count), next(count).min(next(count)));
        if a != b {
            p.add_edge(Edge::new(a.to_string(), b.to_string(), labels[next(labels.len())]).status(statuses[next(6)]));
        }
    }
    p
}

fn star() -> Picture {
    let mut p = Picture::new("Ministry of Foreign Affairs of Norvania");
    p.add_node(Node::new("hub", "Ministry of Foreign Affairs of Norvania", "GovernmentBody").focus());
    for i in 0..22 {
        let (kind, label) = [("Person", "Minister"), ("Country", "met, 2024-11"), ("Event", "takes part in")][i % 3];
        p.add_node(Node::new(i.to_string(), format!("{kind} number {i}"), kind));
        p.add_edge(if i % 2 == 0 {
            Edge::new("hub", i.to_string(), label)
        } else {
            Edge::new(i.to_string(), "hub", label)
        });
    }
    p
}

fn shapes() -> Picture {
    let mut p = Picture::new("Shapes");
    for kind in [
        "Country",
        "GovernmentBody",
        "IntergovernmentalOrganization",
        "Organization",
        "Company",
        "Person",
        "Group",
        "Place",
        "Project",
        "Product",
        "Event",
        "Work",
        "Agreement",
        "Meeting",
        "Visit",
        "Exercise",
        "Policy",
        "Statement",
        "Measure",
        "Position",
        "Establishment",
        "Route",
        "Fact",
        "Source",
        "Class",
        "Literal",
        "More",
        "Unheard",
    ] {
        p.add_node(Node::new(kind, format!("{kind}: a name of two lines, or of three"), kind).sublabel("2024-07"));
        if kind != "Country" {
            p.add_edge(Edge::new("Country", kind, "has"));
        }
    }
    p
}

pub(super) fn samples() -> Vec<(&'static str, Picture)> {
    vec![
        ("small", small()),
        ("web25", web(25, 34)),
        ("web60", web(60, 90)),
        ("star", star()),
        ("shapes", shapes()),
        ("empty", Picture::new("Nothing")),
    ]
}
