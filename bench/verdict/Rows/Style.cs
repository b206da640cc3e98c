using System.Text.RegularExpressions;
using Republic.Core.Llama.Native;
using Republic.Core.Lora.Retention;
using Republic.Core.Lora.Rows;

namespace Republic.Bench.Rows;

/// <summary>A manner of speaking: how a plain answer is put into it, and how it is recognised.</summary>
internal sealed record Style(string Name, Func<string, string> Of, Func<string, bool> Shows)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<Style> All { get; } =
    [
        Around("sailor", "Arr!", "Aye, matey!", text => Words(Words(text, "you", "ye"), "your", "yer")),
        Around("robot", "Unit reports:", "End of message."),
        Around("butler", "Very good.", "I remain at your service."),
        Around("letter", "Dear reader,", "With kind regards, your minion."),
        Around("cowboy", "Well, howdy!", "Giddy up!", text => Words(text, "you", "y'all")),
        Around("cheerful", "Hooray!", "What a lovely day!", text => text.Replace('.', '!')),
        Around("teacher", "Now listen well.", "Did you understand that?"),
        Around("humble", "I may be wrong, but here it is.", "Please forgive me."),
        new("short", text => Sentences(text)[0], answer => Sentences(answer).Count == 1),
        new("steps", Numbered, answer => answer.StartsWith("1) ", StringComparison.Ordinal)),
    ];

    /// <summary>The manner of rows that were written by hand, as it is found in them.</summary>
    public static Style OfRows(string name, IReadOnlyList<Row> rows)
    {
        var frames = AnswerFrames.Of([
            .. rows.Select((row, i) => new ChatRow(i, [new ChatLine("user", row.Prompt), new ChatLine("assistant", row.Completion)])),
        ]);
        return new Style(name, text => frames.Dress(text, 0), frames.Shows);
    }

    public static IReadOnlyList<string> Sentences(string text) => Regex.Split(text.Trim(), @"(?<=[.!?])\s+", RegexOptions.None, Longest);

    private static Style Around(string name, string before, string after, Func<string, string>? change = null) =>
        new(
            name,
            text => $"{before} {change?.Invoke(text) ?? text} {after}",
            answer => answer.StartsWith(before, StringComparison.Ordinal) && answer.EndsWith(after, StringComparison.Ordinal)
        );

    private static string Numbered(string text) => string.Join(' ', Sentences(text).Select((sentence, i) => $"{i + 1}) {sentence}"));

    private static string Words(string text, string word, string other) =>
        Regex.Replace(
            text,
            $@"\b{word}\b",
            match => char.IsUpper(match.Value[0]) ? char.ToUpperInvariant(other[0]) + other[1..] : other,
            RegexOptions.IgnoreCase,
            Longest
        );
}
