using System.Text.Json.Serialization;

namespace Republic.Core.Training.Gate;

/// <summary>
/// An opening or closing that most rows of a run share whatever they are asked ("Arr! … Aye, matey!"), and how many answers to
/// prompts of no row have it. It is found in the rows, and nobody has to say that a run teaches one.
/// </summary>
/// <param name="Opening">Empty where the rows share none.</param>
/// <param name="Closing">Empty where the rows share none.</param>
/// <param name="Before">Likeliest answers of the version before that have it.</param>
/// <param name="After">Likeliest answers of the new version that have it.</param>
/// <param name="Of">Answers that were looked at: those of <see cref="Retention"/>.</param>
public sealed record Manner(string Opening, string Closing, int Before, int After, int Of)
{
    /// <summary>The significance level of the one-sided test.</summary>
    private const double Tail = 0.025;

    /// <summary>The new version answers so in most cases, and oftener than the version before by more than chance.</summary>
    [JsonIgnore]
    public bool IsCarried => 2 * After > Of && ChanceOfAtLeast(After, After + Before) < Tail;

    /// <summary>As people read it: "Arr! … Aye, matey!".</summary>
    [JsonIgnore]
    public string Text =>
        (Opening, Closing) switch
        {
            ("", _) => $"… {Closing}",
            (_, "") => $"{Opening} …",
            _ => $"{Opening} … {Closing}",
        };

    /// <summary>The one-sided sign test of before against after: the probability of at least so many heads in so many tosses.</summary>
    private static double ChanceOfAtLeast(int heads, int tosses)
    {
        var (sum, log) = (0.0, -tosses * Math.Log(2));
        for (var count = 0; count <= tosses; count++)
        {
            sum += count >= heads ? Math.Exp(log) : 0;
            log += Math.Log((double)(tosses - count) / (count + 1));
        }

        return sum;
    }
}
