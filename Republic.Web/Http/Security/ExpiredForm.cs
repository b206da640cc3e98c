namespace Republic.Web.Http.Security;

/// <summary>What was typed into a form that had expired, ready to be sent again to the same address.</summary>
public sealed record ExpiredForm(string Action, IReadOnlyList<KeyValuePair<string, string>> Typed, bool HasSecrets)
{
    public static ExpiredForm From(HttpRequest request)
    {
        var typed = request.Form.Where(field => field.Key != "__RequestVerificationToken").ToList();
        return new ExpiredForm(
            request.PathBase + request.Path + request.QueryString,
            [.. typed.Where(field => !IsSecret(field.Key)).SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? "")))],
            typed.Any(field => IsSecret(field.Key)) || request.Form.Files.Count > 0
        );
    }

    private static bool IsSecret(string name) =>
        name.Contains("password", StringComparison.OrdinalIgnoreCase) || name.EndsWith("key", StringComparison.OrdinalIgnoreCase);
}
