"""The 受付票 on paper: who has it keeps it, so that nothing is logged."""

from events.exchange.entering.letters import contact_of
from events.exchange.entering.tickets import arrival_url
from events.exchange.holding.facts import facts_of
from events.models import Registration
from iri_exchange.lib import japan, pdf, qr


def print_ticket(*, registration: Registration) -> bytes:
    """One sheet of A4, with the number large and the square code that the reception reads."""
    exchange = registration.exchange
    context = {
        "registration": registration,
        "exchange": exchange,
        "facts": facts_of(exchange),
        "square": qr.square(arrival_url(registration)),
        "contact": contact_of(exchange),
    }
    title = f"{exchange.title} 受付票 {registration.number} {japan.wareki(exchange.day)}"
    css = [pdf.stylesheet("print_notice"), pdf.stylesheet("print_ticket")]
    return pdf.render("pdf/exchange_ticket.html", context, title=title, css=css)
