using System.Collections.Immutable;

namespace Republic.Core.Memories;

/// <summary>Texts by name that say more of where a memory comes from. They stand in no prompt.</summary>
public static class MemoryMetaData
{
    public const int MostKeys = 20;
    public const int MostCharacters = 2000;

    public static ImmutableSortedDictionary<string, string> None { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Why they cannot be kept; null where they can.</summary>
    public static Failure? Problem(IReadOnlyDictionary<string, string?> values) =>
        values.Count > MostKeys ? Invalid($"meta_data has at most {MostKeys} keys, and this has {values.Count:N0}. Leave some out.")
        : values.Any(one => string.IsNullOrWhiteSpace(one.Key) || one.Value is null)
            ? Invalid("Each key of meta_data has a name and a text.")
        : values.Any(one => one.Key.Contains('\0') || one.Value!.Contains('\0'))
            ? Invalid("meta_data holds a character that cannot be stored (NUL).")
        : values.Sum(one => (long)one.Key.Length + one.Value!.Length) is > MostCharacters and var length
            ? Invalid(
                $"meta_data has at most {MostCharacters:N0} characters, keys and texts together, and this has {length:N0}. Shorten it."
            )
        : null;

    /// <summary>For those that have no problem.</summary>
    public static ImmutableSortedDictionary<string, string> Of(IReadOnlyDictionary<string, string?> values) =>
        values.ToImmutableSortedDictionary(one => one.Key, one => one.Value!, StringComparer.Ordinal);

    private static Failure Invalid(string why) => Failure.Invalid("meta_data", why);
}
