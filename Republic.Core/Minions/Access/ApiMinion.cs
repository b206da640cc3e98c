using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Minions.Access;

/// <summary>A minion as outside clients meet it, kept in memory between their calls.</summary>
/// <param name="SystemPrompt">Its character, put together once.</param>
public sealed record ApiMinion(Minion Minion, string SystemPrompt)
{
    /// <summary>Its key has a number of calls a day.</summary>
    public bool IsCounted => Minion.RepublicKeyDailyLimit is not null;

    /// <summary>Who calls with the minion's own key.</summary>
    public ApiCaller ByKey => field ??= new ApiCaller(Minion.OwnerId, this);

    /// <summary>It is linked to collections.</summary>
    public bool HasCollections { get; init; }

    /// <summary>Some of them answer outside clients too.</summary>
    public bool HasOutsideCollections { get; init; }

    /// <summary>Some tool is switched on for it.</summary>
    public bool HasTools { get; init; }

    /// <summary>Whether more than its model is asked; where not, calls go straight to that.</summary>
    /// <param name="byKey">Who calls has the minion's key, and is no person.</param>
    public bool HasStages(bool byKey) => HasTools || Minion.StyleModel is not null || (byKey ? HasOutsideCollections : HasCollections);

    /// <summary>Its route as it was found last, with keys opened.</summary>
    internal KeptRoute? Route { get; set; }

    /// <param name="Keys">The stored keys it was found with; with others it may be another.</param>
    internal sealed record KeptRoute(CredentialSet Keys, ModelRoute Route);
}
