using System.Text.Json.Serialization;

namespace Republic.Core.Tasks.Work;

/// <summary>What minions have taken for a task, beside the most that they may.</summary>
/// <param name="Spent">Dollars, over all attempts; a cost that nobody knows counts as none.</param>
/// <param name="Parts">Dollars that were spent on the tasks right below it.</param>
/// <param name="Budget">Dollars, over all attempts.</param>
/// <param name="StartsToday">Since midnight, in UTC.</param>
/// <param name="MaxTokens">Of one attempt.</param>
/// <param name="MaxTime">Of one attempt.</param>
public sealed record TaskSpending(
    decimal Spent,
    decimal Parts,
    decimal Budget,
    int StartsToday,
    int StartsADay,
    int MaxTokens,
    [property: JsonIgnore] TimeSpan MaxTime
)
{
    /// <summary>The longest that one attempt may take.</summary>
    public double MaxSeconds => MaxTime.TotalSeconds;

    [JsonIgnore]
    public bool IsStartedOften => StartsToday >= StartsADay;

    [JsonIgnore]
    public bool IsUsedUp => Spent > 0 && Spent >= Budget;
}
