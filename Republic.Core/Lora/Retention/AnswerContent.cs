using System.Globalization;
using System.Text;

namespace Republic.Core.Lora.Retention;

/// <summary>
/// The words that carry what an answer says, each weighed by how rare it is among all answers of the set: "MIT" tells more than "the",
/// and a manner of speaking that every answer shares tells nothing.
/// </summary>
internal sealed class AnswerContent
{
    private readonly Dictionary<string, int> documents = new(StringComparer.Ordinal);
    private readonly int count;

    /// <param name="answers">All answers of one version, several of a prompt as one text.</param>
    public AnswerContent(IReadOnlyCollection<string> answers)
    {
        count = answers.Count;
        foreach (var word in answers.SelectMany(answer => WordsOf(answer).Distinct(StringComparer.Ordinal)))
        {
            documents[word] = documents.GetValueOrDefault(word) + 1;
        }
    }

    /// <summary>The share of a reference's content that another answer has too, from 0 to 1; 1 of a reference that says nothing.</summary>
    public double Share(string reference, string answer)
    {
        var (wanted, found) = (WordsOf(reference).ToHashSet(StringComparer.Ordinal), WordsOf(answer).ToHashSet(StringComparer.Ordinal));
        var all = wanted.Sum(Weight);
        return all <= 0 ? 1 : wanted.Where(found.Contains).Sum(Weight) / all;
    }

    private double Weight(string word) => Math.Log((count + 1.0) / documents.GetValueOrDefault(word, 1));

    /// <summary>Words of letters and digits in lower case; scripts without spaces as characters and pairs of them.</summary>
    private static IEnumerable<string> WordsOf(string text)
    {
        var word = new StringBuilder();
        var former = default(Rune);
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherLetter)
            {
                if (word.Length > 0)
                {
                    yield return word.ToString();
                    word.Clear();
                }

                yield return rune.ToString();
                if (Rune.GetUnicodeCategory(former) == UnicodeCategory.OtherLetter)
                {
                    yield return $"{former}{rune}";
                }
            }
            else if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune).ToString());
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }

            former = rune;
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }
}
