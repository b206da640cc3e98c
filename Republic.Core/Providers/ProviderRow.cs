using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers;

/// <summary>One provider as catalog.json describes it. A vendor that speaks a known protocol is one more row and no code.</summary>
public sealed record ProviderRow
{
    public required string Name { get; init; }

    /// <summary>Offered at once to whoever has no key there: the others wait behind a fold.</summary>
    public bool IsCommon { get; init; }

    public required string DisplayName { get; init; }

    public required string Description { get; init; }

    /// <summary>A Material symbol's name.</summary>
    public required string Icon { get; init; }

    /// <summary>#RRGGBB.</summary>
    public required string Color { get; init; }

    /// <summary>Which <see cref="Protocols.IModelProtocol"/> it speaks.</summary>
    public required string Protocol { get; init; }

    public required ProviderTransport Transport { get; init; }

    /// <summary>Null: the person must give one.</summary>
    public required Uri? BaseUrl { get; init; }

    public required KeyNeed Key { get; init; }

    /// <summary>
    /// Sent with every call; <c>{key}</c> stands for the key, and a header with it is left out when there is none. Where none has it, the
    /// key goes as a bearer token.
    /// </summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The key goes into a header of the row's own.</summary>
    public bool HasKeyHeader => Headers.Count > 0 && Headers.Values.Any(value => value.Contains("{key}", StringComparison.Ordinal));

    public required string? DefaultModel { get; init; }

    public required string ModelPlaceholder { get; init; }

    public required string KeyPlaceholder { get; init; }

    public required string Help { get; init; }

    /// <summary>What the vendor calls the limit on an answer's tokens: newer models of some refuse <c>max_tokens</c>.</summary>
    public required string MaxTokensField { get; init; }

    /// <summary>Request fields beyond the common ones that an outside client's call may carry to this provider.</summary>
    public required ISet<string> PassThrough { get; init; }

    /// <summary>It gives several answers to one request.</summary>
    public bool GivesSeveral => PassThrough.Contains("n");

    /// <summary>The field of a request with these needs that it does not take; null: it takes them all.</summary>
    public string? Lacks(RequestNeeds needs) =>
        needs.HasFlag(RequestNeeds.Tools) && !PassThrough.Contains("tools") ? "tools"
        : needs.HasFlag(RequestNeeds.Format) && !PassThrough.Contains("response_format") ? "response_format"
        : null;

    /// <summary>It says how likely texts are as answers.</summary>
    public bool GivesLikelihoods { get; init; }

    /// <summary>It makes vectors of texts too.</summary>
    public bool HasEmbeddings { get; init; } = true;

    /// <summary>The model of its own that makes vectors and writes no answers; null where none is known.</summary>
    public string? VectorModel { get; init; }

    /// <summary>A person may point a minion at another server than the row's own; what runs inside Republic has no other.</summary>
    public bool TakesBaseUrl => Transport == ProviderTransport.Internet;

    /// <summary>The small model that comes with Republic and answers without a key: it neither grades nor reads documents.</summary>
    public bool IsBuiltIn(string model) => Transport == ProviderTransport.ModelHost && DefaultModel == model;

    /// <summary>A minion with this model may be given tools of its own.</summary>
    public bool TakesTools(string model) => Lacks(RequestNeeds.Tools) is null && !IsBuiltIn(model);
}
