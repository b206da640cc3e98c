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
    TimeSpan MaxTime
);
