using System.Text;
using System.Text.Json.Nodes;
using Republic.Core.Providers;
using Republic.Core.Providers.Protocols.OpenAi;

namespace Republic.Tests.Unit;

public sealed class RelayRequestTests
{
    private static readonly ProviderCatalog Catalog = ProviderCatalog.Embedded();

    [Theory]
    [InlineData(
        """{"messages":[{"role":"user","content":"Hi"}]}""",
        """[{"role":"system","content":"You are Ada."},{"role":"user","content":"Hi"}]"""
    )]
    [InlineData(
        """{"messages":[{"role":"system","content":"Rhyme."},{"role":"user","content":"Hi"}]}""",
        """[{"role":"system","content":"You are Ada.\n\nRhyme."},{"role":"user","content":"Hi"}]"""
    )]
    [InlineData(
        """{"messages": [ {"role":"developer","content":""} , {"role":"user","content":"Hi"} ] }""",
        """[{"role":"system","content":"You are Ada."},{"role":"user","content":"Hi"}]"""
    )]
    [InlineData(
        """{"messages":[{"role":"system","content":"Only this."}]}""",
        """[{"role":"system","content":"You are Ada.\n\nOnly this."}]"""
    )]
    [InlineData(
        """{"messages":[{"role":"user","content":[{"type":"text","text":"a"}]}]}""",
        """[{"role":"system","content":"You are Ada."},{"role":"user","content":[{"type":"text","text":"a"}]}]"""
    )]
    [InlineData(
        """{"messages":[{"role":"system","content":[{"type":"text","text":"x"}]}]}""",
        """[{"role":"system","content":"You are Ada."},{"role":"system","content":[{"type":"text","text":"x"}]}]"""
    )]
    [InlineData(
        """{"messages":[{"role":"user","content":"old"}],"messages":[{"role":"user","content":"new"}]}""",
        """[{"role":"system","content":"You are Ada."},{"role":"user","content":"new"}]"""
    )]
    public void The_character_comes_first_and_a_clients_own_system_message_joins_it(string body, string expected) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), Sent(body)["messages"]), Sent(body)["messages"]!.ToJsonString());

    [Fact]
    public void Raw_sends_the_messages_as_the_bytes_they_came_as()
    {
        const string messages = """[ {"role":"system","content":"\u00e4 ä","x":1.50} , {"role":"user","content":"Hi"} ]""";

        var sent = Encoding.UTF8.GetString(Write($$"""{"messages":{{messages}}}""", prompt: null));

        Assert.Contains($"\"messages\":{messages}", sent);
    }

    [Fact]
    public void More_messages_than_anybody_means_to_send_are_refused_and_are_no_turns()
    {
        var (most, more) = (Request(10_000), Request(10_001));

        Assert.True(most.Chat(Rules("custom", null)).Ok);
        Assert.Equal(10_000, most.Turns().Count);
        Assert.Contains("more than 10,000 messages", more.Chat(Rules("custom", null)).Failure!.Message, StringComparison.Ordinal);
        Assert.Empty(more.Turns());

        static OpenAiRelayRequest Request(int messages)
        {
            var all = string.Join(',', Enumerable.Repeat("""{"role":"user","content":"a"}""", messages));
            return OpenAiRelayRequest.Parse(Encoding.UTF8.GetBytes($$"""{"messages":[{{all}}]}""")).Value!;
        }
    }

    [Theory]
    [InlineData("{}", 0.6, 0.95, 64)]
    [InlineData("""{"temperature":0,"top_p":0.1,"max_tokens":5}""", 0, 0.1, 5)]
    [InlineData("""{"temperature":null,"top_p":null,"max_tokens":null}""", 0.6, 0.95, 64)]
    [InlineData("""{"max_completion_tokens":7,"max_tokens":5}""", 0.6, 0.95, 7)]
    public void The_clients_values_win_over_the_minions(string fields, double temperature, double topP, int maxTokens)
    {
        var sent = Sent(WithHi(fields));

        Assert.Equal((temperature, topP, maxTokens), ((double)sent["temperature"]!, (double)sent["top_p"]!, (int)sent["max_tokens"]!));
    }

    [Fact]
    public void Sampling_that_neither_client_nor_minion_states_is_not_sent()
    {
        var request = OpenAiRelayRequest.Parse(Encoding.UTF8.GetBytes(WithHi("""{"top_p":0.1}"""))).Value!;

        var sent = JsonNode.Parse(request.Chat(Rules("custom", null) with { Temperature = null, TopP = null }).Value!)!;

        Assert.Equal(["model", "messages", "top_p", "max_tokens"], Names(sent));
    }

    [Theory]
    [InlineData("""{"a":"\ud83d"}""", false)]
    [InlineData("""{"a":"\ud83d\ud83d\ude00"}""", false)]
    [InlineData("""{"a":"\ude00"}""", false)]
    [InlineData("""{"a":"\ud83d\n"}""", false)]
    [InlineData("""{"a":"\ud83d\ude00 \u00e4"}""", true)]
    [InlineData("""{"a":"\\ud83d"}""", true)]
    public void Half_a_character_is_the_clients_mistake(string body, bool isGood) =>
        Assert.Equal(isGood, OpenAiRelayRequest.Parse(Encoding.UTF8.GetBytes(body)).Ok);

    [Fact]
    public void The_model_is_always_the_minions() =>
        Assert.Equal("vendor-model", (string?)Sent(WithHi("""{"model":"gpt-expensive"}"""))["model"]);

    [Fact]
    public void A_stream_is_asked_for_with_its_usage_whatever_the_client_says()
    {
        var sent = Sent(WithHi("""{"stream":true,"stream_options":{"include_usage":false}}"""));

        Assert.Equal("""{"include_usage":true}""", sent["stream_options"]?.ToJsonString());
        Assert.True((bool)sent["stream"]!);
        Assert.Null(Sent(WithHi("""{"stream":false,"stream_options":null}"""))["stream_options"]);
    }

    [Fact]
    public void The_limit_on_tokens_has_the_providers_name_for_it()
    {
        var sent = Sent(WithHi("""{"max_tokens":5}"""), "openai");

        Assert.Equal(5, (int?)sent["max_completion_tokens"]);
        Assert.Null(sent["max_tokens"]);
    }

    [Fact]
    public void Other_fields_pass_only_where_the_catalogue_lists_them()
    {
        const string fields =
            """{"stop":["x"],"seed":3,"n":1,"top_k":40,"reasoning_effort":"low","tools":[{"type":"function","function":{"name":"f"}}],"api_base":"http://evil","base_url":"http://evil","user_config":{"api_base":"http://evil"},"extra_headers":{"a":"b"},"store":true,"metadata":{}}""";

        string[] always = ["model", "messages", "temperature", "top_p", "max_tokens", "stop", "seed"];
        Assert.Equal([.. always, "top_k", "reasoning_effort", "tools"], Names(Sent(WithHi(fields), "custom")));
        Assert.Equal([.. always, "top_k", "tools"], Names(Sent(WithHi(fields), "huggingface")));
        Assert.DoesNotContain("evil", Sent(WithHi(fields)).ToJsonString());
    }

    [Fact]
    public void A_minion_has_its_own_adapters_and_a_client_cannot_choose_others()
    {
        var request = OpenAiRelayRequest.Parse(Encoding.UTF8.GetBytes(WithHi("""{"adapters":[{"name":"somebody-else-s"}]}"""))).Value!;
        var own = Rules("local", null) with { Adapters = [new ModelAdapter("own", 0.5f)] };

        Assert.Null(JsonNode.Parse(request.Chat(Rules("local", null)).Value!)!["adapters"]);
        Assert.Equal("""[{"name":"own","scale":0.5}]""", JsonNode.Parse(request.Chat(own).Value!)!["adapters"]!.ToJsonString());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("{", "")]
    [InlineData("{} {}", "")]
    [InlineData("""{"messages":[{"role":"user","content":"x"}],}""", "")]
    [InlineData("{}", "messages")]
    [InlineData("""{"messages":null}""", "messages")]
    [InlineData("""{"messages":"hi"}""", "messages")]
    [InlineData("""{"messages":[]}""", "messages")]
    [InlineData("""{"messages":["hi"]}""", "messages")]
    [InlineData("""{"messages":[null]}""", "messages")]
    [InlineData("""{"messages":[{"role":"user","content":"x"},null]}""", "messages")]
    [InlineData("""{"messages":[{}],"n":0}""", "n")]
    [InlineData("""{"messages":[{}],"n":9}""", "n")]
    [InlineData("""{"messages":[{}],"n":"1"}""", "n")]
    [InlineData("""{"messages":[{}],"stream":true,"stream_options":true}""", "stream_options")]
    [InlineData("""{"messages":[{}],"stream":true,"stream_options":{"include_usage":"yes"}}""", "stream_options")]
    [InlineData("""{"messages":[{}],"stream_options":{"include_usage":true}}""", "stream_options")]
    [InlineData("""{"messages":[{}],"stream":false,"stream_options":{}}""", "stream_options")]
    [InlineData("""{"messages":[{}],"stream":"yes"}""", "stream")]
    [InlineData("""{"messages":[{}],"model":5}""", "model")]
    public void What_is_no_request_is_refused_naming_the_field(string body, string field)
    {
        var request = OpenAiRelayRequest.Parse(Encoding.UTF8.GetBytes(body));
        var failure = request.Ok ? request.Value.Chat(Rules("custom", "You are Ada.")).Failure : request.Failure;

        Assert.Equal(field, Assert.Single(failure!.Fields).Field);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("""[{"role":"user","content":"x"},5]""")]
    public void A_list_without_good_messages_is_refused_where_nothing_is_added_too(string messages)
    {
        var request = OpenAiRelayRequest.Parse(Encoding.UTF8.GetBytes($$"""{"messages":{{messages}}}""")).Value!;

        Assert.Equal("messages", Assert.Single(request.Chat(Rules("custom", null)).Failure!.Fields).Field);
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"stream_options":null}""", null)]
    [InlineData("""{"stream":true,"stream_options":{"include_obfuscation":false}}""", null)]
    [InlineData("""{"stream":true,"stream_options":{"include_usage":null}}""", null)]
    [InlineData("""{"stream":true,"stream_options":{"include_usage":true}}""", true)]
    [InlineData("""{"stream":true,"stream_options":{"x":{"include_usage":true},"include_usage":false}}""", false)]
    public void Where_a_stream_is_to_tell_its_usage_is_the_clients_wish(string body, bool? wish) =>
        Assert.Equal(wish, OpenAiRelayRequest.Parse(Encoding.UTF8.GetBytes(body)).Value!.WantsUsage);

    [Fact]
    public void Several_answers_are_asked_for_where_the_catalogue_says_so()
    {
        Assert.Equal(3, (int?)Sent(WithHi("""{"n":3}"""), "openai")["n"]);
        Assert.Null(Sent(WithHi("""{"n":1}"""), "openai")["n"]);
        var request = OpenAiRelayRequest.Parse(Encoding.UTF8.GetBytes(WithHi("""{"n":3}"""))).Value!;

        Assert.Equal(3, request.Answers);
        Assert.Equal("n", Assert.Single(request.Chat(Rules("groq", null)).Failure!.Fields).Field);
    }

    [Fact]
    public void Neither_bytes_that_are_no_utf8_nor_endless_nesting_get_through()
    {
        Assert.False(OpenAiRelayRequest.Parse("{\"messages\":\"\xff\"}"u8.ToArray().Select(b => b == 0xc3 ? (byte)0xff : b).ToArray()).Ok);
        Assert.False(OpenAiRelayRequest.Parse(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 10_000)))).Ok);
        Assert.False(OpenAiRelayRequest.Parse(Encoding.UTF8.GetBytes("{\"messages\":" + new string('[', 10_000))).Ok);
    }

    [Fact]
    public void Embeddings_pass_their_input_and_listed_fields()
    {
        var request = OpenAiRelayRequest.Parse("""{"model":"x","input":["a","b"],"encoding_format":"base64","user":"u"}"""u8.ToArray());

        var sent = JsonNode.Parse(request.Value!.Embeddings(Rules("custom", null)).Value!);

        Assert.Equal("""{"model":"vendor-model","input":["a","b"],"encoding_format":"base64"}""", sent?.ToJsonString());
        Assert.Equal("input", OpenAiRelayRequest.Parse("{}"u8.ToArray()).Value!.Embeddings(Rules("custom", null)).Failure!.Fields[0].Field);
    }

    private static string WithHi(string fields) =>
        fields[..^1] + (fields == "{}" ? "" : ",") + """ "messages":[{"role":"user","content":"Hi"}]}""";

    private static IEnumerable<string> Names(JsonNode sent) => sent.AsObject().Select(field => field.Key);

    private static JsonNode Sent(string body, string provider = "custom") => JsonNode.Parse(Write(body, "You are Ada.", provider))!;

    private static byte[] Write(string body, string? prompt, string provider = "custom") =>
        OpenAiRelayRequest.Parse(Encoding.UTF8.GetBytes(body)).Value!.Chat(Rules(provider, prompt)).Value!;

    private static OpenAiRelayRules Rules(string provider, string? prompt) =>
        new(Catalog.Find(provider)!, "vendor-model", prompt, 0.6, 0.95, 64);
}
