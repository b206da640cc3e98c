namespace Republic.Tests.World;

/// <summary>Chat completions.</summary>
public sealed class OpenAiWire : Wire
{
    private const string Head = """{"id":"c1","object":"chat.completion.chunk","model":"vendor-model","choices":[{"index":0,"delta":""";

    public override string Protocol => "openai";

    public override string Provider => "custom";

    public override string Path => "/v1/chat/completions";

    public override string Begin => ": keep-alive\n\n" + Frame("""{"role":"assistant","content":""}""");

    public override string End => Say.Finish + Say.Usage + Say.Done;

    public override string NoAnswer => """{"id":"x","choices":[]}""";

    public override string WholeCall =>
        """{"id":"c1","object":"chat.completion","model":"vendor-model","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_7","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Köln\"}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}""";

    public override IReadOnlyList<string> StreamedCall =>
        [
            Frame(
                """{"role":"assistant","tool_calls":[{"index":0,"id":"call_7","type":"function","function":{"name":"weather","arguments":""}}]}"""
            ),
            Frame("""{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":"}}]}"""),
            Frame("""{"tool_calls":[{"index":0,"function":{"arguments":"\"Köln\"}"}}]}"""),
            Frame("{}", "\"tool_calls\""),
            Say.Usage,
            Say.Done,
        ];

    public override IReadOnlyList<string> ParallelCalls =>
        [
            Frame(
                """{"role":"assistant","tool_calls":[{"index":0,"id":"call_7","type":"function","function":{"name":"weather","arguments":""}},{"index":1,"id":"call_8","type":"function","function":{"name":"weather","arguments":"{\"ci"}}]}"""
            ),
            Frame("""{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":"}}]}"""),
            Frame(
                """{"tool_calls":[{"index":1,"function":{"arguments":"ty\":\"Bonn\"}"}},{"index":0,"function":{"arguments":"\"Köln\"}"}}]}"""
            ),
            Frame("{}", "\"tool_calls\""),
            Say.Usage,
            Say.Done,
        ];

    public override string EndByLength => Frame("{}", "\"length\"") + Say.Usage + Say.Done;

    public override string Whole(string text) => Say.Whole(text);

    public override string Piece(string text) => Say.Piece(text);

    public override string Error(string message, string type = "api_error") => $$$"""{"error":{"message":"{{{message}}}","type":null}}""";

    public override string ErrorEvent(string message, string type = "api_error") => $"data: {Error(message)}\n\n";

    private static string Frame(string delta, string reason = "null") =>
        $$$"""data: {{{Head}}}{{{delta}}},"finish_reason":{{{reason}}}}]}{{{"\n\n"}}}""";
}
