using System.Globalization;
using System.Text.Json.Serialization;

namespace Republic.Core.Minions;

/// <summary>
/// What a minion had earned elsewhere before it was imported here. It is shown and counts nowhere: no level, no trait and no comparison follows
/// from it.
/// </summary>
/// <param name="Version">The number of the version that it answered with.</param>
/// <param name="Rated">How many of its answers were rated.</param>
/// <param name="At">When it was imported.</param>
public sealed record ImportedFigures(
    decimal Experience,
    int Version,
    long TotalQueries,
    long SuccessfulQueries,
    int Rated,
    DateTimeOffset At
)
{
    /// <summary>What its work had shown there.</summary>
    public IReadOnlyList<ImportedCapability> Capabilities { get; init; } = [];

    /// <summary>As pages show it: “level 7, 4,100 XP”.</summary>
    [JsonIgnore]
    public string Summary =>
        string.Create(CultureInfo.InvariantCulture, $"level {Level.Of(Experience).Number}, {Math.Floor(Experience):N0} XP");
}
