"""What the entries of Salesforce's standard pick lists mean."""

from __future__ import annotations

from acctplan.importers.records import Words

WORDS = Words(
    kinds={
        **dict.fromkeys(("New", "New Customer", "New Business", "New Logo"), "new"),
        **dict.fromkeys(("Cross-Sell", "Cross-Selling", "Existing Customer - Cross-Sell"), "cross_sell"),
        **dict.fromkeys(
            ("Up-Sell", "Up-Selling", "Upgrade", "Existing Customer - Upgrade", "Existing Customer - Up-Sell"),
            "up_sell",
        ),
        **dict.fromkeys(("Renewal", "Contract Renewal", "Existing Customer - Renewal"), "renewal"),
    },
    roles={
        **dict.fromkeys(("Decision Maker", "Economic Decision Maker", "Economic Buyer"), "decision_maker"),
        **dict.fromkeys(("Sponsor", "Executive Sponsor", "Champion"), "sponsor"),
        **dict.fromkeys(("Evaluator", "Technical Buyer", "Technical Evaluator"), "evaluator"),
        "Influencer": "influencer",
        **dict.fromkeys(("Purchaser", "Procurement", "Purchasing"), "purchaser"),
        **dict.fromkeys(("User", "Business User", "End User"), "user"),
    },
)
