using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Republic.Core.Knowledge;
using Republic.Core.Memories.Learning;

namespace Republic.Core.Answering.Stages;

/// <summary>What a message asks of the collections.</summary>
/// <param name="Queries">To be tried in this order, until one finds something; none where there is nothing to look up.</param>
/// <param name="Reason">Why there is nothing, for people.</param>
internal sealed partial record QueryPlanner(IReadOnlyList<string> Queries, string? Reason = null)
{
    /// <param name="turns">The question last.</param>
    /// <param name="name">Of the minion: to be called by one's name is no subject.</param>
    /// <param name="longest">The most characters that a search takes.</param>
    public static QueryPlanner Of(IReadOnlyList<ChatMessage> turns, string name, int longest)
    {
        var said = turns.Where(turn => turn.Role == ChatRole.User).Select(turn => turn.Text.Trim()).Where(text => text.Length > 0).ToList();
        if (said is not [.. var earlier, var question])
        {
            return new([], "The message holds no text.");
        }

        if (question.Length > longest)
        {
            return new([], "The message is longer than a search takes, so it is answered from what it says itself.");
        }

        if (MemoryCommands.IsIn(question))
        {
            return new([], "The message is about remembering, and not about documents.");
        }

        if (FactExtractor.IsAllOf(question) || PlainTelling.Is(question))
        {
            return new([], "The message tells something and asks for nothing.");
        }

        var own = Words(name).ToHashSet();
        var before = earlier.FindLast(text => text.Length <= longest && HasSubject(Words(text), own));
        var words = Words(question);
        if (!HasSubject(words, own))
        {
            return before is not null && AsksForMore(words) ? new([before]) : new([], "The message names no subject to look up.");
        }

        return before is not null && Leans(words) && before.Length + question.Length < longest
            ? new([$"{before}\n{question}", question])
            : new([question]);
    }

    /// <summary>In lower case, as they stand; of scripts without spaces, pairs of signs.</summary>
    public static List<string> Words(string text) =>
        [
            .. Word().Matches(CjkBigrams.Without(text)).Select(word => word.Value.ToLowerInvariant().Replace('’', '\'')),
            .. CjkBigrams.Of(text),
        ];

    public static bool IsSubject(string word) => !Wording.WithoutSubject.Contains(word) && (word.Length > 1 || char.IsDigit(word[0]));

    /// <summary>The word itself is among them, or another form of it.</summary>
    public static bool Holds(List<string> words, string word) => words.Exists(own => own == word || IsFormOf(own, word));

    private static bool IsFormOf(string one, string other)
    {
        var length = Math.Max(4, Math.Max(one.Length, other.Length) - 3);
        return $"{one}s" == other
            || $"{other}s" == one
            || one.Length >= length && other.Length >= length && string.CompareOrdinal(one, 0, other, 0, length) == 0;
    }

    private static bool HasSubject(List<string> words, HashSet<string> name) =>
        words.Exists(word => IsSubject(word) && !name.Contains(word));

    private static bool AsksForMore(List<string> words) =>
        words.Exists(Wording.MoreOfIt.Contains) || (words.Exists(Wording.Pronouns.Contains) && !words.Exists(Wording.Courtesies.Contains));

    private static bool Leans(List<string> words) => Wording.Connectives.Contains(words[0]) || words.Exists(Wording.Pronouns.Contains);

    [GeneratedRegex(@"[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}'’]*", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
