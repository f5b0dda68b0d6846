"""What columns are usually called, in English, German, French, Spanish, Italian and Dutch."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SPOKEN: Mapping[str, tuple[str, ...]] = {
    "account.id": (
        *("account id", "company id", "customer id", "client id", "organization id", "account number", "customer number"),
        *("kundennummer", "kunden nr", "numéro client", "id cliente", "numero cliente", "klantnummer"),
    ),
    "account.name": (
        *("account", "account name", "company", "company name", "customer", "customer name", "client", "client name", "organization"),
        *("organization name", "organisation", "business name", "firm", "employer", "firma", "firmenname", "unternehmen", "kunde"),
        *("kundenname", "société", "entreprise", "raison sociale", "nom du client", "empresa", "cliente", "nombre de la empresa"),
        *("azienda", "ragione sociale", "bedrijf", "bedrijfsnaam", "klant", "klantnaam"),
    ),
    "account.industry": ("industry", "sector", "vertical", "branche", "secteur", "secteur d'activité", "sector industrial", "settore"),
    "account.website": (
        *("website", "web site", "web", "homepage", "url", "domain", "company domain", "company website"),
        *("webseite", "internet", "site web", "site internet", "sitio web", "página web", "sito", "sito web"),
    ),
    "account.city": ("city", "town", "ort", "stadt", "ville", "ciudad", "città", "plaats", "billing city"),
    "account.state": ("state", "province", "state province", "bundesland", "provincia", "provincie", "billing state"),
    "account.country": ("country", "land", "pays", "país", "paese", "billing country"),
    "account.headquarters": (
        *("headquarters", "head office", "hq", "location", "office location", "address", "company address"),
        *("hauptsitz", "sitz", "standort", "adresse", "anschrift", "siège", "dirección", "sede", "indirizzo", "adres", "hoofdkantoor"),
    ),
    "account.employees": (
        *("employees", "number of employees", "no of employees", "employee count", "headcount", "company size"),
        *("mitarbeiter", "anzahl mitarbeiter", "mitarbeiterzahl", "effectif", "effectifs", "nombre d'employés"),
        *("empleados", "número de empleados", "dipendenti", "numero dipendenti", "medewerkers", "aantal medewerkers"),
    ),
    "account.ownership": ("ownership", "eigentumsform"),
    "account.ticker": ("ticker", "ticker symbol", "stock symbol"),
    "account.parent": (
        *("subsidiary of", "parent", "parent account", "parent company", "belongs to", "muttergesellschaft", "konzern"),
        *("société mère", "empresa matriz", "casa madre", "moederbedrijf"),
    ),
    "account.background": ("background", "about", "company description"),
    "contact.id": ("contact id", "person id"),
    "contact.name": (
        *("contact", "contact name", "contact person", "full name", "person", "person name", "ansprechpartner", "ansprechperson"),
        *("kontakt", "kontaktperson", "interlocuteur", "nom complet", "contacto", "persona de contacto", "contatto", "referente"),
        *("contactpersoon", "main contact", "primary contact"),
    ),
    "contact.first_name": ("first name", "given name", "forename", "vorname", "prénom", "nombre", "nome", "voornaam"),
    "contact.last_name": (
        *("last name", "surname", "family name", "nachname", "familienname", "nom", "nom de famille", "apellido", "apellidos"),
        *("cognome", "achternaam"),
    ),
    "contact.title": (
        *("title", "job title", "job", "position", "function", "job position", "funktion", "stelle", "berufsbezeichnung", "titel"),
        *("poste", "fonction", "cargo", "puesto", "qualifica", "functie", "functietitel"),
    ),
    "contact.email": (
        *("email", "e mail", "email address", "e mail address", "mail", "work email", "contact email", "e mail adresse", "emailadresse"),
        *("courriel", "adresse e mail", "adresse email", "correo", "correo electrónico", "posta elettronica", "emailadres", "e mailadres"),
    ),
    "contact.phone": (
        *("phone", "telephone", "phone number", "mobile", "mobile phone", "cell", "cell phone", "telefon", "telefonnummer", "mobil"),
        *("handy", "téléphone", "portable", "teléfono", "móvil", "telefono", "cellulare", "telefoon", "telefoonnummer", "mobiel"),
    ),
    "contact.reports_to": (
        "reports to",
        "manager",
        "boss",
        "vorgesetzter",
        "berichtet an",
        "supérieur",
        "jefe",
        "responsabile",
        "leidinggevende",
    ),
    "contact.last_contact": (
        *("last contact", "last contacted", "last touch", "last touch date", "last activity", "letzter kontakt", "dernier contact"),
        *("último contacto", "ultimo contatto", "laatste contact"),
    ),
    "contact.role": ("buying role", "contact role", "decision role", "role in deal", "rolle im kauf"),
    "opportunity.id": ("opportunity id", "deal id", "opportunity number", "deal number"),
    "opportunity.name": (
        *("opportunity", "opportunity name", "deal", "deal name", "deal title", "topic", "verkaufschance", "opportunité", "affaire"),
        *("nom de l'opportunité", "oportunidad", "opportunità", "verkoopkans"),
    ),
    "opportunity.stage": (
        *("stage", "deal stage", "sales stage", "pipeline stage", "opportunity stage", "phase", "verkaufsphase", "étape"),
        *("etapa", "fase", "fase di vendita", "verkoopfase"),
    ),
    "opportunity.status": ("deal status", "opportunity status", "outcome"),
    "opportunity.probability": (
        *("probability", "probability %", "win probability", "wahrscheinlichkeit", "probabilité", "probabilidad", "probabilità"),
        *("waarschijnlijkheid",),
    ),
    "opportunity.kind": ("deal type", "opportunity type"),
    "opportunity.value": (
        *("value", "amount", "deal value", "deal size", "deal amount", "close value", "opportunity value", "opportunity amount"),
        *("acv", "tcv", "est revenue", "estimated revenue", "expected value", "wert", "betrag", "auftragswert", "montant", "valeur"),
        *("importe", "valor", "importo", "valore", "bedrag", "waarde"),
    ),
    "opportunity.currency": ("currency", "deal currency", "currency code", "währung", "waehrung", "devise", "moneda", "divisa", "valuta"),
    "opportunity.close_date": (
        *("close date", "closing date", "closed on", "expected close date", "est close date", "close", "abschlussdatum"),
        *("erwarteter abschluss", "abschluss", "date de clôture", "date de signature", "fecha de cierre", "data di chiusura"),
        *("sluitingsdatum", "verwachte sluitingsdatum"),
    ),
    "opportunity.next_step": (
        "next step",
        "next steps",
        "nächster schritt",
        "prochaine étape",
        "próximo paso",
        "prossimo passo",
        "volgende stap",
    ),
    "opportunity.closed_because": (
        *("lost reason", "loss reason", "reason lost", "closed lost reason", "verlustgrund", "raison de la perte"),
        *("motivo de pérdida", "motivo perdita", "reden verlies"),
    ),
    "activity.date": ("activity date", "date of contact", "meeting date", "call date"),
    "activity.subject": ("subject", "betreff", "objet", "asunto", "oggetto", "onderwerp", "activity subject"),
    "activity.type": ("activity type",),
    "activity.status": ("activity status",),
}
"""By field, what its column is called whatever the rows are about."""

_EACH = ("account", "contact", "opportunity")
_PLAIN: tuple[tuple[tuple[str, ...], Mapping[str, str]], ...] = (
    (("name", "bezeichnung"), {of: f"{of}.name" for of in _EACH}),
    (("id", "record id", "nr", "nummer"), {of: f"{of}.id" for of in _EACH}),
    (
        (
            *("notes", "note", "comments", "comment", "remarks", "description", "notizen", "notiz", "bemerkung", "bemerkungen"),
            *("kommentar", "beschreibung", "remarques", "commentaires", "notas", "comentarios", "opmerkingen", "descrizione"),
        ),
        {"account": "account.background", "contact": "contact.notes", "opportunity": "opportunity.notes"},
    ),
    (("status", "statut", "estado", "stato"), {"opportunity": "opportunity.status", "activity": "activity.status"}),
    (("type", "typ", "tipo"), {"opportunity": "opportunity.kind", "activity": "activity.type"}),
    (
        (
            *("revenue", "umsatz", "total", "total amount", "sum", "summe", "gesamt", "gesamtbetrag", "volumen", "somme", "suma", "somma"),
            *("totale", "totaal"),
        ),
        {"opportunity": "opportunity.value"},
    ),
    (("currency", "wahrung", "waehrung", "devise", "moneda", "valuta"), {"account": "account.currency", "contact": "account.currency"}),
    (("date", "datum", "fecha", "data", "due date"), {"activity": "activity.date"}),
    (("role", "rolle", "ruolo", "rol"), {"opportunity": "contact.role", "contact": "contact.title"}),
    (("chance",), {"opportunity": "opportunity.probability"}),
    (
        ("last modified", "modified", "last modified date", "updated", "updated at", "geandert", "geandert am"),
        {of: f"{of}.changed" for of in _EACH},
    ),
)
BY_KIND: Mapping[str, Mapping[str, str]] = {word: meanings for spoken, meanings in _PLAIN for word in spoken}
"""Plain words that mean something else in each kind of rows."""

WEAK: Mapping[str, tuple[str, ...]] = {
    "opportunity": ("product", "products", "solution", "project", "projekt", "produkt", "produit", "producto")
}
"""What a name may be taken from where there is none."""

NOWHERE: Mapping[str, tuple[str, ...]] = {
    "it says who of yours it belongs to; a plan names that in its profile": (
        *("owner", "account owner", "opportunity owner", "deal owner", "contact owner", "company owner", "sales agent", "sales rep"),
        *("sales representative", "salesperson", "account manager", "account executive", "assigned to", "betreuer", "verkäufer"),
        *("vendeur", "commercial", "vendedor", "venditore", "verkoper", "accountmanager"),
    ),
    "it does not say of which year; write it in the plan's revenue_history": (
        *("annual revenue", "revenue", "turnover", "jahresumsatz", "umsatz", "chiffre d'affaires", "facturación", "fatturato", "omzet"),
    ),
    "it says when it was begun, and a plan has no place for that": (
        *("created", "created at", "created on", "created date", "create date", "engage date", "start date", "erstellt", "erstellt am"),
        *("angelegt am", "créé le", "date de création", "fecha de creación", "data di creazione"),
    ),
    "a plan has no place for it": (
        *("linkedin", "LinkedIn", "linkedin url", "year established", "founded", "fax", "lead source", "source", "tags", "twitter"),
        *("zip", "zip code", "postal code", "postcode", "plz", "code postal", "código postal", "salutation", "anrede"),
    ),
}
"""Columns of which it is known that a plan does not take them, by why."""
