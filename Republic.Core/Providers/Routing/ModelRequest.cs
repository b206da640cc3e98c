namespace Republic.Core.Providers.Routing;

/// <summary>What is asked, whoever comes to answer it.</summary>
/// <param name="Path">Below the base URL, e.g. <c>/chat/completions</c>.</param>
/// <param name="Member">The list that a whole answer must hold: <c>choices</c> or <c>data</c>.</param>
/// <param name="Stream">The answer is wanted piece by piece.</param>
/// <param name="Body">JSON in OpenAI's shape for one model, as UTF-8: models differ in names of fields and in what they take.</param>
public sealed record ModelRequest(string Path, string Member, bool Stream, Func<ModelTarget, ReadOnlyMemory<byte>> Body)
{
    /// <summary>Takes in an answer that came in one piece. What it throws for one that it cannot use counts as the provider's failure.</summary>
    public Action<ModelTarget, ReadOnlyMemory<byte>>? Read { get; init; }

    /// <summary>Who does not take these is not asked.</summary>
    public RequestNeeds Needs { get; init; }

    public const string Completions = "/chat/completions";
    public const string Embeddings = "/embeddings";
    public const string Likelihoods = "/likelihoods";
}
