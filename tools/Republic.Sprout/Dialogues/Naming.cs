using System.Text;
using Republic.Core;

namespace Republic.Sprout.Dialogues;

/// <summary>Draws what somebody is called: short and long, with a title, in letters with accents and in other scripts.</summary>
internal static class Naming
{
    private const int OtherScript = 36;
    private const int Accents = 20;

    public static string Draw(SeededRandom random, WordLists lists, string list)
    {
        var kind = random.Next(100);
        var alphabet = kind < OtherScript ? Alphabet.All[random.Next(Alphabet.All.Count)] : null;
        var name = Word();
        return random.Next(100) switch
        {
            < 9 => $"{lists.Draw("title", random)} {name}",
            < 16 => $"{name} {Word()}",
            < 18 => $"{name} {Word()} {Word()}",
            < 20 => $"{name}-{Word()}",
            < 22 => $"{name} {lists.Draw("particle", random).Replace('~', ' ')} {Word()}",
            _ => name,
        };

        string Word() =>
            alphabet is not null ? alphabet.Draw(random)
            : kind < OtherScript + Accents ? Accented(Invention.Name(random, lists, list), random, lists)
            : Invention.Name(random, lists, list);
    }

    /// <summary>One to three of its letters with what they carry in other languages.</summary>
    private static string Accented(string name, SeededRandom random, WordLists lists)
    {
        var letters = new StringBuilder(name);
        for (var left = random.Next(3) + 1; left > 0; left--)
        {
            var at = random.Next(letters.Length);
            if (lists["accent"].FirstOrDefault(forms => forms[0] == letters[at]) is { } forms)
            {
                letters[at] = forms[random.Next(forms.Length - 1) + 1];
            }
        }

        return letters.ToString();
    }
}
