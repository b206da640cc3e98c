using System.Diagnostics.CodeAnalysis;
using Republic.Core;

namespace Republic.Sprout.Dialogues;

/// <summary>
/// The words of one turn: a slot gets the same word wherever it stands. <c>{verb2}</c> is a second word of the list verb.
/// </summary>
internal sealed class WordChoice(SeededRandom random, WordLists lists)
{
    private readonly Dictionary<string, string> chosen = new(StringComparer.Ordinal);

    public SeededRandom Random => random;

    [SuppressMessage("Design", "CA1043", Justification = "Slots are named by text.")]
    public string this[string slot]
    {
        get
        {
            if (!chosen.TryGetValue(slot, out var word))
            {
                chosen[slot] = word = Draw(slot);
            }

            return word;
        }
        set => chosen[slot] = value;
    }

    public WordChoice With(string slot, string word)
    {
        chosen[slot] = word;
        return this;
    }

    private string Draw(string slot) =>
        slot.TrimEnd('2', '3') switch
        {
            "made" => Invention.Word(random, lists),
            "Made" => Invention.Capitalised(Invention.Word(random, lists)),
            "number" => random.Next(4) == 0 ? $"{random.Next(9900) + 100}" : $"{random.Next(90) + 10}",
            "person" => Naming.Draw(random, lists, "person"),
            "subject" when random.Next(5) == 0 => Invention.Subject(random, lists),
            var list => lists.Draw(list, random),
        };
}
