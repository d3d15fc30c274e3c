"""Woken by SES for a mail that lies in the bucket, and by EventBridge for what became of ours or was transcribed."""

from mostrador.runtime.bootstrap import open_receive_mail
from mostrador.runtime.events import event_handler

handler = event_handler(open_receive_mail)
