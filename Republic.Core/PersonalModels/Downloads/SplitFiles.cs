using System.Globalization;
using System.Text.RegularExpressions;

namespace Republic.Core.PersonalModels.Downloads;

/// <summary>Models that lie in several files, named as llama.cpp names the parts: <c>name-00001-of-00003.gguf</c>.</summary>
public static partial class SplitFiles
{
    private const int MostParts = 200;

    /// <summary>The addresses of all parts in order, each with the query of the one given; that one alone where it is no part.</summary>
    public static Outcome<IReadOnlyList<Uri>> Of(Uri url)
    {
        // As it was given: what is escaped in it stays so.
        var text = url.OriginalString;
        var end = text.IndexOfAny(['?', '#']);
        var (path, rest) = end < 0 ? (text, "") : (text[..end], text[end..]);
        var parts = Of(path);
        return parts.Ok ? Outcome<IReadOnlyList<Uri>>.Of([.. parts.Value.Select(part => new Uri(part + rest))]) : parts.Failure;
    }

    /// <summary>The names of all parts in order; the name alone where it is that of no part.</summary>
    public static Outcome<IReadOnlyList<string>> Of(string name)
    {
        var match = Part().Match(name);
        if (!match.Success)
        {
            return Outcome<IReadOnlyList<string>>.Of([name]);
        }

        var (number, count) = (Number(match.Groups["number"]), Number(match.Groups["count"]));
        if (number < 1 || number > count)
        {
            return Failure.Invalid("url", $"There is no part {number} of {count}. Check the name of the file.");
        }

        return count > MostParts
            ? Failure.Invalid("url", $"The model lies in {count} parts; at most {MostParts} are possible.")
            : Outcome<IReadOnlyList<string>>.Of([
                .. Enumerable.Range(1, count).Select(part => $"{name[..match.Index]}-{part:00000}-of-{count:00000}{match.Groups["end"]}"),
            ]);
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        "-(?<number>[0-9]{5})-of-(?<count>[0-9]{5})(?<end>\\.gguf)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Part();
}
