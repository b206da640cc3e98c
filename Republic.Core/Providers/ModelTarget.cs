using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers;

/// <summary>One model at one provider, with what is needed to reach it.</summary>
/// <param name="BaseUrl">Null: the provider's own.</param>
/// <param name="ApiKey">In clear: hold it no longer than the route it is part of.</param>
public sealed record ModelTarget(ProviderRow Provider, string ModelId, Uri? BaseUrl, string? ApiKey)
{
    /// <summary>What changes the model for this call; only models that run inside Republic can be changed so.</summary>
    public IReadOnlyList<ModelAdapter> Adapters { get; init; } = [];

    /// <summary>What the person has installed here, by name.</summary>
    public IReadOnlyDictionary<string, InstalledModel> OwnModels { get; init; } = CredentialSet.Empty.Installed;

    /// <summary>The person's own model file that runs here; null where the model is everybody's, or runs elsewhere.</summary>
    public InstalledModel? Installed => Provider.Transport == ProviderTransport.ModelHost ? OwnModels.GetValueOrDefault(ModelId) : null;

    /// <summary>Whose key it is: a stored key's id, or the minion's own. Calls with different keys are judged apart.</summary>
    public Guid? KeyId { get; init; }

    /// <summary>The key is the installation's, and whoever asks does not pay for it.</summary>
    public bool IsShared { get; init; }

    /// <summary>As its owner calls the key; null for a minion's own.</summary>
    public string? KeyLabel { get; init; }

    /// <summary>The installation's key, which whoever asks with it can neither see nor change.</summary>
    public bool IsKeyShared { get; init; }

    /// <summary>What is sent goes to another machine.</summary>
    public bool LeavesMachine => Provider.Transport != ProviderTransport.ModelHost && (BaseUrl ?? Provider.BaseUrl)?.IsLoopback != true;

    /// <summary>Sent as Idempotency-Key: a provider that knows it answers a repeated call without doing it, or charging it, twice.</summary>
    public Guid? IdempotencyKey { get; init; }

    /// <summary>How long the call had been under way when this endpoint's turn came. The limit on a whole call covers its retries.</summary>
    public TimeSpan Spent { get; init; }

    public bool IsSameModel(ModelTarget other) => (Provider.Name, ModelId) == (other.Provider.Name, other.ModelId);

    // A record prints all it holds, and this one ends up in logs and messages.
    public override string ToString() => $"{Provider.Name}/{ModelId}";
}
