namespace Republic.Core.Minions.Access;

/// <summary>How long a minion's key lasts and how many calls a day (UTC) it is good for; null is without end.</summary>
/// <param name="AllowedOrigins">The origins of pages that may call with the key from a browser; null or none: no page may.</param>
public sealed record RepublicKeyTerms(DateTimeOffset? ExpiresAt, int? DailyLimit, IReadOnlyList<string>? AllowedOrigins = null)
{
    internal const string OriginsField = "allowed_origins";

    public IReadOnlyList<FieldError> Check(DateTimeOffset now)
    {
        List<FieldError> errors = [];
        if (ExpiresAt <= now)
        {
            errors.Add(new FieldError("expires_at", "This time has passed. Choose one to come, or none."));
        }

        if (DailyLimit is < 1 or > 10_000_000)
        {
            errors.Add(new FieldError("daily_limit", "The daily limit can be 1 to 10,000,000 calls, or none."));
        }

        errors.AddRange(BrowserOrigin.ReadAll(AllowedOrigins).Failure?.Fields ?? []);
        return errors;
    }
}
