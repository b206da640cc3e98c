namespace Republic.Core.Analytics;

/// <summary>Whose figures, of which days (both included, in UTC), and by what.</summary>
/// <param name="Person">Null for everybody's.</param>
/// <param name="Minion">Null for all.</param>
public sealed record AnalyticsQuery(Guid? Person, DateOnly From, DateOnly To, AnalyticsGrouping Group, Guid? Minion = null)
{
    public const int UsualDays = 30;
    public const int MostDays = 366;

    // Days are counted on from these.
    private const int FirstYear = 2000;
    private const int LastYear = 2999;

    public int Days => To.DayNumber - From.DayNumber + 1;

    internal DateTimeOffset Start => At(From);

    internal DateTimeOffset End => At(To.AddDays(1));

    /// <summary>By dates, or the last so many days up to today; what is left out is filled in.</summary>
    /// <param name="today">In UTC.</param>
    public static Outcome<(DateOnly From, DateOnly To)> Period(DateOnly today, int? days, DateOnly? from, DateOnly? to)
    {
        if (days is < 1 or > MostDays)
        {
            return Failure.Invalid("days", $"days is 1 to {MostDays}.");
        }

        if (from?.Year is < FirstYear or > LastYear || to?.Year is < FirstYear or > LastYear)
        {
            return Failure.Invalid(
                from?.Year is < FirstYear or > LastYear ? "from" : "to",
                $"Choose a day from {FirstYear} to {LastYear}."
            );
        }

        var last = to ?? (from is { } begin ? Earlier(begin.AddDays(MostDays - 1), today) : today);
        var first = from ?? last.AddDays(1 - (days ?? UsualDays));
        return first > last ? Failure.Invalid("from", "The first day is after the last one. Change one of the two.")
            : last.DayNumber - first.DayNumber >= MostDays
                ? Failure.Invalid("from", $"At most {MostDays} days are shown at once. Choose a later first day.")
            : (first, last);
    }

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    private static DateTimeOffset At(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
