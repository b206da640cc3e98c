using System.Text;
using System.Text.Json.Nodes;
using Republic.Core.Providers;
using Republic.Core.Providers.Protocols.OpenAi;

namespace Republic.Tests.Unit.Providers;

/// <summary>Fields of a request that are refused before anybody is asked, and those that not every provider takes.</summary>
public sealed class RequestFieldTests
{
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private const string Tool = """{"type":"function","function":{"name":"f"}}""";

    private static readonly ProviderCatalog Catalog = ProviderCatalog.Embedded();

    [Theory]
    [InlineData("""{"a":1}""", "tools must be a list")]
    [InlineData("[5]", "tools[0] must be an object")]
    [InlineData("""[{"type":"function"}]""", "tools[0] must have its name in function.name")]
    [InlineData("""[{"type":"custom","custom":{"name":""}}]""", "tools[0].custom.name must be 1 to 64")]
    [InlineData(
        """[{"type":"function","function":{"name":"f"}},{"type":"function","function":{"name":"../etc/passwd"}}]""",
        "tools[1].function.name"
    )]
    [InlineData("""[{"function":{"name":"f\n"}}]""", "tools[0].function.name")]
    [InlineData(
        """[{"function":{"name":"a1234567890123456789012345678901234567890123456789012345678901234"}}]""",
        "tools[0].function.name must be 1 to 64"
    )]
    public void A_tool_that_nobody_takes_is_refused_by_its_place(string tools, string says)
    {
        var failure = OpenAiRelayRequest.Parse(Encoding.UTF8.GetBytes($$"""{"tools":{{tools}},{{Hi}}}""")).Failure!;

        Assert.Equal("tools", Assert.Single(failure.Fields).Field);
        Assert.StartsWith(says, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_tools_128_are_taken_and_129_are_not()
    {
        Assert.True(Request(128).Ok);
        Assert.Contains("129 tools, and 128 is the most", Request(129).Failure!.Message, StringComparison.Ordinal);

        static Republic.Core.Outcome<OpenAiRelayRequest> Request(int tools) =>
            OpenAiRelayRequest.Parse(
                Encoding.UTF8.GetBytes($$"""{"tools":[{{string.Join(',', Enumerable.Repeat(Tool, tools))}}],{{Hi}}}""")
            );
    }

    [Theory]
    [InlineData("\"functions\":[]", "functions")]
    [InlineData("\"function_call\":\"auto\"", "function_call")]
    [InlineData("\"response_format\":\"json\"", "response_format")]
    [InlineData("\"response_format\":{}", "response_format")]
    public void What_would_be_left_out_in_silence_is_refused(string field, string name) =>
        Assert.Equal(
            name,
            Assert.Single(OpenAiRelayRequest.Parse(Encoding.UTF8.GetBytes($$"""{{{field}},{{Hi}}}""")).Failure!.Fields).Field
        );

    [Theory]
    [InlineData("", RequestNeeds.None)]
    [InlineData("\"tools\":[],", RequestNeeds.None)]
    [InlineData("\"tools\":null,\"response_format\":null,", RequestNeeds.None)]
    [InlineData("\"response_format\":{\"type\":\"text\"},", RequestNeeds.None)]
    [InlineData("\"tools\":[{\"type\":\"web_search\"}],", RequestNeeds.Tools)]
    [InlineData("\"response_format\":{\"type\":\"json_object\"},", RequestNeeds.Format)]
    [InlineData(
        "\"tools\":[" + Tool + "],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{}},",
        RequestNeeds.Tools | RequestNeeds.Format
    )]
    public void What_a_request_needs_is_read_from_it(string fields, RequestNeeds needs) => Assert.Equal(needs, Parse(fields).Needs);

    [Theory]
    [InlineData("\"tools\":[" + Tool + "],", "tools")]
    [InlineData("\"response_format\":{\"type\":\"json_object\"},", "response_format")]
    public void A_model_that_cannot_take_what_is_needed_is_named_and_the_field_is_not_dropped(string fields, string name)
    {
        var custom = Catalog.Find("custom")!;
        var without = custom with { PassThrough = custom.PassThrough.Where(field => field != name).ToHashSet(StringComparer.Ordinal) };
        var rules = new OpenAiRelayRules(custom, "vendor-model", null, null, null, null);

        var failure = Parse(fields).Chat(rules with { Provider = without }).Failure!;

        Assert.Equal(name, Assert.Single(failure.Fields).Field);
        Assert.StartsWith($"Custom takes no {name}. Leave out {name}", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(JsonNode.Parse(Parse(fields).Chat(rules).Value!)![name]);
    }

    [Theory]
    [InlineData("""[{"role":"tool","tool_call_id":"a","content":"x"}]""", 0)]
    [InlineData("""[{"role":"user","content":"x"},{"role":"tool","content":"x"}]""", 1)]
    [InlineData(
        """[{"role":"assistant","tool_calls":[{"id":"a"}]},{"role":"tool","tool_call_id":"a","content":"x"},{"role":"tool","tool_call_id":"b","content":"x"}]""",
        2
    )]
    [InlineData("""[{"role":"tool","tool_call_id":"a","content":"x"},{"role":"assistant","tool_calls":[{"id":"a"}]}]""", 0)]
    [InlineData("""[{"role":"assistant","tool_calls":5},{"role":"tool","tool_call_id":"a","content":"x"}]""", 1)]
    public void A_result_of_a_call_that_was_never_made_is_refused_by_its_place(string messages, int index)
    {
        var failure = Chat(messages).Failure!;

        Assert.Equal("messages", Assert.Single(failure.Fields).Field);
        Assert.StartsWith(
            $"messages[{index}] is the result of a call that no message before it made.",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Results_of_calls_that_were_made_pass() =>
        Assert.True(
            Chat(
                """[{"role":"assistant","tool_calls":[{"id":"a"},{"id":"b"}]},{"role":"tool","tool_call_id":"b","content":"x"},{"role":"tool","tool_call_id":"a","content":"x"}]"""
            ).Ok
        );

    [Fact]
    public void What_OpenAI_documents_passes_to_it_and_to_nobody_who_does_not()
    {
        const string fields = """ "user":"u","metadata":{"a":"b"},"store":true,"service_tier":"auto","verbosity":"low","prompt":"x", """;

        Assert.Equal(["user", "metadata", "store", "service_tier", "verbosity"], Sent("openai"));
        Assert.Equal(["user", "service_tier"], Sent("groq"));
        Assert.Equal(["user", "verbosity"], Sent("openrouter"));
        Assert.Empty(Sent("custom"));

        IEnumerable<string> Sent(string provider)
        {
            var rules = new OpenAiRelayRules(Catalog.Find(provider)!, "m", null, null, null, null);
            var sent = JsonNode.Parse(Parse(fields).Chat(rules).Value!)!.AsObject();
            return sent.Select(field => field.Key).Where(name => name is not ("model" or "messages"));
        }
    }

    private static OpenAiRelayRequest Parse(string fields) =>
        OpenAiRelayRequest.Parse(Encoding.UTF8.GetBytes($$"""{{{fields}}{{Hi}}}""")).Value!;

    private static Republic.Core.Outcome<byte[]> Chat(string messages) =>
        OpenAiRelayRequest
            .Parse(Encoding.UTF8.GetBytes($$"""{"messages":{{messages}}}"""))
            .Value!.Chat(new OpenAiRelayRules(Catalog.Find("custom")!, "vendor-model", null, null, null, null));
}
