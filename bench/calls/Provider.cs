using System.Text.RegularExpressions;
using Republic.Tests.World;

namespace Republic.Bench;

/// <summary>A provider on loopback that asks for one call of the tool server, and answers once it has a result.</summary>
internal sealed partial class Provider : IAsyncDisposable
{
    private readonly RawUpstream upstream = new() { Script = AnswerAsync };

    public Uri Address => upstream.BaseUrl;

    public ValueTask DisposeAsync() => upstream.DisposeAsync();

    private static Task AnswerAsync(RawCall call)
    {
        var request = VendorRequest.Parse(call.Request);
        if (request.Path.EndsWith("/models", StringComparison.Ordinal))
        {
            return call.JsonAsync("""{"object":"list","data":[{"id":"vendor-model","object":"model"}]}""");
        }

        var messages = request.Body!["messages"]!.AsArray();
        return (string?)messages[^1]!["role"] == "tool"
            ? call.StreamAsync(Say.Piece("That is all."), Say.Finish, Say.Usage, Say.Done)
            : call.StreamAsync(
                Say.Calls([Asked(Number().Match(messages[^1]!.ToJsonString()).Groups["number"].Value)]),
                Say.Usage,
                Say.Done
            );
    }

    private static PlayedCall Asked(string number) => new("call_1", "echo", $$"""{"text":"{{number}}"}""");

    [GeneratedRegex("Send number (?<number>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
