from dataclasses import replace

import pytest

from fakes.provider import Provider
from mostrador.channels.files import Media
from mostrador.channels.registry import ChannelSettings
from mostrador.channels.twilio import media
from mostrador.channels.twilio.media import LARGEST, MediaFetcher
from mostrador.domain.errors import NotConfigured, TryAgain

PATH = "/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1"


@pytest.fixture
def fetcher(settings: ChannelSettings, provider: Provider) -> MediaFetcher:
    return MediaFetcher(replace(settings, twilio_api_url=provider.url))


def test_file_is_fetched_with_our_credentials(fetcher: MediaFetcher, provider: Provider) -> None:
    provider.on(PATH, 200, b"\xff\xd8photo", content_type="image/jpeg")
    assert fetcher.fetch(provider.url + PATH, "image/jpeg") == Media("ME1.jpg", "image/jpeg", b"\xff\xd8photo", 7)
    assert provider.calls[0].headers["authorization"].startswith("Basic ")


def test_redirect_to_another_host_goes_without_credentials(
    fetcher: MediaFetcher, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "is_public", lambda _: True)
    elsewhere = provider.url.replace("127.0.0.1", "localhost")
    provider.on(PATH, 307, location=f"{elsewhere}/content/1")
    provider.on("/content/1", 200, b"photo", content_type="image/png")
    assert fetcher.fetch(provider.url + PATH, "image/jpeg").name == "ME1.png"
    assert [("authorization" in call.headers) for call in provider.calls] == [True, False]


def test_redirect_on_twilios_own_host_goes_without_credentials(fetcher: MediaFetcher, provider: Provider) -> None:
    provider.on(PATH, 307, location=f"{provider.url}/content/1")
    provider.on("/content/1", 200, b"photo", content_type="image/png")
    assert fetcher.fetch(provider.url + PATH, "image/jpeg").name == "ME1.png"
    assert [("authorization" in call.headers) for call in provider.calls] == [True, False]


@pytest.mark.parametrize(
    "place",
    [
        "http://latinaja.example/photo",
        "https://127.0.0.1/photo",
        "https://10.0.0.8/photo",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/photo",
        "https://[fd00::1]/photo",
        "https://[::ffff:10.0.0.8]/photo",
        "https://[::1/photo",
        "https:///photo",
        "file:///etc/passwd",
    ],
)
def test_redirect_into_a_private_network_is_refused(fetcher: MediaFetcher, provider: Provider, place: str) -> None:
    provider.on(PATH, 302, location=place)
    assert fetcher.fetch(provider.url + PATH, "image/jpeg").problem == "refused"
    assert len(provider.calls) == 1


@pytest.mark.parametrize("url", ["https://evil.example/ME1", "http://[::1", "ME1", ""])
def test_address_that_is_not_twilios_gets_no_credentials(fetcher: MediaFetcher, provider: Provider, url: str) -> None:
    assert fetcher.fetch(url, "image/jpeg").problem == "refused"
    assert not provider.calls


def test_redirects_in_a_circle_end(fetcher: MediaFetcher, provider: Provider) -> None:
    provider.on(PATH, 302, location=provider.url + PATH)
    assert fetcher.fetch(provider.url + PATH, "image/jpeg").problem == "unavailable"


@pytest.mark.parametrize("announced", [{}, {"content_length": str(LARGEST + 1)}], ids=["silent", "announced"])
def test_file_over_the_limit_is_left_out(fetcher: MediaFetcher, provider: Provider, announced: dict[str, str]) -> None:
    provider.on(PATH, 200, b"x" * (LARGEST + 1), content_type="image/jpeg", **announced)
    found = fetcher.fetch(provider.url + PATH, "image/jpeg")
    assert (found.problem, found.size, found.data) == ("too_large", LARGEST + 1, b"")


@pytest.mark.parametrize("content_type", ["text/html; charset=utf-8", "image/svg+xml"])
def test_file_that_runs_is_refused(fetcher: MediaFetcher, provider: Provider, content_type: str) -> None:
    provider.on(PATH, 200, b"<script>", content_type=content_type)
    assert fetcher.fetch(provider.url + PATH, "image/jpeg").problem == "refused"


@pytest.mark.parametrize("status", [401, 404, 410])
def test_file_that_is_gone_is_unavailable(fetcher: MediaFetcher, provider: Provider, status: int) -> None:
    provider.on(PATH, status)
    assert fetcher.fetch(provider.url + PATH, "image/jpeg").problem == "unavailable"


@pytest.mark.parametrize("status", [0, 429, 500, 503])
def test_twilio_unwell_is_asked_again(fetcher: MediaFetcher, provider: Provider, status: int) -> None:
    provider.on(PATH, status)
    with pytest.raises(TryAgain):
        fetcher.fetch(provider.url + PATH, "image/jpeg")


def test_half_a_file_is_fetched_again(fetcher: MediaFetcher, provider: Provider) -> None:
    provider.on(PATH, 200, b"half", content_type="image/jpeg", content_length="400")
    with pytest.raises(TryAgain):
        fetcher.fetch(provider.url + PATH, "image/jpeg")


def test_missing_credentials_are_named(settings: ChannelSettings, provider: Provider) -> None:
    nameless = replace(settings, twilio_api_url=provider.url, secret=lambda _: {})
    with pytest.raises(NotConfigured):
        MediaFetcher(nameless).fetch(provider.url + PATH, "image/jpeg")
