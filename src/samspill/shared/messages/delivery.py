"""One message as mail: its headers, its way to the server, and what an error means."""

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage

from samspill.shared.messages.models import Message


class Refusal(Exception):
    """The mail was not taken. Holds a code, never what the server wrote; it may name people.

    `final`: trying again will not help, such as an address that does not exist.
    """

    def __init__(self, code: str, *, final: bool) -> None:
        super().__init__(code)
        self.code, self.final = code, final


def send(message: Message, address: str) -> None:
    """Hand the mail to the server; returns when the server has taken it, else raises Refusal."""
    body = message.body
    if message.link:
        body += f"\n\n{settings.SITE_URL.rstrip('/')}{message.link}"
    mail = EmailMessage(
        subject=message.subject,
        body=body,
        to=[address],
        headers={
            "Message-ID": message.message_id,
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise _refusal(max(codes, default=0), final_from=500) from None
    except smtplib.SMTPDataError as error:
        raise _refusal(error.smtp_code, final_from=500) from None
    except smtplib.SMTPResponseException as error:  # greeting, sign-in, sender: ours to mend
        raise _refusal(error.smtp_code, final_from=1000) from None
    except ValueError:  # a header or an address mail can't carry
        raise Refusal("malformed", final=True) from None
    except (smtplib.SMTPException, OSError):
        raise Refusal("connection", final=False) from None


def _refusal(code: int, *, final_from: int) -> Refusal:
    return Refusal(f"smtp_{code}", final=code >= final_from)
