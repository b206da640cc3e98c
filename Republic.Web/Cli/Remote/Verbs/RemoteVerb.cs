using System.Text.Json.Nodes;
using Republic.Core;

namespace Republic.Web.Cli.Remote.Verbs;

/// <summary>What the command line of a verb takes, and what the verb does.</summary>
/// <param name="Words">For each word that the verb needs, the sentence that asks for it where it is missing.</param>
/// <param name="RunAsync">Gives the exit code.</param>
internal sealed record RemoteVerb(string[] Words, Func<RemoteCall, CancellationToken, Task<int>> RunAsync)
{
    /// <summary>The options with a value, beside <c>--url</c>.</summary>
    public string[] Options { get; init; } = [];

    /// <summary>The options without a value.</summary>
    public string[] Switches { get; init; } = [];

    /// <summary>Reads the body of the verb's request from the options and the words, which are all there.</summary>
    public Func<OptionReader, IReadOnlyList<string>, JsonObject> Body { get; init; } = (_, _) => [];
}
