namespace Republic.Web.Pages.Shared;

/// <summary>Words of an address as the database can search for them.</summary>
internal static class TypedText
{
    /// <summary>Null where nothing is left. An address may hold what the database has no letter for, such as U+0000.</summary>
    public static string? Plain(string? text) =>
        string.Concat((text ?? "").Where(letter => !char.IsControl(letter))).Trim() is { Length: > 0 } words ? words : null;
}
