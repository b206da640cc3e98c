namespace Republic.Tests.World;

/// <summary>How a protocol's answers look on the wire: what a vendor sends, replayed by a <see cref="RawUpstream"/>.</summary>
public abstract class Wire
{
    public static IReadOnlyList<Wire> All { get; } = [new OpenAiWire(), new AnthropicWire()];

    /// <summary>The catalogue's name of the protocol.</summary>
    public abstract string Protocol { get; }

    /// <summary>A catalogue row that speaks it.</summary>
    public abstract string Provider { get; }

    /// <summary>Where chats are posted to.</summary>
    public abstract string Path { get; }

    /// <summary>What opens a stream before the model's first word.</summary>
    public abstract string Begin { get; }

    /// <summary>What ends a stream: the reason, then counts of 7 tokens in and 3 out.</summary>
    public abstract string End { get; }

    /// <summary>JSON that is well formed and no answer.</summary>
    public abstract string NoAnswer { get; }

    /// <summary>A call of <c>weather</c> with <c>{"city":"Köln"}</c> under the id <c>call_7</c>.</summary>
    public abstract string WholeCall { get; }

    /// <summary>The same call as a stream, its arguments in pieces, and its end.</summary>
    public abstract IReadOnlyList<string> StreamedCall { get; }

    /// <summary>That call and one with <c>{"city":"Bonn"}</c> under the id <c>call_8</c>, whose pieces come by turns where the protocol knows that.</summary>
    public abstract IReadOnlyList<string> ParallelCalls { get; }

    /// <summary>The end of a stream that is as long as it may be.</summary>
    public abstract string EndByLength { get; }

    public static Wire Of(string protocol) => All.Single(wire => wire.Protocol == protocol);

    public abstract string Whole(string text);

    public abstract string Piece(string text);

    /// <param name="type">As the vendor of the Messages API names it; the other has no names.</param>
    public abstract string Error(string message, string type = "api_error");

    public abstract string ErrorEvent(string message, string type = "api_error");

    /// <summary>These pieces as a whole stream.</summary>
    public string[] Stream(params string[] pieces) => [Begin, .. pieces.Select(Piece), End];

    public override string ToString() => Protocol;
}
