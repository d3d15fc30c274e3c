"""Clients of Amazon's services, all of one session: each session reads botocore's descriptions of endpoints anew.

botocore rather than boto3, whose transfers of large files to S3 bring multiprocessing along. Nothing here needs those,
and every cold start would be a tenth longer.
"""

from functools import cache
from typing import Any

from botocore.config import Config
from botocore.session import Session, get_session

CONFIG = Config(connect_timeout=2, read_timeout=4, retries={"mode": "standard", "total_max_attempts": 3})
"""Seconds. A webhook is answered within three or ten; the client's own minute would end with the function instead."""


@cache
def session() -> Session:
    return get_session()


def open_client(service: str, **more: Any) -> Any:
    """In the region and with the credentials of the environment. ``more`` goes into the client's configuration."""
    return session().create_client(service, config=CONFIG.merge(Config(**more)) if more else CONFIG)
