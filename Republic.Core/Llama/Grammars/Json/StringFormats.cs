using System.Collections.Concurrent;

namespace Republic.Core.Llama.Grammars.Json;

/// <summary>The formats of texts that a schema can ask for, as patterns. All their texts are of the format; not all of the format are theirs.</summary>
internal static class StringFormats
{
    private const string Day31 = "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])";
    private const string Day30 = "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)";
    private const string Day28 = "02-(?:0[1-9]|1[0-9]|2[0-8])";
    private const string Date = $"[1-9][0-9]{{3}}-(?:{Day31}|{Day30}|{Day28})";
    private const string Time = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,6})?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])";
    private const string Byte = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private const string Label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?";
    private const string Host = $"{Label}(?:\\.{Label}){{0,3}}\\.[A-Za-z]{{2,12}}";
    private static readonly Dictionary<string, string> Patterns = new(StringComparer.Ordinal)
    {
        ["date"] = Date,
        ["time"] = Time,
        ["date-time"] = $"{Date}T{Time}",
        ["duration"] = "P(?:[0-9]{1,4}[DWMY]|(?:[0-9]{1,4}D)?T[0-9]{1,4}[HMS])",
        ["uuid"] = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        ["ipv4"] = $"{Byte}\\.{Byte}\\.{Byte}\\.{Byte}",
        ["ipv6"] = "(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}",
        ["hostname"] = Host,
        ["email"] = $"[A-Za-z0-9]{{1,30}}(?:[._+-][A-Za-z0-9]{{1,30}}){{0,3}}@{Host}",
        ["uri"] = $"https?://{Host}(?:/[A-Za-z0-9._~-]{{0,60}}){{0,8}}(?:\\?[A-Za-z0-9._~=&-]{{0,200}})?",
    };

    private static readonly ConcurrentDictionary<string, (Expression Texts, long Least, long? Most)> Read = new(StringComparer.Ordinal);

    /// <returns>As <see cref="PatternExpression.Of"/>; null for a format that says nothing about what the text looks like.</returns>
    public static (Expression Texts, long Least, long? Most)? Of(string format) =>
        Patterns.TryGetValue(format, out var pattern)
            ? Read.GetOrAdd(format, static (_, pattern) => PatternExpression.Of($"^(?:{pattern})$"), pattern)
            : null;
}
