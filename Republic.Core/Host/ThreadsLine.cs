using System.Globalization;

namespace Republic.Core.Host;

/// <summary>The line <c>threads N</c>, by which the web process tells a child how many threads it may compute with from now on.</summary>
internal static class ThreadsLine
{
    private const string Word = "threads ";

    public static string Of(int count) => Word + count.ToString(CultureInfo.InvariantCulture);

    public static int? Read(string line) =>
        line.StartsWith(Word, StringComparison.Ordinal)
        && int.TryParse(line.AsSpan(Word.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count > 0
            ? count
            : null;
}
