namespace Republic.Core.Minions;

/// <summary>A minion as outside clients meet it, kept in memory between their calls.</summary>
/// <param name="SystemPrompt">Its character, put together once.</param>
public sealed record OutsideMinion(Minion Minion, string SystemPrompt)
{
    /// <summary>Its key has a number of calls a day.</summary>
    public bool IsCounted => Minion.RepublicKeyDailyLimit is not null;

    /// <summary>Who calls with the minion's own key.</summary>
    public OutsideCaller ByKey => field ??= new OutsideCaller(Minion.OwnerId, this);
}
