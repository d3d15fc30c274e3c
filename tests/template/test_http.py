from typing import Any

import pytest
import yaml

from template.model import CHECKOUT, of_type, plain

ROUTES = {
    "POST /webhooks/{provider}": "Receive",
    "GET /webhooks/{provider}": "Receive",
    "POST /slack/events": "Slack",
    "POST /slack/actions": "Slack",
    "POST /slack/commands": "Slack",
    "POST /slack/options": "Slack",
    "POST /voice/{step}": "Voice",
    "GET /web/{page}": "Web",
    "POST /web/{page}": "Web",
    "GET /web/assets/{name}": "Web",
    "$connect": "Chat",
    "$default": "Chat",
    "$disconnect": "Chat",
}


def test_routes_are_written_out_one_by_one(expanded: dict[str, Any]) -> None:
    routes = of_type(expanded, "AWS::ApiGatewayV2::Route").values()

    assert {route["Properties"]["RouteKey"]: plain(route["Properties"]["Target"]) for route in routes} == {
        key: f"integrations/{function}Integration" for key, function in ROUTES.items()
    }
    assert not any("Body" in api["Properties"] for api in of_type(expanded, "AWS::ApiGatewayV2::Api").values())


@pytest.mark.parametrize("function", ["Receive", "Slack", "Web", "Voice"])
def test_integration_invokes_its_function_and_gives_up_before_the_provider_does(
    expanded: dict[str, Any], function: str
) -> None:
    integration = expanded["Resources"][f"{function}Integration"]["Properties"]

    assert f"{function}Function.Arn" in integration["IntegrationUri"]["Fn::Sub"]
    assert integration["PayloadFormatVersion"] == "2.0"
    assert integration["TimeoutInMillis"] <= 15_000  # Twilio's patience, the longest of them


@pytest.mark.parametrize(
    ("function", "folder"), [("Receive", "webhooks"), ("Slack", "slack"), ("Web", "web"), ("Voice", "voice")]
)
def test_api_may_invoke_a_function_from_its_own_folder_only(
    expanded: dict[str, Any], function: str, folder: str
) -> None:
    permission = expanded["Resources"][f"{function}Permission"]["Properties"]

    assert plain(permission["FunctionName"]) == f"{function}Function"
    assert permission["Principal"] == "apigateway.amazonaws.com"
    assert plain(permission["SourceArn"]).endswith(f":HttpApi/*/*/{folder}/*")


def test_stage_adds_nothing_to_a_path_and_bounds_the_rate(expanded: dict[str, Any]) -> None:
    stage = expanded["Resources"]["HttpStage"]["Properties"]

    assert stage["StageName"] == "$default"
    assert stage["DefaultRouteSettings"]["ThrottlingRateLimit"] <= 1000


def test_access_log_holds_neither_addresses_nor_queries(expanded: dict[str, Any]) -> None:
    line = expanded["Resources"]["HttpStage"]["Properties"]["AccessLogSettings"]["Format"]

    assert "requestId" in line
    assert not [secret for secret in ("sourceIp", "path", "query", "userAgent", "authorizer") if secret in line]


def test_slack_manifest_names_the_routes(expanded: dict[str, Any]) -> None:
    manifest = yaml.safe_load((CHECKOUT / "infra/slack/manifest.yaml").read_text(encoding="utf-8"))
    settings = manifest["settings"]
    urls = {
        *(command["url"] for command in manifest["features"]["slash_commands"]),
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
        settings["interactivity"]["message_menu_options_url"],
    }
    keys = {route["Properties"]["RouteKey"] for route in of_type(expanded, "AWS::ApiGatewayV2::Route").values()}

    assert {f"POST {url.removeprefix('https://YOUR-API')}" for url in urls} <= keys


def test_chat_is_a_websocket_api_of_one_function(expanded: dict[str, Any]) -> None:
    resources = expanded["Resources"]
    permission = resources["ChatPermission"]["Properties"]

    assert resources["ChatApi"]["Properties"]["ProtocolType"] == "WEBSOCKET"
    assert "ChatFunction.Arn" in resources["ChatIntegration"]["Properties"]["IntegrationUri"]["Fn::Sub"]
    assert plain(permission["FunctionName"]) == "ChatFunction"
    assert plain(permission["SourceArn"]).endswith(":ChatApi/live/*")
    assert resources["ChatStage"]["Properties"]["DefaultRouteSettings"]["ThrottlingRateLimit"] <= 1000


def test_browsers_may_post_files_from_the_pages_of_the_chat_alone(expanded: dict[str, Any]) -> None:
    condition, cors, none = expanded["Resources"]["Bucket"]["Properties"]["CorsConfiguration"]["Fn::If"]

    assert (condition, none) == ("HasChatOrigins", {"Ref": "AWS::NoValue"})
    [rule] = cors["CorsRules"]
    assert rule["AllowedMethods"] == ["POST"]
    assert rule["AllowedOrigins"] == {"Fn::Split": [",", {"Ref": "ChatOrigins"}]}
