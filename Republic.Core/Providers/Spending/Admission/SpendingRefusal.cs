namespace Republic.Core.Providers.Spending.Admission;

/// <param name="Reason">For people: the fact, what it means, the way on.</param>
/// <param name="Wait">When it may be worth asking again; null for a budget.</param>
internal sealed record SpendingRefusal(string Reason, TimeSpan? Wait = null)
{
    /// <summary>The request itself is wrong under a budget, whatever is left of it.</summary>
    public bool IsRequestsFault { get; init; }
}
