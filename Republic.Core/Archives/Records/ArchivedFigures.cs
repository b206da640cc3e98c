namespace Republic.Core.Archives.Records;

/// <summary>What a minion earned where the archive was made.</summary>
/// <param name="Version">The number of the version that it answered with.</param>
internal sealed record ArchivedFigures(decimal Experience, int Version, long TotalQueries, long SuccessfulQueries, int Rated);
