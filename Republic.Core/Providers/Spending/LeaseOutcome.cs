namespace Republic.Core.Providers.Spending;

internal enum LeaseOutcome
{
    Granted,
    Refused,

    /// <summary>There is no such budget any more, or it sets no limit.</summary>
    Unlimited,
}
