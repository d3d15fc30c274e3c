"""What a unit costs, in US dollars before tax, and where that is written. Prices move: each says when it was read."""

from dataclasses import dataclass

IRELAND = "AWS price list, eu-west-1"
OREGON = "AWS price list, us-west-2, 2026-08-09; not confirmed for eu-west-1"
TWILIO = "Twilio's pages for the United States, 2026-10-03"


@dataclass(frozen=True)
class Price:
    usd: float
    of: str
    """The line of the bill that it belongs to."""
    source: str
    free: float = 0
    """Units of a month that cost nothing. AWS's own free tiers are left out: a bill can only be smaller."""


PRICES = {
    "lambda_request": Price(0.20e-6, "Lambda", f"{IRELAND}, 2026-10-01"),
    "lambda_gb_second": Price(0.0000133334, "Lambda", f"{IRELAND}, arm64, 2026-10-01"),
    "write_unit": Price(
        0.7055e-6, "DynamoDB", "us-east-1's 0.625, 2026-10-04, and about an eighth more; not confirmed"
    ),
    "read_unit": Price(0.1415e-6, "DynamoDB", "us-east-1's 0.125, 2026-10-04, and about an eighth more; not confirmed"),
    "table_gb_month": Price(0.283, "DynamoDB", "us-east-1's 0.25 and about an eighth more; not confirmed"),
    "sqs_request": Price(0.50e-6, "SQS", f"{IRELAND}, first in, first out, 2026-09-11"),
    "http_request": Price(1.11e-6, "API Gateway", f"{IRELAND}, 2026-09-21"),
    "websocket_message": Price(1.00e-6, "API Gateway", "undated; not confirmed"),
    "websocket_minute": Price(0.25e-6, "API Gateway", "undated; not confirmed"),
    "s3_gb_month": Price(0.023, "S3", OREGON),
    "s3_put": Price(0.005e-3, "S3", OREGON),
    "s3_get": Price(0.0004e-3, "S3", OREGON),
    "log_gb": Price(0.57, "Logs, traces, alarms", f"{IRELAND}, 2026-09-22"),
    "log_gb_month": Price(0.03, "Logs, traces, alarms", f"{IRELAND}, 2026-09-22"),
    "alarm_month": Price(0.10, "Logs, traces, alarms", f"{IRELAND}, 2026-09-22"),
    "trace": Price(5.00e-6, "Logs, traces, alarms", "aws.amazon.com/xray/pricing, undated copy"),
    "secret_month": Price(0.40, "Secrets Manager", OREGON),
    "secret_read": Price(0.05e-4, "Secrets Manager", OREGON),
    "mail_out": Price(0.10e-3, "SES", "repositories that quote AWS, 2023 to 2026"),
    "mail_in": Price(0.10e-3, "SES", "an older AWS blog; not confirmed"),
    "mail_chunk": Price(0.09e-3, "SES", "an older AWS blog; not confirmed"),
    "transcribed_minute": Price(0.006, "Transcribe", "AWS price list, eu-west-1, as quoted on 2026-09-22"),
    "twilio_number_month": Price(1.15, "Twilio: numbers, SMS, calls", TWILIO),
    "sms_segment_out": Price(0.0083, "Twilio: numbers, SMS, calls", f"{TWILIO}, without carriers' fees"),
    "sms_segment_in": Price(0.0083, "Twilio: numbers, SMS, calls", "budgetforge.dev, United States, 2026-07-05"),
    "call_minute_in": Price(0.0085, "Twilio: numbers, SMS, calls", TWILIO),
    "call_minute_out": Price(0.0140, "Twilio: numbers, SMS, calls", TWILIO),
    "whatsapp_carried": Price(
        0.005, "Twilio: carrying WhatsApp", "twilio.com/whatsapp/pricing, undated copy of 2025 or later"
    ),
    "whatsapp_answer": Price(
        0.02, "Meta: WhatsApp", "Meta's rate card for Spain, in force since 2026-10-01", free=1000
    ),
    "slack_person": Price(8.75, "Slack Pro", "cashowa.app, 2026-05-22, paid by the month"),
}
"""By unit. ``whatsapp_carried`` counts both ways; a call that is bridged has two legs, and each is paid."""

AMAZON = (
    "Lambda",
    "DynamoDB",
    "SQS",
    "API Gateway",
    "S3",
    "Logs, traces, alarms",
    "Secrets Manager",
    "SES",
    "Transcribe",
)
OTHERS = ("Twilio: numbers, SMS, calls", "Twilio: carrying WhatsApp", "Meta: WhatsApp", "Slack Pro")
"""The lines of a bill, in the order in which they are told."""
