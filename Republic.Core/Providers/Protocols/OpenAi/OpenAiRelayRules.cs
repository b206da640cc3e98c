using Republic.Core.Providers.Credentials;

namespace Republic.Core.Providers.Protocols.OpenAi;

/// <summary>What a minion adds to an outside client's request.</summary>
/// <param name="SystemPrompt">Null: the messages are sent as they are.</param>
/// <param name="Temperature">Null: none is sent where the client states none. The same holds of the two after it.</param>
public sealed record OpenAiRelayRules(
    ProviderRow Provider,
    string ModelId,
    string? SystemPrompt,
    double? Temperature,
    double? TopP,
    int? MaxTokens
)
{
    /// <summary>Stands before the client's question; null: nothing.</summary>
    public string? Material { get; init; }

    /// <summary>The minion's own; what a client names itself is not passed on.</summary>
    public IReadOnlyList<ModelAdapter> Adapters { get; init; } = [];

    /// <summary>The person's own model file that runs here; null where there is none.</summary>
    public InstalledModel? Installed { get; init; }

    /// <summary>A model that runs here is given every message, also where they are more than it answers well to.</summary>
    public bool WholeHistory { get; init; }
}
