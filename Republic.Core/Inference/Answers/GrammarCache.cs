using Republic.Core.Llama.Grammars;

namespace Republic.Core.Inference.Answers;

/// <summary>
/// The grammars that were asked of a model last: what was found out of one while an answer followed it is of use to the next. The one unused
/// longest goes first.
/// </summary>
internal sealed class GrammarCache
{
    private const int Most = 16;
    private readonly Lock gate = new();

    /// <summary>Oldest use first.</summary>
    private readonly List<(string Key, Grammar Grammar)> kept = [];

    /// <param name="key">What it is made of, as text.</param>
    public Grammar Get(string key, Func<Expression> make)
    {
        lock (gate)
        {
            if (kept.FindIndex(one => one.Key == key) is >= 0 and var index)
            {
                var found = kept[index];
                kept.RemoveAt(index);
                kept.Add(found);
                return found.Grammar;
            }
        }

        // Not under the lock: a large one takes a while.
        var made = new Grammar(make());
        lock (gate)
        {
            kept.Add((key, made));
            if (kept.Count > Most)
            {
                kept.RemoveAt(0);
            }
        }

        return made;
    }
}
