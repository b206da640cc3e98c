namespace Republic.Core.Lora.Retention;

/// <summary>
/// What a version answers to one prompt: its greedy answer and some drawn ones, since there is more than one way to say the same. An
/// answer of another version says as much as these do when it shares as much content with one of them as they share with each other.
/// </summary>
internal sealed class ReferenceSet
{
    /// <summary>So much of a reference's content is enough, however alike the references are.</summary>
    private const double Enough = 0.4;

    /// <summary>References that have nothing in common would else let any answer pass.</summary>
    private const double Least = 0.15;
    private readonly AnswerContent content;

    /// <param name="texts">The greedy answer first.</param>
    public ReferenceSet(AnswerContent content, IReadOnlyList<string> texts)
    {
        (this.content, Texts) = (content, texts);
        // The median, since one of the drawn answers may be astray itself.
        Threshold = Math.Clamp(texts.Select((text, i) => BestShare(text, except: i)).Order().ElementAt(texts.Count / 2), Least, Enough);
    }

    public IReadOnlyList<string> Texts { get; }

    public string Greedy => Texts[0];

    /// <summary>The share of content from which on an answer counts as saying the same.</summary>
    public double Threshold { get; }

    public bool Says(string answer) => ShareOf(answer) >= Threshold;

    /// <summary>How much of the nearest reference's content an answer has, from 0 to 1.</summary>
    public double ShareOf(string answer) => BestShare(answer, except: -1);

    private double BestShare(string answer, int except) =>
        Texts.Where((_, i) => i != except).Select(text => content.Share(text, answer)).DefaultIfEmpty(1).Max();
}
