namespace Republic.Core.Minions.Access;

/// <summary>Queries of one minion on one day (UTC).</summary>
/// <param name="Provider">Whose model answered; null where none was asked.</param>
/// <param name="ByKey">With the minion's own key: they count against that key's day.</param>
internal sealed record QueryCount(Guid Minion, DateOnly Day, string? Provider, long Queries, long Successes, long ByKey);
