namespace Republic.Core.Analytics;

/// <summary>What the database is asked about; an empty list sets no limit.</summary>
/// <param name="Free">Providers that run here, whose calls cost nothing.</param>
internal sealed record UsageScope(Guid[] People, Guid[] Minions, string[] Free);
