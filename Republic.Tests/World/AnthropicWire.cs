namespace Republic.Tests.World;

/// <summary>The Messages API. Of the 7 tokens of a prompt, 2 came from its cache.</summary>
public sealed class AnthropicWire : Wire
{
    private const string Usage =
        "\"usage\":{\"input_tokens\":5,\"cache_read_input_tokens\":2,\"cache_creation_input_tokens\":0,\"output_tokens\":3}";

    public override string Protocol => "anthropic";

    public override string Provider => "anthropic";

    public override string Path => "/v1/messages";

    public override string Begin =>
        Start
        + Event("""{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""")
        + Event("""{"type":"ping"}""");

    public override string End => Event("""{"type":"content_block_stop","index":0}""") + Stop("end_turn");

    public override string NoAnswer => """{"id":"x","type":"message"}""";

    public override string WholeCall =>
        $$$"""{"id":"c1","type":"message","role":"assistant","model":"vendor-model","content":[{"type":"tool_use","id":"call_7","name":"weather","input":{"city":"Köln"}}],"stop_reason":"tool_use","stop_sequence":null,{{{Usage}}}}""";

    public override IReadOnlyList<string> StreamedCall =>
        [
            Start,
            Event(
                """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"call_7","name":"weather","input":{}}}"""
            ),
            Event("""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":""}}"""),
            Event("""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"city\": "}}"""),
            Event("""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"\"Köln\"}"}}"""),
            Event("""{"type":"content_block_stop","index":0}"""),
            Stop("tool_use"),
        ];

    public override IReadOnlyList<string> ParallelCalls =>
        [
            .. StreamedCall.SkipLast(1),
            Event(
                """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"call_8","name":"weather","input":{}}}"""
            ),
            Event("""{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"city\": \"Bo"}}"""),
            Event("""{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"nn\"}"}}"""),
            Event("""{"type":"content_block_stop","index":1}"""),
            Stop("tool_use"),
        ];

    public override string EndByLength => Event("""{"type":"content_block_stop","index":0}""") + Stop("max_tokens");

    private static string Start =>
        Event(
            """{"type":"message_start","message":{"id":"c1","type":"message","role":"assistant","model":"vendor-model","content":[],"stop_reason":null,"usage":{"input_tokens":5,"cache_read_input_tokens":2,"cache_creation_input_tokens":0,"output_tokens":1}}}"""
        );

    public override string Whole(string text) =>
        $$$"""{"id":"c1","type":"message","role":"assistant","model":"vendor-model","content":[{"type":"text","text":"{{{text}}}"}],"stop_reason":"end_turn","stop_sequence":null,{{{Usage}}}}""";

    public override string Piece(string text) =>
        Event($$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"{{{text}}}"}}""");

    public override string Error(string message, string type = "api_error") =>
        $$$"""{"type":"error","error":{"type":"{{{type}}}","message":"{{{message}}}"},"request_id":"req_1"}""";

    public override string ErrorEvent(string message, string type = "api_error") => Event(Error(message, type));

    /// <summary>One event, named as its data is.</summary>
    public static string Event(string data)
    {
        const string start = "{\"type\":\"";
        return $"event: {data[start.Length..data.IndexOf('"', start.Length)]}\ndata: {data}\n\n";
    }

    private static string Stop(string reason) =>
        Event($$$"""{"type":"message_delta","delta":{"stop_reason":"{{{reason}}}","stop_sequence":null},"usage":{"output_tokens":3}}""")
        + Event("""{"type":"message_stop"}""");
}
