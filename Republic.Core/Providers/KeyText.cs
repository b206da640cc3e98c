namespace Republic.Core.Providers;

/// <summary>A provider's key as people type it.</summary>
internal static class KeyText
{
    public static void Check(FieldRules rules, string? key)
    {
        rules.Text("api_key", "The key", key, 4000);
        if (key?.Trim().Any(c => c is < '!' or > '~') == true)
        {
            rules.Add("api_key", "The key holds a space or a character that no key has. Copy it again.");
        }
    }

    /// <summary>Enough to tell it from others, and too little to be of use.</summary>
    public static string Hint(string key) => key.Length >= 12 ? $"…{key[^5..]}" : "…";
}
