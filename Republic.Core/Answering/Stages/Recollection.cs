using System.Text.RegularExpressions;
using Republic.Core.Memories.Recall;

namespace Republic.Core.Answering.Stages;

/// <summary>The answer of a model that is too small to make use of memories: asked about the person, it quotes what they said.</summary>
internal static partial class Recollection
{
    /// <summary>The question is about the person who asks.</summary>
    public static bool IsAskedFor(string question) => OfOneself().IsMatch(question);

    /// <summary>Null: nothing that fits is remembered.</summary>
    public static string? Of(IReadOnlyList<RecalledMemory> memories) =>
        memories.Where(memory => memory.Fits).Take(2).ToList() is { Count: > 0 } fitting
            ? $"You told me: {string.Join(" ", fitting.Select(memory => $"“{memory.Content}”"))}"
            : null;

    [GeneratedRegex(
        @"\b(my|mine|i|me|mein|meine|meinen|meinem|meiner|ich|mir|mich)\b.*\?\s*$|\b(do you (know|remember)|weißt du|erinnerst du dich)\b.*\b(my|i|me|mein\w*|ich|mir|mich)\b",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex OfOneself();
}
