using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core.Providers;
using Republic.Core.Providers.Protocols.Anthropic;
using Republic.Core.Providers.Upstream;

namespace Republic.Tests.Unit.Providers;

public sealed class AnthropicRequestTests
{
    private static readonly ModelTarget Target = new(ProviderCatalog.Embedded().Find("anthropic")!, "claude", null, "sk-canary-0123456789");

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("""{"temperature":1,"top_p":1}""", "{}")]
    [InlineData("""{"temperature":0.7,"top_p":0.9}""", """{"temperature":0.7}""")]
    [InlineData("""{"temperature":1.7}""", """{"temperature":1}""")]
    [InlineData("""{"temperature":1,"top_p":0.9,"top_k":40}""", """{"top_p":0.9,"top_k":40}""")]
    [InlineData("""{"temperature":"hot","top_k":-1}""", "{}")]
    [InlineData("""{"stop":"END"}""", """{"stop_sequences":["END"]}""")]
    [InlineData("""{"stop":["END","\n",7,""]}""", """{"stop_sequences":["END"]}""")]
    [InlineData("""{"seed":1,"logit_bias":{},"n":1,"adapters":[],"frequency_penalty":1,"stream_options":{"include_usage":true}}""", "{}")]
    [InlineData("""{"reasoning_effort":"minimal"}""", """{"output_config":{"effort":"low"}}""")]
    [InlineData("""{"reasoning_effort":"none"}""", "{}")]
    [InlineData("""{"cache_control":{"type":"ephemeral"}}""", """{"cache_control":{"type":"ephemeral"}}""")]
    [InlineData("""{"tools":[],"tool_choice":"auto"}""", "{}")]
    public void Fields_take_the_other_names_and_ranges_and_the_rest_stays_behind(string given, string expected)
    {
        var sent = Sent(given);

        sent.Remove("model");
        sent.Remove("max_tokens");
        sent.Remove("messages");
        Same(expected, sent);
    }

    [Theory]
    [InlineData("{}", 4096)]
    [InlineData("""{"max_tokens":7}""", 7)]
    [InlineData("""{"max_completion_tokens":8}""", 8)]
    [InlineData("""{"thinking":{"type":"enabled","budget_tokens":2000}}""", 6096)]
    public void A_limit_is_always_sent(string given, int expected) => Assert.Equal(expected, (long?)Sent(given)["max_tokens"]);

    [Fact]
    public void A_model_that_thinks_gets_no_sampling_settings()
    {
        var sent = Sent("""{"temperature":0.2,"top_k":5,"thinking":{"type":"adaptive"}}""");

        Assert.Null(sent["temperature"]);
        Assert.Null(sent["top_k"]);
        Same("""{"type":"adaptive"}""", sent["thinking"]);
        Assert.NotNull(Sent("""{"temperature":0.2,"thinking":{"type":"disabled"}}""")["temperature"]);
    }

    [Fact]
    public void Thinking_rests_while_calls_are_answered_because_the_thought_before_them_is_gone()
    {
        const string messages = """
            [{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f","arguments":""}}]},{"role":"tool","tool_call_id":"a","content":"x"}]
            """;

        Assert.Null(Sent("""{"thinking":{"type":"enabled","budget_tokens":2000}}""", messages)["thinking"]);
        Assert.NotNull(Sent("""{"thinking":{"type":"adaptive"}}""", messages)["thinking"]);
    }

    [Theory]
    [InlineData("\"auto\"", """{"type":"auto"}""")]
    [InlineData("\"none\"", """{"type":"none"}""")]
    [InlineData("\"required\"", """{"type":"any"}""")]
    [InlineData("""{"type":"function","function":{"name":"f"}}""", """{"type":"tool","name":"f"}""")]
    [InlineData("7", null)]
    public void The_choice_of_tools_takes_the_other_words(string given, string? expected) =>
        Same(expected, Sent($$$"""{"tools":[{"type":"function","function":{"name":"f"}}],"tool_choice":{{{given}}}}""")["tool_choice"]);

    [Fact]
    public void A_tool_without_parameters_takes_none()
    {
        var sent = Sent("""{"tools":[{"type":"function","function":{"name":"f","strict":true}}],"parallel_tool_calls":false}""");

        Same("""[{"name":"f","input_schema":{"type":"object"},"strict":true}]""", sent["tools"]);
        Same("""{"type":"auto","disable_parallel_tool_use":true}""", sent["tool_choice"]);
    }

    [Fact]
    public void A_schema_is_asked_for_with_every_object_closed()
    {
        var sent = Sent(
            """{"response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object","properties":{"a":{"type":"array","items":{"type":"object","properties":{}}}}}}}}"""
        );

        Same(
            """{"format":{"type":"json_schema","schema":{"type":"object","properties":{"a":{"type":"array","items":{"type":"object","properties":{},"additionalProperties":false}}},"additionalProperties":false}}}""",
            sent["output_config"]
        );
    }

    [Fact]
    public void Json_without_a_schema_is_asked_for_in_words()
    {
        var sent = Sent(
            """{"response_format":{"type":"json_object"}}""",
            """[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"}]"""
        );

        Assert.StartsWith("Be brief.\n\nReply with one JSON object", (string?)sent["system"]);
        Assert.Null(sent["output_config"]);
    }

    [Fact]
    public void What_the_system_says_stands_before_all_and_roles_alternate()
    {
        var sent = Sent(
            "{}",
            """
            [{"role":"system","content":"One."},{"role":"developer","content":[{"type":"text","text":"Two."}]},
             {"role":"assistant","content":"Welcome"},{"role":"user","content":"a"},{"role":"system","content":"Three."},
             {"role":"user","content":[{"type":"text","text":"b","cache_control":{"type":"ephemeral"}},{"type":"text","text":""}]},
             {"role":"assistant","content":"go on \n"}]
            """
        );

        Assert.Equal("One.\n\nTwo.\n\nThree.", (string?)sent["system"]);
        Same(
            """
            [{"role":"user","content":[{"type":"text","text":"Begin."}]},
             {"role":"assistant","content":[{"type":"text","text":"Welcome"}]},
             {"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b","cache_control":{"type":"ephemeral"}}]},
             {"role":"assistant","content":[{"type":"text","text":"go on"}]}]
            """,
            sent["messages"]
        );
    }

    [Theory]
    [InlineData("not json", """{"arguments":"not json"}""")]
    [InlineData("[1]", """{"arguments":"[1]"}""")]
    [InlineData("", "{}")]
    public void Arguments_that_are_no_object_are_not_lost(string arguments, string expected)
    {
        var sent = Sent(
            "{}",
            $$$"""[{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f","arguments":"{{{arguments}}}"}}]}]"""
        );

        Same(expected, sent["messages"]![1]!["content"]![0]!["input"]);
    }

    [Theory]
    [InlineData("""{"messages":"Hi"}""", "no messages")]
    [InlineData("""{"messages":[7]}""", "objects with role and content")]
    [InlineData("""{"messages":[{"role":"narrator","content":"x"}]}""", "of the role “narrator”")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"input_audio"}]}]}""", "sent “input_audio”")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:,x"}}]}]}""", "as base64")]
    [InlineData("""{"messages":[{"role":"tool","content":"x"}]}""", "without the id of its call")]
    [InlineData("""{"messages":[{"role":"assistant","tool_calls":[{"id":"a"}]}]}""", "a tool call without a name")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],"tools":[{"type":"web_search"}]}""", "tools of the type function")]
    public void What_has_no_place_there_is_refused_with_the_reason(string given, string says)
    {
        using var json = JsonDocument.Parse(given);

        var error = Assert.Throws<ProviderException>(() => AnthropicRequest.Translate(Target, json.RootElement, stream: false));

        Assert.Equal(ProviderErrorKind.BadRequest, error.Kind);
        Assert.StartsWith("Anthropic ", error.Message);
        Assert.Contains(says, error.Message);
    }

    private static JsonObject Sent(string fields, string messages = """[{"role":"user","content":"Hi"}]""")
    {
        var given = JsonNode.Parse(fields)!.AsObject();
        given["messages"] = JsonNode.Parse(messages);
        using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes(given.ToJsonString()));
        return AnthropicRequest.Translate(Target, json.RootElement, stream: false);
    }

    private static void Same(string? expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(expected is null ? null : JsonNode.Parse(expected), actual), actual?.ToJsonString());
}
